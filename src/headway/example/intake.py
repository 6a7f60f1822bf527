"""Each academic year's schools: their URNs, rolls, intake and quality in that year."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headway.example import kinds
from headway.example.history import Establishment, History
from headway.example.places import Country
from headway.example.planted import Truth
from headway.example.schools import Sites
from headway.example.seeds import stream

Array = np.ndarray
KEPT = 0.75  # how much of a school's passing form stays to the next year
PASSING = 0.35  # its size, beside a lasting quality of 0.94


@dataclass(frozen=True)
class Year:
    """The open schools of one academic year, one row each; `site` points into Sites."""

    start: int
    seed: int
    country: Country
    sites: Sites
    site: Array
    establishment: list[Establishment]
    urn: Array
    authority: Array
    state: Array
    roll: Array
    boys: Array
    poor: Array  # disadvantaged or eligible in the last six years, share
    fsm: Array  # eligible now, share
    eal: Array
    support: Array
    plan: Array
    quality: Array

    @property
    def name(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def authorities(self) -> int:
        return len(self.country.authorities)

    def kind(self, *names: str) -> Array:
        """Positions of the rows of some kinds."""
        return np.flatnonzero(self.sites.is_kind(*names)[self.site])

    def random(self, topic: str) -> np.random.Generator:
        return stream(self.seed, topic, self.start)


# Shares of England, as published: now eligible for free meals; and how language and need have grown since 2015/16.
_FSM = {2015: 0.62, 2016: 0.60, 2017: 0.58, 2018: 0.66, 2019: 0.74, 2020: 0.85, 2021: 0.92, 2022: 0.94, 2023: 0.95, 2024: 0.96, 2025: 0.97}


def years(
    country: Country, sites: Sites, history: History, truths: tuple[Truth, ...], seed: int, starts: tuple[int, ...]
) -> Iterator[Year]:
    """The years in turn, each carrying on from the one before."""
    random = stream(seed, "form")
    count = sites.count
    form, size = random.normal(0, 1, count), np.zeros(count)
    boys = np.clip(random.normal(0.51, 0.02, count), 0.4, 0.62)
    boys = np.where(sites.is_kind("special", "pru"), 0.71, boys)
    for start in starts:
        form = KEPT * form + np.sqrt(1 - KEPT**2) * random.normal(0, 1, count)
        size = 0.9 * size + random.normal(0, 0.03, count)
        yield _year(country, sites, history, truths, seed, start, form, size, boys)


def _year(
    country: Country,
    sites: Sites,
    history: History,
    truths: tuple[Truth, ...],
    seed: int,
    start: int,
    form: Array,
    size: Array,
    boys: Array,
) -> Year:
    current = history.current(sites.count, start)
    site = np.array([position for position, one in enumerate(current) if one is not None])
    establishments = [one for one in current if one is not None]
    quality = 0.94 * sites.quality + PASSING * form
    for truth in truths:
        quality[truth.site] = truth.quality_in(start, float(quality[truth.site]), float(form[truth.site]))
    grown = start - 2015
    poor = np.clip(sites.disadvantage * (0.97 + 0.01 * grown), 0.005, 0.9)
    roll = np.maximum(np.round(sites.roll * np.exp(size) * (1 + _tide(sites, start))), 8).astype(int)
    return Year(
        start=start,
        seed=seed,
        country=country,
        sites=sites,
        site=site,
        establishment=establishments,
        urn=np.array([one.urn for one in establishments]),
        authority=sites.authority[site],
        state=~sites.is_kind("independent")[site],
        roll=roll[site],
        boys=boys[site],
        poor=poor[site],
        fsm=poor[site] * _FSM[start],
        eal=np.clip(sites.eal * (1 + 0.01 * grown), 0, 0.95)[site],
        support=np.clip(sites.support * (1 + 0.022 * grown), 0, 0.6)[site],
        plan=np.where(sites.is_kind("special", "pru"), sites.ehcp, np.clip(sites.ehcp * (1 + 0.07 * grown), 0, 0.2))[site],
        quality=quality[site],
    )


def _tide(sites: Sites, start: int) -> Array:
    """Primary rolls rose to 2018 and fall since; secondary rolls rise."""
    primary = sites.is_kind(*kinds.PRIMARY, "nursery")
    return np.where(primary, -0.008 * max(start - 2018, 0), 0.012 * (start - 2015))
