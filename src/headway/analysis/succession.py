"""What the register's links tell of schools since the newest list: who has closed, and who stands in their place.

Lists of schools come once a year or are years old, links every day. A succession counts that both sides name, that is no split, and
whose day has come and is later than every list that holds the old school. The old school closes on it. A successor that no list
holds takes its predecessor's place under the name that the link gives: same authority, phase and address; its type, governance and
trust are not known until a list tells. The day of a link is often that of the academy order, so it can be early by months.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from headway.analysis import published_words as words
from headway.analysis.register_rows import MEMBERS, SCHEMA, academic_year, known_on
from headway.store import tables
from headway.store.landed import LandedFile
from headway.vocabulary.clock import today

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

LINKS = "gias.links"
TAKEN_OVER = (
    "authority", "authority_name", "region_name", "laestab", "phase", "age_low", "age_high", "gender", "religious_character", "street",
    "town", "postcode", "locality", "ward", "constituency", "easting", "northing", "selective",
)  # fmt: skip
Succession = tuple[int, int, date, str]  # the new school, the old one, the day, the new one's name
Row = dict[str, Any]
Told = tuple[int, int, str, date | None, str]  # urn, link_urn, the register's words, the day, the linked school's name


def rows(backend: "Backend", files: list[LandedFile], listed: "Table") -> "Table | None":
    """More rows of register_rows.SCHEMA beside those of `listed`; None where no newer links are among `files`."""
    newest = max((file for file in files if file.table == LINKS), key=known_on, default=None)
    if newest is None:
        return None
    lists = listed.filter(listed.source != MEMBERS)
    known = lists.group_by("urn").aggregate(known=lists.known.max()).to_pyarrow().to_pydict()
    schools: dict[int, Row] = {urn: {"known": day} for urn, day in zip(known["urn"], known["known"], strict=True)}
    found = successions(_told(tables.cells(backend, newest)))
    newer = {old for _, old, day, _ in found if old in schools and schools[old]["known"] < day}
    for row in _facts(lists, newer).to_pyarrow().to_pylist():
        schools[row["urn"]] |= row
    fixed = {"file_id": newest.id, "source": LINKS, "known": known_on(newest), "whole": False}
    made = [row | fixed for row in since(found, schools)]
    return ibis.memtable(pa.Table.from_pylist(made, schema=SCHEMA.to_pyarrow())) if made else None


def _told(table: "Table") -> list[Told]:
    found = table.select(
        urn=words.urn(words.text(table, "URN").fill_null("")),
        link=words.urn(words.text(table, "LinkURN").fill_null("")),
        kind=words.text(table, "LinkType").fill_null(""),
        on=words.day(words.text(table, "LinkEstablishedDate")),
        name=words.text(table, "LinkName").fill_null(""),
    )
    kept = found.filter(found.urn.notnull(), found.link.notnull()).to_pyarrow().to_pydict()
    return list(zip(*kept.values(), strict=True))


def _facts(lists: "Table", urns: set[int]) -> "Table":
    """Of each school the newest that the lists tell."""
    kept = lists.semi_join(ibis.memtable(pa.table({"urn": pa.array(sorted(urns), pa.int64())})), "urn")
    return kept.group_by("urn").aggregate(**{name: kept[name].argmax(kept.knowledge, where=kept[name].notnull()) for name in TAKEN_OVER})


def since(found: list[Succession], schools: dict[int, Row]) -> list[Row]:
    """`schools`: urn → its newest facts, `known` among them. Rows that tell of a closing, and of a successor on no list."""
    schools, made = dict(schools), []
    for new, old, day, name in sorted(found, key=lambda one: (one[2], one[0], one[1])):
        before = schools.get(old)
        if before is None or not before["known"] < day <= today():
            continue
        dated = {"knowledge": day.toordinal(), "year": academic_year(day)}
        made.append({"urn": old, "status": "closed", "closed": day, **dated})
        if new not in schools:
            schools[new] = {name: before[name] for name in TAKEN_OVER} | {"known": before["known"]}
            made.append({**schools[new], "urn": new, "name": name, "status": "open", "opened": day, **dated})
    return made


def successions(told: list[Told]) -> list[Succession]:
    """Those that both sides name, with the later of the days they tell."""
    by_new: dict[tuple[int, int], date | None] = {}
    by_old: dict[tuple[int, int], tuple[date | None, str]] = {}
    for urn, link, word, on, name in told:
        plain = word.strip().lower()
        if plain.startswith("predecessor") and "split" not in plain:
            by_new[urn, link] = on
        elif plain.startswith("successor") and "split" not in plain:
            by_old[link, urn] = (on, name)
    found = []
    for (new, old), on in by_new.items():
        last, name = by_old.get((new, old), (None, ""))
        days = [day for day in (on, last) if day]
        if (new, old) in by_old and days:
            found.append((new, old, max(days), name))
    return found
