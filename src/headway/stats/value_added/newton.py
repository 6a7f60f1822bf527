"""Newton's method with exact curvature, turned downhill where the ground is not a bowl, and never uphill."""

from dataclasses import dataclass

import numpy as np

from headway.stats.value_added.criterion import Criterion
from headway.stats.value_added.structures import Schools
from headway.stats.value_added.sufficient import Floats

STEPS = 200
CLOSE = 1e-9  # how far the criterion may still fall, by the parabola through the last point
FLAT = 1e-9  # curvature over the greatest, below which a direction counts as flat


@dataclass(frozen=True, eq=False)
class Optimum:
    """Where the criterion is least, its value there, how often it was worked out with its slopes."""

    theta: Floats
    value: float
    steps: int


class Surface:
    """The criterion over theta, by the chain rule from the criterion over the ratios."""

    def __init__(self, structure: Schools, criterion: Criterion) -> None:
        self.structure, self.criterion = structure, criterion

    def value(self, theta: Floats) -> float:
        return self.criterion.value(self.structure.moments(self.structure.ratios(theta)))

    def derivatives(self, theta: Floats) -> tuple[float, Floats, Floats]:
        value, slope, curve = self.criterion.derivatives(self.structure.curved(self.structure.ratios(theta)))
        jacobian = self.structure.jacobian(theta)
        bent = np.tensordot(slope, self.structure.bends, axes=1)
        return value, jacobian.T @ slope, jacobian.T @ curve @ jacobian + bent


def least(surface: Surface, so_far: Floats) -> Optimum:
    """The least criterion, from the best of the structure's starts; exactly on the boundary where it lies there."""
    starts = surface.structure.starts(so_far)
    values = [surface.value(start) for start in starts]
    found = descend(surface, starts[int(np.argmin(values))])
    return _on_boundary(surface, found)


def descend(surface: Surface, theta: Floats) -> Optimum:
    """Downhill until nothing is left to gain. Raises ValueError if that takes more than STEPS steps."""
    for step in range(1, STEPS + 1):
        value, slope, curve = surface.derivatives(theta)
        move, gain = _move(slope, curve)
        if gain < CLOSE:
            away = _off_saddle(surface, theta, value, curve)
            if away is None:
                last = theta + move
                return Optimum(last if surface.value(last) <= value + CLOSE else theta, value, step)
            theta = away
        else:
            theta = _walk(surface, theta, value, move * min(1.0, _longest(theta) / float(np.linalg.norm(move))), gain)
    raise ValueError("the model did not settle; fit a simpler one")


def _move(slope: Floats, curve: Floats) -> tuple[Floats, float]:
    """The step to the bottom of the bowl with every curvature taken as positive, and twice what it promises to gain."""
    bends, axes = np.linalg.eigh(curve)
    bends = np.maximum(np.abs(bends), max(FLAT * float(np.abs(bends).max()), 1e-300))
    along = axes.T @ slope
    return -axes @ (along / bends), float((along**2 / bends).sum())


def _longest(theta: Floats) -> float:
    return max(0.3, 2 * float(np.linalg.norm(theta)))


def _walk(surface: Surface, theta: Floats, value: float, move: Floats, gain: float) -> Floats:
    """As far along the move as the criterion falls; halved until it does."""
    share = 1.0
    while share > 1e-6:
        if surface.value(theta + share * move) < value - 1e-4 * share * min(gain, 1.0) or gain < 1e-6:
            break
        share /= 2
    return theta + share * move


def _off_saddle(surface: Surface, theta: Floats, value: float, curve: Floats) -> Floats | None:
    """A lower point along the direction in which the ground falls away on both sides, if there is one."""
    bends, axes = np.linalg.eigh(curve)
    if bends[0] > -1e-6 * max(1.0, float(np.abs(bends).max())):
        return None
    trials = [theta + sign * reach * axes[:, 0] for reach in (0.3, 0.1, 0.03, 0.01) for sign in (1, -1)]
    best = min(trials, key=surface.value)
    return best if surface.value(best) < value - 1e-8 else None


def _on_boundary(surface: Surface, found: Optimum) -> Optimum:
    """The simplest theta that is no worse: a variance of 1e-12 is a zero that was not quite reached."""
    slack = 1e-8 + 1e-14 * abs(found.value)
    for theta in surface.structure.simpler(found.theta):
        value = surface.value(theta)
        if value <= found.value + slack:
            return Optimum(theta, value, found.steps)
    return found
