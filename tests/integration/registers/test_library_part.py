"""A load reads the part of the library that it needs, only of a library that was found whole."""

from pathlib import Path

import pytest

from headway.definitions.attendance_part import CHECKED, attendance_for
from headway.definitions.loading import library_for
from headway.vocabulary.errors import HeadwayError


def test_the_part_says_what_the_whole_says(tmp_path: Path) -> None:
    whole = attendance_for(tmp_path)
    assert whole is library_for(tmp_path)
    part = attendance_for(tmp_path)
    assert (part.attendance, part.calendar, part.digest) == (whole.attendance, whole.calendar, whole.digest)
    assert not part.measures


def test_a_fault_elsewhere_in_a_library_that_changed_is_told(tmp_path: Path) -> None:
    attendance_for(tmp_path)
    wrong = tmp_path / "library" / "measures" / "ours.yaml"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("title: without all the rest\n")
    with pytest.raises(HeadwayError, match="H-LIBRARY-01"):
        attendance_for(tmp_path)
    with pytest.raises(HeadwayError, match="H-LIBRARY-01"):
        attendance_for(tmp_path)  # and told again: nothing was noted


def test_another_version_looks_at_the_whole_again(tmp_path: Path) -> None:
    attendance_for(tmp_path)
    note = tmp_path / "cache" / CHECKED
    said = note.read_text()
    note.write_text("0.0.1 " + said.split()[1])
    assert attendance_for(tmp_path).measures
    assert note.read_text() == said
