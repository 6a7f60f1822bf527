"""Rows that name a Headway measure or cut which the library does not have."""

from tests.unit.sources.screening.made import Area, faults, said

HEAD = "URN,Academic year,Headway measure,Cut,Numerator,Denominator,Value\n"


def test_a_measure_or_cut_that_the_library_lacks_is_told(area: Area) -> None:
    good = "".join(f"{100_000 + number},2025/26,made.met,all,18,30,60\n" for number in range(5))
    row = area.load(HEAD + good + "100009,2025/26,made.mett,all,18,30,60\n100009,2025/26,made.met,height=tall,18,30,60\n", "early.csv")
    assert (row.outcome, row.status, faults(row)) == ("landed", "early", {"H-DATA-45"})
    assert said(row, "own_names")["message"] == "2 rows name measures 'made.mett' and cuts 'height=tall', which the library does not have."


def test_a_file_that_names_nothing_known_is_refused(area: Area) -> None:
    row = area.load(HEAD + "100009,2025/26,reading,all,18,30,60\n", "early.csv")
    assert row.outcome == "quarantined"
