"""Ranks with their uncertainty, from joint draws of what is ranked. Rank 1 is the highest value.

References: Goldstein & Spiegelhalter (1996), Journal of the Royal Statistical Society A 159:385–443; for the joint draws,
Laird & Louis (1989), Journal of Educational Statistics 14:29–46. Never a bootstrap of observed ranks, whose errors enter twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float32]
    Floats = NDArray[np.float64]
    Ranks = NDArray[np.uint16]

DRAWS = 4_000
THREADS = 2
OUTSIDE = 0.025  # on either side of a 95% interval
SORTED = 2_000  # with more units, ranks are counted off in steps finer than a unit, which is several times as fast
BUCKETS = 1 << 16
MOST = 65_535


@dataclass(frozen=True, eq=False)
class Ranked:
    """For each of K units: where 95% of the draws have it, and the share of draws that have it among the first `top`."""

    low: "NDArray[np.int64]"  # the best rank it may well have
    high: "NDArray[np.int64]"
    p_top: "Floats"
    top: int
    surely_top: tuple[int, ...]  # units that are all among the first `top` together in 95% of the draws


def ranked(draws: Iterable["Draws"], top: int = 10) -> Ranked:
    """Ranks of the columns of joint draws, given in parts of shape (some draws, K), at most MOST units."""
    import numpy as np

    with ThreadPoolExecutor(THREADS) as pool:
        ranks = np.concatenate([part.T for parts in _few(draws, THREADS) for part in pool.map(_ranks, parts)], axis=1)
        units, many = ranks.shape
        first = ranks < top
        ends = [int(OUTSIDE * many), int(np.ceil((1 - OUTSIDE) * many)) - 1]
        list(pool.map(lambda some: some.partition(ends, axis=1), np.array_split(ranks, THREADS)))
    low, high = ranks[:, ends[0]].astype(np.int64) + 1, ranks[:, ends[-1]].astype(np.int64) + 1
    p_top = first.sum(axis=1) / many
    return Ranked(low, high, p_top, min(top, units), _surely(first, p_top, top))


def _few(draws: Iterable["Draws"], many: int) -> Iterator[list["Draws"]]:
    """Parts, a few at a time: as many as are ranked at once, so that no more wait in memory."""
    waiting = iter(draws)
    while some := list(islice(waiting, many)):
        yield some


def _ranks(draws: "Draws") -> "Ranks":
    """The rank of each unit in each draw, from 0. Beyond SORTED units a rank may be off by one or two."""
    import numpy as np

    many, units = draws.shape
    if units > MOST:
        raise ValueError(f"at most {MOST} units can be ranked together")
    found = np.empty(draws.shape, np.uint16)
    if units <= SORTED:
        np.put_along_axis(found, np.argsort(-draws, axis=1), np.arange(units, dtype=np.uint16)[None, :], axis=1)
        return found
    for line in range(many):
        highest = draws[line].max()
        step = (highest - draws[line].min()) / (BUCKETS - 1) or 1.0
        bucket = ((highest - draws[line]) / step).astype(np.uint16)
        counts = np.bincount(bucket, minlength=BUCKETS)
        before = np.cumsum(counts) - counts
        found[line] = before[bucket] + counts[bucket] // 2
    return found


def _surely(first: "NDArray[np.bool_]", p_top: "Floats", top: int) -> tuple[int, ...]:
    """The likeliest units, as many as are all among the first `top` at once in 95% of the draws.

    Each alone at 95% would let one in twenty in by chance; a list of them is a claim about all at once.
    """
    import numpy as np

    inside = np.ones(first.shape[1], bool)
    found: list[int] = []
    for unit in np.argsort(-p_top, kind="stable")[:top]:
        inside &= first[unit]
        if inside.mean() < 1 - 2 * OUTSIDE:
            break
        found.append(int(unit))
    return tuple(sorted(found))


def quartile(value: float | None, edges: Sequence[float], better: str) -> str | None:
    """The band A (best) to D as DfE's interactive tool gives it; an edge belongs to the lower interval. `edges` are the five quantiles.

    Raises ValueError outside them: a band beyond the edges would be made up.
    """
    if value is None:
        return None
    if not edges[0] <= value <= edges[-1]:
        raise ValueError(f"{value} lies outside {edges[0]} to {edges[-1]}")
    bands = "DCBA" if better == "higher" else "ABCD"
    return next(band for band, edge in zip(bands, edges[1:], strict=True) if value <= edge)


def competition(values: Sequence[float | None], better: str) -> list[int | None]:
    """Published ranks as DfE's interactive tool gives them: ties share the better rank, what is missing has none.

    `better` is "higher" or "lower": rank 1 is the best.
    """
    sign = -1 if better == "higher" else 1
    ordered = sorted(sign * value for value in values if value is not None)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return [None if value is None else first[sign * value] for value in values]
