"""A school's place among the schools of its phase in England, with its margin: from how their true figures lie."""

import math
from bisect import bisect_left
from dataclasses import dataclass

from headway.readings.answers import MeasureFacts
from headway.readings.door import Door
from headway.readings.margins import variance
from headway.stats.intervals import Z95
from headway.vocabulary.reading import Reading

Key = tuple[str, int, str]  # measure, year's start, phase


@dataclass(frozen=True)
class Spread:
    mean: float
    tau: float
    steps: tuple[float, ...]
    schools: int


@dataclass(frozen=True)
class Place:
    """Of 100 schools of the phase in England: as published 1 is the best, `low` to `high` hold the true place 95 times in 100.

    For a measure without a good direction 1 is the highest.
    """

    published: int | None  # None for a pooled value, which has no published position
    low: int
    high: int
    schools: int


def place(door: Door, reading: Reading, measure: MeasureFacts, phase: str) -> Place | None:
    """None where the value's error or the spread of the phase is not known."""
    known = spreads(door).get((measure.id, reading.year.start, phase))
    error = variance(reading, measure)
    if known is None or error is None or reading.value is None:
        return None
    kept = known.tau**2 / (known.tau**2 + error)
    middle, sd = known.mean + kept * (reading.value - known.mean), math.sqrt(kept * error)
    ends = [below(known.steps, middle + side * Z95 * sd) for side in (-1, 1)]
    if measure.better != "lower":
        ends = [1 - end for end in reversed(ends)]
    published = reading.position
    if published is not None and measure.better != "lower":
        published = 1 - published
    return Place(None if published is None else of_hundred(published), of_hundred(ends[0]), of_hundred(ends[1]), known.schools)


def below(steps: tuple[float, ...], value: float) -> float:
    """The share of the truths below a value, between 0 and 1."""
    if value <= steps[0]:
        return 0.0
    if value >= steps[-1]:
        return 1.0
    at = bisect_left(steps, value)
    low, high = steps[at - 1], steps[at]
    return (at - 1 + ((value - low) / (high - low) if high > low else 0.5)) / (len(steps) - 1)


def of_hundred(share: float) -> int:
    return min(100, max(1, math.ceil(100 * share)))


def spreads(door: Door) -> dict[Key, Spread]:
    """Of every measure, year and phase; read once a snapshot."""
    if "spreads" not in door.kept:
        sql = "SELECT measure, year, phase, mean, tau, steps, schools FROM spread"
        rows = door.lookup.rows(sql) if "spread" in door.lookup.tables else []
        door.kept["spreads"] = {
            (name, int(year), phase): Spread(mean, tau, tuple(steps), schools) for name, year, phase, mean, tau, steps, schools in rows
        }
    kept: dict[Key, Spread] = door.kept["spreads"]
    return kept
