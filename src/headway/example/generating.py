"""Generates the example country and writes every file of it."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headway.example import areas, attainment, attendance, intake, resources
from headway.example.intake import Year
from headway.example.layouts import absence as absence_layout
from headway.example.layouts import boundaries, census, children, early, gias, ks2, ks4, neighbours, ofsted, school_lists, sixth_form
from headway.example.layouts import resources as resource_layouts
from headway.example.layouts.explore import Tidy
from headway.example.series import Series, by_authority
from headway.example.world import World, make_world, told
from headway.example.writing import Folder

TEN_YEARS = tuple(range(2015, 2025))
SEED = 20260120


@dataclass(frozen=True)
class ExampleFacts:
    """What was generated: the area to open, how much there is, and where the planted truths are told."""

    area_code: str
    area_name: str
    files: int
    schools: int  # sites of the whole country
    establishments: int  # URNs
    truths: Path


def generate(folder: Path, *, schools: int = 2500, seed: int = SEED, years: tuple[int, ...] = TEN_YEARS) -> ExampleFacts:
    """Write the example area's files into `folder`. `years` are the academic years' first calendar years, in order.

    The same arguments give the same bytes. The year after the last gets early July results. 24,000 schools make a national set.
    """
    world = make_world(schools, seed, years)
    target = Folder(folder)
    _Writer(target, world, years).write()
    gias.write(target, world)
    ofsted.write(target, world)
    boundaries.write(target, world.country)
    neighbours.write_neighbours(target, world.country, world.sites)
    truths = target.path("truths.json")
    truths.write_text(json.dumps(told(world), indent=1), encoding="utf-8")
    wrenford = world.country.authorities[world.country.wrenford]
    return ExampleFacts(wrenford.code, wrenford.name, target.files, world.sites.count, len(world.history.establishments), truths)


class _Writer:
    """Takes the years in turn, so that only one is in memory; what spans years is gathered and written at the end."""

    def __init__(self, target: Folder, world: World, starts: tuple[int, ...]) -> None:
        self.target, self.world, self.starts = target, world, starts
        self.series, self.tidy = Series(world.country), Tidy(world.country)
        self.children: list[list[object]] = []
        self.reserves: list[list[str]] = []

    def write(self) -> None:
        world = self.world
        coming = self.starts[-1] + 1
        for year in intake.years(world.country, world.sites, world.history, world.truths, world.seed, (*self.starts, coming)):
            if year.start == coming:
                self._coming(year)
            else:
                self._lists(year)
                self._results(year)
                self._attendance(year)
                self._resources(year)
        neighbours.write_neet(self.target, world.country, world.sites, world.seed, self.series, self.starts)
        self.series.write(self.target)
        self.tidy.write(self.target)
        children.write(self.target, self.children)
        self.target.rows(
            "ees/la_maintained_schools_revenue_reserve.csv", resource_layouts.RESERVES, self.reserves, mark=True, line_end="\n"
        )

    def _coming(self, year: Year) -> None:
        """The year that is not over: early results and the attendance so far, where levels for it are known."""
        if year.start in attainment.GLD:
            early.write(self.target, year)
        so_far = attendance.absence(year)
        if so_far is not None:
            self.tidy.add_to_date(year, so_far)

    def _lists(self, year: Year) -> None:
        school_lists.write(self.target, year, self.world.inspections)
        taken = census.take(year)
        census.write(self.target, year, taken)
        areas.context(self.series, year, taken.counts)
        children.in_need_series(year, by_authority(np.where(year.state, year.roll, 0), year.authority, year.authorities), self.series)

    def _results(self, year: Year) -> None:
        second = ks2.write(self.target, year)
        if second is not None:
            areas.results(self.series, second, stage="ks2")
            children.ks2_series(year, second.size()[second.schools : -2], self.series)
        fourth = ks4.write(self.target, year)
        areas.results(self.series, fourth, stage="ks4")
        self.children += children.ks4_rows(year, self.tidy, fourth.size()[fourth.schools : -2], self.series)
        sixth_form.write_destinations(self.target, year, fourth, self.series)
        sixth_form.write_a_levels(self.target, year, resources.a_levels(year), self.series)
        first = attainment.early_years(year)
        areas.early_years(self.series, year, first)
        if "gld" in first:
            self.tidy.add_early_years(year, first["gld"])

    def _attendance(self, year: Year) -> None:
        absence = attendance.absence(year)
        areas.attendance(self.series, year, absence)
        if absence is not None:
            absence_layout.write(self.target, year, absence, self.world.truths)
            if year.start >= 2024:
                self.tidy.add_to_date(year, absence)
        excluded = attendance.exclusions(year)
        if excluded is not None:
            areas.exclusions(self.series, year, excluded)
            self.tidy.add_exclusions(year, excluded)

    def _resources(self, year: Year) -> None:
        resource_layouts.write_workforce(self.target, year, resources.workforce(year))
        money = resources.finance(year)
        resource_layouts.write_finance(self.target, year, money)
        self.reserves += resource_layouts.reserve_rows(year, money)
