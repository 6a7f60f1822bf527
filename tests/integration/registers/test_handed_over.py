"""What a load gives to the lists of the same process is what lies on the disc, or it is not taken."""

import os

import numpy as np
import pytest

from headway.registers import handing_over
from headway.registers.held import empty
from headway.registers.slots import Slots
from headway.vocabulary.academic_year import AcademicYear


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
