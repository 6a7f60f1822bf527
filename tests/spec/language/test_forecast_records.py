"""How forecasts have held, in words: by their own record where there is one, else by every trial, and which of the two is said."""

from dataclasses import replace

from headway.language.forecasts import record_words, slope_words
from headway.readings.forecasting.answers import Every, Held, Record
from headway.vocabulary.academic_year import AcademicYear

HELD = (Held(0.8, 0.827, 0.822, 0.832, 24_380),)
EVERY = Every(166, 24_380, (AcademicYear(2016), AcademicYear(2024)), 0.896, 0.835, 0.901, HELD, 1.01)
FULL = Record(1, 145, 102, 10, 1, 32, 105, 15_480, 0.903, 0.843, 0.911, (Held(0.8, 0.841, 0.83, 0.85, 15_480),), (), 1.06, 1.0, 1.1, 0.0,
              61_920, (), (), EVERY)  # fmt: skip
FEW = replace(FULL, horizon=2, shown_today=53, trials=1, figures=149, ratio=1.047, every=EVERY)


def test_a_record_of_its_own_is_told_by_itself() -> None:
    said = record_words(FULL)
    assert said == (
        "Forecasts one year ahead were 10% closer than the better of the last value and the mean of three years, over 15,480 figures; "
        "where the fan should hold 80 in 100 of them it held 84."
    )


def test_one_trial_is_no_record_and_every_trial_is_told_as_such() -> None:
    said = record_words(FEW)
    assert "5% further off" not in said  # of a single year nothing is said
    assert said.startswith("Forecasts two years ahead are shown for 53 of 145 series; only one has come due since")
    assert "Every one that was tried, shown or not, over 24,380 figures: 10% closer" in said
    assert said.endswith("it held 83.")


def test_without_any_trial_nothing_is_claimed() -> None:
    said = record_words(replace(FEW, trials=0, ratio=None, every=None))
    assert said.endswith(
        "none of them has come due since it could have been chosen on earlier years, so that their own record says nothing yet."
    )


def test_slopes_in_words() -> None:
    assert slope_words(1.01).startswith("Probabilities came true about as often")
    assert "too bold" in slope_words(0.7) and "too cautious" in slope_words(1.3)
