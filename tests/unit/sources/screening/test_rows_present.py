"""A header alone is an interrupted download or an empty extract."""

from tests.unit.sources.screening.made import Area, text


def test_a_header_alone_is_refused(area: Area) -> None:
    row = area.load(text([]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-21")
