"""Counts of few pupils, withheld from viewers who may not see pupils: decided here, once for each cell.

A count of fewer than six is withheld, and so is one of all but fewer than six, for the others would give it away. Where one cell of a
breakdown is withheld the next smallest is too, for the total would give it away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headway.registers.counts import Counts

FEWEST = 6
ALL_OF_A_GROUP = 30  # of fewer, "none" and "all" tell of each of them


@dataclass(frozen=True)
class Rates:
    """One line as it may be shown. Rates in per cent, unrounded; `few` names those withheld because they count few pupils."""

    label: str
    enrolments: int | None
    attendance: float | None
    before: float | None
    authorised: float | None
    unauthorised: float | None
    persistent: float | None
    severe: float | None
    decided: int | None
    few: tuple[str, ...] = ()

    @property
    def change(self) -> float | None:
        """Points of attendance against the same weeks of the year before."""
        return self.attendance - self.before if self.attendance is not None and self.before is not None else None

    def count(self, name: str) -> int | None:
        """How many pupils a share of theirs is; None where it is withheld."""
        share = getattr(self, name)
        return None if share is None or self.decided is None else round(share * self.decided / 100)


def rates(label: str, counts: Counts, before: Counts | None, *, exact: bool) -> Rates:
    """A line of rates. `exact`: for a viewer who may see pupils, so nothing is withheld."""
    was = before.rate(before.attended) if before else None
    found = Rates(
        label, counts.enrolments, counts.rate(counts.attended), was, counts.rate(counts.authorised), counts.rate(counts.unauthorised),
        counts.share(counts.persistent), counts.share(counts.severe), counts.decided,
    )  # fmt: skip
    if exact:
        return found
    if counts.enrolments < FEWEST or (before is not None and before.enrolments < FEWEST):
        return _nothing(label)
    for name in ("persistent", "severe"):
        if _tells(getattr(counts, name), counts.decided):
            found = _without(found, name)
    return found


def _nothing(label: str) -> Rates:
    return Rates(label, None, None, None, None, None, None, None, None, ("enrolments", "attendance", "persistent", "severe"))


def _without(one: Rates, name: str) -> Rates:
    few = (*one.few, name)
    return replace(one, persistent=None, few=few) if name == "persistent" else replace(one, severe=None, few=few)


def _tells(count: int, of: int) -> bool:
    if of == 0:
        return False
    return 0 < count < FEWEST or 0 < of - count < FEWEST or (of < ALL_OF_A_GROUP and count in (0, of))


def breakdown(lines: Sequence[tuple[str, Counts, Counts | None]], *, exact: bool) -> tuple[Rates, ...]:
    """Lines that add up to a total which is shown too."""
    found = [rates(*line, exact=exact) for line in lines]
    if exact:
        return tuple(found)
    for at in _besides([one.enrolments is None for one in found], [counts.enrolments for _, counts, _ in lines]):
        found[at] = _nothing(found[at].label)
    for name in ("persistent", "severe"):
        for at in _besides([name in one.few for one in found], [getattr(counts, name) for _, counts, _ in lines]):
            found[at] = _without(found[at], name)
    return tuple(found)


def of_sessions(counts: Sequence[int]) -> list[int | None]:
    """Sessions of the parts of a sum that is shown: None for those of fewer than six, and for as many more as keep these from being had."""
    hidden = [0 < count < FEWEST for count in counts]
    more = _besides(hidden, counts)
    return [None if few or at in more else count for at, (count, few) in enumerate(zip(counts, hidden, strict=True))]


def _besides(hidden: Sequence[bool], counts: Sequence[int]) -> list[int]:
    """Which lines must be withheld too, the smallest first, so that the total less the rest tells of two lines and of six at least."""
    withheld = [at for at, one in enumerate(hidden) if one]
    others = sorted((at for at, one in enumerate(hidden) if not one), key=lambda at: (counts[at], at))
    more: list[int] = []
    while withheld and others and (len(withheld) + len(more) < 2 or sum(counts[at] for at in (*withheld, *more)) < FEWEST):
        more.append(others.pop(0))
    return more
