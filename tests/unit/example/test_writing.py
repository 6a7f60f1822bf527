"""Published text: rounding, blanks and markers."""

from pathlib import Path

import numpy as np

from headway.example.writing import Folder, marked, text


def test_rounds_half_away_from_zero() -> None:
    assert text(np.array([0.5, 1.5, -0.5, -1.5, 2.4])).tolist() == ["1", "2", "-1", "-2", "2"]
    assert text(np.array([0.25, -0.25, 1.005]), 1).tolist() == ["0.3", "-0.3", "1.0"]


def test_nobody_is_blank_and_a_marker_replaces_the_number() -> None:
    shown = text(np.array([np.nan, 33.3, 66.6]), suffix="%")
    assert shown.tolist() == ["", "33%", "67%"]
    assert marked(shown, np.array([False, True, False]), "SUPP").tolist() == ["", "SUPP", "67%"]


def test_trimmed_text_drops_only_zeros_after_the_point() -> None:
    assert text(np.array([10.0, 1.5, 0.0]), 1, trim=True).tolist() == ["10", "1.5", "0"]


def test_a_table_has_its_header_its_mark_and_its_rows(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.table("a/b.csv", {"URN": ["1", "2"], "X, Y": np.array(["a", 'b"'], dtype=object)}, mark=True)
    assert (folder.root / "a/b.csv").read_bytes() == b'\xef\xbb\xbfURN,"X, Y"\r\n1,a\r\n2,"b"""\r\n'
    assert folder.files == 1
