"""Counts of people that anybody may see: rounded to ten, small ones withheld, and totals only as far as nothing follows from them.

A count of five or fewer, one that all but five or fewer are in, and whatever is of a group of fewer than eleven is withheld; nought is
treated no otherwise, for it says of each that they are not. What is published is a multiple of ten, so that no difference of two releases,
or of all and all but one, is a number of one to five. Then it is checked what follows: parts add up to groups and groups to a total, each
known within its rounding; whoever solves for a withheld count must be left with a span of five or more. A total that would tell more is
withheld too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BASE, SMALL, FEWEST, SPAN = 10, 5, 11, 5
Span = tuple[int, int]
ENDLESS = 10**9


@dataclass(frozen=True)
class Cell:
    """`count` people of `of`."""

    count: int
    of: int


@dataclass(frozen=True)
class Published:
    """In the order given; None is withheld."""

    cells: tuple[tuple[int | None, ...], ...]
    groups: tuple[int | None, ...]
    total: int | None


def rounded(number: int) -> int:
    """To ten, five upwards."""
    return (number + BASE // 2) // BASE * BASE


def within(published: int) -> Span:
    """What a published number may have been."""
    return max(0, published - BASE // 2), published + BASE // 2 - 1


def small(cell: Cell) -> bool:
    return cell.of < FEWEST or cell.count <= SMALL or cell.of - cell.count <= SMALL


def published(groups: Sequence[Sequence[Cell]]) -> Published:
    """Of groups of parts: of phases of schools, for one."""
    cells = tuple(tuple(None if small(cell) else rounded(cell.count) for cell in group) for group in groups)
    sums: list[int | None] = [rounded(sum(cell.count for cell in group)) for group in groups]
    total: int | None = rounded(sum(cell.count for group in groups for cell in group))
    withheld = [at for at, group in enumerate(cells) if None in group]
    for step in (*withheld, None):
        told = _tells_too_much(groups, cells, sums, total)
        if not told:
            break
        if step is None:
            total = None
        elif step in told:
            sums[step] = None
    if _tells_too_much(groups, cells, sums, total):
        sums, total = [None] * len(sums), None
    return Published(cells, tuple(sums), total)


def known_of(cell: Cell) -> Span:
    """What is known of a withheld count by the rule alone, to who guesses on which side it is small."""
    if cell.of < FEWEST:
        return 0, FEWEST - 1
    return (0, SMALL) if cell.count <= SMALL else (cell.of - SMALL, cell.of)


def spans(parts: Sequence[Sequence[Span]], groups: Sequence[Span], total: Span) -> list[list[Span]]:
    """What each part may be, when parts add up to groups and groups to the total: exact, for the sums make a tree."""
    up = [_meet(group, _sum(own)) for group, own in zip(groups, parts, strict=True)]
    down = _shared(up, _meet(total, _sum(up)))
    return [_shared(own, group) for own, group in zip(parts, down, strict=True)]


def _tells_too_much(
    groups: Sequence[Sequence[Cell]], cells: Sequence[Sequence[int | None]], sums: Sequence[int | None], total: int | None
) -> set[int]:
    """Groups of which some withheld part would be known within less than the span."""
    known = [
        [known_of(cell) if shown is None else within(shown) for cell, shown in zip(group, own, strict=True)]
        for group, own in zip(groups, cells, strict=True)
    ]
    everything = [(0, ENDLESS) if one is None else within(one) for one in (*sums, total)]
    found = spans(known, everything[:-1], everything[-1])
    return {
        at
        for at, own in enumerate(cells)
        for part, shown in enumerate(own)
        if shown is None and found[at][part][1] - found[at][part][0] < SPAN
    }


def _sum(of: Sequence[Span]) -> Span:
    return sum(low for low, _ in of), sum(high for _, high in of)


def _meet(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def _shared(parts: Sequence[Span], whole: Span) -> list[Span]:
    """Each part, given the whole and the others."""
    low, high = _sum(parts)
    return [_meet(part, (whole[0] - (high - part[1]), whole[1] - (low - part[0]))) for part in parts]
