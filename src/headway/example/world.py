"""Everything of the made-up country that lasts over the years, and the truths told beside the files."""

from dataclasses import asdict, dataclass

from headway.example.history import History, make_history
from headway.example.inspections import Inspections, make_inspections
from headway.example.places import WRENFORD, Country, make_country
from headway.example.planted import FAULT, Truth, plant
from headway.example.schools import Sites, make_sites


@dataclass(frozen=True)
class World:
    """Places, schools, what happened to them, what was planted, and their inspections."""

    country: Country
    sites: Sites
    history: History
    truths: tuple[Truth, ...]
    inspections: Inspections
    seed: int


def make_world(schools: int, seed: int, starts: tuple[int, ...]) -> World:
    """The country of `schools` sites; `starts` are the academic years' first calendar years."""
    country = make_country(seed, schools)
    sites = make_sites(country, schools, seed)
    truths = plant(sites)
    history = make_history(country, sites, seed, starts, {truth.site for truth in truths})
    drift = {truth.site: truth.after - truth.before for truth in truths}
    return World(country, sites, history, truths, make_inspections(sites, history, drift, seed), seed)


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
    return {
        "authority": WRENFORD,
        "seed": world.seed,
        "unit_of_before_and_after": "standard deviations of schools",
        "truths": truths,
        "events": world.history.counts,
    }
