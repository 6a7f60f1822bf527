"""What the door answers about registers: frozen shapes of plain values."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from headway.registers.counts import Counts


@dataclass(frozen=True)
class Line:
    """One group of enrolments over one span of days. `labels` say which; reasons and lates are sessions.

    `settled` is false while a reason in the span may yet be established. `before` are the counts of the same weeks of term a year
    earlier, None where they were not asked for or cannot be told; `data_to` is the last day that anybody has a mark for.
    """

    labels: dict[str, str]
    first: date
    last: date
    counts: Counts
    late_before: int
    late_after: int
    reasons: dict[str, int] = field(default_factory=dict)
    settled: bool = True
    before: Counts | None = None

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON and tables; rates in per cent, unrounded."""
        counts = self.counts
        found: dict[str, object] = {
            **self.labels, "first": self.first, "last": self.last, "possible": counts.possible, "attended": counts.attended,
            "absent": counts.absent, "authorised": counts.authorised, "unauthorised": counts.unauthorised,
            "late_before_close": self.late_before, "late_after_close": self.late_after, "attendance_rate": counts.rate(counts.attended),
            "absence_rate": counts.rate(counts.absent), "authorised_rate": counts.rate(counts.authorised),
            "unauthorised_rate": counts.rate(counts.unauthorised), "enrolments": counts.enrolments, "persistent": counts.persistent,
            "severe": counts.severe, "decided": counts.decided, "too_early": counts.too_early,
            "persistent_rate": counts.share(counts.persistent), "severe_rate": counts.share(counts.severe), "settled": self.settled,
        }  # fmt: skip
        if self.before is not None:
            was = self.before
            found |= {
                "before_possible": was.possible, "before_attendance_rate": was.rate(was.attended),
                "before_persistent_rate": was.share(was.persistent), "before_unauthorised_rate": was.rate(was.unauthorised),
            }  # fmt: skip
        return found | {f"reason_{name}": count for name, count in self.reasons.items()}


@dataclass(frozen=True)
class Summary:
    """Lines, and what must be said beside them."""

    lines: list[Line]
    data_to: date | None
    notes: tuple[str, ...]


class SessionCounted(NamedTuple):
    """One of the sessions counted. There are many in a city, so it is no more than a tuple."""

    date: date
    session: str
    code: str
    urn: int


@dataclass(frozen=True)
class Threshold:
    """A pupil who met the national threshold, with the very sessions counted. Met is a duty to consider a notice, not to issue one."""

    urn: int
    school: str
    pupil: str
    key: str
    first_met: date
    sessions: tuple[SessionCounted, ...]
    provisional: bool
    age_known: bool
    notices: int  # that stand, of any one parent for the child, the most

    def as_dict(self) -> dict[str, object]:
        return {**vars(self), "sessions": [one._asdict() for one in self.sessions]}


@dataclass(frozen=True)
class Withdrawn:
    """A threshold that was met as known on one day and was no longer on a later one, for a reason had been established."""

    urn: int
    school: str
    pupil: str
    key: str
    first_met: date
    known_from: date
    withdrawn_on: date

    def as_dict(self) -> dict[str, object]:
        return dict(vars(self))


class Watched(NamedTuple):
    """Somebody to look at. `kind` is severe, persistent or drop; rates of attendance in per cent, `recent` over the last school days.

    A tuple, which is made five times as quickly as a frozen object: of a city there are 70,000.
    """

    kind: str
    urn: int
    school: str
    pupil: str
    key: str
    year_group: str
    possible: int
    absent: int
    unauthorised: int
    attendance_rate: float
    recent_rate: float | None
    before_rate: float | None
    known_to: tuple[str, ...] = ()  # social worker, EHC plan …

    def as_dict(self) -> dict[str, object]:
        return self._asdict()


@dataclass(frozen=True)
class Sending:
    """A school and the last day that it has sent marks of; `behind` is how many school days of the area have passed since."""

    urn: int
    school: str
    last: date | None
    behind: int

    def as_dict(self) -> dict[str, object]:
        return dict(vars(self))
