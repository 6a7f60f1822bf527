"""The school-level tables of the library against every real file: each is one table's, and no measure names a column that no file has."""

import csv
import io
import lzma
from collections import defaultdict
from pathlib import Path

import pytest

from headway.definitions.loading import LIBRARY, Library, library_for
from headway.definitions.schemas import Columns, Layout, SourceTable, Supply
from headway.sources.recognising import normal, year_in

FOLDERS = ("dfe-performance-tables", "dfe-performance-tables-trimmed")
DICTIONARY = "_meta"


@pytest.fixture(scope="module")
def library() -> Library:
    return library_for()


@pytest.fixture(scope="module")
def headers(shared: Path) -> dict[Path, list[str]]:
    """The first row of each csv that is not a column dictionary, read without the code under test."""
    found = (path for folder in FOLDERS for path in sorted((shared / "data" / folder).rglob("*.csv*")))
    return {path: first_row(path) for path in found if DICTIONARY not in path.name}


def first_row(path: Path) -> list[str]:
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        raw = file.readline()
    text = raw.decode("cp1252" if b"\xef\xbb\xbf" not in raw[:3] else "utf-8-sig")
    return next(csv.reader(io.StringIO(text), delimiter="\t" if text.count("\t") > text.count(",") else ","))


def matching(library: Library, row: list[str]) -> list[tuple[SourceTable, Layout]]:
    """The layouts that agree with most of a header row's names: one, unless the library is in two minds."""
    names = {normal(cell) for cell in row}
    fits = [
        (table, layout)
        for table in library.tables.values()
        for layout in table.layouts
        if {normal(name) for name in layout.headers} <= names and not {normal(name) for name in layout.without} & names
    ]
    most = max((len(layout.headers) for _, layout in fits), default=0)
    return [(table, layout) for table, layout in fits if len(layout.headers) == most]


def test_each_file_is_of_exactly_one_layout(library: Library, headers: dict[Path, list[str]]) -> None:
    assert len(headers) > 80
    wrong = {
        f"{path.parent.name}/{path.name}": [f"{table.id} {layout.name}" for table, layout in fits]
        for path, row in headers.items()
        if len(fits := matching(library, row)) != 1
    }
    assert wrong == {}


def test_a_file_of_a_year_not_seen_is_recognised_under_its_neighbours_layout(library: Library, headers: dict[Path, list[str]]) -> None:
    """Each kind of file keeps its table over the years: what 2016-17 and 2017-18 agree on holds for the year after."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for path, row in headers.items():
        if path.parent.name in ("2016-17", "2017-18", "2020-21", "2021-22"):
            kinds[path.name.split(".")[0]].update(table.id for table, _ in matching(library, row))
    assert {name: tables for name, tables in kinds.items() if len(tables) != 1} == {}


def named(supply: Supply) -> set[str]:
    """The columns of the whole cohort; those of cuts are in full tables only, of which two authorities' are held."""
    parts = (supply.value, supply.numerator, supply.denominator, supply.lower, supply.upper)
    return {name for name in parts if name}


def cut_columns(cut: Columns) -> set[str]:
    parts = (cut.value, cut.numerator, cut.denominator, cut.lower, cut.upper)
    return {name for name in parts if name}


def columns_by_table(library: Library, headers: dict[Path, list[str]]) -> dict[str, set[str]]:
    """Each performance table's columns under their canonical names, in lower case, over all files."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in headers.values():
        for table, layout in matching(library, row):
            ours = {normal(published): name for name, published in layout.columns.items()}
            found[table.id].update((ours.get(normal(cell)) or cell.replace("\ufeff", "").strip()).lower() for cell in row)
    return found


def supplies(library: Library) -> list[tuple[str, Supply]]:
    return [
        (measure.id, supply)
        for measure in library.measures.values()
        for period in measure.periods
        for supply in period.supplies
        if supply.table.startswith("performance_tables.")
    ]


def test_no_measure_reads_a_column_that_no_file_has(library: Library, headers: dict[Path, list[str]]) -> None:
    there = columns_by_table(library, headers)
    missing = {
        f"{measure}: {column}"
        for measure, supply in supplies(library)
        for column in named(supply)
        if column.lower() not in there[supply.table]
    }
    assert missing == set()


def test_cuts_read_columns_of_a_file_or_of_a_published_dictionary(library: Library, headers: dict[Path, list[str]], shared: Path) -> None:
    """Full key stage 4 tables are not held; their dictionaries are."""
    there = columns_by_table(library, headers)
    dictionaries = [path.read_text(encoding="utf-8", errors="replace").lower() for path in (shared / "data").rglob("*_meta.csv")]
    written = {cell.strip(' "\ufeff') for text in dictionaries for line in text.splitlines() for cell in line.split(",")[:2]}
    missing = {
        f"{measure}: {column}"
        for measure, supply in supplies(library)
        for cut in supply.cuts.values()
        for column in cut_columns(cut)
        if column.lower() not in there[supply.table] and column.lower() not in written
    }
    assert missing == set()


def test_every_year_of_a_file_finds_its_measures(library: Library, headers: dict[Path, list[str]]) -> None:
    """A file of a dated folder whose table feeds measures feeds one in its own year: no validity leaves a whole file unread."""
    unread = set()
    fed = {supply.table for _, supply in supplies(library)}
    for path, row in headers.items():
        year, names = year_in(str(path.relative_to(path.parents[1]))), {normal(cell) for cell in row}
        (table, layout), *_ = matching(library, row)
        ours = {name.lower(): published for name, published in layout.columns.items()}
        if year is None or table.id not in fed:
            continue
        read = [
            measure.id
            for measure in library.measures.values()
            if (period := measure.period(year))
            for supply in period.supplies
            if supply.table == table.id and all(normal(ours.get(name.lower(), name)) in names for name in (supply.value,) if name)
        ]
        if not read:
            unread.add(f"{path.parent.name}/{path.name}")
    assert unread <= EXPECTED_UNREAD


# points of all level 3 qualifications together, from before A levels were told apart
EXPECTED_UNREAD = {"2010-11/england_ks5.csv", "2010-11/england_ks5all.csv.xz"}


def test_grade_5_of_a_year_without_grade_5_is_not_read(library: Library) -> None:
    """The trimmed file of 2015/16 has a column Eng Maths Grade 5, and there was no grade 5 before 2016/17."""
    from headway.vocabulary.academic_year import AcademicYear

    assert library.measures["ks4.basics_95"].period(AcademicYear(2015)) is None
    assert library.measures["ks4.basics_95"].period(AcademicYear(2018)) is not None


def test_persistent_absence_is_three_definitions(library: Library) -> None:
    periods = library.measures["attendance.persistent_absence"].periods
    read = [next(s.value for s in period.supplies if s.table == "performance_tables.absence") for period in periods]
    assert read == ["PPERSABS20", "PPERSABS15", "PPERSABS10", "PPERSABS10"]  # the last two part where the pandemic's sessions do
    kinds = [period.break_.kind if period.break_ else None for period in periods]
    assert kinds == [None, "not_comparable", "not_comparable", "comparable_with_care"]


def test_every_dictionary_csv_is_given_away_by_its_words(library: Library, shared: Path) -> None:
    documents = library.lists["documentation"]
    signatures = [{normal(name) for name in signature} for signature in documents["signatures"]]
    plain = []
    for path in sorted((shared / "data" / FOLDERS[0]).rglob("*_meta*.csv")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        rows = list(csv.reader(io.StringIO(text)))[:40]
        said = any(signature <= {normal(cell) for cell in row} for row in rows for signature in signatures)
        spoken = any(phrase.lower() in " ".join(cell for row in rows for cell in row).lower() for phrase in documents["phrases"])
        if not (said or spoken or any(matching(library, row) for row in rows[:1])):
            plain.append(f"{path.parent.name}/{path.name}")
    assert plain == []


def test_library_folder_holds_only_yaml() -> None:
    assert {path.suffix for path in LIBRARY.rglob("*") if path.is_file()} == {".yaml"}
