"""What figures suggest and what came of help, in words that cannot say more than the numbers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from headway.language.brokerage import effect_sentence, found_sentence, judged_sentence, suggestions_sentence
from headway.readings.answers import MeasureFacts
from headway.readings.strengths import Found, Inspected, Suggestions
from headway.stats.impact import effect_of_one, nothing
from headway.vocabulary.academic_year import AcademicYear

ABSENCE = MeasureFacts("attendance.overall_absence", "Overall absence", "Overall absence, %", "percent", "lower", "", "pupils", 11)
YEARS = tuple(AcademicYear(year) for year in (2021, 2022, 2023))


def found(better: float) -> Found:
    return Found(1, "attendance", ABSENCE, "all", YEARS, 5.0, 6.0, 40, better, better - 1, better + 1, better / 2, 0.01, 0.9)


@given(st.floats(1.5, 40), st.booleans())
def test_better_is_never_called_worse(size: float, strong: bool) -> None:
    told = found_sentence(found(size if strong else -size))
    assert ("better than" in told) is strong and ("worse than" in told) is not strong
    assert "2021/22 to 2023/24" in told and "per cent" not in told
    limits = told.split("margin ")[1].split(")")[0].split(" to ")
    assert float(limits[0]) <= float(limits[1])


@given(st.floats(-30, 30), st.lists(st.floats(-5, 5), min_size=6, max_size=20).filter(lambda one: max(one) - min(one) > 0.1))
def test_an_effect_comes_with_its_warning_and_is_beyond_chance_only_where_it_is(change: float, controls: list[float]) -> None:
    effect = effect_of_one(change, controls)
    told = effect_sentence(effect, "percent", "lower", "A school")
    assert "would be seen four times in five" in told
    assert ("beyond chance" in told) is (effect.low > 0 or effect.high < 0)
    if "better than" in told:
        assert effect.size < 0  # of absence lower is better
    if "worse than" in told:
        assert effect.size > 0


def test_without_an_effect_the_reason_is_told() -> None:
    assert effect_sentence(nothing("no figures", 1), "percent", "lower", "A school") == "No effect can be told for A school: no figures."


def test_how_many_comparisons_were_made_is_said() -> None:
    told = suggestions_sentence(Suggestions("150", (found(3), found(-2)), (), 1234, 88))
    assert "1,234 comparisons of 88 schools" in told and "1 stand out for better and 1 for worse" in told
    assert "Judged strong standard for achievement at its predecessor in March 2026" in judged_sentence(
        Inspected(1, "end_of_primary", "report_card_2025", "achievement", "Strong standard", date(2026, 3, 1), True, True)
    )
