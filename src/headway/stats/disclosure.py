"""What somebody can work out of withheld numbers from everything that was published: bounds by linear programming.

An attacker knows every number shown and what adds up to what; each withheld number is a whole one of at least nought. Its bounds are the
least and the most it can be; HiGHS finds both. A number whose bounds lie close is as good as published.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf


@dataclass(frozen=True)
class Sum:
    """A total and its parts, each by its key."""

    total: Hashable
    parts: tuple[Hashable, ...]


Bounds = tuple[float, float]
NEAR = 1e-6


def bounds(known: Mapping[Hashable, float], hidden: Sequence[Hashable], sums: Sequence[Sum]) -> dict[Hashable, Bounds]:
    """The least and most of each hidden number. Raises ValueError where what is known contradicts itself."""
    import numpy as np
    from scipy.optimize import linprog

    place = {key: at for at, key in enumerate(dict.fromkeys(hidden))}
    rows, right = _equations(known, place, sums)
    if not place:
        return {}
    if not rows:
        return dict.fromkeys(place, (0.0, inf))
    matrix, values = np.zeros((len(rows), len(place))), np.array(right)
    for number, row in enumerate(rows):
        for at, by in row.items():
            matrix[number, at] = by
    found: dict[Hashable, Bounds] = {}
    for key, at in place.items():
        ends = []
        for way in (1.0, -1.0):
            aim = np.zeros(len(place))
            aim[at] = way
            solved = linprog(aim, A_eq=matrix, b_eq=values, bounds=(0, None), method="highs")
            if solved.status == 2:
                raise ValueError("what is known contradicts itself")
            ends.append(inf if solved.status == 3 else way * solved.fun)
        found[key] = (float(ceil(ends[0] - NEAR)), ends[1] if ends[1] == inf else float(floor(ends[1] + NEAR)))
    return found


def _equations(
    known: Mapping[Hashable, float], place: Mapping[Hashable, int], sums: Sequence[Sum]
) -> tuple[list[dict[int, float]], list[float]]:
    """Each sum with something hidden in it, as coefficients of the hidden numbers and what they come to."""
    rows, right = [], []
    for one in sums:
        row: dict[int, float] = {}
        value = 0.0
        for key, by in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
            if key in place:
                row[place[key]] = row.get(place[key], 0.0) + by
            else:
                value -= by * known[key]
        if any(row.values()):
            rows.append(row)
            right.append(value)
    return rows, right


def dominated(contributions: Sequence[float], holders: Sequence[str], n: int, share: float) -> bool:
    """Whether the n largest holders have more than a share of a total: contributions of one holder are added up first."""
    return largest_share(contributions, holders, n) > share


def largest_share(contributions: Sequence[float], holders: Sequence[str], n: int) -> float:
    """The share of a total that its n largest holders have; 0 of nothing."""
    of: dict[str, float] = {}
    for amount, holder in zip(contributions, holders, strict=True):
        of[holder] = of.get(holder, 0.0) + amount
    total = sum(of.values())
    return sum(sorted(of.values(), reverse=True)[:n]) / total if total else 0.0
