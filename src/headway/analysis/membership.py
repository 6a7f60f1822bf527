"""Which authority a school belonged to in a year: by the list of that year, else by the list nearest to it."""

from typing import TYPE_CHECKING

import ibis

from headway.definitions.loading import Library
from headway.sources import rows
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    from ibis.expr.types import Table

SCHEMA = ibis.schema(
    {
        "urn": "int64",
        "year": "int16",
        "authority": "string",
        "phase": "string",
        "governance": "string",
        "maintained": "boolean",
        "open": "boolean",
    }
)


def told_by_file(table: "Table", file: LandedFile, library: Library) -> "Table | None":
    """urn, year and authority as the rows of landed files that are alike give them; None when they do not hold both.

    It stands in where no list of schools has landed. `table` is as store.tables.cells_together gives it; `file` is any of them.
    """
    definition = library.tables[file.table]
    if not {"urn", "authority"} <= definition.key.keys() or definition.kind not in ("wide", "register"):
        return None
    layout = next(layout for layout in definition.layouts if layout.name == file.layout)
    at = rows.level(table, definition, layout)
    authority = rows.cell(table, definition.key["authority"]).re_replace(r"\.0$", "")
    found = table.select(
        level=at,
        place=rows.place(table, definition, library, at),
        year=rows.first_year(table, definition, layout, table.given_year),
        authority=authority,
    )
    kept = found.filter(
        found.level == "school", found.year.notnull(), found.authority.re_search(r"^[0-9]{3}$"), found.place.re_search(r"^[0-9]{6}$")
    )
    return kept.select(urn=kept.place.cast("int64"), year=kept.year.cast("int16"), authority=kept.authority).distinct()


def placed(schools: "Table", lists: "Table") -> "Table":
    """Each school in each year with its authority → place, year, authority, phase, governance, list_year.

    `schools` holds place (the URN as text) and year; `lists` the columns of SCHEMA. `list_year` is the year of the
    list that told; a school on no list is left out.
    """
    wanted = schools.select("place", year=schools.year.cast("int16")).distinct()
    known = lists.filter(lists.authority.notnull() & (lists.authority != "")).select(
        place=lists.urn.cast("string"),
        list_year=lists.year.cast("int16"),
        authority=lists.authority,
        phase=lists.phase,
        governance=lists.governance,
    )
    exact = _nearest(wanted.inner_join(known, ["place", wanted.year == known.list_year]))
    return exact.union(_nearest(wanted.anti_join(exact, ["place", "year"]).inner_join(known, "place")))


def _nearest(joined: "Table") -> "Table":
    """Of the lists that hold a school the one nearest to the year. Most are on the list of the year itself: those
    are looked up apart, so that only the others are set beside every list."""
    apart = (joined.list_year - joined.year).abs()
    window = ibis.window(group_by=["place", "year"], order_by=[apart, joined.list_year.desc(), joined.authority])
    ranked = joined.mutate(place_in_line=ibis.row_number().over(window))
    return ranked.filter(ranked.place_in_line == 0).select("place", "year", "authority", "phase", "governance", "list_year")
