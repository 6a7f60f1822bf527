"""Weekly counts out of the registers, and figures of an archive of them on whatever engine HEADWAY_ENGINE names."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headway.analysis.attendance_weeks import measures
from headway.definitions.absence_rules import in_force
from headway.protected import private_files
from headway.protected.untold import untold
from headway.readings.attendance.opening import open_registers, written_down
from headway.readings.door import Door
from headway.registers.weekly import weekly_counts
from headway.store import engine
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from headway.registers.view import View

BY = ("urn", "year_group", "fsm")


def write_weeks(door: Door, viewer: Viewer | None, path: Path, year: AcademicYear | None = None) -> int:
    """Write the weekly counts of a year to a private Parquet file; how many rows. No pupil's key is in it, but a row is still a child."""
    registers, person = open_registers(door, viewer)
    view = registers.view(year or registers.newest(today()))
    rows = untold(lambda: _write(view, path))
    written_down(registers, person, "weekly counts", rows=rows)
    return rows


def _write(view: "View", path: Path) -> int:
    import pyarrow.parquet as pq

    table = weekly_counts(view)
    partial = private_files.partial_of(path)
    pq.write_table(table, partial, compression="zstd")
    private_files.put_in_place(partial, path)
    return int(table.num_rows)


def archive(door: Door, viewer: Viewer | None, path: str, by: Sequence[str]) -> list[dict[str, Any]]:
    """Figures of Parquet files of weekly counts, a file or a folder that the engine reaches, by `urn`, `year_group`, `fsm`.

    Everybody in the files counts: they say nothing of ages. Raises H-USAGE-98 and 107, H-STORE-20.
    """
    registers, person = open_registers(door, viewer)
    unknown = [name for name in by if name not in BY]
    if unknown:
        raise HeadwayError("H-USAGE-98", f"An archive cannot be told by {unknown[0]!r}.", remedy=f"It can by: {', '.join(BY)}.")
    rule = in_force(door.library.attendance.absence_rules, today())
    weeks = engine.elsewhere(engine.ENGINE).read_parquet(path)
    counted = measures(weeks, by, fewest=rule.fewest_possible, persistent=rule.persistent_one_in, severe=rule.severe_one_in)
    rows: list[dict[str, Any]] = sorted(counted.to_pyarrow().to_pylist(), key=lambda row: [str(row[name]) for name in by])
    written_down(registers, person, "archive", rows=len(rows))
    return rows
