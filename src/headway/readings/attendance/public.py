"""Attendance as anybody may see it: to date, of schools, phases and the area, with no small number and nothing small to be had from it.

Whoever publishes reads registers, and must be named; what they get may be shown to all. Schools with fewer than eleven pupils are in no
figure, so that no total less the rest is about them. Counts are multiples of ten and rates are of such counts; of persistent absence what
is small is withheld, and totals as far as it would follow from them (stats/public_counts.py).
"""

from dataclasses import dataclass
from datetime import date

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.opening import Registers, data_to, day_or_today, open_registers, written_down
from headway.readings.door import Door
from headway.registers.counts import Counts, pooled
from headway.registers.school_kinds import kinds_of
from headway.registers.terms import half_terms
from headway.stats.public_counts import FEWEST, Cell, published, rounded
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

AREA, TOTAL = 0, "total"  # instead of a URN, and of a phase


@dataclass(frozen=True)
class PublicFigure:
    """One row: a school, or with urn 0 a phase of the area or all of it. Counts to the nearest ten; None is withheld.

    `told` are pupils of whom persistent absence can be told. Rates in per cent, from the rounded counts.
    """

    urn: int
    name: str
    phase: str
    schools: int
    enrolments: int
    possible: int
    authorised: int
    unauthorised: int
    told: int
    persistent: int | None

    @property
    def persistent_rate(self) -> float | None:
        return 100 * self.persistent / self.told if self.persistent is not None and self.told else None

    def rate(self, sessions: int) -> float | None:
        return 100 * sessions / self.possible if self.possible else None

    @property
    def absent(self) -> int:
        return self.authorised + self.unauthorised

    def as_dict(self) -> dict[str, object]:
        return vars(self) | {
            "attendance_rate": self.rate(self.possible - self.absent), "absence_rate": self.rate(self.absent),
            "authorised_rate": self.rate(self.authorised), "unauthorised_rate": self.rate(self.unauthorised),
            "persistent_rate": self.persistent_rate,
        }  # fmt: skip


@dataclass(frozen=True)
class Public:
    """The area first, then phases, then schools by URN. `left_out` schools have fewer than eleven pupils, or none of a known year group."""

    year: AcademicYear
    data_to: date | None
    figures: list[PublicFigure]
    left_out: int


def public_figures(door: Door, viewer: Viewer | None, until: date | None = None) -> Public:
    """Of the whole area, whatever the viewer's patch: it is for everybody. Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73."""
    registers, person = open_registers(door, viewer)
    day = day_or_today(until)
    found = untold(lambda: _figures(door, registers, day))
    written_down(registers, person, "public figures", rows=len(found.figures))
    return found


def _figures(door: Door, registers: Registers, day: date) -> Public:
    year = registers.newest(day)
    view = registers.view(year)
    rule = in_force(registers.library.attendance.absence_rules, day)
    cells = view.cells(("school",))
    counted = view.add_up(view.between(0, day.toordinal()), cells, rule, half_terms(registers.library.calendar, year))
    kinds = kinds_of(view)
    schools = {int(urn): counts for (urn,), counts in zip(cells.labels, counted, strict=True) if counts.possible}
    kept = {urn: counts for urn, counts in schools.items() if counts.enrolments >= FEWEST and urn in kinds}
    return Public(year, data_to(view, day), _told(door, kept, kinds) if kept else [], len(schools) - len(kept))


def _told(door: Door, schools: dict[int, Counts], kinds: dict[int, str]) -> list[PublicFigure]:
    phases = sorted({kinds[urn] for urn in schools})
    groups = [[urn for urn in sorted(schools) if kinds[urn] == phase] for phase in phases]
    shown = published([[Cell(schools[urn].persistent, schools[urn].decided) for urn in group] for group in groups])
    area = _figure(AREA, "", TOTAL, len(schools), pooled(schools.values()), shown.total)
    found = [area]
    for phase, group, total in zip(phases, groups, shown.groups, strict=True):
        found.append(_figure(AREA, "", phase, len(group), pooled(schools[urn] for urn in group), total))
    every = [
        _figure(urn, door.name(Level.SCHOOL, str(urn)), phase, 1, schools[urn], value)
        for phase, group, own in zip(phases, groups, shown.cells, strict=True)
        for urn, value in zip(group, own, strict=True)
    ]
    return found + sorted(every, key=lambda one: one.urn)


def _figure(urn: int, name: str, phase: str, schools: int, counts: Counts, persistent: int | None) -> PublicFigure:
    return PublicFigure(
        urn, name, phase, schools, rounded(counts.enrolments), rounded(counts.possible), rounded(counts.authorised),
        rounded(counts.unauthorised), rounded(counts.decided), persistent,
    )  # fmt: skip
