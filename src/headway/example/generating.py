"""Generates the example country and writes every file of it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from headway.example import areas, attainment, attendance
from headway.example.history import History, make_history
from headway.example.inspections import Inspections, make_inspections
from headway.example.intake import Year, years
from headway.example.layouts import absence as absence_layout
from headway.example.layouts import boundaries, census, ks2, ks4, school_lists
from headway.example.places import WRENFORD, Country, make_country
from headway.example.planted import FAULT, Truth, plant
from headway.example.schools import Sites, make_sites
from headway.example.series import Series
from headway.example.writing import Folder

TEN_YEARS = tuple(range(2015, 2025))
SEED = 20260120


@dataclass(frozen=True)
class ExampleFacts:
    """What was generated: the area to open, how much there is, and where the planted truths are told."""

    area_code: str
    area_name: str
    files: int
    schools: int               # sites of the whole country
    establishments: int        # URNs
    truths: Path


@dataclass(frozen=True)
class World:
    """Everything that lasts over the years."""

    country: Country
    sites: Sites
    history: History
    truths: tuple[Truth, ...]
    inspections: Inspections
    seed: int


def generate(folder: Path, *, schools: int = 2500, seed: int = SEED, years: tuple[int, ...] = TEN_YEARS) -> ExampleFacts:
    """Write the example area's files into `folder`. `years` are the academic years' first calendar years, in order.

    The same arguments give the same bytes. About 10 seconds for 2,500 schools; 24,000 make a national set.
    """
    world = make_world(schools, seed, years)
    target = Folder(folder)
    _write_years(target, world, years)
    boundaries.write(target, world.country)
    truths = target.path("truths.json")
    truths.write_text(json.dumps(told(world), indent=1), encoding="utf-8")
    wrenford = world.country.authorities[world.country.wrenford]
    return ExampleFacts(wrenford.code, wrenford.name, target.files, world.sites.count, len(world.history.establishments), truths)


def make_world(schools: int, seed: int, starts: tuple[int, ...]) -> World:
    country = make_country(seed, schools)
    sites = make_sites(country, schools, seed)
    truths = plant(sites)
    history = make_history(country, sites, seed, starts, {truth.site for truth in truths})
    drift = {truth.site: truth.after - truth.before for truth in truths}
    return World(country, sites, history, truths, make_inspections(sites, history, drift, seed), seed)


def _write_years(target: Folder, world: World, starts: tuple[int, ...]) -> None:
    series = Series(world.country)
    for year in years(world.country, world.sites, world.history, world.truths, world.seed, starts):
        _write_year(target, world, year, series)
    series.write(target)


def _write_year(target: Folder, world: World, year: Year, series: Series) -> None:
    school_lists.write(target, year, world.inspections)
    taken = census.take(year)
    census.write(target, year, taken)
    areas.context(series, year, taken.counts)
    _write_results(target, year, series)
    absence = attendance.absence(year)
    areas.attendance(series, year, absence)
    if absence is not None:
        absence_layout.write(target, year, absence, world.truths)
    excluded = attendance.exclusions(year)
    if excluded is not None:
        areas.exclusions(series, year, excluded)


def _write_results(target: Folder, year: Year, series: Series) -> None:
    second = ks2.write(target, year)
    if second is not None:
        areas.results(series, second, stage="ks2")
    areas.results(series, ks4.write(target, year), stage="ks4")
    areas.early_years(series, year, attainment.early_years(year))


def told(world: World) -> dict[str, object]:
    """The planted truths, for tests and for whoever asks whether Headway finds them."""
    urn = {one.site: one.urn for one in world.history.establishments}
    truths = []
    for truth in world.truths:
        site = truth.site
        la = world.country.authorities[int(world.sites.authority[site])].code
        shown = asdict(truth) | {"urn": urn[site], "laestab": f"{la}{world.sites.estab[site]}", "name": world.sites.name[site]}
        shown["first"], shown["last"] = f"{truth.first}/{(truth.first + 1) % 100:02d}", f"{truth.last}/{(truth.last + 1) % 100:02d}"
        if truth.kind == FAULT:
            shown["column"] = "PERCTOT"
        truths.append(shown)
    return {"authority": WRENFORD, "seed": world.seed, "unit_of_before_and_after": "standard deviations of schools", "truths": truths, "events": world.history.counts}
