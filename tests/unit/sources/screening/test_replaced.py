"""What changed against the release that a file replaces."""

from tests.unit.sources.screening.made import Area, said, schools, text


def test_what_changed_against_the_release_before_is_told(area: Area) -> None:
    area.load(text(schools()), "2016-17/results_provisional.csv")
    rows = schools()
    rows[0][5], rows[1][5] = "1%", "2%"
    row = area.load(text([*rows[:2], *rows[3:]]), "2016-17/results_final.csv")
    assert (row.outcome, row.status) == ("landed", "final")
    assert said(row, "replaced")["message"] == (
        "Against 2016-17/results_provisional.csv (provisional): 0 schools more, 1 school fewer, 2 figures of 1,197 compared changed."
    )
