"""Cohorts of pupils counted by characteristics, and what they attain: honest draws for each cell, never for each pupil.

A cohort is int[schools, sex, disadvantage, EAL, SEN, prior]: sex is boys, girls; disadvantage and EAL are yes, no;
SEN is none, support, plan; prior attainment is low, middle, high. Every published cut is a sum over cells, so that cuts,
schools, authorities and the country always agree.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

Array = np.ndarray
CUTS: dict[str, tuple[int, int]] = {  # name: (axis, position)
    "boys": (1, 0),
    "girls": (1, 1),
    "disadvantaged": (2, 0),
    "others": (2, 1),
    "eal": (3, 0),
    "not_eal": (3, 1),
    "no_sen": (4, 0),
    "support": (4, 1),
    "plan": (4, 2),
    "low": (5, 0),
    "middle": (5, 1),
    "high": (5, 2),
}
# Shares of low, middle and high prior attainment by SEN: about England's 10, 58 and 31 %.
PRIOR = np.array([[0.05, 0.60, 0.35], [0.30, 0.60, 0.10], [0.72, 0.26, 0.02]])


@dataclass(frozen=True)
class Effects:
    """What each characteristic adds, on the outcome's scale, to a boy, not disadvantaged, no EAL, no SEN, middle prior attainment."""

    girls: float
    disadvantaged: float
    eal: float
    support: float
    plan: float
    low: float
    high: float
    school: float  # for each standard deviation of school quality

    def cells(self) -> Array:
        sex = np.array([0.0, self.girls]).reshape(2, 1, 1, 1, 1)
        poor = np.array([self.disadvantaged, 0.0]).reshape(1, 2, 1, 1, 1)
        language = np.array([self.eal, 0.0]).reshape(1, 1, 2, 1, 1)
        need = np.array([0.0, self.support, self.plan]).reshape(1, 1, 1, 3, 1)
        prior = np.array([self.low, 0.0, self.high]).reshape(1, 1, 1, 1, 3)
        result: Array = sex + poor + language + need + prior
        return result


def compose(random: Generator, size: Array, poor: Array, eal: Array, support: Array, plan: Array, boys: Array) -> Array:
    """Counts of each school's cohort by characteristics; all arguments are per school."""
    need = np.stack([np.clip(1 - support - plan, 0.001, 1), support, plan], axis=1)
    need /= need.sum(axis=1, keepdims=True)
    shares = (
        _pair(boys)[:, :, None, None, None, None]
        * _pair(poor)[:, None, :, None, None, None]
        * _pair(eal)[:, None, None, :, None, None]
        * need[:, None, None, None, :, None]
        * PRIOR[None, None, None, None, :, :]
    )
    flat = shares.reshape(len(size), -1)
    flat /= flat.sum(axis=1, keepdims=True)
    return random.multinomial(size, flat).reshape(shares.shape)


def _pair(share: Array) -> Array:
    return np.stack([share, 1 - share], axis=1)


def attained(
    random: Generator, counts: Array, effects: Effects, quality: Array, target: float, of: Array | None = None, pupils: Array | None = None
) -> Array:
    """How many of each cell reach a standard, when `target` (0 to 1) of all do so on average. `of` are the counts it is drawn from.

    `pupils` bool[schools] keeps the target to some schools (the state-funded).
    """
    among = counts if of is None else of
    used, weight, school = _filled(among)
    score = effects.cells().ravel()[used % effects.cells().size] + effects.school * quality[school]
    counted = np.ones(len(used), dtype=bool) if pupils is None else pupils[school]
    total = counts.sum() if pupils is None else counts[pupils].sum()
    shift = _shift(score[counted], weight[counted], target * float(total) / max(float(weight[counted].sum()), 1.0))
    reached = np.zeros(among.size, dtype=np.int64)
    reached[used] = random.binomial(weight, _share(score + shift))
    return reached.reshape(among.shape)


def _filled(counts: Array) -> tuple[Array, Array, Array]:
    """Cells with anybody in them (most have nobody): flat position, pupils, school."""
    flat = counts.ravel()
    used = np.flatnonzero(flat)
    return used, flat[used], used // (counts.size // len(counts))


def _shift(score: Array, weight: Array, target: float) -> float:
    """The constant that brings the weighted mean share to the target, by Newton's method with short steps."""
    total, wanted = float(weight.sum()), min(max(target, 0.001), 0.999)
    shift = float(np.log(wanted / (1 - wanted)) - (weight * score).sum() / max(total, 1.0))
    for _ in range(25):
        share = _share(score + shift)
        slope = float((weight * share * (1 - share)).sum()) / max(total, 1.0)
        step = (wanted - float((weight * share).sum()) / max(total, 1.0)) / max(slope, 1e-6)
        shift += min(max(step, -1.5), 1.5)
        if abs(step) < 1e-9:
            break
    return shift


def _share(score: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-score))
    return result


def scored(
    random: Generator, counts: Array, effects: Effects, quality: Array, target: float, spread: float, pupils: Array | None = None
) -> Array:
    """Sums of pupils' scores for each cell, moved so that the mean of the country is `target`. `spread` is one pupil's, given the cell."""
    used, weight, school = _filled(counts)
    means = effects.cells().ravel()[used % effects.cells().size] + effects.school * quality[school]
    sums = weight * means + random.normal(size=len(used)) * spread * np.sqrt(weight)
    counted = np.ones(len(used), dtype=bool) if pupils is None else pupils[school]
    sums = sums + weight * (target - sums[counted].sum() / weight[counted].sum())
    result = np.zeros(counts.size)
    result[used] = sums
    return result.reshape(counts.shape)


def cut(cells: Array, name: str) -> Array:
    """Sum of a cut over all else; `all` for everybody."""
    part = cells if name == "all" else np.take(cells, CUTS[name][1], axis=CUTS[name][0])
    summed: Array = part.reshape(len(part), -1).sum(axis=1)
    return summed


def with_areas(cells: Array, authority: Array, authorities: int, state: Array) -> Array:
    """Schools, then authorities (state-funded), then England's state-funded, then all England, along the first axis."""
    flat = cells.reshape(len(cells), -1)
    kept = np.flatnonzero(state)
    order = kept[np.argsort(authority[kept], kind="stable")]
    labels = authority[order]
    areas = np.zeros((authorities, flat.shape[1]), dtype=flat.dtype)
    if len(order):  # runs of one authority are summed in turn: no threads, so the same bytes on every machine
        starts = np.flatnonzero(np.concatenate([[True], labels[1:] != labels[:-1]]))
        areas[labels[starts]] = np.add.reduceat(flat[order], starts, axis=0)
    whole = np.concatenate([flat, areas, areas.sum(axis=0, keepdims=True), flat.sum(axis=0, keepdims=True)])
    return whole.reshape(-1, *cells.shape[1:])
