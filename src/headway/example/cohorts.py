"""Cohorts of pupils counted by characteristics, and what they attain: honest draws for each cell, never for each pupil.

A cohort is int[schools, sex, disadvantage, EAL, SEN, prior]: sex is boys, girls; disadvantage and EAL are yes, no;
SEN is none, support, plan; prior attainment is low, middle, high. Every published cut is a sum over cells, so that cuts,
schools, authorities and the country always agree.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

Array = np.ndarray
CUTS: dict[str, tuple[int, int]] = {           # name: (axis, position)
    "boys": (1, 0), "girls": (1, 1), "disadvantaged": (2, 0), "others": (2, 1), "eal": (3, 0), "not_eal": (3, 1),
    "no_sen": (4, 0), "support": (4, 1), "plan": (4, 2), "low": (5, 0), "middle": (5, 1), "high": (5, 2),
}  # fmt: skip
# Shares of low, middle and high prior attainment by SEN: about England's 10, 58 and 31 %.
PRIOR = np.array([[0.05, 0.60, 0.35], [0.30, 0.60, 0.10], [0.72, 0.26, 0.02]])


@dataclass(frozen=True)
class Effects:
    """What each characteristic adds, on the outcome's scale; the reference pupil is a boy, not disadvantaged, no EAL, no SEN, middle prior."""

    girls: float
    disadvantaged: float
    eal: float
    support: float
    plan: float
    low: float
    high: float
    school: float             # for each standard deviation of school quality

    def cells(self) -> Array:
        sex = np.array([0.0, self.girls]).reshape(2, 1, 1, 1, 1)
        poor = np.array([self.disadvantaged, 0.0]).reshape(1, 2, 1, 1, 1)
        language = np.array([self.eal, 0.0]).reshape(1, 1, 2, 1, 1)
        need = np.array([0.0, self.support, self.plan]).reshape(1, 1, 1, 3, 1)
        prior = np.array([self.low, 0.0, self.high]).reshape(1, 1, 1, 1, 3)
        return sex + poor + language + need + prior


def compose(random: Generator, size: Array, poor: Array, eal: Array, support: Array, plan: Array, boys: Array) -> Array:
    """Counts of each school's cohort by characteristics; all arguments are per school."""
    need = np.stack([np.clip(1 - support - plan, 0.001, 1), support, plan], axis=1)
    need /= need.sum(axis=1, keepdims=True)
    shares = (
        _pair(boys)[:, :, None, None, None, None] * _pair(poor)[:, None, :, None, None, None] * _pair(eal)[:, None, None, :, None, None]
        * need[:, None, None, None, :, None] * PRIOR[None, None, None, None, :, :]
    )  # fmt: skip
    flat = shares.reshape(len(size), -1)
    flat /= flat.sum(axis=1, keepdims=True)
    return random.multinomial(size, flat).reshape(shares.shape)


def _pair(share: Array) -> Array:
    return np.stack([share, 1 - share], axis=1)


def attained(
    random: Generator, counts: Array, effects: Effects, quality: Array, target: float, of: Array | None = None, pupils: Array | None = None
) -> Array:  # fmt: skip
    """How many of each cell reach a standard, when `target` (0 to 1) of all do so on average. `of` are the counts it is drawn from.

    `pupils` bool[schools] keeps the target to some schools (the state-funded).
    """
    among = counts if of is None else of
    kept = slice(None) if pupils is None else pupils
    score = effects.cells()[None] + effects.school * quality[:, None, None, None, None, None]
    low, high, total = -15.0, 15.0, counts[kept].sum()
    for _ in range(22):
        middle = (low + high) / 2
        reached = float((among[kept] * _share(score[kept] + middle)).sum() / total)
        low, high = (middle, high) if reached < target else (low, middle)
    return random.binomial(among, _share(score + (low + high) / 2))


def _share(score: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-score))
    return result


def scored(random: Generator, counts: Array, effects: Effects, quality: Array, target: float, spread: float, pupils: Array | None = None) -> Array:
    """Sums of pupils' scores for each cell, moved so that the mean of the country is `target`. `spread` is one pupil's, given the cell."""
    sums = counts * (effects.cells()[None] + effects.school * quality[:, None, None, None, None, None])
    sums = sums + random.normal(size=counts.shape) * spread * np.sqrt(counts)
    kept = slice(None) if pupils is None else pupils
    return sums + counts * (target - sums[kept].sum() / counts[kept].sum())


def cut(cells: Array, name: str) -> Array:
    """Sum of a cut over all else; `all` for everybody."""
    if name == "all":
        return cells.reshape(len(cells), -1).sum(axis=1)
    axis, position = CUTS[name]
    part = np.take(cells, position, axis=axis)
    return part.reshape(len(part), -1).sum(axis=1)


def with_areas(cells: Array, authority: Array, authorities: int, state: Array) -> Array:
    """Schools, then authorities (state-funded), then England's state-funded, then all England, along the first axis."""
    flat = cells.reshape(len(cells), -1)
    members = np.zeros((authorities, len(cells)), dtype=flat.dtype if flat.dtype.kind == "f" else np.int64)
    members[authority[state], np.flatnonzero(state)] = 1
    areas = members @ flat
    whole = np.concatenate([flat, areas, areas.sum(axis=0, keepdims=True), flat.sum(axis=0, keepdims=True)])
    return whole.reshape(-1, *cells.shape[1:])
