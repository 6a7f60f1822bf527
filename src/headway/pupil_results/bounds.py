"""What somebody can work out of withheld cells from those that are shown: between which two numbers each must lie."""

from collections.abc import Iterable, Mapping
from math import inf

from headway.pupil_results.lines import Cell, Line

ROUNDS = 30  # bounds that are still moving after so many are wide ones
Range = tuple[float, float]


def ranges(counts: Mapping[Cell, int], lines: Iterable[Line], gone: set[Cell]) -> dict[Cell, Range]:
    """The range of each withheld cell's number, when whoever looks knows every cell shown and what adds up to what.

    Each line narrows its cells by what the others leave; this goes on until nothing moves. Where lines do not close a ring this is exact.
    """
    found: dict[Cell, Range] = dict.fromkeys(gone, (0.0, inf))
    lines_of: dict[Cell, list[Line]] = {}
    for line in lines:
        for cell in (line.total, *line.parts):
            if cell in gone:
                lines_of.setdefault(cell, []).append(line)
    waiting = dict.fromkeys(line for touched in lines_of.values() for line in touched)
    for _ in range(ROUNDS):
        moved = dict.fromkeys(cell for line in waiting for cell in _narrow(line, counts, found))
        if not moved:
            break
        waiting = dict.fromkeys(line for cell in moved for line in lines_of[cell])
    return found


def _narrow(line: Line, counts: Mapping[Cell, int], found: dict[Cell, Range]) -> list[Cell]:
    """Narrow the ranges of one line's withheld cells; those that moved."""
    known = [found.get(cell) or (counts[cell], counts[cell]) for cell in line.parts]
    if line.unshown.cohort:
        known.append((0.0, inf))
    low = sum(one[0] for one in known)
    limits = [one[1] for one in known if one[1] < inf]
    high, endless = sum(limits), len(known) - len(limits)
    least, most = found.get(line.total) or (counts[line.total], counts[line.total])
    moved = [line.total] if line.total in found and _put(found, line.total, low, inf if endless else high) else []
    for cell, own in zip(line.parts, known, strict=False):
        if cell in found:
            others_endless = endless - (own[1] == inf)
            rest = inf if others_endless else high - (own[1] if own[1] < inf else 0.0)
            if _put(found, cell, least - rest, most - (low - own[0])):
                moved.append(cell)
    return moved


def _put(found: dict[Cell, Range], cell: Cell, low: float, high: float) -> bool:
    was = found[cell]
    if low <= was[0] and high >= was[1]:
        return False
    found[cell] = max(was[0], low), min(was[1], high)
    return True
