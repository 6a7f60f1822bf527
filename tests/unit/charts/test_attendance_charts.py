"""Drawings of attendance: every session that counts is drawn as one that does, no line runs across a holiday, what is typed is escaped."""

from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from headway.charts.falls import fall
from headway.charts.sessions import sessions
from headway.charts.weeks import Point, Shaded, weeks

NASTY = 'Flood <at> & "by" the river'
MONDAY = date(2025, 9, 1)
DAYS = st.dates(MONDAY, date(2025, 12, 19)).filter(lambda day: day.weekday() < 5)
MARKS = st.dictionaries(
    st.tuples(DAYS, st.sampled_from(["AM", "PM"])), st.sampled_from(["O", "G", "U", "N", "I", "C2"]), min_size=1, max_size=30
)


def classed(svg: str, kind: str) -> int:
    return sum(item.get("class") == kind for item in ElementTree.fromstring(svg).iter())  # noqa: S314 (our own drawing)


@given(MARKS)
def test_every_session_that_counts_is_drawn_and_listed_and_no_other(marks: dict[tuple[date, str], str]) -> None:
    counted = {session for session, code in marks.items() if code in "GNOU"}
    young = {session for session in counted if marks[session] == "N"}
    made = sessions(marks, counted, young, "k", "Sessions")
    for svg in (made.svg, made.narrow):
        assert classed(svg, "sess-counted") == len(counted) - len(young)
        assert classed(svg, "sess-young") == len(young)
        assert classed(svg, "sess-absent") == len(marks) - len(counted)
    assert len(made.table) == 1 + len(counted)
    assert [row[3] for row in made.table[1:]].count("for now") == len(young)


def test_without_a_mark_nothing_is_drawn_and_that_is_said() -> None:
    made = sessions({}, set(), set(), "k", "Sessions")
    assert (made.svg, made.alt) == ("", "No session is counted.")


def autumn(*values: float | None) -> list[Point]:
    return [Point(MONDAY + timedelta(7 * at), f"half term 1, week {at + 1}", value, 94.0) for at, value in enumerate(values)]


def test_no_line_runs_across_a_holiday_and_a_shock_is_named_and_escaped() -> None:
    points = autumn(95, 94, 93)
    after = Point(points[-1].monday + timedelta(21), "half term 2, week 1", 96.0, None, settled=False)
    made = weeks([*points, after], [Shaded(MONDAY, MONDAY + timedelta(4), NASTY)], "k", "Weeks")
    assert classed(made.svg, "own-line") == 1  # three weeks; the one after the holiday stands alone
    assert classed(made.svg, "own-care") == 1
    assert NASTY not in made.svg
    assert NASTY in made.alt
    assert made.table[1][4] == NASTY
    assert made.table[-1][3:] == ("–", "may still change")


def test_a_withheld_week_is_a_gap_in_words_and_picture() -> None:
    made = weeks(autumn(95, None, 93, 92), [], "k", "Weeks")
    assert classed(made.svg, "own") == 3
    assert made.table[2][2] == "–"
    assert weeks(autumn(None), [], "k", "Weeks").svg == ""


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_fall_is_told_in_words_as_well(before: float, after: float) -> None:
    made = fall(before, after, "k")
    assert made.title.startswith("From ")
    assert classed(made.svg, "fell-from") == 1
