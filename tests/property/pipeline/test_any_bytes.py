"""Whatever a file holds, loading it gives a row with an outcome and a reason, and never an exception."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.pipeline.load import LANDED, Loader, Row
from headway.store.workspace import Workspace, create
from tests.unit.sources.screening.made import HEADER, library, schools, text

LIBRARY = library()
OUTCOMES = {"landed", "unchanged", "documentation", "quarantined", "not_recognised"}
MAGIC = [
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xfd7zXZ\x00",
    b"PAR1",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"{",
    b"[",
    b"<html",
]
CELLS = st.text(alphabet='0123456789.,%"\n\r\t;|=+-@ \x00abcÉé\ufffd', max_size=12)


def load(content: bytes, name: str = "results.csv") -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        space: Workspace = create(Path(folder) / "area", ["201"])
        target = Path(folder) / "2016-17" / name
        target.parent.mkdir()
        target.write_bytes(content)
        rows = Loader(space, LIBRARY).load([target])
        assert not list(space.landed.glob(".*partial")) or rows[0].outcome != LANDED
        return rows


def sound(rows: list[Row]) -> None:
    for row in rows:
        assert row.outcome in OUTCOMES
        assert row.outcome == LANDED or row.reason
        assert "Traceback" not in row.reason


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    sound(load(content))


@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_any_bytes_after_the_mark_of_a_known_kind(mark: bytes, content: bytes) -> None:
    sound(load(mark + content))


@given(st.lists(st.lists(CELLS, max_size=9), max_size=30), st.sampled_from([",", "\t", ";"]))
def test_any_cells_under_a_known_header(rows: list[list[str]], mark: str) -> None:
    lines = [mark.join(HEADER), *(mark.join(cells) for cells in rows)]
    sound(load("\n".join(lines).encode()))


@pytest.mark.slow
@given(st.integers(0, 20_000), st.integers(0, 255))
def test_one_byte_changed_in_a_good_file(at: int, byte: int) -> None:
    content = bytearray(text(schools(each=3)).encode())
    content[at % len(content)] = byte
    sound(load(bytes(content)))


@pytest.mark.slow
@given(st.integers(0, 20_000))
def test_a_good_file_cut_anywhere(at: int) -> None:
    content = text(schools(each=8)).encode()
    sound(load(content[: at % len(content)]))
