"""Scores of predictions against what came: bands, errors at capacity, differences between groups. Arrays in, plain values out."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from headway.readings.attendance.early.validation import Band, GroupErrors, Scored
from headway.stats.detection import area_under, at_capacity, chance_of_pick
from headway.stats.intervals import newcombe, wilson

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
FEWEST_UNITS, FEWEST_EVENTS, POINTS = 50, 10, 0.10  # of a group whose errors are looked at, and how far apart they may lie


def scored(name: str, chances: Floats, came: Flags, capacity: float) -> Scored:
    picked = at_capacity(chances, came, capacity)
    precision, recall = picked.precision_interval or (None, None), picked.recall_interval or (None, None)
    return Scored(
        name, float(((chances - came) ** 2).mean()), area_under(chances, came), picked.flagged, picked.caught, picked.precision,
        precision[0], precision[1], picked.recall, recall[0], recall[1],
    )  # fmt: skip


def bands(chances: Floats, came: Flags) -> tuple[Band, ...]:
    """Bands of chance that hold anybody; the last is closed at 1."""
    place = np.clip(np.searchsorted(EDGES, chances, side="right") - 1, 0, len(EDGES) - 2)
    found = []
    for at in np.unique(place).tolist():
        inside = place == at
        pupils, events = int(inside.sum()), int(came[inside].sum())
        limits = wilson(events, pupils)
        found.append(Band(EDGES[at], EDGES[at + 1], pupils, float(chances[inside].mean()), events, events / pupils, *limits))
    return tuple(found)


def group_errors(chances: Floats, came: Flags, texts: Mapping[str, NDArray[np.str_]], capacity: float) -> Iterator[GroupErrors]:
    """Each group that is large enough, beside all others of whom the attribute is known."""
    picked = chance_of_pick(chances, capacity)
    for attribute, values in texts.items():
        known = values != ""
        for group in np.unique(values[known]).tolist():
            own, rest = values == group, known & (values != group)
            if all(part.sum() >= FEWEST_UNITS and came[part].sum() >= FEWEST_EVENTS and (~came[part]).any() for part in (own, rest)):
                yield _errors(attribute, str(group), picked, came, own, rest)


def _errors(attribute: str, group: str, picked: Floats, came: Flags, own: Flags, rest: Flags) -> GroupErrors:
    missed, missed_of_others = (_part(1 - picked, came & part) for part in (own, rest))
    alarmed, alarmed_of_others = (_part(picked, ~came & part) for part in (own, rest))
    differs = _differ(*missed, *missed_of_others) or _differ(*alarmed, *alarmed_of_others)
    return GroupErrors(
        attribute, group, int(own.sum()), int(came[own].sum()), _share(missed), _share(missed_of_others), _share(alarmed),
        _share(alarmed_of_others), differs,
    )  # fmt: skip


def _share(part: tuple[float, int]) -> float:
    return part[0] / part[1]


def _part(weight: Floats, part: Flags) -> tuple[float, int]:
    """Never above what it is of, whatever the rounding of a sum of shares."""
    return min(float(weight[part].sum()), float(part.sum())), int(part.sum())


def _differ(count: float, of: int, other: float, other_of: int) -> bool:
    low, high = newcombe(count, of, other, other_of)
    return abs(count / of - other / other_of) > POINTS and (low > 0 or high < 0)
