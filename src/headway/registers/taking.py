"""One file's tables: each is read and checked as its shape asks; only when none has a fault are they put into the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from headway.registers import calendar_files, mark_rows, notice_files, placing, pupil_lists, total_files
from headway.registers.columns import Taking
from headway.registers.faults import Fault
from headway.registers.generations import Generations
from headway.registers.mark_rows import MarkRows
from headway.registers.opening import Sheet
from headway.registers.slots import year_of
from headway.registers.template import Shape, day_of
from headway.vocabulary.academic_year import AcademicYear

Put = Callable[[], int]


@dataclass
class Taken:
    """What became of a file's tables; with faults nothing was put. `tables` are the small tables that changed."""

    faults: list[Fault]
    changed: int = 0
    urns: tuple[int, ...] = ()
    tables: set[str] = field(default_factory=set)


def take(store: Generations, sheets: Sequence[Sheet], taking: Taking, year: AcademicYear | None, beside: Sequence[Sheet]) -> Taken:
    """`year` is what the command said for lists of pupils; `beside` are all tables of the command, whose days tell it otherwise."""
    faults: list[Fault] = []
    back = store.as_it_is()
    puts: list[Put] = []
    schools: set[int] = set()
    tables: set[str] = set()
    for sheet in sheets:
        faults += sheet.table.ragged
        shape = sheet.known.shape
        if shape in (Shape.MARKS, Shape.WIDE, Shape.STRINGS):
            marks = _marks(store, sheet, taking, faults)
            schools |= set(np.unique(marks.urn).tolist())
            puts.append(_put_marks(store, marks, taking, faults))
        elif shape is Shape.PUPILS:
            listed = pupil_lists.read(sheet, taking, faults, store)
            if listed is not None:
                schools |= set(np.unique(listed.urns).tolist())
                when = [year] if year else _years_of(store, beside, taking, int(listed.urns[0]) if len(listed.urns) else 0)
                puts.append(lambda listed=listed, when=when: pupil_lists.put_years(store, listed, when))  # type: ignore[misc]
        elif shape is Shape.CALENDAR:
            rows = calendar_files.read(sheet, taking, faults)
            faults += calendar_files.contradicted(store, rows, taking)
            schools |= set(np.unique(rows[0]).tolist())
            puts.append(lambda rows=rows: calendar_files.put(store, rows))  # type: ignore[misc]
        else:
            read = notice_files.read if shape is Shape.NOTICES else total_files.read
            lines = read(sheet, taking, faults, store)
            schools |= {int(line["urn"]) for line in lines}
            tables.add(shape.value)
            puts.append(lambda lines=lines, name=shape.value: _add(store, name, lines))  # type: ignore[misc]
    if faults:
        back()  # lists that follow its marks to another year, and the numbers of its pupils, are not taken in by a file that is not
        return Taken(faults, urns=tuple(sorted(schools - {0})))
    return Taken([], sum(put() for put in puts), tuple(sorted(schools - {0})), tables)


def _marks(store: Generations, sheet: Sheet, taking: Taking, faults: list[Fault]) -> MarkRows:
    if sheet.known.shape is Shape.MARKS:
        return mark_rows.of_long(sheet, taking, faults)
    if sheet.known.shape is Shape.WIDE:
        return mark_rows.of_wide(sheet, taking, faults)
    return mark_rows.of_strings(sheet, taking, faults, store)


def _put_marks(store: Generations, marks: MarkRows, taking: Taking, faults: list[Fault]) -> Put:
    placed = placing.plan(store, marks, taking, faults)
    return lambda: sum(placing.put(store, one, taking) for one in placed)


def _add(store: Generations, name: str, lines: list[dict[str, object]]) -> int:
    """Add lines to a small table; a line of the same key takes the place of the one before."""
    keyed = {_key(line): line for line in [*store.table(name), *lines]}
    store.tables[name] = list(keyed.values())
    return len(lines)


def _key(line: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(line.get(name, "")) for name in ("urn", "pupil", "parent", "date", "issued"))


def _years_of(store: Generations, beside: Sequence[Sheet], taking: Taking, urn: int) -> list[AcademicYear]:
    """The years that a list of pupils is put to when nobody says it, the newest last: those of the marks and calendars that come with
    it, else the newest in which the school has marks, else that of the day on which it was received."""
    found = sorted({year_of(day) for sheet in beside for day in _some_days(sheet)})
    if found:
        return found
    held = [year for year in store.years if (rows := store.year(year).enrolments).marks[rows.urns == urn].any()]
    return [held[-1] if held else year_of(taking.received)]


def _some_days(sheet: Sheet) -> list[date]:
    if sheet.known.heads:
        return [head.day for head in sheet.known.heads.values()]
    name = "date" if sheet.has("date") else "from"
    return [day for text in sheet.column(name).values if (day := day_of(text))]
