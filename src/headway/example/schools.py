"""Schools as places that last: a site keeps its pupils and its quality while the URN over the door changes."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from headway.example import kinds
from headway.example.places import Country, inside
from headway.example.seeds import stream

Array = np.ndarray


@dataclass
class Sites:
    """One row a site; all arrays have its length. Shares are 0 to 1; quality is in standard deviations of schools."""

    authority: Array
    kind: Array
    place: list[str]
    town: list[str]
    name: list[str]
    estab: Array
    roll: Array
    quality: Array
    disadvantage: Array
    eal: Array
    support: Array
    ehcp: Array
    faith: Array
    sixth_form: Array
    east: Array
    north: Array
    located: Array
    first: Array  # the first academic year with pupils; 2000 for "always there"
    last: Array  # the last one; 2100 for "still open"

    @property
    def count(self) -> int:
        return len(self.authority)

    def is_kind(self, *names: str) -> Array:
        return np.isin(self.kind, [kinds.CODE[name] for name in names])

    def open_in(self, year: int) -> Array:
        return (self.first <= year) & (year <= self.last)


def make_sites(country: Country, schools: int, seed: int) -> Sites:
    """The sites of the country, Wrenford's first."""
    random = stream(seed, "sites")
    authority, kind = _spread(random, country, schools)
    count = len(authority)
    places = [next(country.names) if position < 9_000 else "" for position in range(count)]
    places = [place or places[position % 9_000] for position, place in enumerate(places)]
    towns = [country.authorities[a].towns[int(t)] for a, t in zip(authority, random.integers(0, 5, count), strict=True)]
    faith = (random.random(count) < 0.3) & np.isin(kind, [kinds.CODE[name] for name in (*kinds.PRIMARY, "secondary")])
    sites = Sites(
        authority=authority,
        kind=kind,
        place=places,
        town=towns,
        name=_names(random, places, kind, faith),
        estab=_estabs(authority, kind),
        faith=faith,
        roll=_rolls(random, kind),
        quality=random.normal(0, 1, count),
        sixth_form=_sixth_forms(random, kind),
        **_intakes(random, country, authority, kind),
        **_locations(random, country, authority),
        first=np.full(count, 2000),
        last=np.full(count, 2100),
    )
    sites.sixth_form |= sites.is_kind("sixth_form")
    return sites


def _spread(random: Generator, country: Country, schools: int) -> tuple[Array, Array]:
    """Which authority and kind each site is: Wrenford has 9 % of a small country, 400 at most, and some of every kind."""
    others = len(country.authorities) - 1
    own = int(min(max(schools * 0.09, min(180, schools // 3)), 400))
    weights = random.uniform(0.5, 1.5, others)
    rest = np.sort(random.choice(np.arange(1, others + 1), schools - own, p=weights / weights.sum()))
    shares = np.array([kind.share for kind in kinds.KINDS])
    sure = [code for code, kind in enumerate(kinds.KINDS) for _ in range(kind.least)][:own]
    drawn = random.choice(len(shares), own - len(sure) + len(rest), p=shares / shares.sum())
    return np.concatenate([np.zeros(own, dtype=int), rest]), np.concatenate([np.array(sure, dtype=int), drawn])


def _names(random: Generator, places: list[str], kind: Array, faith: Array) -> list[str]:
    picks = random.integers(0, 12, len(places))
    names = []
    for place, code, believing, pick in zip(places, kind, faith, picks, strict=True):
        suffixes = kinds.KINDS[code].suffix
        suffix = suffixes[pick % len(suffixes)].replace("Community ", "" if believing else "Community ")
        names.append(f"{place} Church of England {suffix}" if believing else f"{place} {suffix}")
    return names


def _estabs(authority: Array, kind: Array) -> Array:
    """Establishment numbers count up within an authority and range, as LAESTAB needs."""
    taken: dict[tuple[int, int], int] = {}
    result = np.zeros(len(authority), dtype=int)
    for position, (a, code) in enumerate(zip(authority.tolist(), kind.tolist(), strict=True)):
        start = kinds.KINDS[code].estab_from
        number = taken.get((a, start), start)
        taken[(a, start)] = number + 1
        result[position] = number
    return result


def next_estab(sites: Sites, authority: int, kind: str) -> int:
    start = kinds.KINDS[kinds.CODE[kind]].estab_from
    used = sites.estab[(sites.authority == authority) & (sites.estab >= start) & (sites.estab < start + 1000)]
    return int(used.max() + 1) if len(used) else start


def _rolls(random: Generator, kind: Array) -> Array:
    typical = np.array([one.roll for one in kinds.KINDS])[kind]
    spread = np.array([one.spread for one in kinds.KINDS])[kind]
    least = np.array([one.smallest for one in kinds.KINDS])[kind]
    rolls: Array = np.maximum(typical * np.exp(random.normal(0, spread)), least)
    return rolls


def _sixth_forms(random: Generator, kind: Array) -> Array:
    chance = np.array([{"secondary": 0.58, "all_through": 1.0, "independent": 0.4}.get(name, 0.0) for name in kinds.NAMES])
    drawn: Array = random.random(len(kind)) < chance[kind]
    return drawn


def _beta(random: Generator, mean: Array, concentration: float) -> Array:
    return random.beta(mean * concentration, (1 - mean) * concentration)


def _intakes(random: Generator, country: Country, authority: Array, kind: Array) -> dict[str, Array]:
    """Deprivation, language and need: authorities differ, and schools within them."""
    poor = np.clip(random.normal(0.24, 0.06, len(country.authorities)), 0.12, 0.40)
    many = np.clip(random.gamma(1.3, 0.14, len(country.authorities)), 0.02, 0.6)
    poor[country.wrenford], many[country.wrenford] = 0.27, 0.20
    special = np.isin(kind, [kinds.CODE["special"], kinds.CODE["pru"]])
    disadvantage = np.where(special, _beta(random, np.full(len(kind), 0.5), 20), _beta(random, poor[authority], 7))
    eal = _beta(random, many[authority], 2.2)
    support = np.where(
        np.isin(kind, [kinds.CODE["pru"]]), 0.6, np.clip(random.normal(0.108, 0.042, len(kind)) + 0.1 * (disadvantage - 0.25), 0.02, 0.4)
    )
    ehcp = np.where(special, np.where(kind == kinds.CODE["special"], 0.985, 0.2), _beta(random, np.full(len(kind), 0.023), 90))
    support = np.where(kind == kinds.CODE["special"], 0.01, support)
    return {"disadvantage": disadvantage, "eal": eal, "support": support, "ehcp": ehcp}


def _locations(random: Generator, country: Country, authority: Array) -> dict[str, Array]:
    count = len(authority)
    across, up = random.uniform(0.03, 0.97, count), random.uniform(0.03, 0.97, count)
    east, north = np.zeros(count), np.zeros(count)
    for position, one in enumerate(country.authorities):
        here = authority == position
        east[here], north[here] = inside(one.corners, across[here], up[here])
    return {"east": east.round(), "north": north.round(), "located": random.random(count) > 0.03}
