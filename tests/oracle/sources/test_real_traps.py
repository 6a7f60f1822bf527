"""The real files, broken as they do break: each must be caught. And whole, as published: none may be."""

import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from headway.definitions.loading import library_for
from headway.pipeline.load import Loader, Row
from headway.store import workspace

TABLES = "data/dfe-performance-tables"
Lines = list[str]


def lines_of(path: Path) -> Lines:
    content = lzma.open(path).read() if path.suffix == ".xz" else path.read_bytes()
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return content.decode("cp1252").splitlines()


def loaded(folder: Path, content: str, path: str) -> Row:
    target = folder / "files" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content + "\n", encoding="utf-8")
    space = workspace.create(folder / "area", ["330"])
    [row] = Loader(space, library_for()).load([target])
    return row


def cut(lines: Lines, footer: int) -> str:
    """The first 70% of the rows, at a row's end, and the footer as it was."""
    kept = lines[: 1 + int(0.7 * (len(lines) - 1 - footer))]
    return "\n".join([*kept, *lines[len(lines) - footer :]])


@pytest.mark.parametrize(
    ("path", "footer"),
    [
        ("2016-17/england_spine.csv.xz", 0),
        ("2017-18/england_spine.csv.xz", 0),
        ("2021-22/england_school_information.csv.xz", 0),
        ("2015-16/england_census.csv.xz", 2),
        ("2017-18/england_census.csv.xz", 2),
        ("2012-13/england_swf.csv", 2),
        ("2017-18/england_abs.csv", 3),
        ("2016-17/england_ks4provisional.csv", 3),
        ("2016-17/england_ks4-pupdest.csv.xz", 152),
    ],
)
def test_a_list_of_schools_cut_at_70_per_cent_is_quarantined(shared: Path, tmp_path: Path, path: str, footer: int) -> None:
    name = path.removesuffix(".xz")
    row = loaded(tmp_path, cut(lines_of(shared / TABLES / path), footer), name)
    assert (row.outcome, row.code[:8]) == ("quarantined", "H-DATA-5"), row.reason


def as_fraction(cell: str) -> str:
    return f"{float(cell.rstrip('%')) / 100}" if cell.rstrip("%").replace(".", "", 1).isdigit() else cell


def changed(lines: Lines, column: str, change: Callable[[str], str]) -> str:
    at = lines[0].split(",").index(column)
    rows = []
    for line in lines[1:]:
        cells = line.split(",")
        cells[at] = change(cells[at])
        rows.append(",".join(cells))
    return "\n".join([lines[0], *rows])


def test_absence_as_a_fraction_is_quarantined(shared: Path, tmp_path: Path) -> None:
    row = loaded(
        tmp_path, changed(lines_of(shared / TABLES / "2013-14/england_abs.csv"), "PERCTOT", as_fraction), "2013-14/england_abs.csv"
    )
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-40")


def test_a_year_under_another_years_name_is_quarantined(shared: Path, tmp_path: Path) -> None:
    lines = lines_of(shared / TABLES / "2012-13/england_abs.csv")
    assert loaded(tmp_path, "\n".join(lines), "2012-13/england_abs.csv").outcome == "landed"
    row = loaded(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]), "2013-14/england_abs.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-33")
    other = lines_of(shared / TABLES / "2013-14/england_abs.csv")
    row = loaded(tmp_path, "\n".join(other), "2012-13/england_abs.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-32")


def test_the_header_one_column_longer_than_its_rows_is_quarantined(shared: Path, tmp_path: Path) -> None:
    space = workspace.create(tmp_path, ["330"])
    [row] = Loader(space, library_for()).load([shared / "data/gias/grouplinks_edubaseallacademiesandfree_OLD_MISALIGNED.csv.xz"])
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-23")


def test_a_workbook_and_a_csv_of_one_table_land_once(shared: Path, tmp_path: Path) -> None:
    space = workspace.create(tmp_path, ["330"])
    folder = shared / TABLES / "2011-12"
    rows = Loader(space, library_for()).load([folder / "england_abs.csv", folder / "england_abs.xls.xz"])
    assert [row.outcome for row in rows] == ["landed", "unchanged"]


def test_every_published_file_lands_as_it_is(shared: Path, tmp_path: Path) -> None:
    """Only the one file that is known to be broken is kept back; no false alarm."""
    space = workspace.create(tmp_path, ["330"])
    rows = Loader(space, library_for()).load([shared / "data"])
    kept_back = [(Path(row.path).name, row.reason) for row in rows if row.outcome == "quarantined"]
    assert [name for name, _ in kept_back] == ["grouplinks_edubaseallacademiesandfree_OLD_MISALIGNED.csv.xz"], kept_back
