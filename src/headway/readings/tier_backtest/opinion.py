"""The second opinion: a regression taught on an earlier day with what was known by the day it is used, shown beside the points."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.readings.tier_backtest.answers import Reason, SecondOpinion
from headway.readings.tier_backtest.inputs import Inputs
from headway.readings.tier_backtest.world import World
from headway.stats.logistic import FEWEST, Fit, calibration, fit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOLD, NAMED = 8, 3


@dataclass(frozen=True, eq=False)
class Opinion:
    """Of the schools at risk on the day: the chance of falling, and what raised it most; and how it was made."""

    chances: "Floats"
    reasons: list[tuple[str, ...]]
    made: SecondOpinion


def second_opinion(taught: World, used: World) -> Opinion | None:
    """None where fewer than FEWEST of either outcome had been seen. The day on which it is taught comes before the one it is used on."""
    known, fell = taught.labelled, taught.fell[taught.labelled]
    if fell.sum() < FEWEST or (~fell).sum() < FEWEST:
        return None
    learned = fit(taught.day.inputs.values[known], fell)
    values = aligned(used.day.inputs, taught.day.inputs.titles)
    parts, logits = learned.parts(values), learned.logits(values)
    checked = calibration(logits[used.labelled], used.fell[used.labelled])
    until = max(label.known for label in taught.labels.values())
    made = SecondOpinion(
        taught.day.gathered.question.day, until, int(known.sum()), int(fell.sum()), _weights(learned, taught.day.inputs.titles), checked
    )
    return Opinion(learned.chances(values), [_raised(part, taught.day.inputs.titles) for part in parts], made)


def aligned(inputs: Inputs, titles: tuple[str, ...]) -> "Floats":
    """The inputs in the order in which the regression learned them; one that the day does not have is nought."""
    import numpy as np

    place = {title: at for at, title in enumerate(inputs.titles)}
    nothing = np.zeros(len(inputs.values))
    return np.column_stack([inputs.values[:, place[title]] if title in place else nothing for title in titles])


def _weights(learned: Fit, titles: tuple[str, ...]) -> tuple[Reason, ...]:
    order = sorted(range(len(titles)), key=lambda at: -abs(learned.weights[at]))
    return tuple(Reason(titles[at], float(learned.weights[at])) for at in order[:TOLD])


def _raised(parts: "Floats", titles: tuple[str, ...]) -> tuple[str, ...]:
    order = sorted(range(len(titles)), key=lambda at: -parts[at])
    return tuple(titles[at] for at in order[:NAMED] if parts[at] > 0)
