"""Letters lost or garbled by a wrong encoding: told when they stand in names, refused when they are everywhere."""

import pytest

from tests.unit.sources.screening.made import HEADER, Area, faults, said, schools, text


def named(name: str, every: bool = False) -> str:
    rows = schools()
    for cells in rows if every else rows[:3]:
        cells[3] = name
    return text(rows)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_an_honest_encoding_lands_with_its_letters(area: Area, encoding: str) -> None:
    row = area.load(named("École São José").encode(encoding))
    assert (row.outcome, faults(row)) == ("landed", set())


def test_letters_encoded_twice_are_told(area: Area) -> None:
    row = area.load(named("École".encode().decode("cp1252")))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-24"})
    assert "3 letters encoded twice" in said(row, "characters")["message"]


def test_bytes_that_the_encoding_does_not_have_are_told(area: Area) -> None:
    row = area.load(named("Ecole").encode().replace(b"Ecole", b"\xc9col\x81"))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-24"})
    assert "3 letters lost" in said(row, "characters")["message"]


def test_letters_garbled_all_over_are_refused(area: Area) -> None:
    row = area.load(named("École élémentaire".encode().decode("cp1252"), every=True))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-24")


def test_a_header_with_lost_letters_is_refused(area: Area) -> None:
    row = area.load(text([[*cells, 1] for cells in schools()], [*HEADER, "\ufffd"]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-24")
