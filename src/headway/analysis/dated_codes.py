"""Authority codes in the years in which each was in force: what a code of another time was before, or became.

A list downloaded years later tells a school's newest code for an old year, and a list of 2022 the code of an authority that has
ended since. `authorities` and `changes` are the library's authorities.yaml and authority_changes.yaml; codes that neither knows, as in a
made-up country, are in force always.
"""

from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    from ibis.expr.types import Table

TERMS = pa.schema([("authority", pa.string()), ("begins", pa.int64()), ("ends", pa.int64())])
MOVES = pa.schema([("authority", pa.string()), ("option", pa.string()), ("begins", pa.int64()), ("ends", pa.int64())])
EVER, NEVER_ENDED = 0, 9999


def terms(authorities: dict[str, Any]) -> list[dict[str, Any]]:
    """authority, begins, ends: the academic years, by their first calendar year, in which each code was in force."""
    return [
        {"authority": str(code), "begins": _year(listed, "from", EVER), "ends": _year(listed, "until", NEVER_ENDED)}
        for code, listed in authorities.items()
    ]


def _year(listed: dict[str, Any], name: str, otherwise: int) -> int:
    return int(str(listed[name])[:4]) if name in listed else otherwise


def moves(authorities: dict[str, Any], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each code and what its schools can have been under or gone to, with the years in which that other code was in force."""
    term = {row["authority"]: row for row in terms(authorities)}
    pairs = set()
    for change in changes:
        for old in change["closed"]:
            for new in change.get("into", {}).get(old, change["opened"]):
                pairs |= {(str(old), str(new)), (str(new), str(old))}
    return [{**term[option], "authority": code, "option": option} for code, option in sorted(pairs) if option in term]


def in_force(rows: "Table", authorities: dict[str, Any]) -> "Table":
    """`rows` (authority, year, …) with `stands`: whether the code was in force in the year."""
    known = ibis.memtable(pa.Table.from_pylist(terms(authorities), schema=TERMS))
    joined = rows.left_join(known, "authority").drop("authority_right")
    stands = joined.year.between(joined.begins.fill_null(EVER), joined.ends.fill_null(NEVER_ENDED))
    return joined.mutate(stands=stands).drop("begins", "ends")


def dated(rows: "Table", authorities: dict[str, Any], changes: list[dict[str, Any]]) -> "Table":
    """`rows` (urn, year, authority, district, …; one for each URN and year), each code replaced by the one of its year.

    Where a code has several others, the one that most schools of the same postcode district have in that year; where nothing tells,
    the code stays as it was told.
    """
    marked = in_force(rows, authorities)
    known = ibis.memtable(pa.Table.from_pylist(moves(authorities, changes), schema=MOVES))
    options = marked.filter(~marked.stands).inner_join(known, "authority")
    options = options.filter(options.year.between(options.begins, options.ends)).select("urn", "year", "district", "option")
    near = marked.filter(marked.stands, marked.district != "").mutate(option=marked.authority)
    votes = near.group_by(["year", "district", "option"]).aggregate(votes=near.urn.count())
    voted = options.left_join(votes, ["year", "district", "option"])
    counted = voted.select("urn", "year", "option", votes=voted.votes.fill_null(0))
    alone = counted.mutate(
        of=counted.count().over(ibis.window(group_by=["urn", "year"])),
        line=ibis.row_number().over(ibis.window(group_by=["urn", "year"], order_by=[counted.votes.desc(), counted.option])),
    )
    chosen = alone.filter(alone.line == 0, (alone.of == 1) | (alone.votes > 0)).select("urn", "year", "option")
    found = marked.left_join(chosen, ["urn", "year"])
    return found.mutate(authority=ibis.coalesce(found.option, found.authority)).select(*rows.columns)
