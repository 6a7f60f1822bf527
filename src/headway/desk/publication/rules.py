"""Where a release may go, what changed between two, and whether an attack on everything public found something out. No database here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from headway.stats.disclosure import Sum, bounds

WIDE = 5  # how far apart the bounds of a withheld count are at least
SMALL = 6  # a count that cannot be smaller than this tells of nobody


class State(TextChoices):
    DRAFT = "draft", "proposed"
    LIVE = "live", "public"
    REPLACED = "replaced", "replaced"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "taken down"


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.LIVE, State.REFUSED}),
    State.LIVE: frozenset({State.REPLACED, State.WITHDRAWN}),
    State.REPLACED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def may_move(state: str, to: str) -> bool:
    return State(to) in MOVES[State(state)]


@dataclass(frozen=True)
class Diff:
    """Paths that are new, changed, and gone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.gone)


def diff(before: Mapping[str, str], after: Mapping[str, str]) -> Diff:
    both = before.keys() & after.keys()
    return Diff(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(path for path in both if before[path] != after[path])),
        tuple(sorted(before.keys() - after.keys())),
    )


@dataclass(frozen=True)
class Facts:
    """One table of counts as it is public: each cell with its number, None where it is withheld; and what adds up to what.

    Tables of the same `subject` count the same things at the same time: their cells are the same numbers wherever they are shown.
    """

    subject: str
    cells: Mapping[str, float | None]
    sums: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Leak:
    """A withheld count that everything public gives away, or holds within too narrow bounds."""

    subject: str
    cell: str
    low: float
    high: float

    @property
    def words(self) -> str:
        if self.low == self.high:
            return f"{self.subject}, {self.cell}: it must be {self.low:g}."
        return f"{self.subject}, {self.cell}: it lies between {self.low:g} and {self.high:g}."


def attacked(tables: Sequence[Facts]) -> tuple[list[Leak], int]:
    """Everything public together, earlier releases among it: (what it gives away, how many withheld counts were tried).

    A cell that is withheld in one place and shown in another is known. Raises ValueError where two places show different numbers.
    """
    leaks, tried = [], 0
    for subject in dict.fromkeys(one.subject for one in tables):
        same = [one for one in tables if one.subject == subject]
        known = _known(same)
        hidden = [cell for one in same for cell, number in one.cells.items() if number is None]
        sums = [Sum(total, parts) for one in same for total, parts in one.sums]
        open_ = [cell for cell in dict.fromkeys(hidden) if cell not in known]
        tried += len(dict.fromkeys(hidden))
        leaks += [Leak(subject, cell, known[cell], known[cell]) for cell in dict.fromkeys(hidden) if cell in known]
        found = bounds(known, open_, sums)
        leaks += [Leak(subject, str(cell), low, high) for cell, (low, high) in found.items() if high - low < WIDE and low < SMALL]
    return leaks, tried


def _known(tables: Iterable[Facts]) -> dict[str, float]:
    known: dict[str, float] = {}
    for one in tables:
        for cell, number in one.cells.items():
            if number is None:
                continue
            if known.setdefault(cell, number) != number:
                raise ValueError(f"{one.subject}, {cell}: shown as {known[cell]:g} and as {number:g}")
    return known
