"""What somebody can work out of withheld numbers from everything that was published: bounds by linear programming.

An attacker knows every number shown and what adds up to what; each withheld number is a whole one of at least nought. Its bounds are the
least and the most it can be; HiGHS finds both. A number whose bounds lie close is as good as published. What anybody can know from
elsewhere counts as known; whoever holds a share of a number, as a trust does of its own schools, looks for what is left of it.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Any


@dataclass(frozen=True)
class Sum:
    """A total and its parts, each by its key."""

    total: Hashable
    parts: tuple[Hashable, ...]


@dataclass(frozen=True)
class Way:
    """One way in which it was tried to work out what is withheld: how many withheld figures, and what came out."""

    what: str
    tried: int
    found: tuple[str, ...] = ()
    note: str = ""


Bounds = tuple[float, float]
Numbers = Mapping[Any, float]  # by any key: a mapping’s keys may not vary as its values may
NEAR = 1e-6
DOMINANT, HOLDERS = 0.9, 2  # of a sum of which two holders have more than nine tenths each knows nearly what the other has
FEWEST = 3  # holders: of two, each knows the other’s
TOTAL = "total"
WIDE = 5  # how far apart the bounds of a small number are at least
SMALL = 6  # a number that cannot be smaller than this tells of nobody


def bounds(
    known: Numbers, hidden: Sequence[Hashable], sums: Sequence[Sum], least: Numbers | None = None, of: Collection[Hashable] | None = None
) -> dict[Hashable, Bounds]:
    """The least and most of each hidden number, or of those in `of`. `least` is what somebody knows each to be at least.

    Raises ValueError where what is known contradicts itself.
    """
    import numpy as np
    from scipy.optimize import linprog

    place = {key: at for at, key in enumerate(dict.fromkeys(hidden))}
    floors = [(least or {}).get(key, 0.0) for key in place]
    rows, right = _equations(known, place, sums)
    asked = {key: at for key, at in place.items() if of is None or key in of}
    if not asked or not rows:
        return {key: (floors[at], inf) for key, at in asked.items()}
    matrix, values = np.zeros((len(rows), len(place))), np.array(right)
    for number, row in enumerate(rows):
        for at, by in row.items():
            matrix[number, at] = by
    found: dict[Hashable, Bounds] = {}
    for key, at in asked.items():
        ends = []
        for way in (1.0, -1.0):
            aim = np.zeros(len(place))
            aim[at] = way
            solved = linprog(aim, A_eq=matrix, b_eq=values, bounds=[(floor_, None) for floor_ in floors], method="highs")
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


def given_away(
    shown: Numbers, hidden: Sequence[Hashable], sums: Sequence[Sum], outside: Numbers | None = None, own: Numbers | None = None
) -> dict[Hashable, Bounds]:
    """The hidden numbers that are held too closely, each with its bounds: nearer than WIDE while it may be small.

    `outside` is what anybody knows from elsewhere. What that alone holds as closely is not given away here. `own` is the share of each
    number that the attacker holds; the bounds are then of what is left of it.
    """
    beyond, holds = outside or {}, own or {}
    known = {**shown, **beyond}
    open_ = [key for key in hidden if key not in known]
    close = {key: found for key, found in _left(bounds(known, open_, sums, holds), holds).items() if _close(found)}
    if not close or not beyond:
        return close
    everything = [key for key in dict.fromkeys((*shown, *hidden)) if key not in beyond]
    without = _left(bounds(beyond, everything, sums, holds, of=close), holds)
    return {key: found for key, found in close.items() if found[1] - found[0] < without[key][1] - without[key][0]}


def _left(found: Mapping[Hashable, Bounds], own: Numbers) -> dict[Hashable, Bounds]:
    """What is left of each number without the attacker’s own share."""
    return {key: (low - own.get(key, 0.0), high - own.get(key, 0.0)) for key, (low, high) in found.items()}


def _close(found: Bounds) -> bool:
    return found[1] - found[0] < WIDE and found[0] < SMALL


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


Money = Mapping[str, Sequence[tuple[str, float]]]  # part → (holder, pounds) of everything in it


def money_withheld(of: Money) -> set[str]:
    """The parts of a sum of money that are not shown: those in which few holders dominate, and as many more as keep these from being had
    from the total. Where that cannot be the total is not shown either: TOTAL is in the answer."""
    having = {part: given for part, given in of.items() if sum(pounds for _, pounds in given)}
    gone = {part for part, given in having.items() if _recognisable(given)}
    for part in sorted(having.keys() - gone, key=lambda one: (sum(pounds for _, pounds in having[one]), one)):
        if not _told_by_total(having, gone):
            return gone
        gone.add(part)
    return gone | {TOTAL} if _told_by_total(having, gone) else gone


def money_told(of: Money, gone: Collection[str]) -> list[str]:
    """What a sum of money gives away when all but some parts are shown: the attack on it, which knows nothing of how they were chosen."""
    having = {part: given for part, given in of.items() if sum(pounds for _, pounds in given)}
    told = [part for part, given in having.items() if part not in gone and _recognisable(given)]
    hidden = having.keys() & set(gone)
    return told + sorted(hidden if TOTAL not in gone and _told_by_total(having, hidden) else ())


def _told_by_total(having: Money, gone: Collection[str]) -> bool:
    """Whether the total less what is shown tells of few holders: of one part alone, or of several with the same few holders."""
    return bool(gone) and (len(gone) == 1 or _recognisable([one for part in gone for one in having[part]]))


def _recognisable(given: Sequence[tuple[str, float]]) -> bool:
    holders = [holder for holder, _ in given]
    return len(set(holders)) < FEWEST or dominated([pounds for _, pounds in given], holders, HOLDERS, DOMINANT)
