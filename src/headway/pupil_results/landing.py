"""Lands a file of pupils' results in the protected folder: whole and checked, or not at all.

One file for each stage and year; a later one takes its place. Nothing of a cell's text is stored that the template does not list,
nothing of it is told, and an unforeseen fault is told by its kind and line of code only.
"""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headway.protected import PUPIL_RESULTS, access, papers, private_files, pupil_keys
from headway.protected.schools import known_schools
from headway.protected.untold import untold
from headway.pupil_results.checking import Checked, Fault, check
from headway.pupil_results.template import CODED, TEMPLATES, Stage, scored
from headway.store.workspace import Workspace, one_writer
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.status import Release

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 200 * 1024 * 1024
FACTS = b"headway"


@dataclass(frozen=True)
class Landed:
    """What became of a file, said in counts of pupils, rows and columns. With faults nothing was stored. The counts are of pupils."""

    stage: Stage
    year: AcademicYear | None
    pupils: int
    schools: int
    without_start: int  # key stage 4 pupils without a key stage 2 result: outside Progress 8, inside the rest
    columns_left_out: tuple[int, ...]
    faults: tuple[Fault, ...]
    replaced: bool = False

    @property
    def stored(self) -> bool:
        return not self.faults

    def counted(self) -> dict[str, int]:
        """How many rows have each problem."""
        return dict(Counter(fault.problem for fault in self.faults).most_common())


def load(space: Workspace, path: Path, *, year: AcademicYear | None = None, stage: Stage | None = None) -> Landed:
    """Check a csv file against its template and store it when it has no fault.

    Raises H-ACCESS-40 and 41 (papers), H-STORE-08 (no list of schools), H-STORE-03, H-DATA-01, 60, 61 and 62 (not a csv file).
    """
    papers.check(space)
    known = known_schools(space)
    with one_writer(space, "pupils load"):
        return untold(lambda: _load(space, path, known, year, stage))


def _load(space: Workspace, path: Path, known: set[int], year: AcademicYear | None, stage: Stage | None) -> Landed:
    private_files.clear_partials(space, PUPIL_RESULTS)
    header, rows = _table(path)
    checked = check(rows, header, key=pupil_keys.secret(space), urns=known, year=year, stage=stage)
    target = private_files.folder(space, PUPIL_RESULTS) / file_name(checked.stage, checked.year) if checked.year else None
    replaced = bool(target and target.exists())
    if target and not checked.faults:
        store(checked, target)
    verb, user = ("refused" if checked.faults else "loaded"), access.operating_system_user()
    access.record(space, PUPIL_RESULTS, verb, user, stage=checked.stage, year=str(checked.year or ""), rows=checked.pupils)
    return _landed(checked, replaced)


def file_name(stage: Stage, year: AcademicYear) -> str:
    return f"{stage}-{str(year).replace('/', '_')}.parquet"


def _landed(checked: Checked, replaced: bool) -> Landed:
    starts = [checked.columns[name] for name in CODED[Stage.KS4]] if checked.stage is Stage.KS4 else []
    without = sum(not any(map(scored, pair)) for pair in zip(*starts, strict=True))
    schools = len({urn for urn in checked.columns["urn"] if urn})
    faults = tuple(checked.faults)
    return Landed(checked.stage, checked.year, checked.pupils, schools, without, checked.left_out, faults, replaced and not faults)


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows under it."""
    if not path.is_file():
        raise HeadwayError("H-DATA-01", f"{path} is not a file.", remedy="Give one csv file of pupils.")
    if path.stat().st_size > MOST_BYTES:
        raise _not_csv(path, f"It has more than {MOST_BYTES // 1024**2} MiB.")
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        kind = "its bytes are not UTF-8" if isinstance(fault, UnicodeDecodeError) else "its quotation marks or line ends do not match"
        rows, wrong = [], kind
    else:
        wrong = "" if any(cell.strip() for row in rows[1:] for cell in row) else "it holds no rows"
    if wrong:
        raise _not_csv(path, f"{wrong[0].upper()}{wrong[1:]}.")
    while not any(cell.strip() for cell in rows[-1]):
        rows.pop()  # empty lines at the end; one in between would shift the numbers that faults are told by
    return rows[0], rows[1:]


def _not_csv(path: Path, why: str) -> HeadwayError:
    return HeadwayError(
        "H-DATA-62", f"{path.name} is not a csv file that can be read.", why, "Save it as csv, UTF-8, with the template's header."
    )


def store(checked: Checked, target: Path) -> None:
    """Write a faultless file beside its place, read it back, and only then put it there."""
    import pyarrow.parquet as pq

    table = _arrow(checked)
    partial = private_files.partial_of(target)
    try:
        pq.write_table(table, partial, compression="zstd")
        if not pq.read_table(partial).equals(table):
            raise HeadwayError("H-DATA-60", "What was written is not what was read.", remedy="Nothing was stored. Load it again.")
        private_files.put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _arrow(checked: Checked) -> "pa.Table":
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for column in TEMPLATES[checked.stage]:
        values = checked.columns[column.name]
        if column.name == "year":
            continue
        if column.name in CODED[checked.stage]:
            columns[column.name] = pa.array(
                [value if isinstance(value, float) and value == value else None for value in values], pa.float64()
            )
            columns[f"{column.name}_code"] = pa.array([value if isinstance(value, str) else "" for value in values], pa.string())
        elif column.name == "urn":
            columns["urn"] = pa.array([int(value) for value in values], pa.int32())
        else:
            kind = pa.string() if isinstance(column.read(""), str) else pa.float64()
            columns[column.name] = pa.array(values, kind, from_pandas=True)  # a blank number is null, which equals itself when read back
    facts = {
        "stage": checked.stage.value,
        "year": str(checked.year),
        "release": Release.EARLY.value,
        "landed_at": now().isoformat(timespec="seconds"),
    }
    return pa.table(columns).replace_schema_metadata({FACTS: json.dumps(facts).encode()})
