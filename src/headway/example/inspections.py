"""Inspections of every school over four eras, each on the scale of its day and never converted."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from headway.example.history import History
from headway.example.schools import Sites
from headway.example.seeds import stream

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
SATISFACTORY_UNTIL = date(2012, 8, 31)
GRADED_UNTIL = date(2024, 8, 31)
REPORT_CARDS_FROM = date(2025, 11, 10)
FOUR_JUDGEMENTS = ("Quality of education", "Behaviour and attitudes", "Personal development", "Leadership and management")
REPORT_AREAS = (
    "Inclusion",
    "Curriculum and teaching",
    "Achievement",
    "Attendance and behaviour",
    "Personal development and well-being",
    "Leadership and governance",
)
REPORT_GRADES = ("Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement")


@dataclass(frozen=True)
class Inspection:
    """One full inspection. `grades` are positions in the era's list, overall first to 2024 and by area since."""

    site: int
    urn: int
    start: date
    grades: tuple[int, ...]

    @property
    def published(self) -> date:
        return self.start + timedelta(days=31 + self.urn % 17)

    @property
    def era(self) -> str:
        if self.start <= SATISFACTORY_UNTIL:
            return "satisfactory"
        if self.start <= GRADED_UNTIL:
            return "requires_improvement"
        return "four_judgements_2024" if self.start < REPORT_CARDS_FROM else "report_card_2025"


class Inspections:
    """All inspections, oldest first."""

    def __init__(self, every: list[Inspection]) -> None:
        self.every = sorted(every, key=lambda one: (one.start, one.urn))

    def graded(self, until: str) -> list[Inspection]:
        last = date.fromisoformat(until)
        return [one for one in self.every if one.start <= min(last, GRADED_UNTIL)]

    def as_at(self, day: str) -> dict[int, tuple[str, str]]:
        """Newest overall grade of each site and its day (dd-mm-yyyy), as school information shows them."""
        newest = {one.site: one for one in self.graded(day)}
        return {site: (GRADES[one.grades[0]], one.start.strftime("%d-%m-%Y")) for site, one in newest.items()}

    def latest_two(self, day: str) -> dict[int, list[Inspection]]:
        """The newest inspection of each site with an overall grade and the one before it."""
        found: dict[int, list[Inspection]] = {}
        for one in self.graded(day):
            found[one.site] = [one, *found.get(one.site, [])][:2]
        return found

    def of_era(self, *eras: str) -> list[Inspection]:
        return [one for one in self.every if one.era in eras]


def make_inspections(sites: Sites, history: History, drift: dict[int, float], seed: int) -> Inspections:
    """About every four years since 2009, none from March 2020 to August 2021. `drift` moves planted schools' newer grades."""
    random = stream(seed, "inspections")
    urns: dict[int, list[tuple[int, int, int]]] = {}
    for one in history.establishments:
        urns.setdefault(one.site, []).append((one.first, one.last, one.urn))
    inspected = ~sites.is_kind("independent")
    every: list[Inspection] = []
    for site in np.flatnonzero(inspected).tolist():
        every += _of_site(random, sites, site, urns[site], drift.get(site, 0.0))
    return Inspections(every)


def _of_site(random: Generator, sites: Sites, site: int, urns: list[tuple[int, int, int]], drift: float) -> list[Inspection]:
    day = date(2009, 9, 7) + timedelta(days=int(random.integers(0, 1400)))
    closes = date(min(int(sites.last[site]), 2026) + 1, 7, 1)
    opens = date(int(sites.first[site]) + 1, 10, 1) if sites.first[site] > 2000 else day
    found: list[Inspection] = []
    while day < min(closes, date(2026, 7, 1)):
        start = _school_day(day)
        if start >= opens and not date(2020, 3, 17) <= start < date(2021, 9, 1):
            quality = float(sites.quality[site]) + drift * (start.year - 2016) / 8
            found.append(Inspection(site, _urn(urns, start), start, _grades(random, start, quality)))
        day += timedelta(days=int(random.integers(1000, 1800)) - (500 if found and found[-1].grades[0] >= 2 else 0))
    return found


def _urn(urns: list[tuple[int, int, int]], day: date) -> int:
    academic = day.year if day.month >= 9 else day.year - 1
    return next((urn for first, last, urn in urns if first <= academic <= last), urns[-1][2])


def _school_day(day: date) -> date:
    """A Tuesday or Wednesday in term: August and late December move on."""
    if day.month == 8 or (day.month == 7 and day.day > 18):
        day = day.replace(month=9, day=15)
    if day.month == 12 and day.day > 16:
        day = date(day.year + 1, 1, 14)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def _grades(random: Generator, day: date, quality: float) -> tuple[int, ...]:
    """Shares near those of July 2018: a fifth outstanding, two thirds good, a tenth requires improvement, 3 % inadequate."""
    rise = 0.0 if day.year < 2012 else 0.35 if day.year < 2015 else 0.55
    if day >= REPORT_CARDS_FROM:
        scores = quality * 0.6 + random.normal(0, 0.6, len(REPORT_AREAS)) + random.normal(0, 0.4)
        return tuple(int(grade) for grade in np.searchsorted([-1.6, -0.55, 0.62, 2.0], -scores[:]))
    overall = quality * 0.75 + rise + float(random.normal(0, 0.6))
    parts = overall + random.normal(0, 0.3, len(FOUR_JUDGEMENTS))
    cuts = [-1.33, 0.45, 1.15]  # in falling quality
    first = int(np.searchsorted(cuts, -overall))
    if day > GRADED_UNTIL:
        return tuple(int(grade) for grade in np.searchsorted(cuts, -parts))
    return (first, *(int(grade) for grade in np.searchsorted(cuts, -parts)))
