"""Schools as an officer's table has them: registers beside the year before, similar schools and England."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from headway.protected.untold import untold
from headway.readings.answers import Establishment
from headway.readings.attendance.answers import Sending
from headway.readings.attendance.few import FEWEST, Rates, breakdown, rates
from headway.readings.attendance.morning import kept, within
from headway.readings.attendance.morning_answers import Morning, SchoolCounts
from headway.readings.attendance.opening import open_counts, written_down
from headway.readings.attendance.phases import PhaseFigures, phases
from headway.readings.comparators import series
from headway.readings.door import Door
from headway.readings.family_means import means_in
from headway.readings.schools import establishments
from headway.registers.counts import Counts, pooled
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import PUBLIC, Viewer

TO_DATE, YEARLY = "attendance.overall_absence_year_to_date", "attendance.overall_absence"


@dataclass(frozen=True)
class Beside:
    """A published figure of attendance in per cent, with its year and how firm it is."""

    value: float
    year: AcademicYear
    words: str


@dataclass(frozen=True)
class SchoolLine:
    """One school. `rates` None: it sends nothing. `few` of the rates names what is withheld."""

    urn: int
    school: str
    phase: str
    last: date | None
    behind: int
    rates: Rates | None
    family: Beside | None
    england: Beside | None

    @property
    def below_family(self) -> float | None:
        """Points of attendance under similar schools'; None where either is not known."""
        return self.family.value - self.rates.attendance if self.family and self.rates and self.rates.attendance is not None else None


@dataclass(frozen=True)
class Like:
    """Attendance in per cent of the schools alone that sent in the same weeks of the year before too."""

    schools: int
    attendance: float
    before: float

    @property
    def change(self) -> float:
        return self.attendance - self.before


@dataclass(frozen=True)
class Schools:
    """The table and its total, which says how many schools it is of. `like` where some have nothing of the year before."""

    year: str
    data_to: date
    lines: tuple[SchoolLine, ...]
    total: Rates
    phases: tuple[PhaseFigures, ...]
    sending: int
    notes: tuple[str, ...]
    like: Like | None = None


def schools(door: Door, viewer: Viewer | None) -> Schools:
    """Every open school of a named viewer; who may not see pupils gets no count of few of them. Raises H-ACCESS-47 and H-DATA-73."""
    registers, person = open_counts(door, viewer)
    found = within(kept(door, registers), person)
    answers = untold(lambda: of_morning(door, found, exact=person.sees_pupils))
    written_down(registers, person, "schools", rows=len(answers.lines))
    return answers


def of_morning(door: Door, found: Morning, *, exact: bool) -> Schools:
    """Kept with the morning, for as long as the same snapshot is beside it."""
    known = found.tables.get(exact)
    if known is None or known[0] is not door:
        known = found.tables[exact] = (door, _of_morning(door, found, exact=exact))
    return cast(Schools, known[1])


def _of_morning(door: Door, found: Morning, *, exact: bool) -> Schools:
    by = {one.urn: one for one in found.schools}
    known = {one.urn: one for code, _ in door.published.areas for one in establishments(door, code)}
    listed = [one for one in found.sending if one.urn in by]
    told = dict(zip((one.urn for one in listed), breakdown([_counted(by[one.urn]) for one in listed], exact=exact), strict=True))
    families, england = _families(door, known.values()), _england(door)
    lines = tuple(
        _line(one, known.get(one.urn), told.get(one.urn), families.get(one.urn), england)
        for one in sorted(found.sending, key=lambda one: one.urn)
    )
    total, before = _total(list(by.values()))
    told_phases, _ = phases(found.schools, {urn: one.phase for urn, one in known.items()})
    like = None if before else _like(list(by.values()), exact=exact)
    return Schools(found.year, found.data_to, lines, rates("", total, before, exact=exact), told_phases, len(by), found.notes, like)


def _counted(one: SchoolCounts) -> tuple[str, Counts, Counts | None]:
    return str(one.urn), one.counts, one.before


def _total(found: Sequence[SchoolCounts]) -> tuple[Counts, Counts | None]:
    """Of the year before only where every school has it: a change of who sends is no change of attendance."""
    whole = bool(found) and all(one.before is not None for one in found)
    return pooled(one.counts for one in found), pooled(one.before for one in found if one.before) if whole else None


def _line(one: Sending, school: Establishment | None, told: Rates | None, family: Beside | None, england: dict[str, Beside]) -> SchoolLine:
    phase = school.phase if school else ""
    return SchoolLine(one.urn, one.school, phase, one.last, one.behind, told, family, england.get(phase))


def _families(door: Door, found: Iterable[Establishment]) -> dict[int, Beside]:
    """URN → attendance of similar schools, in the newest year that they have figures of; kept with the snapshot."""
    if "attendance of families" not in door.kept:
        listed = [one for one in found if one.status == "open"]
        door.kept["attendance of families"] = _newest_families(door, listed)
    kept_with: dict[int, Beside] = door.kept["attendance of families"]
    return kept_with


def _newest_families(door: Door, listed: Sequence[Establishment]) -> dict[int, Beside]:
    if "family_value" not in door.lookup.tables:
        return {}
    sql = "SELECT DISTINCT year FROM family_value WHERE measure = ? ORDER BY year DESC LIMIT 3"
    for (start,) in door.lookup.rows(sql, [YEARLY]):
        year = AcademicYear(start)
        means = means_in(door, listed, YEARLY, year)
        if means:
            return {urn: Beside(100 - value, year, f"{year}, whole year") for urn, value in means.items()}
    return {}


def _england(door: Door) -> dict[str, Beside]:
    """Phase → attendance in England: this year to date where it is published, else the newest whole year."""
    if "attendance of England" not in door.kept:
        found: dict[str, Beside] = {}
        trends = series(door, Level.ENGLAND, ENGLAND, PUBLIC)
        for phase in ("primary", "secondary", "special"):
            readings = [trend.latest for name in (TO_DATE, YEARLY) if (trend := trends.get((name, f"phase={phase}")))]
            told = [one for one in readings if one is not None and one.value is not None]
            newest = max(told, key=lambda one: one.year, default=None)
            if newest is not None and newest.value is not None:
                found[phase] = Beside(100 - newest.value, newest.year, _words(newest))
        door.kept["attendance of England"] = found
    kept_with: dict[str, Beside] = door.kept["attendance of England"]
    return kept_with


def _words(reading: Reading) -> str:
    span = "year to date" if reading.measure == TO_DATE else "whole year"
    return f"{reading.year}, {span}{'' if reading.status is Status.PUBLISHED else ', provisional'}"


def _like(found: Sequence[SchoolCounts], *, exact: bool) -> Like | None:
    """For who may not see pupils only where neither these schools nor the others are a few pupils, whom the total less these would tell."""
    both = [(one.counts, one.before) for one in found if one.before is not None]
    now, before = pooled(one for one, _ in both), pooled(one for _, one in both)
    others = sum(one.counts.enrolments for one in found) - now.enrolments
    attendance, was = now.rate(now.attended), before.rate(before.attended)
    if attendance is None or was is None or not (exact or min(now.enrolments, before.enrolments, others) >= FEWEST):
        return None
    return Like(len(both), attendance, was)
