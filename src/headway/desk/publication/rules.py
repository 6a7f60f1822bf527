"""Where a release may go, what changed between two, and whether an attack on everything public found something out. No database here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices

from headway.stats.disclosure import Sum, Way, given_away


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
    `outside` is what anybody can count in official files. `holders` are shares of cells that somebody knows besides: a head’s own school,
    a trust’s own schools. What `follows` from published figures by a published rule is withheld out of tact; nothing can protect it.
    """

    subject: str
    cells: Mapping[str, float | None]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    outside: Mapping[str, float] = field(default_factory=dict)
    holders: tuple[Mapping[str, int], ...] = ()
    follows: bool = False


@dataclass(frozen=True)
class Leak:
    """A withheld count that everything public gives away, or holds within too narrow bounds; `by` says who could work it out."""

    subject: str
    cell: str
    low: float
    high: float
    by: str = ""

    @property
    def words(self) -> str:
        told = f"it must be {self.low:g}" if self.low == self.high else f"it lies between {self.low:g} and {self.high:g}"
        return f"{self.subject}, {self.cell}: {told}{f', to {self.by}' if self.by else ''}."


@dataclass(frozen=True)
class Attack:
    """What everything public together gives away, how many withheld counts were tried, and in which ways."""

    leaks: tuple[Leak, ...]
    tried: int
    ways: tuple[Way, ...]


HOLDER = "somebody who knows of their own schools"


def attacked(tables: Sequence[Facts]) -> Attack:
    """Everything public together: these pages, earlier releases, official files outside, and what heads and trusts know of their own.

    A cell that is withheld in one place and shown in another is known. Raises ValueError where two places show different numbers.
    """
    subjects = [_Subject([one for one in tables if one.subject == name]) for name in dict.fromkeys(one.subject for one in tables)]
    guarded = [one for one in subjects if not one.follows]
    alone = tuple(leak for one in guarded for leak in (*one.told(), *one.leaks(one.shown_outside, {})))
    beyond = tuple(leak for one in guarded if one.outside for leak in one.leaks(one.outside, {}))
    held = tuple(leak for one in guarded for own in one.holders for leak in one.leaks(one.outside, own))
    leaks = tuple(dict.fromkeys((*alone, *(leak for leak in (*beyond, *held) if not _among(leak, alone)))))
    return Attack(leaks, sum(len(one.hidden) for one in guarded), _ways(subjects, guarded, (alone, beyond, held)))


def _among(leak: Leak, others: Iterable[Leak]) -> bool:
    return any((one.subject, one.cell) == (leak.subject, leak.cell) for one in others)


def _ways(subjects: list["_Subject"], guarded: list["_Subject"], found: tuple[tuple[Leak, ...], ...]) -> tuple[Way, ...]:
    tried = sum(len(one.hidden) for one in guarded)
    outside = sum(len(one.hidden) for one in guarded if one.outside)
    shares = sum(len(one.holders) for one in guarded)
    tact = sum(len(one.hidden) for one in subjects if one.follows)
    words = [tuple(leak.words for leak in leaks) for leaks in found]
    ways = [
        Way("Everything on these pages, and on every release that ever was public", tried, words[0]),
        Way("That, and what official files tell outside these pages, the list of schools among them", outside, words[1]),
        Way(f"That, by {HOLDER}: the head of one, a trust of several", tried if shares else 0, words[2],
            f"{shares:,} different such shares were tried."),
    ]  # fmt: skip
    if tact:
        note = "They are withheld out of tact. Nothing protects them: whoever runs the published rule on the published figures gets them."
        ways.append(Way("Counts of what the rule proposes", tact, (), note))
    return tuple(ways)


class _Subject:
    """All tables of one subject as one."""

    def __init__(self, tables: Sequence[Facts]) -> None:
        self.name = tables[0].subject
        self.known = _known(tables)
        self.hidden = list(dict.fromkeys(cell for one in tables for cell, number in one.cells.items() if number is None))
        self.sums = [Sum(total, parts) for one in tables for total, parts in one.sums]
        self.outside = {cell: number for one in tables for cell, number in one.outside.items()}
        shares = (tuple(sorted(share.items())) for one in tables for share in one.holders)
        self.holders = [dict(one) for one in dict.fromkeys(shares)]
        self.follows = any(one.follows for one in tables)

    @property
    def shown_outside(self) -> Mapping[str, float]:
        """What official files tell and these tables show too: what follows from that alone is nobody’s leak."""
        return {cell: number for cell, number in self.outside.items() if cell in self.known}

    def told(self) -> Iterator[Leak]:
        """What is withheld in one place and shown in another."""
        for cell in self.hidden:
            if cell in self.known and cell not in self.outside:
                yield Leak(self.name, cell, self.known[cell], self.known[cell])

    def leaks(self, outside: Mapping[str, float], own: Mapping[str, int]) -> Iterator[Leak]:
        shown = {cell: number for cell, number in self.known.items() if cell not in outside}
        found = given_away(shown, [one for one in self.hidden if one not in shown], self.sums, outside, own)
        by = HOLDER if own else "whoever has the official files" if outside.keys() - self.known.keys() else ""
        yield from (Leak(self.name, str(cell), low, high, by) for cell, (low, high) in found.items())


def _known(tables: Iterable[Facts]) -> dict[str, float]:
    known: dict[str, float] = {}
    for one in tables:
        for cell, number in one.cells.items():
            if number is None:
                continue
            if known.setdefault(cell, number) != number:
                raise ValueError(f"{one.subject}, {cell}: shown as {known[cell]:g} and as {number:g}")
    return known
