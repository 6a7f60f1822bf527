"""Which schools' results count as a school's own past: through one-to-one succession only, never through mergers or splits."""

import itertools
from collections.abc import Iterable
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
Told = tuple[int, int, str, "date | None"]  # urn, link_urn, the register's words, the day


def chains(backend: "Backend", files: list[LandedFile], library: object = None) -> None:
    """Make the tables `link` and `chain` from every file of links; both are empty where there is none."""
    told = [row for file in sorted(files, key=known_on) if file.table in TABLES for row in _told(backend, file)]
    links, chain = worked(told)
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


def kind_of(word: str) -> str:
    """predecessor, successor, merged, split or other: only the first two are one-to-one in the register's own words."""
    plain = word.strip().lower()
    if plain in ("predecessor", "successor"):
        return plain
    if "split" in plain:
        return "split"
    return "merged" if "merge" in plain or "amalgam" in plain else "other"


def worked(told: Iterable[Told]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of LINKS and of CHAINS. A later telling of the same link takes the place of an earlier one."""
    newest: dict[tuple[int, int, str], date | None] = {}
    for urn, link, word, on in told:
        if urn != link:
            key = (urn, link, kind_of(word))
            newest[key] = on or newest.get(key)
    own = one_to_one(newest)
    links = [
        {"urn": urn, "link_urn": link, "kind": kind, "on": on, "chained": _chained(urn, link, kind, own)}
        for (urn, link, kind), on in sorted(newest.items(), key=lambda item: item[0])
    ]
    return links, [row for urn in sorted(own) for row in _past(urn, own)]


def _chained(urn: int, link: int, kind: str, own: "dict[int, tuple[int, date | None]]") -> bool:
    new, old = (urn, link) if kind == "predecessor" else (link, urn)
    return kind in ("predecessor", "successor") and new in own and own[new][0] == old


def one_to_one(links: dict[tuple[int, int, str], "date | None"]) -> "dict[int, tuple[int, date | None]]":
    """successor → (its only predecessor, the day). A school in any merger or split of that kind, or with two of either, is left out.

    Both ways of telling a link count, so that a pair told by one side only is still known.
    """
    before: dict[int, dict[int, date | None]] = {}
    after: dict[int, set[int]] = {}
    joined, parted = set(), set()
    for (urn, link, kind), on in links.items():
        if kind in ("predecessor", "successor"):
            new, old = (urn, link) if kind == "predecessor" else (link, urn)
            before.setdefault(new, {})[old] = on or before.get(new, {}).get(old)
            after.setdefault(old, set()).add(new)
        elif kind == "merged":
            joined |= {urn, link}
        elif kind == "split":
            parted |= {urn, link}
    several = joined | parted
    return {
        new: next(iter(olds.items()))
        for new, olds in before.items()
        if len(olds) == 1 and all(len(after[old]) == 1 and not {new, old} <= several for old in olds)
    }


def _past(urn: int, own: "dict[int, tuple[int, date | None]]") -> list[dict[str, Any]]:
    """Every predecessor in turn, each with the years of its results: up to the one before its successor began."""
    rows, seen, at, last = [], {urn}, urn, academic_year(today())
    while at in own:
        at, on = own[at]
        if at in seen:  # a circle in the register: nobody's past
            return []
        seen.add(at)
        last = min(last, _last_year(on)) if on else last
        rows.append({"urn": urn, "of_urn": at, "from_year": FIRST_YEAR, "to_year": last})
    for newer, older in itertools.pairwise(rows):
        newer["from_year"] = min(older["to_year"] + 1, newer["to_year"])
    return rows


def _last_year(on: "date") -> int:
    """The last academic year of a school whose successor began on a day: one that began in the year has that year's results."""
    return academic_year(on) - 1
