"""What a load gives to the lists of the same process is what lies on the disc, or it is not taken."""

import os
from datetime import date

import numpy as np
import pytest

from headway.definitions.loading import library_for
from headway.registers import counting, handing_over, year_files
from headway.registers.code_book import CodeBook
from headway.registers.generations import Generations
from headway.registers.held import empty
from headway.registers.landing import load
from headway.registers.slots import Slots
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from tests.integration.registers.conftest import MARKS, write


@pytest.fixture
def year():
    return empty(Slots(AcademicYear(2025)))


def _files(folder):
    files = folder / "enrolments", folder / "calendars"
    for path in files:
        path.write_bytes(b"one")
    return files


def test_a_year_is_given_once(tmp_path, year):
    files = _files(tmp_path)
    handing_over.hand_over({files: year})
    assert handing_over.handed_over(files) is year
    assert handing_over.handed_over(files) is None


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("change", ["written", "replaced", "gone"])
def test_a_year_whose_files_are_others_by_now_is_never_given(tmp_path, year, at, change):
    files = _files(tmp_path)
    handing_over.hand_over({files: year})
    if change == "written":
        files[at].write_bytes(b"another")
    elif change == "replaced":
        (tmp_path / "new").write_bytes(b"one")
        os.replace(tmp_path / "new", files[at])
    else:
        files[at].unlink()
    assert handing_over.handed_over(files) is None


def test_only_the_last_load_is_held(tmp_path, year):
    first, second = (_files(folder) for folder in (tmp_path / "a", tmp_path / "b") if not folder.mkdir())
    handing_over.hand_over({first: year})
    handing_over.hand_over({second: year})
    assert handing_over.handed_over(first) is None


def test_columns_made_without_pandas_say_the_same():
    from headway.registers.arrow_columns import column_of, fixed, places_in, values_of, words_of

    for values in (np.arange(-3, 9, dtype=np.int32), np.array([True, False] * 9), np.empty(0, np.uint8), np.arange(9, dtype=np.int64)[::2]):
        assert column_of(values).to_pylist() == values.tolist()
        assert (values_of(column_of(values)) == values).all()
    words = np.array(["", "Bö", "no", "", "no"])
    assert words_of(words).to_pylist() == words.tolist()
    assert words_of(words).dictionary.to_pylist() == ["", "Bö", "no"]
    assert words_of(np.empty(0, np.str_)).to_pylist() == []
    keys = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert places_in(fixed(keys[[2, 0, 2]]), fixed(keys[:2])).tolist() == [-1, 0, -1]


def test_years_read_ahead_and_in_parts_are_the_years(home, tmp_path, schools, monkeypatch):
    """As for a city: two years of several row groups each, read beside the load by threads."""
    monkeypatch.setattr(counting, "SCHOOL", 0)
    monkeypatch.setattr(year_files, "ROWS", 7)
    (urn,) = schools("primary", 1)
    space, known = open_workspace(home), {}
    for at, first in enumerate((date(2024, 9, 2), date(2025, 9, 1), date(2025, 9, 2))):
        rows = [(urn, f"P{one}", first, half, "/IOL"[(one + at) % 4]) for one in range(40) for half in ("AM", "PM")]
        (outcome,) = load(space, [write(tmp_path / f"{at}.csv", MARKS, rows)])
        assert outcome.changed == 80
        known |= {row[:4]: row[4] for row in rows}
    store, book = Generations(space), CodeBook(library_for().attendance.codes)
    store.read_ahead().join()
    assert [str(year) for year in sorted(store._years)] == ["2024/25", "2025/26"]
    found = {}
    for year in store.years:
        held = store.year(year)
        for row, slot in zip(*np.nonzero(held.enrolments.marks), strict=True):
            number = store.identities.number(held.enrolments.pupils[row].tobytes())
            found[(urn, number, *held.slots.session(slot))] = book.code(int(held.enrolments.marks[row, slot]))
    assert found == known


def test_a_year_that_cannot_be_read_is_told_to_who_asks_for_it(home, tmp_path, schools):
    (urn,) = schools("primary", 1)
    space = open_workspace(home)
    load(space, [write(tmp_path / "one.csv", MARKS, [(urn, "P1", date(2025, 9, 1), "AM", "/")])])
    store = Generations(space)
    (store.folder / store.pointer.years["2025/26"]["enrolments"]).write_bytes(b"damaged")
    store.read_ahead().join()
    with pytest.raises(Exception, match=r"[Pp]arquet"):
        store.year(AcademicYear(2025))
