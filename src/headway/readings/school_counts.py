"""Counts of schools that may be shown: a group of few is withheld, and as many others as keep it from being worked out.

Anybody can count the schools of an area in the list of schools: sums that follow from it are not withheld, and hide nothing. And whoever
answers for some of the schools of a count knows these; what is left of it is withheld from them too.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from headway.pupil_results.lines import Count, Line
from headway.pupil_results.withholding import withheld
from headway.stats.disclosure import Sum, given_away

ALL = "all"
Key = tuple[str, str]  # row and column


@dataclass(frozen=True)
class Counts:
    """A table of counts with the sums of its rows and columns, and which of all these are withheld."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Mapping[Key, int]
    hidden: frozenset[Key]

    def shown(self, row: str, column: str = ALL) -> int | None:
        """None where it is withheld."""
        return None if (row, column) in self.hidden else self.numbers[(row, column)]


@dataclass(frozen=True)
class Elsewhere:
    """What is known besides a table: cells that anybody knows, and of how many schools in each cell some holder knows (a trust its own)."""

    known: frozenset[Key] = frozenset()
    holders: tuple[Mapping[Key, int], ...] = ()
    heads: bool = False  # whether the head of each school knows in which cell it is


NOTHING = Elsewhere()


def counted(
    numbers: Mapping[Key, int], rows: tuple[str, ...], columns: tuple[str, ...], before: Collection[Key] = (),
    elsewhere: Elsewhere = NOTHING,
) -> Counts:  # fmt: skip
    """A table with its sums, one to five withheld. `before` are cells withheld in what was published already: they stay so."""
    cells = {(row, column): numbers.get((row, column), 0) for row in rows for column in columns}
    whole = cells | {(row, ALL): sum(cells[(row, column)] for column in columns) for row in rows}
    whole |= {(ALL, column): sum(whole[(row, column)] for row in rows) for column in (*columns, ALL)}
    known, all_lines = {cell: Count(number) for cell, number in whole.items()}, lines(rows, columns)
    gone = withheld(known, all_lines, [cell for cell in before if cell in known], elsewhere.known)
    if elsewhere is not NOTHING:
        _guard(whole, all_lines, gone, elsewhere)
    return Counts(rows, columns, whole, frozenset(gone))


def owners(whole: Mapping[Key, int], gone: Collection[Key], elsewhere: Elsewhere) -> list[dict[Key, int]]:
    """What each kind of attacker holds of the withheld cells: nothing, one head’s school, a trust’s. Each once."""
    inner = sorted(cell for cell in gone if ALL not in cell and whole[cell])
    found: list[dict[Key, int]] = [{}, *({cell: 1} for cell in inner if elsewhere.heads)]
    found += [{cell: many for cell, many in one.items() if cell in whole} for one in elsewhere.holders if any(map(one.get, inner))]
    return [dict(one) for one in dict.fromkeys(tuple(sorted(one.items())) for one in found)]


def with_sums(own: Mapping[Key, int]) -> dict[Key, int]:
    """What somebody holds of cells, and so of the sums that these are in."""
    found = dict(own)
    for (row, column), many in own.items():
        for cell in ((row, ALL), (ALL, column), (ALL, ALL)):
            found[cell] = found.get(cell, 0) + many
    return found


def _guard(whole: Mapping[Key, int], all_lines: list[Line], gone: set[Key], elsewhere: Elsewhere) -> None:
    """Withhold more until nobody holds a small cell too closely; at the end everything that is not known elsewhere."""
    sums = [Sum(one.total, one.parts) for one in all_lines]
    while held := _held(whole, sums, gone, elsewhere):
        beside = [line for line in all_lines if held & {line.total, *line.parts}]
        free = {cell for line in beside for cell in (*line.parts, line.total)} - gone - elsewhere.known
        if not free:
            gone |= whole.keys() - elsewhere.known
            return
        gone.add(min(free, key=lambda cell: (ALL in cell, not whole[cell], whole[cell], cell)))


def _held(whole: Mapping[Key, int], sums: list[Sum], gone: set[Key], elsewhere: Elsewhere) -> set[Hashable]:
    shown = {cell: number for cell, number in whole.items() if cell not in gone}
    outside = {cell: whole[cell] for cell in elsewhere.known}
    found: set[Hashable] = set()
    for own in owners(whole, gone, elsewhere):
        found |= given_away(shown, sorted(gone), sums, outside, with_sums(own)).keys()
    return found


def lines(rows: tuple[str, ...], columns: tuple[str, ...]) -> list[Line]:
    """What adds up to what: every row to its sum, every column to its."""
    across = [Line((row, ALL), tuple((row, column) for column in columns)) for row in (*rows, ALL)]
    return across + [Line((ALL, column), tuple((row, column) for row in rows)) for column in (*columns, ALL)]
