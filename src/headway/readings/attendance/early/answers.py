"""What early warning answers: frozen shapes of plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from headway.readings.attendance.early.done import Done


@dataclass(frozen=True)
class Siblings:
    """Brothers and sisters that a school told of, at schools that the viewer may see: how many, and how many are flagged or
    persistently absent too.
    """

    linked: int
    also: int


@dataclass(frozen=True)
class Flag:
    """A pupil to look at. `since` is the first session missed that it rests on; `possible` and `absent` are the sessions to date.

    `facts` are the counts that it rests on, by kind:
    drifting: short, short_of, long, long_of, past, past_missed, rise_low, rise_high (shares), stretches, spells;
    drop: recent, recent_of, past, past_missed;
    monday, friday, before_holiday, after_holiday: days, away, of_kind, there, chance, q;
    transition: now, now_missed, before, before_missed, peers, peers_rise (a share).
    """

    kind: str
    urn: int
    school: str
    pupil: str
    key: str
    year_group: str
    since: date
    possible: int
    absent: int
    facts: Mapping[str, float]
    siblings: Siblings | None = None
    cleared_by: Done | None = None

    @property
    def stands(self) -> bool:
        return self.cleared_by is None

    def as_dict(self) -> dict[str, object]:
        found = dict(vars(self))
        siblings = vars(self.siblings) if self.siblings else None
        cleared = self.cleared_by.as_dict() if self.cleared_by else None
        return found | {"facts": dict(self.facts), "siblings": siblings, "cleared_by": cleared, "stands": self.stands}


@dataclass(frozen=True)
class Flags:
    """What was found. `compared` comparisons were made for patterns; of `past_too_short` pupils nothing can be told about drifting."""

    flags: list[Flag]
    data_to: date | None
    pupils: int
    past_too_short: int
    compared: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grouped:
    """A year group of a school in which `flagged` of `pupils` dropped or drift, beside `others_flagged` of the `others` there."""

    urn: int
    school: str
    year_group: str
    pupils: int
    flagged: int
    others: int
    others_flagged: int
    chance: float
    q: float
    since: date
    cleared_by: Done | None = None

    @property
    def stands(self) -> bool:
        return self.cleared_by is None

    def as_dict(self) -> dict[str, object]:
        return vars(self) | {"cleared_by": self.cleared_by.as_dict() if self.cleared_by else None, "stands": self.stands}


@dataclass(frozen=True)
class Unlike:
    """A school whose use of a code is unlike that of schools of its kind; a question to ask it. Shares of sessions, 0 to 1.

    `share` is of possible sessions, or, for illness in the place of unauthorised absence, by how much the share of illness in absence
    rose; `expected` and `upper` (95%) are what the `compared_with` other schools lead one to expect of it.
    """

    urn: int
    school: str
    check: str
    share: float
    count: int
    total: int
    before: float | None
    expected: float
    upper: float
    compared_with: int
    chance: float
    q: float
    since: date
    cleared_by: Done | None = None

    @property
    def stands(self) -> bool:
        return self.cleared_by is None

    def as_dict(self) -> dict[str, object]:
        return vars(self) | {"cleared_by": self.cleared_by.as_dict() if self.cleared_by else None, "stands": self.stands}


@dataclass(frozen=True)
class Found:
    """Groups or schools, how many comparisons were made, and what must be said beside them."""

    groups: list[Grouped] = field(default_factory=list)
    schools: list[Unlike] = field(default_factory=list)
    compared: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raised:
    """A flag as it is kept for a Monday: without the pupil's number, and before anybody's action.

    `missed` are the days, as ordinals, of the sessions missed of late, one for each session: what brings a flag that was cleared back.
    """

    flag: Flag
    missed: tuple[int, ...]


@dataclass(frozen=True)
class Relative:
    """One of brothers and sisters. `why` are the flags, severe or persistent; empty where nothing is."""

    urn: int
    school: str
    key: str
    year_group: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Ahead:
    """Early warning of the whole area as a Monday begins. `days` are ordinals of the last school days, in order.

    `families` are brothers and sisters of whom two or more are flagged or persistently absent, those of whom nothing is known too.
    """

    raised: tuple[Raised, ...]
    groups: tuple[Grouped, ...]
    schools: tuple[Unlike, ...]
    families: tuple[tuple[Relative, ...], ...]
    days: tuple[int, ...]
    pupils: int
    past_too_short: int
    compared: int
    notes: tuple[str, ...]
