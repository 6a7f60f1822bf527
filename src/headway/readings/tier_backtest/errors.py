"""Who bears the errors: at the team's capacity, those missed and those flagged for nothing, group by group with intervals."""

from typing import TYPE_CHECKING

from headway.readings.tier_backtest.answers import GroupErrors, GroupGap
from headway.readings.tier_backtest.world import World
from headway.stats.detection import chance_of_pick
from headway.stats.group_gaps import EVENTS, UNITS, beside_others
from headway.stats.intervals import wilson
from headway.stats.logistic import calibration, fit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

THIRDS = ("lowest third", "middle third", "highest third")
NAMES = {"size": ("small", "middling", "large"), "deprivation": ("least deprived third", "middle third", "most deprived third")}


def group_errors(of: World, capacity: float) -> tuple[GroupErrors, ...]:
    """By phase, size, deprivation and governance, of the labelled schools at risk."""
    fell = of.fell[of.labelled]
    picked = chance_of_pick(of.day.points[of.day.risk][of.labelled], capacity)
    return tuple(
        _one(by, group, picked[groups == group], fell[groups == group])
        for by, groups in groupings(of).items()
        for group in sorted(set(groups.tolist()) - {""})
    )


def groupings(of: World) -> "dict[str, NDArray[np.object_]]":
    """Kind of group → the group of each labelled school at risk; empty where it is not known."""
    known = of.labelled
    schools, places = of.day.gathered.schools, of.day.gathered.wanted[of.day.risk][known]
    return {
        "phase": schools.phase[places],
        "governance": schools.governance[places],
        "size": _thirds(of.day.roll[of.day.risk][known], schools.phase[places], NAMES["size"]),
        "deprivation": _thirds(of.day.deprivation[of.day.risk][known], schools.phase[places], NAMES["deprivation"]),
    }


def group_gaps(of: World, capacity: float, chances: "Floats | None" = None) -> tuple[GroupGap, ...]:
    """Each group beside all others of its kind, by the points and, where there is one, by the second opinion: chances of those at risk."""
    scores = {"points": of.day.points[of.day.risk][of.labelled]}
    if chances is not None:
        scores["second_opinion"] = chances[of.labelled]
    kinds = groupings(of)
    return tuple(
        one for way, score in scores.items() for by, groups in kinds.items() for one in _gaps(way, by, groups, score, of, capacity)
    )


def _gaps(way: str, by: str, groups: "NDArray[np.object_]", score: "Floats", of: World, capacity: float) -> list[GroupGap]:
    fell = of.fell[of.labelled]
    logits = _logits(score, fell)
    slopes = {group: calibration(logits[groups == group], fell[groups == group]) for group in set(groups.tolist()) - {""}}
    found = beside_others(groups, chance_of_pick(score, capacity), fell)
    return [GroupGap(way, by, one, at.slope if (at := slopes[one.group]) else None) for one in found]


def _logits(score: "Floats", fell: "Flags") -> "Floats":
    """A score on the scale of chances, by all that are labelled: by nothing but its own slope. Noughts where nothing can be learned."""
    import numpy as np

    if fell.all() or not fell.any():
        return np.zeros(len(score))
    return fit(score[:, None], fell).logits(score[:, None])


def _thirds(values: "Floats", phase: "NDArray[np.object_]", names: tuple[str, str, str]) -> "NDArray[np.object_]":
    """Thirds within each phase: a large primary is not a large secondary. Empty where the figure is not known."""
    import numpy as np

    found = np.full(len(values), "", dtype=object)
    for one in set(phase.tolist()):
        here = np.flatnonzero((phase == one) & np.isfinite(values))
        if len(here) >= 3:
            edges = np.quantile(values[here], [1 / 3, 2 / 3])
            found[here] = np.array(names, dtype=object)[np.searchsorted(edges, values[here])]
    return found


def _one(by: str, group: str, picked: "Floats", fell: "Flags") -> GroupErrors:
    units, events = len(fell), int(fell.sum())
    if units < UNITS or events < EVENTS or units == events:
        why = f"fewer than {UNITS} schools or {EVENTS} that fell"
        return GroupErrors(by, group, units, events, None, None, None, None, None, None, why)
    missed, alarmed = float((1 - picked[fell]).sum()), float(picked[~fell].sum())
    low, high = wilson(missed, events)
    few, many = wilson(alarmed, units - events)
    return GroupErrors(by, group, units, events, missed / events, low, high, alarmed / (units - events), few, many)
