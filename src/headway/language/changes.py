"""How a figure changed since the year before, and how it compares: in words, with polarity, never across a break."""

from headway.language.chance import beyond, chance_words
from headway.language.values import level_with, size_words, value_words
from headway.readings.alongside import newest_shared
from headway.readings.answers import MeasureFacts, MeasureLine, Trend
from headway.readings.trend import comparable
from headway.vocabulary.number import PLACES, rounded
from headway.vocabulary.reading import Reading

COMPARATORS = {
    "england": "England",
    "family": "similar schools",
    "neighbours": "similar areas",
    "authority": "the authority",
    "region": "the region",
}


def before(trend: Trend) -> Reading | None:
    """The newest earlier year with a value that may be set beside the latest; None across a break."""
    latest = trend.latest
    if latest is None or latest.value is None:
        return None
    earlier = [reading for reading in trend.readings if reading.value is not None and reading.year < latest.year]
    if not earlier or not comparable(trend.breaks, earlier[-1].year, latest.year):
        return None
    return earlier[-1]


def with_care(trend: Trend, earlier: Reading, later: Reading) -> bool:
    """Whether a break that asks for care lies between the two years."""
    return any(mark.kind == "comparable_with_care" and earlier.year < mark.year <= later.year for mark in trend.breaks)


def direction(size: float, unit: str) -> str:
    """rose, fell, hardly changed (by the last figure shown), or did not change."""
    if level_with(size, unit):
        return "did not change"
    places = PLACES.get(unit, 1)
    last_figure = 10**-places
    if unit in ("percent", "points", "score") and abs(rounded(size, places)) <= rounded(last_figure, places):
        return "hardly changed"
    return "rose" if size > 0 else "fell"


def better_or_worse(size: float, better: str) -> str:
    """“better” or “worse”; nothing where the measure has no good direction or nothing changed."""
    if better not in ("higher", "lower") or size == 0:
        return ""
    return "better" if (size > 0) == (better == "higher") else "worse"


def change_words(trend: Trend) -> str:
    """“rose 3.2 points since 2022/23 (better), beyond chance”; nothing where no year may be set beside it."""
    latest, earlier = trend.latest, before(trend)
    if latest is None or earlier is None or latest.value is None or earlier.value is None:
        return ""
    size, unit = latest.value - earlier.value, trend.measure.unit
    word = direction(size, unit)
    if word in ("did not change", "hardly changed"):
        return f"{word} since {earlier.year}"
    verdict = beyond(latest, earlier, trend.measure)
    told = better_or_worse(size, trend.measure.better) if verdict is not False else ""
    care = "; compare with care" if with_care(trend, earlier, latest) else ""
    return f"{word} {size_words(size, unit)} since {earlier.year}{f' ({told})' if told else ''}{chance_words(verdict)}{care}"


def same_year(trend: Trend | None, reading: Reading) -> Reading | None:
    """A comparator's value in the very year; another year is never set beside it."""
    if trend is None:
        return None
    return next((other for other in trend.readings if other.year == reading.year and other.value is not None), None)


def compared(reading: Reading, other: Reading, name: str, measure: MeasureFacts) -> str:
    """“4.2 points above England, beyond chance” or “level with England”."""
    if reading.value is None or other.value is None:
        return ""
    size = reading.value - other.value
    if level_with(size, measure.unit):
        return f"level with {name}"
    side = "above" if size > 0 else "below"
    return f"{size_words(size, measure.unit)} {side} {name}{chance_words(beyond(reading, other, measure))}"


def comparison_words(line: MeasureLine, reading: Reading, order: tuple[str, ...] = ("england", "neighbours", "authority", "region")) -> str:
    """The first comparator that has a value in the reading's year."""
    for key in order:
        other = same_year(line.comparators.get(key), reading)
        if other is not None:
            return compared(reading, other, _name(key, other), line.own.measure)
    return ""


def earlier_comparison(line: MeasureLine) -> str:
    """Where nobody else has the newest year yet: “In 2024/25, the newest year with others' figures, it was 62.0%, level with England.”

    Empty where the newest year can be compared, or no year can.
    """
    latest, shared = line.own.latest, newest_shared(line)
    if latest is None or shared is None or shared.year >= latest.year:
        return ""
    comparison = comparison_words(line, shared)
    return (
        f"In {shared.year}, the newest year with others’ figures, it was {value_words(shared.value, shared.unit)}, {comparison}."
        if comparison
        else ""
    )


def _name(key: str, other: Reading) -> str:
    return other.place_name if key in ("authority", "region") and other.place_name else COMPARATORS.get(key, key)
