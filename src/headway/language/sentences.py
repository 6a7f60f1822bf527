"""Sentences about one line, one gap, one school that moved, one list: the words beside each picture."""

from headway.language.chance import beyond, chance_words
from headway.language.changes import before, better_or_worse, change_words, comparison_words, earlier_comparison, same_year
from headway.language.values import cohort_words, level_with, name_of, reading_words, release_words, size_words, status_words, value_words
from headway.readings.answers import Distribution, MeasureLine, Moved, Trend
from headway.readings.margins import of_persons, variance
from headway.readings.trend import comparable
from headway.stats.intervals import Z95
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status

FEW_PUPILS = 20  # of so many, one pupil is five points


def line_sentence(line: MeasureLine) -> str:
    """What a measure says of a place: the value, beside England, how it changed; or why it cannot be said."""
    latest = line.own.latest
    if latest is None:
        return "No figure has been published."
    if latest.value is None:
        return _without_value(line, latest)
    if line.small_cohort:
        return _small(line, latest) + _later(line.own, latest)
    told = [reading_words(latest, line.own.measure)]
    comparison, change = comparison_words(line, latest), change_words(line.own)
    first = f"{told[0]}: {comparison}." if comparison else f"{told[0]}."
    past = "" if comparison else earlier_comparison(line)
    changed = f" It {change}." if change else _no_change(line.own)
    return first + changed + _similar(line, latest) + (f" {past}" if past else "") + _each_counts(line, latest) + _later(line.own, latest)


def _similar(line: MeasureLine, latest: Reading) -> str:
    """Beside the mean of similar schools, where there is one of the year."""
    if same_year(line.comparators.get("family"), latest) is None:
        return ""
    words = comparison_words(line, latest, ("family",))
    return f" Against similar schools: {words.replace(' similar schools', ' their mean', 1)}."


def _each_counts(line: MeasureLine, latest: Reading) -> str:
    """How much one pupil moves a percentage of a small year group, where that is five points or more."""
    if not of_persons(line.own.measure) or not 1 < (latest.denominator or 0) <= FEW_PUPILS:
        return ""
    return f" One pupil is {size_words(100 / (latest.denominator or 1), 'percent')}."


def _without_value(line: MeasureLine, latest: Reading) -> str:
    why = status_words(latest.status, line.own.measure)
    pooled = f" {_pooled(line)}" if line.pooled is not None and line.pooled.value is not None else ""
    return f"{why[:1].upper()}{why[1:]} in {latest.year}.{pooled}"


def _small(line: MeasureLine, latest: Reading) -> str:
    """A year of few pupils is not judged alone: the three years together are, where they can be had."""
    number = int(latest.denominator) if latest.denominator is not None else None
    few = "Few pupils" if number is None else f"{number} pupil{'' if number == 1 else 's'}"
    head = f"{few} in {latest.year}: too few to judge one year alone."
    return f"{head} {_pooled(line)}" if line.pooled is not None and line.pooled.value is not None else head


def _pooled(line: MeasureLine) -> str:
    pooled = line.pooled
    if pooled is None:
        return ""
    comparison = comparison_words(line, pooled)
    of = cohort_words(pooled, line.own.measure)
    return f"Over three years together {value_words(pooled.value, pooled.unit)}{of}{f', {comparison}' if comparison else ''}."


def _later(trend: Trend, latest: Reading) -> str:
    """A newer year that has no value is said, never passed over."""
    newest = trend.readings[-1]
    if newest.year <= latest.year:
        return ""
    words = "not published" if newest.status is Status.PUBLISHED else status_words(newest.status, trend.measure)
    return f" The figure for {newest.year} is {words}." if not words.startswith(("too", "no ", "does")) else f" For {newest.year}: {words}."


def _no_change(trend: Trend) -> str:
    """Why no change is told, where the reason is a break in the series."""
    latest = trend.latest
    earlier = [reading for reading in trend.readings if latest and reading.value is not None and reading.year < latest.year]
    if latest is None or not earlier or comparable(trend.breaks, earlier[-1].year, latest.year):
        return ""
    return " Earlier years cannot be compared: the measure changed."


def gap_sentence(one: Trend, other: Trend) -> str:
    """How far one group is from the other, and whether the gap narrowed: “The gap was 20.1 points in 2023/24 …”."""
    now = _pair(one, other)
    if now is None:
        return ""
    unit, size = one.measure.unit, abs(now[1] - now[0])
    head = f"The gap was {size_words(size, unit)} in {now[2].year}"
    earlier = before(one)
    then = _pair(one, other, earlier) if earlier else None
    if then is None:
        return f"{head}."
    change = size - abs(then[1] - then[0])
    if level_with(change, unit):
        return f"{head}, as wide as in {then[2].year}."
    told = f"it {'widened' if change > 0 else 'narrowed'} by {size_words(change, unit)} since {then[2].year}"
    return f"{head}; {told}{chance_words(_moved_beyond(change, now[3], then[3], one))}."


def _moved_beyond(change: float, now: tuple[Reading, Reading], then: tuple[Reading, Reading], of: Trend) -> bool | None:
    """Whether a gap between two groups moved by more than their four figures do by chance; None where one has no margin."""
    errors = [variance(reading, of.measure) for reading in (*now, *then)]
    known = [error for error in errors if error is not None]
    return None if len(known) < len(errors) else bool(abs(change) > Z95 * sum(known) ** 0.5)


def _pair(one: Trend, other: Trend, at: Reading | None = None) -> tuple[float, float, Reading, tuple[Reading, Reading]] | None:
    reading = at or one.latest
    if reading is None or reading.value is None:
        return None
    match = next((item for item in other.readings if item.year == reading.year and item.value is not None), None)
    return None if match is None or match.value is None else (reading.value, match.value, reading, (reading, match))


def moved_sentence(moved: Moved) -> str:
    """“Reading, writing and maths rose 14.2 points, from 52.0% in 2022/23 to 66.2% in 2023/24 (better), beyond chance.”"""
    unit, after, earlier = moved.measure.unit, moved.after, moved.before
    if level_with(moved.change, unit):
        return f"{name_of(moved.measure)} did not change: {value_words(after.value, unit)} in {earlier.year} and in {after.year}."
    verdict = moved.beyond_chance if moved.beyond_chance is not None else beyond(after, earlier, moved.measure)
    told = better_or_worse(moved.change, moved.measure.better) if verdict is not False else ""
    return (
        f"{name_of(moved.measure)} {'rose' if moved.change > 0 else 'fell'} {size_words(moved.change, unit)}, "
        f"from {value_words(earlier.value, unit)} in {earlier.year} to {value_words(after.value, unit)} in {after.year}"
        f"{release_words(after.release)}{f' ({told})' if told else ''}{chance_words(verdict)}."
    )


def moved_scope_sentence(schools: int, measures: int) -> str:
    """Among how many the schools that moved most were found: of many, some move far by chance alone."""
    return (
        f"{schools:,} mainstream {'school' if schools == 1 else 'schools'} with two years to compare were looked at on "
        f"{measures} {'measure' if measures == 1 else 'measures'}, each against how far such figures usually move here. "
        "Small cohorts, special schools and alternative provision are left out. Among so many, some move far by chance alone: "
        "a change is a reason to ask, not a finding."
    )


def distribution_sentence(distribution: Distribution) -> str:
    """Where the middle school is, how far the schools spread, and how many are not shown."""
    values = sorted(reading.value for _, reading in distribution.rows if reading.value is not None)
    unit, hidden = distribution.measure.unit, sum(distribution.without_value.values())
    if not values:
        return f"No school has a figure to show in {distribution.year}."
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    schools = "One school has a figure" if len(values) == 1 else f"{len(values):,} schools have a figure"
    spread = f", from {value_words(values[0], unit)} to {value_words(values[-1], unit)}; the middle one is at {value_words(middle, unit)}"
    missing = f" {hidden:,} {'is' if hidden == 1 else 'are'} not shown." if hidden else ""
    return f"{schools} in {distribution.year}{spread if len(values) > 1 else f': {value_words(values[0], unit)}'}.{missing}"
