"""What somebody can work out of withheld cells from those that are shown: between which two numbers each must lie."""

from collections.abc import Iterable, Mapping
from math import inf

from headway.pupil_results.lines import Cell, Line

ROUNDS = 30  # bounds that are still moving after so many are wide ones
Range = tuple[float, float]


def ranges(counts: Mapping[Cell, int], lines: Iterable[Line], gone: set[Cell], part: int = 0) -> dict[Cell, Range]:
    """The range of each withheld cell's number, when whoever looks knows every cell shown and what adds up to what.

    Each line narrows its cells by what the others leave; this goes on until nothing moves. Where lines do not close a ring this is exact.
    """
    found: dict[Cell, Range] = dict.fromkeys(gone, (0.0, inf))
    useful = [line for line in lines if line.total in gone or any(cell in gone for cell in line.parts)]
    for _ in range(ROUNDS):
        moved = [_narrow(line, counts, found, part) for line in useful]  # every line, not only up to the first that moves
        if not any(moved):
            break
    return found


def _narrow(line: Line, counts: Mapping[Cell, int], found: dict[Cell, Range], part: int) -> bool:
    """Narrow the ranges of one line's cells; whether any moved."""
    known = [found.get(cell) or (float(counts[cell]), float(counts[cell])) for cell in line.parts]
    known.append((0.0, inf) if line.unshown.cohort else (0.0, 0.0))
    low, high = _sum(known)
    whole = found.get(line.total) or (float(counts[line.total]), float(counts[line.total]))
    moved = line.total in found and _put(found, line.total, low, high)
    for cell, own in zip(line.parts, known, strict=False):
        if cell in found:
            rest_low, rest_high = low - own[0], _less(high, own[1], known)
            moved |= _put(found, cell, whole[0] - rest_high, whole[1] - rest_low)
    return moved


def _sum(known: list[Range]) -> Range:
    return sum(one[0] for one in known), sum(one[1] for one in known)


def _less(high: float, own: float, known: list[Range]) -> float:
    """The upper sum without one cell's own bound, which may be without limit as others may."""
    if own < inf:
        return high - own
    return inf if sum(one[1] == inf for one in known) > 1 else sum(one[1] for one in known if one[1] < inf)


def _put(found: dict[Cell, Range], cell: Cell, low: float, high: float) -> bool:
    was = found[cell]
    found[cell] = max(was[0], low), min(was[1], high)
    return found[cell] != was
