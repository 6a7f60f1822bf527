"""Promises together, in words: how many stand how, since when, and what became of them since a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.ambitions import Against, Asks
from headway.definitions.publications import Known
from headway.language.ambitions import age_words
from headway.language.forecasts import chance_words as told_chance
from headway.language.promises import (
    ORDER,
    chance_sentence,
    chance_words,
    changed_words,
    changes_sentence,
    path_title,
    since_words,
    tally,
    tally_sentence,
)
from headway.language.strategies import actions_sentence
from headway.readings.ambitions.answers import Answer, Point, Verdict
from headway.readings.answers import MeasureFacts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

RWM = MeasureFacts("ks2.rwm_expected", "One", "One", "percent", "higher", "", "ks2_end", 11)
SINCE = date(2026, 6, 30)


def point(year: int, value: float, wanted: float, limits: tuple[float, float] | None = None) -> Point:
    low, high = limits or (None, None)
    return Point(
        AcademicYear(year), value, wanted, wanted - value, None, low, high, "", date(year + 1, 12, 31), "listed", Release.FINAL, False, ()
    )  # fmt: skip


def answer(verdict: Verdict, *points: Point, decided: bool = False) -> Answer:
    asks = Asks(measure=RWM.id, relation="reach", against=Against(kind="england", moves="each_year"), baseline=AcademicYear(2022))
    return Answer(
        "s.one", "s", 1, "One", "One", "us", "150", "Wrenford", date(2026, 11, 25), verdict, None, None, None, False, decided, asks, RWM,
        latest=points[-1] if points else None, points=points,
    )  # fmt: skip


@given(st.lists(st.sampled_from(list(Verdict)), max_size=12))
def test_every_promise_is_counted_once(verdicts: list[Verdict]) -> None:
    counted = tally([answer(one) for one in verdicts])
    assert sum(int(words.split()[0]) for _, words in counted) == len(verdicts)
    assert [one for one, _ in counted] == [one for one in ORDER if one in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], "No promise is made in it yet."),
        ([Verdict.ON_COURSE], "Of the one promise, it is on course."),
        ([Verdict.CANNOT_TELL], "Of the one promise, nobody can tell."),
        ([Verdict.ON_COURSE] * 2 + [Verdict.CANNOT_TELL] * 2, "Of 4 promises 2 are on course and of 2 nobody can tell."),
        ([Verdict.MET, Verdict.AT_RISK, Verdict.TOO_EARLY], "Of 3 promises 1 is kept, 1 is at risk and for 1 it is too early."),
    ],
)
def test_the_count_in_a_sentence(verdicts: list[Verdict], said: str) -> None:
    assert tally_sentence([answer(one) for one in verdicts]) == said


def test_since_when_and_what_it_was_before() -> None:
    now = answer(Verdict.AT_RISK)
    then = [(date(2025, 9, 9), now), (date(2025, 1, 1), now), (date(2024, 12, 12), answer(Verdict.ON_COURSE))]
    assert since_words(now, then) == "since 9 September 2025; on course from 12 December 2024 before that"
    assert since_words(now, []) == ""


@given(st.sampled_from(list(Verdict)), st.sampled_from(list(Verdict)))
def test_what_is_unknown_is_neither_better_nor_worse(then: Verdict, now: Verdict) -> None:
    said = changed_words(answer(then), answer(now), SINCE)
    unknown = {Verdict.CANNOT_TELL, Verdict.TOO_EARLY} & {then, now}
    assert ("better" in said or "worse" in said) is (then is not now and not unknown)
    rank = [Verdict.OFF_COURSE, Verdict.AT_RISK, Verdict.ON_COURSE, Verdict.MET]
    if then in rank and now in rank and then is not now:
        assert ("better" in said) is (rank.index(now) > rank.index(then))


def test_changes_since_the_last_meeting() -> None:
    on, risk = answer(Verdict.ON_COURSE), answer(Verdict.AT_RISK)
    assert changes_sentence({"a": on}, {"a": on}, SINCE) == "No verdict is other than on 30 June 2026."
    assert changes_sentence({"a": on, "b": risk, "c": on}, {"a": risk, "b": risk}, SINCE) == (
        "1 verdict is other than on 30 June 2026 and 1 promise was made since."
    )


@given(st.floats(0, 1))
def test_nothing_is_certain(probability: float) -> None:
    number = int(told_chance(probability).removesuffix(" in 100").split()[-1])
    assert 5 <= number <= 95


def test_both_chances_are_told_where_they_differ_and_why_there_is_none() -> None:
    one = answer(Verdict.AT_RISK, point(2024, 60.0, 62.0))
    assert chance_words(one) == "not given"
    assert chance_sentence(replace(one, no_forecast_because="It was not tried.")) == "No chance is given. It was not tried."
    told = replace(one, probability_published=0.26, probability_underlying=0.24)
    assert (chance_words(told), chance_sentence(told)) == ("about 25 in 100", "Chance that the published figure keeps it: about 25 in 100.")
    other = replace(told, probability_underlying=0.14)
    assert chance_sentence(other).endswith("that the rate behind it does, apart from the luck of one year: about 15 in 100.")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (point(2024, 60.0, 62.0), "In 2024/25 Wrenford was 2.0 points short of what was promised"),
        (point(2024, 63.0, 62.0), "In 2024/25 Wrenford was 1.0 point beyond what was promised"),
        (point(2024, 62.02, 62.0), "In 2024/25 Wrenford was where it was promised to be"),
    ],
)
def test_the_finding_of_the_picture(at: Point, said: str) -> None:
    assert path_title(answer(Verdict.AT_RISK, at)) == said
    assert path_title(replace(answer(Verdict.CANNOT_TELL), points=())) == "There is no year that can be set beside what was promised"


@given(st.dictionaries(st.sampled_from(["red", "amber", "green", "done", "stopped", ""]), st.integers(0, 5)))
def test_every_action_is_told_of_once(counts: dict[str, int]) -> None:
    said, total = actions_sentence(counts), sum(counts.values())
    if total == 0:
        assert said == "No action is written down yet."
    elif total > 1:
        numbers = [int(word) for word in said.replace(",", "").rstrip(".").split() if word.isdecimal()]
        assert numbers[0] == total and sum(numbers[1:]) == total
    else:
        assert said.startswith("The one action ") and said.endswith(".")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("listed", "came out by 31 December 2025, 10 months before"),
        ("unchecked", "came out by 31 December 2025 by a calendar that nobody checked, 10 months before"),
        ("usual", "came out by 31 December 2025, as in most years, 10 months before"),
    ],
)
def test_how_a_day_of_publication_is_known_is_said(known: Known, said: str) -> None:
    assert said in age_words(answer(Verdict.AT_RISK, replace(point(2024, 60.0, 62.0), published_known=known)))
