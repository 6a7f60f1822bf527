"""Results in the template whose one cell is given twice with different figures."""

from tests.unit.sources.screening.made import Area, said

HEAD = "URN,Academic year,Headway measure,Cut,Numerator,Denominator,Value\n"
GOOD = "".join(f"{100_000 + number},2025/26,made.met,all,18,30,60\n" for number in range(200))


def test_every_cell_that_is_given_twice_is_named_at_once_and_the_file_refused(area: Area) -> None:
    row = area.load(HEAD + GOOD + "100003,2025/26,made.met,,15,30,50\n100007,2025/26,made.met,all,12,30,40\n", "early.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-36")
    message = str(said(row, "own_cells_once")["message"])
    assert message.startswith("2 figures stand in it more than once and differ: 100003 made.met all (rows ")
    assert "100007 made.met all (rows " in message
    assert "Keep the right row of each" in row.reason


def test_another_year_or_the_same_figures_are_no_fault(area: Area) -> None:
    row = area.load(HEAD + GOOD + "100003,2024/25,made.met,all,15,30,50\n100007,2025/26,made.met,all,18,30,60\n", "early.csv")
    assert row.outcome == "landed"
