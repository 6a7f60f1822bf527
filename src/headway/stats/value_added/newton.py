"""Newton's method with exact curvature, turned downhill where the ground is not a bowl, and never uphill."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from headway.stats.value_added.criterion import Criterion
from headway.stats.value_added.structures import Schools
from headway.stats.value_added.sufficient import Floats

STEPS = 200
CLOSE = 1e-9  # how far the criterion may still fall, by the parabola through the last point
FLAT = 1e-9  # curvature over the greatest, below which a direction counts as flat
NEAR = 0.01  # how far from the boundary, over the pupils' standard deviation, a zero may be hidden


@dataclass(frozen=True, eq=False)
class Optimum:
    """Where the criterion is least, its value there, how often it was worked out with its slopes."""

    theta: Floats
    value: float
    steps: int


@dataclass(frozen=True, eq=False)
class Point:
    """A theta with the criterion there, its slope (k,) and its curvature (k, k)."""

    theta: Floats
    value: float
    slope: Floats
    curve: Floats


class Surface:
    """The criterion over theta, by the chain rule from the criterion over the ratios."""

    def __init__(self, structure: Schools, criterion: Criterion) -> None:
        self.structure, self.criterion = structure, criterion

    def values(self, thetas: Sequence[Floats]) -> list[float]:
        if not thetas:
            return []
        return [self.criterion.value(moments) for moments in self.structure.moments([self.structure.ratios(theta) for theta in thetas])]

    def point(self, theta: Floats) -> Point:
        """Infinitely high where the ratios are so extreme that nothing can be solved."""
        try:
            value, slope, curve = self.criterion.derivatives(self.structure.curved(self.structure.ratios(theta)))
        except np.linalg.LinAlgError:
            return Point(theta, inf, theta, np.eye(len(theta)))
        jacobian = self.structure.jacobian(theta)
        bent = np.tensordot(slope, self.structure.bends, axes=1)
        return Point(theta, value, jacobian.T @ slope, jacobian.T @ curve @ jacobian + bent)


def lowest(surface: Surface, starts: Sequence[Floats]) -> Floats:
    return starts[int(np.argmin(surface.values(starts)))]


def least(surface: Surface, start: Floats) -> Optimum:
    """Where the criterion is least; exactly on the boundary where it lies there."""
    return _on_boundary(surface, descend(surface, start))


def descend(surface: Surface, theta: Floats) -> Optimum:
    """Downhill until nothing is left to gain. Raises ValueError if that takes more than STEPS steps."""
    point = surface.point(theta)
    for step in range(1, STEPS + 1):
        move, gain = _move(point)
        if gain >= CLOSE:
            point = _walk(surface, point, move, gain)
            continue
        away = _off_saddle(surface, point)
        if away is None:
            return _ended(surface, point, move, step)
        point = away
    raise ValueError("the model did not settle; fit a simpler one")


def _ended(surface: Surface, point: Point, move: Floats, step: int) -> Optimum:
    """One step further costs little and doubles the digits; rounding may hide that it is lower."""
    (value,) = surface.values([point.theta + move])
    return Optimum(point.theta + move, value, step) if value <= point.value + CLOSE else Optimum(point.theta, point.value, step)


def _move(point: Point) -> tuple[Floats, float]:
    """The step to the bottom of the bowl with every curvature taken as positive, and twice what it promises to gain."""
    bends, axes = np.linalg.eigh(point.curve)
    bends = np.maximum(np.abs(bends), max(FLAT * float(np.abs(bends).max()), 1e-300))
    along = axes.T @ point.slope
    return -axes @ (along / bends), float((along**2 / bends).sum())


def _walk(surface: Surface, point: Point, move: Floats, gain: float) -> Point:
    """Along the move, as far as the criterion falls; not far at once, since the parabola is true only nearby."""
    longest = max(0.3, 2 * float(np.linalg.norm(point.theta)))
    share = min(1.0, longest / float(np.linalg.norm(move)))
    while True:
        trial = surface.point(point.theta + share * move)
        if trial.value < point.value - 1e-4 * share * min(gain, 1.0) or gain < 1e-6 or share < 1e-6:
            return trial
        share /= 2


def _off_saddle(surface: Surface, point: Point) -> Point | None:
    """A lower point along the direction in which the ground falls away on both sides, if there is one."""
    bends, axes = np.linalg.eigh(point.curve)
    if bends[0] > -1e-6 * max(1.0, float(np.abs(bends).max())):
        return None
    trials = [point.theta + sign * reach * axes[:, 0] for reach in (0.3, 0.1, 0.03, 0.01) for sign in (1, -1)]
    values = surface.values(trials)
    return surface.point(trials[int(np.argmin(values))]) if min(values) < point.value - 1e-8 else None


def _on_boundary(surface: Surface, found: Optimum) -> Optimum:
    """The simplest theta next to the one found that is no worse: a variance of 1e-12 is a zero that was not quite reached."""
    slack = 1e-8 + 1e-14 * abs(found.value)
    near = [theta for theta in surface.structure.simpler(found.theta) if float(np.abs(theta - found.theta).max()) < NEAR]
    for theta, value in zip(near, surface.values(near), strict=True):
        if value <= found.value + slack:
            return Optimum(theta, value, found.steps)
    return found
