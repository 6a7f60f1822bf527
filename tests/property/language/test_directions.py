"""The sentence engine never gets a direction wrong: rose and fell, above and below, better and worse, narrowed and widened.

Each word is held against the two numbers it speaks of, in any unit and with any polarity; points are never called per cent.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.changes import better_or_worse, change_words, compared
from headway.language.gap_views import gap_words
from headway.language.sentences import gap_sentence, line_sentence, moved_sentence
from headway.language.values import level_with
from headway.readings.answers import MeasureFacts, Moved
from headway.readings.gaps import Gap, GapYear
from headway.vocabulary.place import Level
from tests.factories.lines import ABSENCE, EAL, PAY, PROGRESS, RWM, line, reading, trend

MEASURES = st.sampled_from([RWM, ABSENCE, PROGRESS, EAL, PAY])
COUNTS = st.none() | st.integers(1, 3_000)
BEFORE, NOW = "2022/23", "2023/24"
GROUPS = ("disadvantaged pupils", "pupils who are not disadvantaged")


def scale(measure: MeasureFacts, share: float) -> float:
    """A share of 0 to 1 as a value that the measure may have."""
    return {"progress": 20 * share - 10, "pounds": 20_000 + 40_000 * share}.get(measure.unit, 100 * share)


SHARES = st.floats(0, 1)


@given(MEASURES, SHARES, SHARES, COUNTS)
def test_rose_fell_better_and_worse(measure: MeasureFacts, then: float, now: float, n: int | None) -> None:
    first, last = scale(measure, then), scale(measure, now)
    said = change_words(trend(reading(BEFORE, first, measure, n), reading(NOW, last, measure, n), measure=measure))
    if said.startswith("rose"):
        assert last > first
    elif said.startswith("fell"):
        assert last < first
    else:
        assert said.startswith(("did not change", "hardly changed"))
        assert abs(last - first) < (1.5 if measure.unit == "pounds" else 0.16)
    for word in re.findall(r"\((better|worse)\)", said):
        assert (word == "better") == ((last > first) == (measure.better == "higher"))
        assert measure.better != "neither" and "within chance" not in said
    assert "per cent" not in said and "%" not in said


@given(MEASURES, SHARES, SHARES, COUNTS)
def test_above_and_below(measure: MeasureFacts, own: float, theirs: float, n: int | None) -> None:
    value, other = scale(measure, own), scale(measure, theirs)
    said = compared(reading(NOW, value, measure, n), reading(NOW, other, measure, name="England"), "England", measure)
    if "level with" in said:
        assert level_with(value - other, measure.unit)
    else:
        assert ("above England" in said, "below England" in said) == (value > other, value < other)
    assert "beyond chance" not in said or "within chance" not in said


@given(SHARES, SHARES, SHARES, COUNTS)
def test_a_line_says_the_same_of_both(then: float, now: float, england: float, n: int | None) -> None:
    own = trend(reading(BEFORE, 100 * then, n=n), reading(NOW, 100 * now, n=n))
    said = line_sentence(line(own, england=trend(reading(NOW, 100 * england, name="England"))))
    assert ("It rose" in said) <= (now > then) and ("It fell" in said) <= (now < then)
    assert ("above England" in said) <= (now > england) and ("below England" in said) <= (now < england)
    assert not ("rose" in said and "fell" in said)


@given(SHARES, SHARES)
def test_a_school_that_moved(then: float, now: float) -> None:
    first, last = 100 * then, 100 * now
    for verdict in (True, False, None):
        said = moved_sentence(Moved(None, ABSENCE, reading(BEFORE, first, ABSENCE), reading(NOW, last, ABSENCE), last - first, verdict))  # type: ignore[arg-type]
        assert (" rose " in said) <= (last > first) and (" fell " in said) <= (last < first)
        assert ("better" in said) <= (last < first) and ("worse" in said) <= (last > first)


def words_for(before: float, now: float) -> set[str]:
    return {"narrowed"} if abs(now) < abs(before) else {"widened"} if abs(now) > abs(before) else set()


@given(*[st.floats(0, 100)] * 4, COUNTS)
def test_a_gap_between_two_groups_narrows_only_when_it_does(a: float, b: float, c: float, d: float, n: int | None) -> None:
    one, other = (trend(reading(BEFORE, then, n=n), reading(NOW, now, n=n)) for then, now in ((a, c), (b, d)))
    said = gap_sentence(one, other)
    told = {word for word in ("narrowed", "widened") if word in said}
    assert told <= words_for(b - a, d - c)
    assert told or "as wide as" in said


@given(st.floats(-60, 60), st.floats(-60, 60), COUNTS, st.sampled_from(["higher", "lower"]))
def test_a_gap_to_others_nationally_narrows_only_when_it_does(before: float, now: float, n: int | None, better: str) -> None:
    said = gap_words(gap(before, now, n, better), *GROUPS)
    told = {word for word in ("narrowed", "widened") if word in said}
    assert told <= words_for(before, now)
    assert told or "as wide as" in said
    assert (" behind " in said) <= (now > 0) and (" ahead of " in said) <= (now < 0)
    assert not (n is None and "beyond chance" in said)


@pytest.mark.parametrize("n", [None, 20, 300, 50_000])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_gap_from_24_to_28_and_a_half_never_narrowed(n: int | None, better: str) -> None:
    assert "widened by 4.5 points" in gap_words(gap(24.0, 28.5, n, better), *GROUPS)
    one, other = (trend(reading(BEFORE, then, n=n), reading(NOW, now, n=n)) for then, now in ((40, 40), (64, 68.5)))
    assert "widened by 4.5 points" in gap_sentence(one, other)


@given(SHARES, st.sampled_from(["higher", "lower", "neither"]))
def test_better_and_worse_are_each_others_mirror(size: float, better: str) -> None:
    assert {better_or_worse(size, better), better_or_worse(-size, better)} in ({"better", "worse"}, {""})


def gap(before: float, now: float, n: int | None, better: str) -> Gap:
    facts = replace(RWM, better=better)

    def year(at: str, behind: float) -> GapYear:
        group = reading(at, 70.0 - behind if better == "higher" else 20.0 + behind, facts, n)._replace(better=better)
        return GapYear(group.year, group, reading(at, 70.0, facts), None, behind, None, None, None)

    years = (year(BEFORE, before), year(NOW, now))
    return Gap("disadvantage", "disadvantage=yes", "disadvantage=no", facts, Level.AUTHORITY, "330", years, years[-1], False)
