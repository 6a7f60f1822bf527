"""What a council may do when the threshold is met again: the history of penalty notices of one parent for one child.

Met is a duty to consider a notice, and not to issue one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headway.definitions.absence_rules import PenaltyNotices


@dataclass(frozen=True)
class Notice:
    """One notice to one parent for one child. `parent` and `child` are keys."""

    parent: str
    child: str
    issued: date
    withdrawn: date | None = None
    paid: date | None = None


@dataclass(frozen=True)
class NextStep:
    """What may follow. `number` is which notice it would be, None where none may be issued; amounts in pounds."""

    allowed: bool
    number: int | None
    pounds: int | None
    pounds_if_early: int | None
    until_early: int | None  # days after the issue
    counted: tuple[Notice, ...]


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 1 March where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def counted(notices: Sequence[Notice], parent: str, child: str, on: date, rule: PenaltyNotices) -> tuple[Notice, ...]:
    """The notices of the span of years that a day lies in: it runs from a first issue to the day before its anniversary, and a notice
    after it begins the next. Withdrawn ones are none; unpaid ones count.
    """
    standing = sorted(
        (one for one in notices if one.parent == parent and one.child == child and one.issued <= on and not _withdrawn(one, on)),
        key=lambda one: one.issued,
    )
    span: list[Notice] = []
    for one in standing:
        if span and one.issued >= anniversary(span[0].issued, rule.years):
            span = []
        span.append(one)
    return tuple(span) if span and on < anniversary(span[0].issued, rule.years) else ()


def _withdrawn(notice: Notice, on: date) -> bool:
    return notice.withdrawn is not None and notice.withdrawn <= on


def next_step(notices: Sequence[Notice], parent: str, child: str, on: date, rule: PenaltyNotices) -> NextStep:
    """What may be considered for a parent and child on a day."""
    before = counted(notices, parent, child, on, rule)
    number = len(before) + 1
    if number > rule.most:
        return NextStep(False, None, None, None, None, before)
    amount = rule.first if number == 1 else rule.second
    return NextStep(True, number, amount.pounds, amount.pounds_if_early, amount.early_days, before)


def last_early_day(notice: Notice, rule: PenaltyNotices, number: int) -> date | None:
    """The last day of the smaller amount; None where there is none."""
    amount = rule.first if number == 1 else rule.second
    return notice.issued + timedelta(amount.early_days) if amount.early_days else None


@dataclass(frozen=True)
class NoticeToImprove:
    """A period in which attendance is to improve before a notice. Its length is the council's to say."""

    child: str
    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError("a period ends before it begins")

    def runs(self, on: date) -> bool:
        return self.begins <= on <= self.ends
