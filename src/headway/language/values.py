"""One value in words: in its unit, with how many it is of, its year and how firm it is."""

from headway.readings.answers import MeasureFacts
from headway.readings.margins import of_persons
from headway.vocabulary.number import PLACES, rounded, shown
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status

POINT_UNITS = ("percent", "points", "score", "progress")


def plain(name: str) -> str:
    """A name of ours as people say it: "all through", "after 16"."""
    return "after 16" if name == "post16" else name.replace("_", " ")


def value_words(value: float | None, unit: str) -> str:
    """61.2%, £5,400, +0.31 for progress; an en dash for None."""
    return shown(value, unit, sign=unit == "progress")


def size_words(size: float, unit: str) -> str:
    """The size of a difference without its direction: percentages differ by points, never by per cent."""
    number = shown(abs(size), unit, ending=False)
    if unit in POINT_UNITS:
        return f"{number} point" if number in ("1", "1.0", "1.00") else f"{number} points"
    return f"{number} for every 100" if unit == "rate_per_100" else number


def relative_change(before: float, after: float) -> float:
    """By how many per cent of the first figure a figure moved: never to be taken for the difference in points. Raises ValueError for 0."""
    if not before:
        raise ValueError("nothing is a share of nothing")
    return 100 * (after / before - 1)


def level_with(size: float, unit: str) -> bool:
    """Whether a difference vanishes in the rounding that readers see."""
    return rounded(size, PLACES.get(unit, 1)) == 0


def cohort_words(reading: Reading, measure: MeasureFacts) -> str:
    """“ of 30 pupils”, where the cohort is of persons and its size is known."""
    if not of_persons(measure) or not reading.denominator:
        return ""
    count = shown(reading.denominator, "count")
    return f" of {count} {'pupil' if count == '1' else 'pupils'}"


def release_words(release: Release) -> str:
    """Nothing for what is settled; a bracket for what may still change."""
    return "" if release.rank >= Release.REVISED.rank else f" ({release.words})"


def reading_words(reading: Reading, measure: MeasureFacts | None = None) -> str:
    """“66.7% of 30 pupils in 2023/24 (provisional)”, or why there is no value."""
    if reading.value is None:
        return f"{status_words(reading.status, measure)} in {reading.year}"
    of = cohort_words(reading, measure) if measure else ""
    return f"{value_words(reading.value, reading.unit)}{of} in {reading.year}{release_words(reading.release)}"


def status_words(status: Status, measure: MeasureFacts | None = None) -> str:
    """Why there is no value, as a person would say it; too few names the floor where it is known."""
    if status is Status.PUBLISHED:
        return "no figure given"
    if status is Status.LOW_COUNT and measure and measure.floor > 1:
        return f"too few to show (fewer than {measure.floor})"
    return status.words


def name_of(measure: MeasureFacts) -> str:
    """The short name as a sentence begins: without a unit after a comma."""
    name = measure.short.removesuffix(", %").strip()
    return name[:1].upper() + name[1:]


def mid_sentence(words: str) -> str:
    """A name as it stands within a sentence: EAL and Progress 8 keep their capital, “Overall absence” does not."""
    title = words[:2].isupper() or words.split()[1:2] == ["8"]
    return words if title else words[:1].lower() + words[1:]


def join(parts: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
