"""Places, changes and claims in words: the word of direction always agrees with the numbers, and no verdict says more than its chance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.loading import library_for
from headway.language import claims, ranks
from headway.readings.door import measure_facts
from headway.readings.ranking.answers import Improved, ImprovedLine, Margin
from headway.readings.ranking.claim_reading import Claim
from headway.readings.ranking.claims import Alternative, Choices, Verdict, word
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status

KS2 = measure_facts(library_for().measure("ks2.rwm_expected"))
ABSENCE = measure_facts(library_for().measure("attendance.overall_absence"))


def reading(value: float, start: int, unit: str = "percent") -> Reading:
    no = Status.NOT_PUBLISHED
    return Reading(
        Level.AUTHORITY, "330", "Pellshire", "m", AcademicYear(start), "all", value, None, None, None, None, Status.PUBLISHED, no, no, unit,
        "higher", Release.FINAL, "t", "f.csv", 1, "", None, None, "s",
    )  # fmt: skip


def line(
    first: float, last: float, p_rise: float, low: int = 4, high: int = 55, p_top: float = 0.2, better: str = "higher"
) -> ImprovedLine:
    p_improved = p_rise if better == "higher" else 1 - p_rise
    return ImprovedLine(
        "330", "Pellshire", reading(first, 2016), reading(last, 2018), last - first, last - first, 0.0, 0.0, p_rise, p_improved, 0.5, 18,
        low, high, p_top, (18, 18),
    )  # fmt: skip


def of(one: ImprovedLine, facts=KS2) -> Improved:
    years = AcademicYear(2016), AcademicYear(2018)
    england = reading(61, 2016), reading(65, 2018)
    return Improved(
        facts, Level.AUTHORITY, *years, (one,) * 152, (), england, 4.0, Margin("year_to_year", True, 1.0, 1.0), (), 10, (), 4000
    )


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (112, "112th"), (122, "122nd")]
)  # fmt: skip
def test_ordinals(number, told):
    assert ranks.ordinal(number) == told


def test_the_answer_of_a_page_reads_as_it_should():
    said = ranks.improved_answer(of(line(55, 62, 0.999)), line(55, 62, 0.999), "Pellshire")
    assert said == (
        "Pellshire’s rise of 7.0 points is real: it is beyond chance, and for the better. England rose 4.0 points. "
        "But its place could be anywhere from 4th to 55th of 152. “Top ten” is not shown: the chance of it is 20 in 100."
    )


@given(first=st.floats(20, 80), change=st.floats(-15, 15), p=st.floats(0, 1), lower=st.booleans())
def test_words_agree_with_the_numbers(first, change, p, lower):
    facts = ABSENCE if lower else KS2
    one = line(first, first + change, p, better=facts.better)
    said = ranks.improved_answer(of(one, facts), one, "Pellshire").split("England")[0]
    if "Pellshire’s rise" in said:
        assert change > 0
    if "Pellshire’s fall" in said:
        assert change < 0
    if "real" in said:
        assert (p > 0.5) == (change > 0)
        assert max(p, 1 - p) >= 0.975
        assert ("for the better" in said) == ((change > 0) == (facts.better == "higher"))
    assert ("is true" in ranks.improved_answer(of(one), replace(one, p_top=0.95), "Pellshire")) is True


@given(p=st.floats(0, 1))
def test_chances_are_never_rounded_to_certainty(p):
    assert ranks.chance_of(p) not in ("0 in 100", "100 in 100")


def verdict(p: float, **more) -> Verdict:
    one = line(55, 62, 0.999, p_top=p)
    claim = Claim("top ten", "improved_top", KS2.id, 10, 0, "", AcademicYear(2016), AcademicYear(2018))
    return Verdict(claim, word(p), p, "330", "Pellshire", "", of(one), None, one, None, 2, Choices(10, 80, 0.97, 3), **more)


def test_a_claim_that_is_not_shown_comes_with_what_may_be_said():
    said = verdict(0.2, alternatives=(Alternative(0, 0.999), Alternative(3, 0.96)))
    assert claims.VERDICTS[said.word] == "Not shown"
    assert "20 in 100" in claims.why(said)[0]
    assert "97 in 100 would find at least one. Pellshire has three." in claims.choices_sentence(said)
    words, checked = claims.instead(said)
    assert words == (
        "Between 2017 and 2019 reading, writing and maths in Pellshire rose by 7.0 points, from 55.0% to 62.0%; in England "
        "it rose by 4.0 points. We have improved, and are among the fastest-moving third of authorities."
    )
    assert checked[-1] == "fastest-moving third, 96 in 100"
    avoided = " ".join(claims.avoid(said))
    assert "these are points" in avoided
    assert "One of the most improved" in avoided


def test_nothing_is_said_of_improvement_that_was_not_checked():
    words, _ = claims.instead(verdict(0.05))
    assert "improved" not in words
    assert "fastest" not in words


@given(p=st.floats(0, 1))
def test_a_verdict_says_no_more_than_its_chance(p):
    said = claims.VERDICTS[verdict(p).word]
    assert (said == "True") == (p >= 0.9)
    assert (said == "False") == (p < 0.1)
