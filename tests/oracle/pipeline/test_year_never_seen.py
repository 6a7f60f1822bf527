"""A year the code has never seen, in the layout of its neighbours, lands and is read with no change to the code.

The newest real files of several kinds, moved one year on (their names and the cells that tell the year): each must give,
in the new year, the readings that its original gives in the old one.
"""

import csv
import io
import lzma
from pathlib import Path

import pytest

from headway.analysis import build_steps
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader, Row
from headway.store import engine, landed, workspace

TABLES = "data/dfe-performance-tables"
TRIMMED = "data/dfe-performance-tables-trimmed"
EXPLORE = "data/ees-la"
Reading = tuple[object, ...]

# the original, its name a year on, and each column of years with what its newest year becomes
MOVED = [
    (f"{TRIMMED}/ks2_2017-18.csv.xz", "ks2_2018-19.csv", {"Academic Year": ("2018", "2019")}),
    (f"{TRIMMED}/ks4_2017-18.csv", "ks4_2018-19.csv", {"Academic Year": ("2018", "2019")}),
    (f"{TABLES}/2017-18/936_ks2final_SURREY.csv", "2018-19/936_ks2final.csv", {}),
    (f"{TABLES}/2017-18/england_ks4provisional.csv", "2018-19/england_ks4provisional.csv", {}),
    (f"{TABLES}/2017-18/england_abs.csv", "2018-19/england_abs.csv", {}),
    (f"{TABLES}/2021-22/england_census.csv.xz", "2022-23/england_census.csv", {}),
    (f"{TABLES}/2021-22/england_ks4-pupdest.csv.xz", "2022-23/england_ks4-pupdest.csv", {}),
    (f"{TABLES}/2021-22/england_ks5revised.csv.xz", "2022-23/england_ks5revised.csv", {}),
    (f"{EXPLORE}/neet_la_2025.csv", "neet_la_2026.csv", {"time_period": ("2025", "2026")}),
    (f"{EXPLORE}/pupil_attendance_ytd_2024-25.csv", "pupil_attendance_ytd_2025-26.csv", {"time_period": ("202425", "202526")}),
    (f"{EXPLORE}/ks4_la.csv", "ks4_la.csv", {"time_period": ("202425", "202526")}),
]


def text_of(path: Path) -> str:
    content = lzma.open(path).read() if path.suffix == ".xz" else path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def moved_on(text: str, columns: dict[str, tuple[str, str]]) -> str:
    """The same rows, with the newest year a year later; rows of earlier years are left out, as they are in both."""
    if not columns:
        return text
    head, *rows = csv.reader(io.StringIO(text))
    kept = [row for row in rows if all(row[head.index(name)] == old for name, (old, _) in columns.items())]
    assert kept, "the real file no longer holds the year that is to be moved"
    for row in kept:
        for name, (_, new) in columns.items():
            row[head.index(name)] = new
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *kept])
    return out.getvalue()


def landed_and_read(home: Path, content: str, name: str) -> tuple[Row, int, dict[Reading, object]]:
    """What became of the file, the start of its newest year, and that year's values by place, measure, cut and release."""
    path = home / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    space = workspace.create(home / "area", ["330"])
    [row] = Loader(space, library_for()).load([path])
    backend = engine.expressions(engine.working())
    build_steps.read(backend, landed.landed_files(space), library_for())
    rows = backend.table("candidate").to_pyarrow().to_pylist()
    newest = max((row["year"] for row in rows), default=0)
    keys = ("place", "measure", "cut", "release")
    return row, newest, {tuple(row[key] for key in keys): row["value"] for row in rows if row["year"] == newest}


@pytest.mark.parametrize(("original", "name", "columns"), MOVED, ids=[name for _, name, _ in MOVED])
def test_the_next_year_gives_the_readings_of_this_one(
    shared: Path, tmp_path: Path, original: str, name: str, columns: dict[str, tuple[str, str]]
) -> None:
    text = text_of(shared / original)
    same_name = "/".join(original.split("/")[-2:]).removesuffix(".xz")
    before, year, expected = landed_and_read(tmp_path / "before", text, same_name)
    after, next_year, found = landed_and_read(tmp_path / "after", moved_on(text, columns), name)
    assert (before.outcome, after.outcome) == ("landed", "landed"), after.reason
    assert after.recognised_as == before.recognised_as
    assert next_year == year + 1
    assert found == expected


def test_the_next_list_of_schools_lands_as_the_next_years(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "files" / "2022-23" / "england_school_information.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text_of(shared / TABLES / "2021-22/england_school_information.csv.xz"), encoding="utf-8")
    [row] = Loader(workspace.create(tmp_path / "area", ["330"]), library_for()).load([path])
    assert (row.outcome, row.recognised_as, row.year) == ("landed", "performance_tables.school_list", "2022/23"), row.reason
    assert row.rows > 20_000
