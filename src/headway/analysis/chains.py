"""Which schools' results count as a school's own past: through one-to-one succession only, never through mergers or splits.

The register tells a succession from both sides, in its own words: "Predecessor" by the new school, "Successor" by the old one. One
old school and one new one make a chain. What stands beside such a pair undoes it only where it belongs to the same event:

- A pair that either side calls merged, amalgamated or split is none, and is not counted against another pair of the two.
- A succession within a month of a merger or split of either school (or both without a day) is part of that: no chain.
- Of several predecessors the first counts if all have days and the others came more than a year later: they joined a school that
  stood already. Several at once are an amalgamation: no chain.
- Of several successors those count that name the school as their predecessor; the others are conversions that were planned and left.
  Several are a split: no chain.
- A school that opened more than a year before its only predecessor closed took that one in: no chain.
- Schools that succeed each other in a circle have no past.

A succession's day is the one on which the new school opened, else the one after the old closed, else the link's. The day of a link is
often the day of the order: in August 2026 more than a third of the pairs with an opening day were out by a month to three years, while
schools open the day after their predecessor closes almost without exception.

A school's past reaches to the year in which its successor began, and that year included: a school that converts in April has the year's
results under its old number. Where both have a figure for a year, the school's own stands; else the nearest predecessor's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from headway.analysis import published_words as words
from headway.analysis.register_rows import academic_year, known_on
from headway.store import tables
from headway.store.landed import LandedFile
from headway.vocabulary.clock import today

if TYPE_CHECKING:
    from datetime import date

    from ibis.backends.duckdb import Backend

TABLES = {"gias.links": ("URN", "LinkURN", "LinkType", "LinkEstablishedDate"),
          "school_profile.establishment_links": ("urn", "linkurn", "linktype", "linkestablisheddate")}  # fmt: skip
FIRST_YEAR = 1990
LINKS = pa.schema([("urn", pa.int64()), ("link_urn", pa.int64()), ("kind", pa.string()), ("on", pa.date32()), ("chained", pa.bool_())])
CHAINS = pa.schema([("urn", pa.int64()), ("of_urn", pa.int64()), ("from_year", pa.int64()), ("to_year", pa.int64())])
SAME_EVENT, JOINED_LATER = timedelta(days=31), timedelta(days=366)
Told = tuple[int, int, str, "date | None"]  # urn, link_urn, the register's words, the day
Pair = tuple[int, int]  # the new school and the old one
Days = Mapping[int, "date"]
Own = dict[int, tuple[int, "date | None"]]  # the new school → the old one and the day of succession
Links = dict[tuple[int, int, str], "date | None"]  # urn, link_urn, kind → the day


def chains(backend: "Backend", files: list[LandedFile], library: object = None) -> None:
    """Make the tables `link` and `chain` from every file of links; both are empty where there is none."""
    told = [row for file in sorted(files, key=known_on) if file.table in TABLES for row in _told(backend, file)]
    links, chain = worked(told, *_lives(backend))
    tables.create(backend, "link", ibis.memtable(pa.Table.from_pylist(links, schema=LINKS)))
    tables.create(backend, "chain", ibis.memtable(pa.Table.from_pylist(chain, schema=CHAINS)))


def _told(backend: "Backend", file: LandedFile) -> list[Told]:
    table = tables.cells(backend, file)
    urn, link, kind, on = TABLES[file.table]
    found = table.select(
        urn=words.urn(words.text(table, urn).fill_null("")),
        link=words.urn(words.text(table, link).fill_null("")),
        kind=words.text(table, kind).fill_null(""),
        on=words.day(words.text(table, on)),
    )
    kept = found.filter(found.urn.notnull(), found.link.notnull()).to_pyarrow().to_pydict()
    return list(zip(kept["urn"], kept["link"], kept["kind"], kept["on"], strict=True))


def _lives(backend: "Backend") -> "tuple[Days, Days]":
    """The days on which schools opened and closed, as far as the lists of schools tell."""
    if not tables.exists(backend.con, "establishment"):
        return {}, {}
    known = backend.table("establishment").select("urn", "opened", "closed").to_pyarrow().to_pylist()
    opened, closed = ({row["urn"]: row[name] for row in known if row[name]} for name in ("opened", "closed"))
    return opened, closed


def kind_of(word: str) -> str:
    """predecessor, successor, merged, split or other: only the first two are one-to-one in the register's own words."""
    plain = word.strip().lower()
    if plain in ("predecessor", "successor"):
        return plain
    if "split" in plain:
        return "split"
    return "merged" if "merge" in plain or "amalgam" in plain else "other"


def worked(
    told: Iterable[Told], opened: Days = MappingProxyType({}), closed: Days = MappingProxyType({})
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of LINKS and of CHAINS. A later telling of the same link takes the place of an earlier one."""
    newest: Links = {}
    for urn, link, word, on in told:
        if urn != link:
            key = (urn, link, kind_of(word))
            newest[key] = on or newest.get(key)
    own = _lived(one_to_one(newest), opened, closed)
    chained = {(new, old) for new, (old, _) in own.items()}
    links = [
        {"urn": urn, "link_urn": link, "kind": kind, "on": on, "chained": _pair(urn, link, kind) in chained}
        for (urn, link, kind), on in sorted(newest.items(), key=lambda item: item[0])
    ]
    return links, [row for urn in sorted(own) for row in _past(urn, own)]


def _pair(urn: int, link: int, kind: str) -> Pair | None:
    """The new school and the old one of a plain succession, whichever side tells it."""
    if kind not in ("predecessor", "successor"):
        return None
    return (urn, link) if kind == "predecessor" else (link, urn)


def one_to_one(links: Links) -> Own:
    """successor → (its only predecessor, the day it began), by the rule at the head of this module."""
    began = _plain(links)
    named_by_new = {(urn, link) for urn, link, kind in links if kind == "predecessor"}
    before: dict[int, dict[int, date | None]] = defaultdict(dict)
    after: dict[int, set[int]] = defaultdict(set)
    for (new, old), on in began.items():
        before[new][old] = on
        after[old].add(new)
    events = _events(links)
    own: Own = {}
    for new, olds in before.items():
        for old in _first(olds):
            naming = {urn for urn in after[old] if (urn, old) in named_by_new} or after[old]
            if naming == {new} and not any(_same_event(olds[old], on) for school in (new, old) for on in events[school]):
                own[new] = (old, olds[old])
    return {new: past for new, past in own.items() if not _in_a_circle(new, own)}


def _lived(own: Own, opened: Days, closed: Days) -> Own:
    """The pairs whose lives bear them out, with the day of succession by the best that tells it."""
    lived: Own = {}
    for new, (old, linked) in own.items():
        began = opened.get(new)
        after = closed[old] + timedelta(days=1) if old in closed else None
        if not (began and after and after - began > JOINED_LATER):
            lived[new] = (old, began or after or linked)
    return lived


def _plain(links: Links) -> "dict[Pair, date | None]":
    """Pairs that no side calls anything but predecessor and successor → the day after the last that either tells.

    The old side tells its last day and the new side its first, mostly 31 August and 1 September.
    """
    blended = {frozenset((urn, link)) for urn, link, kind in links if kind in ("merged", "split")}
    days: dict[Pair, list[date]] = {}
    for (urn, link, kind), on in links.items():
        pair = _pair(urn, link, kind)
        if pair and frozenset(pair) not in blended:
            days.setdefault(pair, []).extend([on] if on else [])
    return {pair: max(told) if told else None for pair, told in days.items()}


def _events(links: Links) -> "dict[int, list[date | None]]":
    """The days of each school's mergers and splits."""
    events: dict[int, list[date | None]] = defaultdict(list)
    for (urn, link, kind), on in links.items():
        if kind in ("merged", "split"):
            events[urn].append(on)
            events[link].append(on)
    return events


def _same_event(one: "date | None", other: "date | None") -> bool:
    """Two days within a month; of two untold ones nothing else can be said. An untold and a told day are taken as apart."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_EVENT


def _first(olds: "dict[int, date | None]") -> list[int]:
    """The predecessor a school began as: the only one, or the first where all others came more than a year later; else none."""
    if len(olds) == 1:
        return list(olds)
    days = {old: on for old, on in olds.items() if on}
    if len(days) < len(olds):
        return []
    (old, first), (_, second), *_ = sorted(days.items(), key=lambda item: (item[1], item[0]))
    return [old] if second - first > JOINED_LATER else []


def _in_a_circle(urn: int, own: Own) -> bool:
    seen, at = {urn}, own[urn][0]
    while at in own and at not in seen:
        seen.add(at)
        at = own[at][0]
    return at == urn


def _past(urn: int, own: Own) -> list[dict[str, Any]]:
    """Every predecessor in turn, each with its years: from the one in which it began to the one in which its successor did."""
    rows, at, last = [], urn, academic_year(today())
    while at in own:
        at, on = own[at]
        last = min(last, _year_begun(on)) if on else last
        began = own[at][1] if at in own else None
        first = _year_begun(began) if began else FIRST_YEAR
        rows.append({"urn": urn, "of_urn": at, "from_year": min(first, last), "to_year": last})
    return rows


def _year_begun(on: "date") -> int:
    """The academic year of the first day of a new school; the last day of the old one, where only that is told, is the day before."""
    return academic_year(on + timedelta(days=1))
