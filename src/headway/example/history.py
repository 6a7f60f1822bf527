"""What happens to schools: they convert, open, close and merge. Gives each site its establishments and their links."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from headway.example import kinds
from headway.example.places import Country
from headway.example.schools import Sites, next_estab
from headway.example.seeds import stream

FIRST_URN = 900_000  # no school of England has a URN from 900000 up


@dataclass
class Establishment:
    """One URN: a site under one legal form. Years are the first and last academic years it taught in."""

    urn: int
    site: int
    academy: bool
    sponsored: bool
    first: int
    last: int
    opened: str = ""  # dd-mm-yyyy, blank when before records
    closed: str = ""
    why_opened: str = ""
    why_closed: str = ""
    group: int = -1  # the trust, by position


@dataclass(frozen=True)
class Link:
    urn: int
    other: int
    kind: str
    on: str


@dataclass
class Trust:
    uid: int
    code: str
    name: str
    authority: int


@dataclass
class History:
    establishments: list[Establishment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    trusts: list[Trust] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def current(self, count: int, year: int) -> list[Establishment | None]:
        """For each site the establishment it was in a year."""
        found: list[Establishment | None] = [None] * count
        for one in self.establishments:
            if one.first <= year <= one.last:
                found[one.site] = one
        return found


def make_history(country: Country, sites: Sites, seed: int, years: tuple[int, ...], settled: set[int]) -> History:
    """Draws every event; `settled` sites keep one URN and stay open. Adds the sites that mergers make to `sites`."""
    random = stream(seed, "history")
    history = History()
    merged = _merge(random, sites, years, settled)
    _open_late(random, sites, years, settled | set(merged))
    closed = _close(random, sites, years, settled | set(merged))
    urns = iter(range(FIRST_URN, 1_000_000))
    for site in range(sites.count):
        _establish(random, sites, site, years, settled, urns, history)
    _link_mergers(merged, sites, history)
    _trusts(random, country, sites, history)
    history.counts |= {"mergers": len(set(merged.values())), "closures": closed, "openings": int((sites.first > 2000).sum())}
    return history


def _merge(random: Generator, sites: Sites, years: tuple[int, ...], settled: set[int]) -> dict[int, int]:
    """Some infant and junior schools become one primary school: {old site: new site}."""
    merged: dict[int, int] = {}
    for authority in range(int(sites.authority.max()) + 1):
        pairs = [np.flatnonzero((sites.authority == authority) & sites.is_kind(kind))[::-1].tolist() for kind in ("infant", "junior")]
        for infant, junior in zip(*pairs, strict=False):
            if {infant, junior} & settled or (random.random() > 0.15 and not (authority == 0 and not merged)):
                continue
            year = int(random.integers(years[0] + 1, years[-1] + 1))
            new = _new_site(sites, infant, junior, year)
            merged |= {infant: new, junior: new}
            sites.last[[infant, junior]] = year - 1
    return merged


def _new_site(sites: Sites, infant: int, junior: int, year: int) -> int:
    """A primary school that takes over the place and pupils of two."""
    for name, values in vars(sites).items():
        if isinstance(values, np.ndarray):
            setattr(sites, name, np.append(values, values[infant]))
        else:
            values.append(values[infant])
    new = sites.count - 1
    sites.kind[new] = kinds.CODE["primary"]
    sites.roll[new] = sites.roll[infant] + sites.roll[junior]
    for name in ("quality", "disadvantage", "eal", "support", "ehcp"):
        values = getattr(sites, name)
        values[new] = (values[infant] + values[junior]) / 2
    sites.name[new] = f"{sites.place[new]} {'Church of England ' if sites.faith[new] else ''}Primary School"
    sites.estab[new] = 0
    sites.estab[new] = next_estab(sites, int(sites.authority[new]), "primary")
    sites.first[new], sites.last[new] = year, 2100
    return new


def _open_late(random: Generator, sites: Sites, years: tuple[int, ...], kept: set[int]) -> None:
    pool = np.setdiff1d(np.flatnonzero(sites.is_kind("primary", "secondary", "special", "pru")), list(kept))
    chosen = random.choice(pool, max(len(pool) // 40, 2), replace=False)
    own = pool[sites.authority[pool] == 0]
    chosen = np.union1d(chosen, own[-2:])
    chosen = chosen[sites.first[chosen] == 2000]
    sites.first[chosen] = random.integers(years[0] + 1, years[-1] + 1, len(chosen))


def _close(random: Generator, sites: Sites, years: tuple[int, ...], kept: set[int]) -> int:
    pool = np.setdiff1d(np.flatnonzero((sites.first == 2000) & (sites.last == 2100)), list(kept))
    chosen = random.choice(pool, max(len(pool) // 70, 2), replace=False)
    own = pool[(sites.authority[pool] == 0) & sites.is_kind("primary")[pool]]
    chosen = np.union1d(chosen, own[:2])
    sites.last[chosen] = random.integers(years[0], years[-1], len(chosen))
    return len(chosen)


def _establish(
    random: Generator, sites: Sites, site: int, years: tuple[int, ...], settled: set[int], urns: Iterator[int], history: History
) -> None:
    """The URNs of one site: maintained, academy from before, or one that converts in the ten years."""
    kind = kinds.KINDS[int(sites.kind[site])]
    draw, when, sponsored = random.random(), int(random.integers(years[0], years[-1] + 1)), bool(random.random() < 0.3)
    before = int(random.integers(2010, years[0]))
    first, last = int(sites.first[site]), int(sites.last[site])
    new = first > 2000
    free = new and draw < 0.8 and kind.name != "primary"
    if new or site in settled:
        academy = free or (site in settled and kind.name == "secondary")
        spans = [(first, last, academy)]
    elif draw < kind.academies:
        spans = [(2000, before - 1, False), (before, last, True)]
    elif draw < kind.academies + (1 - kind.academies) * kind.converting and when <= last:
        spans = [(2000, when - 1, False), (when, last, True)]
    else:
        spans = [(first, last, False)]
    made = [_span(next(urns), site, span, sponsored, new) for span in spans]
    if last < 2100:
        made[-1].closed, made[-1].why_closed = f"31-08-{last + 1}", "Closure"
    if len(made) == 2:
        old, young = made
        old.closed, old.why_closed = f"31-08-{young.first}", "Academy Converter" if not sponsored else "Fresh Start"
        young.opened, young.why_opened = f"01-09-{young.first}", "Academy Converter" if not sponsored else "Fresh Start"
        history.links += [Link(young.urn, old.urn, "Predecessor", young.opened), Link(old.urn, young.urn, "Successor", young.opened)]
        history.counts["conversions"] = history.counts.get("conversions", 0) + 1
    history.establishments += made


def _span(urn: int, site: int, span: tuple[int, int, bool], sponsored: bool, new: bool) -> Establishment:
    first, last, academy = span
    opened = f"01-09-{first}" if first > 2000 else ""
    return Establishment(
        urn,
        site,
        academy,
        academy and sponsored,
        first,
        last,
        opened=opened,
        why_opened="New Provision" if new else "Not applicable",
        why_closed="Not applicable",
    )


def _link_mergers(merged: dict[int, int], sites: Sites, history: History) -> None:
    last: dict[int, Establishment] = {}
    first: dict[int, Establishment] = {}
    for one in history.establishments:
        last[one.site] = one
        first.setdefault(one.site, one)
    for old, new in merged.items():
        before, after = last[old], first[new]
        before.why_closed = after.why_opened = "Result of Amalgamation/Merger"
        on = f"01-09-{after.first}"
        history.links += [
            Link(after.urn, before.urn, "Predecessor - amalgamated", on),
            Link(before.urn, after.urn, "Successor - amalgamated", on),
        ]


def _trusts(random: Generator, country: Country, sites: Sites, history: History) -> None:
    """Academies of an authority in trusts of about six."""
    by_authority: dict[int, list[Establishment]] = {}
    for one in history.establishments:
        if one.academy:
            by_authority.setdefault(int(sites.authority[one.site]), []).append(one)
    for authority, academies in sorted(by_authority.items()):
        size = max(len(academies) // 6, 1)
        start = len(history.trusts)
        for number in range(size):
            sort = ("Learning", "Schools", "Academies", "Education")[number // 5 % 4]
            name = f"{country.authorities[authority].towns[number % 5]} {sort} Trust"
            uid = start + number
            history.trusts.append(Trust(90_001 + uid, f"TR{90_001 + uid:05d}", name.upper() if number % 3 == 2 else name, authority))
        for one, pick in zip(academies, random.integers(0, size, len(academies)).tolist(), strict=True):
            one.group = start + pick
