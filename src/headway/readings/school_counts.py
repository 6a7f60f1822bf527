"""Counts of schools that may be shown: a group of few is withheld, and as many others as keep it from being worked out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from headway.pupil_results.lines import Count, Line
from headway.pupil_results.withholding import withheld

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


def counted(numbers: Mapping[Key, int], rows: tuple[str, ...], columns: tuple[str, ...], before: Collection[Key] = ()) -> Counts:
    """A table with its sums, one to five withheld. `before` are cells withheld in what was published already: they stay so."""
    cells = {(row, column): numbers.get((row, column), 0) for row in rows for column in columns}
    whole = cells | {(row, ALL): sum(cells[(row, column)] for column in columns) for row in rows}
    whole |= {(ALL, column): sum(whole[(row, column)] for row in rows) for column in (*columns, ALL)}
    known = {cell: Count(number) for cell, number in whole.items()}
    gone = withheld(known, lines(rows, columns), [cell for cell in before if cell in known])
    return Counts(rows, columns, whole, frozenset(gone))


def lines(rows: tuple[str, ...], columns: tuple[str, ...]) -> list[Line]:
    """What adds up to what: every row to its sum, every column to its."""
    across = [Line((row, ALL), tuple((row, column) for column in columns)) for row in (*rows, ALL)]
    return across + [Line((ALL, column), tuple((row, column) for row in rows)) for column in (*columns, ALL)]
