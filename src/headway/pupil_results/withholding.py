"""Which cells are withheld so that no small group of pupils can be made out, one by one or by taking cells from totals.

A cell is withheld when its cohort, or in a share those who met or did not meet something, is one to five; so are 0% and 100% of a small
group. Then, wherever cells add up to a total that is shown, so many more that those withheld are two or more and together no longer
small. At the end what could be worked out of each small cell is reckoned up, and more is withheld until none is held within five.
"""

from collections.abc import Collection, Iterable, Mapping

from headway.pupil_results.bounds import ranges
from headway.pupil_results.lines import Cell, Count, Line

FEWEST = 6
FEW = 11  # below this, all or none of a group tells of each of them
WIDE = 5  # how far apart the bounds of a small cell are at least


def small(count: Count) -> bool:
    """Whether a cell is withheld for its own sake. An empty cohort is not: it has nobody."""
    if any(0 < part < FEWEST for part in count.parts):
        return True
    return count.met is not None and 0 < count.cohort < FEW and count.met in (0, count.cohort)


def withheld(
    counts: Mapping[Cell, Count], lines: Iterable[Line], also: Iterable[Cell] = (), known: Collection[Cell] = frozenset()
) -> set[Cell]:
    """The cells to withhold: the small ones, those of `also`, and as many more as keep either from being worked out.

    `known` are cells that anybody knows from elsewhere: to withhold them hides nothing, so that others must go.
    """
    gone = ({cell for cell, count in counts.items() if small(count)} | set(also)) - set(known)
    lines = list(lines)
    while True:
        while more := {cell for line in lines if (cell := _next(line, counts, gone, known))} - gone:
            gone |= more
        if not (more := _cover(counts, lines, gone, known) - gone):
            return gone
        gone |= more


def _next(line: Line, counts: Mapping[Cell, Count], gone: set[Cell], known: Collection[Cell]) -> Cell | None:
    """One more cell of a line that must go; None when the line tells nothing."""
    hidden = [counts[cell] for cell in line.parts if cell in gone and counts[cell].cohort]
    if not hidden or line.total in gone:
        return None
    unshown = [line.unshown] if line.unshown.cohort else []
    if len(hidden) + len(unshown) > 1 and not _tells(hidden + unshown):
        return None
    return _smallest_shown(line, counts, gone, known) or (None if line.total in known else line.total)


def _tells(hidden: list[Count]) -> bool:
    """Whether the sum of what is withheld is itself small in some part."""
    sums = [sum(parts) for parts in zip(*(count.parts for count in hidden), strict=True)]
    return any(part < FEWEST for part in sums)


def _smallest_shown(line: Line, counts: Mapping[Cell, Count], gone: set[Cell], known: Collection[Cell]) -> Cell | None:
    shown = [cell for cell in line.parts if cell not in gone and cell not in known and counts[cell].cohort]
    return min(shown, key=lambda cell: (counts[cell].cohort, cell), default=None)


def _cover(counts: Mapping[Cell, Count], lines: list[Line], gone: set[Cell], known: Collection[Cell]) -> set[Cell]:
    """More cells to withhold: one beside each small cell that is still held within too narrow bounds."""
    narrow: set[Cell] = set()
    for part in range(max((len(count.parts) for count in counts.values()), default=0)):
        found = ranges({cell: count.parts[part] for cell, count in counts.items()}, lines, gone)
        narrow |= {cell for cell, (low, high) in found.items() if small(counts[cell]) and high - low < WIDE}
    beside = [line for line in lines if line.total in narrow or narrow & set(line.parts)]
    smallest = {cell for line in beside if (cell := _smallest_shown(line, counts, gone, known))}
    return smallest or {line.total for line in beside} - gone - set(known)
