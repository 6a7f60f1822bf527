"""Columns with people's names are never landed; the report says which."""

from pathlib import Path

from tests.unit.sources.screening.made import HEADER, Area, said, schools, text


def test_peoples_names_are_never_landed_and_that_is_told(area: Area) -> None:
    row = area.load(text([[*cells, "Canary Bird"] for cells in schools()], [*HEADER, "HEADNAME"]))
    assert row.outcome == "landed"
    assert said(row, "names_left_out")["message"] == "1 column with people's names was not landed: HEADNAME."
    landed = [path for path in Path(area.space.home).rglob("*") if path.is_file()]
    assert not any(b"Canary" in path.read_bytes() for path in landed)
