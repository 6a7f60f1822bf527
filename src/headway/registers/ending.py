"""Years of registers whose time is over: their marks, what is limited, their planes, lines of small tables and the numbers of pupils who
are in no later year are erased. Which files came, and when, stays.

A school keeps every entry of its registers for six years (School Attendance (Pupil Registration) (England) Regulations 2024). An
authority's copy need not stay longer; how long it does is for the authority's own schedule, in `area.yaml`.
"""

from datetime import date

from headway.protected import REGISTERS, access, private_files
from headway.registers.generations import Generations, read_pointer, unnamed
from headway.store.workspace import Workspace, one_writer
from headway.vocabulary.academic_year import AcademicYear


def over(space: Workspace, before: date) -> list[AcademicYear]:
    """The years held that began before a day."""
    held = (AcademicYear.parse(name) for name in read_pointer(space.home / REGISTERS).years)
    return sorted(year for year in held if year.first_day < before)


def erase(space: Workspace, before: date, by: str) -> list[AcademicYear]:
    """Erase them, all or none, with what a command that was killed left of others. Raises H-STORE-03 while another command writes."""
    folder = space.home / REGISTERS
    if not over(space, before) and not any(path.suffix == ".parquet" for path in unnamed(folder, read_pointer(folder))):
        return []
    with one_writer(space, "housekeeping"):
        private_files.clear_partials(space, REGISTERS)
        store, gone = Generations(space), over(space, before)
        if gone:
            store.commit([], store.end(gone))
            access.record(space, REGISTERS, "erased", by, years=[str(year) for year in gone])
        store.tidy()
    return gone
