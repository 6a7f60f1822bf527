"""Figures to date that an authority has without any school's doing, in the place of marks of schools that send none.

They are sums from September to a day: whole schools, and pupils. From them come rates, persistent and severe absence, and, where a
figure of two weeks before is held too, who fell sharply. What needs sessions (weeks, reasons, thresholds, patterns) cannot be told, and
that is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from headway.definitions.absence_rules import AbsenceRule, in_force
from headway.readings.attendance.answers import Sending, Watched
from headway.readings.attendance.early.answers import Ahead
from headway.readings.attendance.morning_answers import SchoolCounts, Written
from headway.readings.attendance.opening import Registers
from headway.readings.door import Door
from headway.registers.counts import Counts, pooled
from headway.registers.slots import year_of
from headway.vocabulary.place import Level

TEN_SCHOOL_DAYS = timedelta(14)
Key = tuple[int, str]


@dataclass(frozen=True)
class Figures:
    """Of a school or a pupil up to a day. `earlier` are those of two weeks before or more, of the same year; None where none are held."""

    urn: int
    key: str
    on: date
    possible: int
    authorised: int
    unauthorised: int
    enrolments: int | None = None
    persistent: int | None = None
    severe: int | None = None
    earlier: "Figures | None" = None

    @property
    def absent(self) -> int:
        return self.authorised + self.unauthorised

    @property
    def attendance(self) -> float | None:
        return 100 * (self.possible - self.absent) / self.possible if self.possible else None


@dataclass(frozen=True)
class ToDate:
    schools: Mapping[int, Figures]
    pupils: Mapping[int, tuple[Figures, ...]]  # by school

    @property
    def urns(self) -> set[int]:
        return {*self.schools, *self.pupils}

    def on(self, urn: int) -> date:
        days = [one.on for one in (self.schools.get(urn), *self.pupils.get(urn, ())) if one is not None]
        return max(days)


def to_date(registers: Registers, day: date) -> ToDate:
    """The newest figures of the year that a day lies in, up to that day; looked up once for each generation."""
    if ("to date", day) not in registers.found:
        schools, pupils = (_newest(registers.store.table(f"{name}_totals"), day) for name in ("school", "pupil"))
        of_school: dict[int, list[Figures]] = {}
        for one in pupils.values():
            of_school.setdefault(one.urn, []).append(one)
        listed = {urn: tuple(sorted(of, key=lambda one: one.key)) for urn, of in of_school.items()}
        registers.found["to date", day] = ToDate({one.urn: one for one in schools.values()}, listed)
    found = registers.found["to date", day]
    return found if isinstance(found, ToDate) else ToDate({}, {})


def _newest(rows: list[dict[str, Any]], day: date) -> dict[Key, Figures]:
    """The newest of each, with those of two weeks before it; a line that comes later for the same day corrects the one before."""
    every: dict[Key, dict[date, Figures]] = {}
    for row in rows:
        on = date.fromisoformat(row["date"])
        if on <= day and year_of(on) == year_of(day):
            one = Figures(
                row["urn"], row.get("pupil", ""), on, row["possible"], row["authorised"], row["unauthorised"], row.get("enrolments"),
                row.get("persistent"), row.get("severe"),
            )  # fmt: skip
            every.setdefault((one.urn, one.key), {})[on] = one
    found = {}
    for key, by_day in every.items():
        newest = by_day[max(by_day)]
        before = [on for on in by_day if on <= newest.on - TEN_SCHOOL_DAYS]
        found[key] = replace(newest, earlier=by_day[max(before)] if before else None)
    return found


def counts_of(told: ToDate, urn: int, rule: AbsenceRule) -> Counts:
    """The newer of the school's own figures and the sum of its pupils'; of the same day the school's, with the pupils' absentees where it
    has none. What was not told counts nobody.
    """
    school, pupils = told.schools.get(urn), told.pupils.get(urn, ())
    summed = pooled(_counts(one, rule) for one in pupils)
    if school is None or (pupils and max(one.on for one in pupils) > school.on):
        return summed
    many = school.enrolments or summed.enrolments
    if school.persistent is None or school.severe is None:
        return replace(
            Counts(school.possible, school.authorised, school.unauthorised, many),
            persistent=summed.persistent, severe=summed.severe, decided=summed.decided, too_early=summed.too_early,
        )  # fmt: skip
    return Counts(school.possible, school.authorised, school.unauthorised, many, school.persistent, school.severe, many)


def _counts(one: Figures, rule: AbsenceRule) -> Counts:
    told = one.possible >= rule.fewest_possible
    persistent, severe = (told and times * one.absent >= one.possible for times in (rule.persistent_one_in, rule.severe_one_in))
    return Counts(
        one.possible, one.authorised, one.unauthorised, int(one.possible > 0), int(persistent), int(severe), int(told),
        int(0 < one.possible < rule.fewest_possible),
    )  # fmt: skip


def kind_of(one: Figures, rule: AbsenceRule) -> str:
    """severe, persistent, drop, "too early" or nothing; the gravest."""
    if one.possible < rule.fewest_possible:
        return "too early"
    if rule.severe_one_in * one.absent >= one.possible:
        return "severe"
    return "drop" if _fell(one, rule) else "persistent" if rule.persistent_one_in * one.absent >= one.possible else ""


def _fell(one: Figures, rule: AbsenceRule) -> bool:
    """Attendance since the earlier figure lower by so many points than before it; as whole numbers, as registers/drops.py has it."""
    was = one.earlier
    if was is None or was.possible < rule.fewest_possible:
        return False
    possible, absent = one.possible - was.possible, one.absent - was.absent
    enough = possible >= rule.watch.fewest_recent
    return enough and 100 * (absent * was.possible - was.absent * possible) >= rule.watch.drop_points * possible * was.possible


def watched(door: Door, told: ToDate, urn: int, rule: AbsenceRule) -> list[Watched]:
    """Pupils of a school to look at, without their numbers."""
    school, found = door.name(Level.SCHOOL, str(urn)), []
    for one in told.pupils.get(urn, ()):
        kind, was = kind_of(one, rule), one.earlier
        if kind in ("severe", "persistent", "drop"):
            recent = replace(one, possible=one.possible - was.possible, authorised=one.absent - was.absent, unauthorised=0) if was else None
            found.append(
                Watched(kind, urn, school, "", one.key, "", one.possible, one.absent, one.unauthorised, one.attendance or 0.0,
                        recent.attendance if recent else None, was.attendance if was else None)
            )  # fmt: skip
    return found


def with_figures(door: Door, registers: Registers, found: Written, day: date) -> Written:
    """A morning to which schools that send no marks are added by their figures to date."""
    told, rule = to_date(registers, day), in_force(registers.library.attendance.absence_rules, day)
    more = sorted(told.urns - {one.urn for one in found.schools})
    if not more:
        return found
    sending = [
        Sending(one.urn, one.school, told.on(one.urn), _behind(told.on(one.urn), found.data_to)) if one.urn in more else one
        for one in found.sending
    ]
    listed = {one.urn for one in found.sending}
    sending += [Sending(urn, door.name(Level.SCHOOL, str(urn)), told.on(urn), 0) for urn in more if urn not in listed]
    counted = tuple(SchoolCounts(urn, counts_of(told, urn, rule), None, settled=False) for urn in more)
    people = sorted((one for urn in more for one in watched(door, told, urn, rule)), key=lambda one: one.attendance_rate)
    words = f"Of {len(more)} {'school' if len(more) == 1 else 'schools'} there are figures to date and no marks: {CANNOT}"
    return replace(
        found, sending=tuple(sending), schools=(*found.schools, *counted), notes=(*found.notes, words), watched=(*found.watched, *people)
    )  # fmt: skip


CANNOT = "weeks, reasons, thresholds and patterns need marks."


def _behind(last: date, data_to: date) -> int:
    """Weekdays since: how many of them were school days only marks tell."""
    return sum((last + timedelta(at)).weekday() < 5 for at in range(1, max((data_to - last).days, 0) + 1))


def only_figures(told: ToDate, sending: tuple[Sending, ...], day: date) -> Written:
    """A morning of an area that has no marks this year, to be added to."""
    last = max(told.on(urn) for urn in told.urns)
    nothing = Ahead((), (), (), (), (), 0, 0, 0, ())
    days = last - TEN_SCHOOL_DAYS, last
    return Written(str(year_of(day)), last, last - timedelta(6), days, sending, (), (), (), 0, 0.0, (), nothing)
