"""Forecasts in words: how likely, where a figure may go, what that rests on, and how such forecasts have held so far."""

from headway.language.values import level_with, mid_sentence, name_of, size_words, value_words
from headway.readings.forecasting.answers import Calibration, Held, Likely, Outlook, Record, Tried
from headway.vocabulary.number import shown

BASELINES = {"last": "the last value alone", "three": "the mean of three years alone"}
AHEAD = {1: "one year ahead", 2: "two years ahead", 3: "three years ahead"}
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


def chance_words(chance: float) -> str:
    """“about 35 in 100”: to the nearest five, since no past bears out more; at the ends “fewer than 5 in 100”."""
    if chance < 0.05:
        return "fewer than 5 in 100"
    if chance > 0.95:
        return "more than 95 in 100"
    return f"about {5 * int(chance * 20 + 0.5)} in 100"


def likely_words(likely: Likely) -> str:
    """The chance of the figure that will be published, and of the rate behind it where that is another; or why there is none."""
    if likely.published is None or likely.underlying is None:
        return likely.no_forecast_because
    told = chance_words(likely.published)
    said = f"The chance that the published figure will be there is {told}"
    behind = chance_words(likely.underlying)
    if behind != told:
        said += f"; that the rate behind it will, apart from the luck of one year, {behind}"
    return f"{said}."


def place_words(value: float, of: Outlook) -> str:
    """A level in its unit; a gap as above, below or level with England."""
    if not of.gap:
        return value_words(value, of.measure.unit)
    if level_with(value, of.measure.unit):
        return "level with England"
    return f"{size_words(value, of.measure.unit)} {'above' if value > 0 else 'below'} England"


def outlook_words(of: Outlook) -> str:
    """Where the last forecast year may lie; or why there is no forecast."""
    name = f"{name_of(of.measure)} in {of.name}"
    if not of.fan:
        return f"{name}: no forecast. {of.no_forecast_because}"
    last = of.fan[-1]
    half, most = between(last.q25, last.q75, of), between(last.q10, last.q90, of)
    return f"{name}: in {last.year} it is as likely as not to be between {half}, and four times in five between {most}."


def between(low: float, high: float, of: Outlook) -> str:
    """“60.3% and 65.5%”; of a gap “0.4 and 1.0 points above England”, each end said in full where they lie on either side."""
    ends = place_words(low, of), place_words(high, of)
    if of.gap and low * high > 0 and not any(end.startswith("level") for end in ends):
        near, far = sorted((low, high), key=abs)
        number = shown(abs(near), of.measure.unit, ending=False)
        return f"{number} and {size_words(far, of.measure.unit)} {'above' if low > 0 else 'below'} England"
    return " and ".join(ends)


def tried_words(tested: Tried) -> str:
    """“Tried one year ahead on the four past years it was chosen by, such forecasts were 5% closer than the last value alone.”"""
    closer = 100 * (1 - tested.ratio)
    past = NUMBERS.get(tested.trials, str(tested.trials))
    return (
        f"Tried {AHEAD[tested.horizon]} on the {past} past years it was chosen by, such forecasts were {closer:.0f}% closer than "
        f"{BASELINES[tested.baseline]}."
    )


def withheld_words(of: Outlook) -> str:
    """The first year that has no forecast though one was asked for, and why."""
    if not of.withheld or not of.fan:
        return ""
    year, why = of.withheld[0]
    return f"No forecast for {year}: {mid_sentence(why)}"


def record_words(record: Record) -> str:
    """How forecasts of one horizon have done, for the top of the page of calibration."""
    ahead = AHEAD[record.horizon]
    if record.ratio is None or not record.tells:
        return _of_every(record, ahead)
    closer = 100 * (1 - record.ratio)
    word = f"{closer:.0f}% closer" if closer > 0 else f"{-closer:.0f}% further off"
    return (
        f"Forecasts {ahead} were {word} than the better of the last value and the mean of three years, over {record.figures:,} figures; "
        f"{held_words(record.held)}"
    )


def _of_every(record: Record, ahead: str) -> str:
    """Where hardly any forecast has come due since it could have been shown: how every one that was tried did."""
    shown = f"Forecasts {ahead} are shown for {record.shown_today} of {record.series} series"
    due = f"only {NUMBERS[record.trials]} has" if record.trials else "none of them has"
    said = f"{shown}; {due} come due since it could have been chosen on earlier years, so that their own record says nothing yet."
    every = record.every
    if every is None:
        return said
    closer = 100 * (1 - every.ratio)
    word = f"{closer:.0f}% closer" if closer > 0 else f"{-closer:.0f}% further off"
    return (
        f"{said} Every one that was tried, shown or not, over {every.figures:,} figures: {word} than the better of the last value and "
        f"the mean of three years; {held_words(every.held)}"
    )


def held_words(held: tuple[Held, ...]) -> str:
    """“where the fan should hold 80 in 100 of them it held 84.”"""
    found = next((one for one in held if one.should == 0.8), None)
    if found is None:
        return "how wide the fan should be cannot be told."
    return f"where the fan should hold 80 in 100 of them it held {100 * found.share:.0f}."


def promise_words(record: Record) -> str:
    """Whether probabilities told came true as often as they said."""
    if record.slope is None:
        return "Too few promises were kept or missed on past years to say whether probabilities hold: not enough evidence."
    return f"{_slope(record.slope)} ({record.promises:,} promises tried; slope {record.slope:.2f}, where 1 is perfect)."


def slope_words(slope: float) -> str:
    return f"{_slope(slope)} (slope {slope:.2f}, where 1 is perfect)."


def _slope(slope: float) -> str:
    if 0.8 <= slope <= 1.2:
        return "Probabilities came true about as often as they said"
    if slope < 0.8:
        return "Probabilities were too bold: the likely came true less often than they said, the unlikely more often"
    return "Probabilities were too cautious: the likely came true more often than they said, the unlikely less often"


def levels_words(found: Calibration) -> str:
    """How far England itself moves."""
    levels = found.levels
    if levels is None:
        return ""
    return (
        f"Levels move with England. Of its {levels.moves:,} past moves, each left out in turn, the fan for England holds "
        f"{100 * levels.held:.0f} in 100 where it should hold 80; "
        f"{levels.widened} of {levels.series} series had to be widened for that."
    )


REASONS = {
    "": "shown",
    "not_better": "not better than a baseline",
    "too_narrow": "its fan was too narrow",
    "too_few_trials": "tried on one year only",
    "untested": "not tried",
}


def reason_words(reason: str) -> str:
    return REASONS.get(reason, reason)
