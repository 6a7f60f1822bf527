"""Each place once a year: whole rows given twice, and one place with two different sets of figures."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def test_a_school_given_twice_alike_is_told_and_lands(area: Area) -> None:
    rows = schools()
    row = area.load(text([*rows[:5], rows[3], *rows[5:]]))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-37"})


def test_more_than_a_handful_given_twice_are_refused(area: Area) -> None:
    rows = schools(each=60)
    assert area.load(text([*rows, *rows[:5]])).outcome == "landed"
    row = area.load(text([*rows, *rows[:6]]), "2016-17/again.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-37")


def test_a_file_put_together_twice_is_refused(area: Area) -> None:
    row = area.load(text(schools() + schools()))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-37")


def test_a_school_with_two_different_figures_is_told(area: Area) -> None:
    rows = schools()
    row = area.load(text([*rows, [*rows[3][:5], "1%", 99]]))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-36"})
    assert "1 school stands in it twice with different figures: 100003." in str(row.checks)


def test_two_years_in_one_file_are_refused(area: Area) -> None:
    row = area.load(text(schools(2016) + schools(2017)))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-36")
