"""Units that are alike: the exact k nearest on standardised, weighted variables, and how firmly they hold together.

    d(i, j) = √ Σ_v w_v (z_iv − z_jv)²        z standardised over the set, the weights adding up to 1

so that d is a weighted root mean square of differences in standard deviations: at 0.5 two units are half a standard
deviation apart on the average variable. A unit is never its own neighbour; ties go to the one that stands first.
Reference: Cover and Hart (1967), IEEE Transactions on Information Theory 13:21–27; Hennig (2007), Computational
Statistics and Data Analysis 52:258–271, for the Jaccard overlap of a group with itself under resampling.

All pairs are compared in float32, by matrix multiplication; who is chosen among those that rounding could have put
near the edge is decided in float64. The answer is that of comparing every pair in float64, one by one.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int32]
NOBODY = -1
ROUNDING = 6e-8  # the unit roundoff of float32
SPARE = 10  # looked at beyond k: enough for rounding to decide nothing, unless units are tied
BLOCK = 48  # units at a time: their distances to everybody lie in the processor's cache
SAMPLED = 16  # one distance in so many is looked at to guess where the k-th lies
STABLE = 0.6  # a median overlap below this is called unstable


@dataclass(frozen=True)
class Nearest:
    """Row i: the places of the k units nearest to unit i, nearest first (NOBODY where there are fewer), and their distances (NaN)."""

    members: Places  # (units, k)
    distances: Floats  # (units, k)


@dataclass(frozen=True)
class Scale:
    """What variables were standardised by, each over the whole set."""

    mean: Floats
    sd: Floats  # population standard deviation; 0 where a variable does not vary

    def of(self, values: Floats) -> Floats:
        """z-scores, 0 where the variable does not vary."""
        return np.divide(values - self.mean, self.sd, out=np.zeros_like(values), where=self.sd > 0)


def scale(values: Floats) -> Scale:
    """The scale of (units, variables). Sums are exact, so that the order of the units does not matter.

    Raises ValueError for missing or infinite values: leave such units out, and name them.
    """
    if values.ndim != 2 or not len(values) or not np.isfinite(values).all():
        raise ValueError("units are compared only on variables that all of them have")
    mean = np.array([fsum(column) / len(column) for column in values.T.tolist()])
    square = np.array([fsum(column) / len(column) for column in ((values - mean) ** 2).T.tolist()])
    sd: Floats = np.sqrt(square)
    return Scale(mean, np.where(sd > 1e-9 * np.abs(mean), sd, 0.0))


def shares(weights: Sequence[float] | Floats) -> Floats:
    """Weights that add up to 1. Raises ValueError for negative ones, or none above 0."""
    given = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(given).all() or (given < 0).any() or given.sum() <= 0:
        raise ValueError("weights are numbers of at least 0, one of them above")
    return np.asarray(given / fsum(given.tolist()), dtype=np.float64)


def distances_from(one: Floats, z: Floats, weights: Floats) -> Floats:
    """The distance of one unit from each: (variables,), (units, variables) → (units,). `weights` as `shares` gives them."""
    total = np.zeros(len(z))
    for variable, weight in enumerate(weights.tolist()):
        total += weight * (z[:, variable] - one[variable]) ** 2
    return np.sqrt(total)


def nearest_of(place: int, z: Floats, weights: Floats, k: int) -> tuple[Places, Floats]:
    """The k nearest to the unit in one place, and their distances; fewer where there are not so many others."""
    found = distances_from(z[place], z, weights)
    found[place] = np.inf
    k = min(k, len(z) - 1)
    if k <= 0:
        return np.empty(0, np.int32), np.empty(0)
    edge = np.partition(found, k - 1)[k - 1]
    near = np.flatnonzero(found <= edge)
    chosen = near[np.argsort(found[near], kind="stable")[:k]]
    return chosen.astype(np.int32), found[chosen]


def nearest(z: Floats, weights: Floats, k: int, *, threads: int = 2) -> Nearest:
    """The k nearest to each unit of (units, variables), exactly. `weights` as `shares` gives them.

    Memory: k places and distances a unit, and one block of distances a thread.
    """
    units = len(z)
    within = min(k, units - 1)
    found = Nearest(np.full((units, k), NOBODY, np.int32), np.full((units, k), np.nan))
    if within <= 0:
        return found
    search = _Search(z, weights, within)
    blocks = range(0, units, BLOCK)
    if threads == 1 or units <= 4 * BLOCK:
        for first in blocks:
            search.fill(found, first)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda first: search.fill(found, first), blocks))
    return found


class _Search:
    """The set as float32, arranged so that one multiplication gives a lower limit of each squared distance."""

    def __init__(self, z: Floats, weights: Floats, k: int) -> None:
        self.z, self.weights, self.k = z, weights, k
        scaled = z * np.sqrt(weights)
        norms = (scaled**2).sum(axis=1)
        self.slack = ROUNDING * (z.shape[1] + 12)  # rounding moves a squared distance by at most slack·(|a|² + |b|²)
        self.norms = norms
        self.left = np.hstack([-2 * scaled, np.ones((len(z), 1))]).astype(np.float32)
        self.right = np.ascontiguousarray(np.hstack([scaled, (norms * (1 - self.slack))[:, None]]).T.astype(np.float32))
        self.many = min(k + SPARE, len(z) - 1)

    def fill(self, found: Nearest, first: int) -> None:
        last = min(first + BLOCK, len(self.z))
        low = self.left[first:last] @ self.right  # lower limits, without |a|², which is the same along a row
        rows = np.arange(last - first)
        low[rows, rows + first] = np.inf
        members, edge = self._candidates(low)
        distances = self._exact(first, members)
        order = np.argsort(distances, axis=1, kind="stable")[:, : self.k]  # members stand in order: ties go to the first
        members, distances = np.take_along_axis(members, order, 1), np.take_along_axis(distances, order, 1)
        found.members[first:last, : self.k], found.distances[first:last, : self.k] = members, distances
        furthest = distances[:, -1] ** 2 - self.norms[first:last] * (1 - self.slack)
        for row in np.flatnonzero(edge <= furthest):  # someone left out could be as near
            found.members[first + row, : self.k], found.distances[first + row, : self.k] = nearest_of(
                int(first + row), self.z, self.weights, self.k
            )

    def _candidates(self, low: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """(rows, many): who may be near, in the order of the set; and below which limit nobody was left out."""
        if self.many == low.shape[1] - 1:
            every = np.argsort(low, axis=1)[:, : self.many]
            return np.sort(every, axis=1), np.full(len(low), np.inf)
        columns, limits = self._sifted(low)
        part = np.argpartition(limits, self.many - 1, axis=1)[:, : self.many]
        edge = np.take_along_axis(limits, part, 1).max(axis=1)
        return np.sort(np.take_along_axis(columns, part, 1), axis=1), edge

    def _sifted(self, low: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The few of each row below a guessed limit, as (columns, their limits), filled up with infinity; all where a guess fails."""
        sample = low[:, ::SAMPLED]
        rank = 2 * self.many // SAMPLED + 4
        if sample.shape[1] <= 2 * rank:
            return np.broadcast_to(np.arange(low.shape[1]), low.shape), low
        guess = np.partition(sample, rank, axis=1)[:, rank]
        rows, columns = np.divmod(np.flatnonzero(low <= guess[:, None]), low.shape[1])
        counts = np.bincount(rows, minlength=len(low))
        if counts.min() < self.many or counts.max() > 20 * self.many:
            return np.broadcast_to(np.arange(low.shape[1]), low.shape), low
        place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        few = np.zeros((len(low), int(counts.max())), np.intp)
        limits = np.full(few.shape, np.inf, np.float32)
        few[rows, place], limits[rows, place] = columns, low[rows, columns]
        return few, limits

    def _exact(self, first: int, members: NDArray[np.intp]) -> Floats:
        """Distances in float64, added up variable by variable as `distances_from` does, so that ties are ties in both."""
        total = np.zeros(members.shape)
        for variable, weight in enumerate(self.weights.tolist()):
            column = self.z[:, variable]
            total += weight * (column[members] - column[first : first + len(members), None]) ** 2
        return np.sqrt(total)


def overlap(one: Sequence[int] | Places, other: Sequence[int] | Places) -> float:
    """Jaccard: those in both over those in either; 1 for two empty groups. NOBODY counts for nobody."""
    first, second = ({int(member) for member in group if member != NOBODY} for group in (one, other))
    return len(first & second) / len(first | second) if first or second else 1.0


def overlaps(one: Places, other: Places) -> Floats:
    """`overlap` row by row of two (units, k)."""
    ordered = np.sort(np.hstack([one, other]), axis=1)
    both = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != NOBODY)).sum(axis=1)
    either = (one != NOBODY).sum(axis=1) + (other != NOBODY).sum(axis=1) - both
    found: Floats = np.divide(both, either, out=np.ones(len(one)), where=either > 0)
    return found


def stability(z: Floats, noise: Floats, weights: Floats, members: Places, *, redraws: int, seed: int) -> Floats:
    """How much of each unit's family is the same when the units' values are drawn again: (units,), the median overlap.

    `noise` (units, variables) is how far chance moves each standardised value (a standard deviation): for a share of
    n pupils that of n other pupils of the same place. The same seed draws the same.
    """
    chance = np.random.default_rng(seed)
    within = members.shape[1]
    drawn = [overlaps(members, nearest(z + noise * chance.standard_normal(z.shape), weights, within).members) for _ in range(redraws)]
    return np.asarray(np.median(drawn, axis=0), dtype=np.float64)
