"""What was done about a pupil or a school, and which flags that clears.

Only something that somebody did counts: a plan made, a meeting held, a visit, a call answered, a referral taken up. It clears a flag that
was up by then, for so many school days, and no longer than the pupil keeps coming: who misses so many sessions again is flagged again.
Opening a page, ticking a box or sending a letter that nobody answered clears nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from headway.definitions.absence_rules import Early
from headway.vocabulary.errors import HeadwayError

HONEST = ("plan", "meeting", "visit", "call", "referral", "review")


@dataclass(frozen=True)
class Done:
    """`pupil` is the key or the number of the pupil, empty for something agreed with the school about its codes or a year group."""

    urn: int
    pupil: str
    what: str
    on: date

    def as_dict(self) -> dict[str, object]:
        return dict(vars(self))


def checked(done: Iterable[Done]) -> None:
    """Raises H-USAGE-118 for what is no action."""
    for one in done:
        if one.what not in HONEST:
            words = f"{one.what!r} is nothing that was done about absence."
            raise HeadwayError("H-USAGE-118", words, "Only an action clears a flag.", f"There are: {', '.join(HONEST)}.")


def clearing(done: Sequence[Done], since: date, until: date, passed: "Passed", missed: "Missed", early: Early) -> Done | None:
    """The newest action that clears a flag, of those about this pupil or school; None where the flag stands."""
    for one in sorted(done, key=lambda each: each.on, reverse=True):
        honest = since <= one.on <= until
        if honest and passed(one.on) <= early.clears_school_days and missed(one.on) < early.again_sessions:
            return one
    return None


class Passed:
    """How many school days have passed since a day."""

    def __init__(self, days: Sequence[int]) -> None:
        self.days = days

    def __call__(self, day: date) -> int:
        return sum(one > day.toordinal() for one in self.days)


class Missed:
    """How many sessions were missed after a day; none where it is not about a pupil."""

    def __init__(self, days: Sequence[int] = ()) -> None:
        self.days = days

    def __call__(self, day: date) -> int:
        return sum(one > day.toordinal() for one in self.days)
