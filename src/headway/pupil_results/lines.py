"""Cells of a table of pupils, how many are in each, and which of them add up to which."""

from dataclasses import dataclass

Cell = tuple[str, str]  # place and cut


@dataclass(frozen=True)
class Count:
    """Of one cell: the size of its cohort, and how many of it met something (None for a mean)."""

    cohort: int
    met: int | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """Every number that must not come out small."""
        return (self.cohort,) if self.met is None else (self.cohort, self.met, self.cohort - self.met)


@dataclass(frozen=True, eq=False)  # told apart by which it is: a hash of all its cells would cost more than what is done with it
class Line:
    """Cells that add up to a total. `unshown` are pupils of the total in none of the parts, as those whose group is not known."""

    total: Cell
    parts: tuple[Cell, ...]
    unshown: Count = Count(0)
