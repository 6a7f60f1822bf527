"""Who each school is and was: one row for each URN, one for each URN and year, and the authorities they answer to."""

from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from headway.analysis import dated_codes, grid, register_rows, succession
from headway.analysis.register_rows import MEMBERS, academic_year
from headway.store import tables
from headway.store.landed import LandedFile
from headway.vocabulary.clock import today

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

ROWS = "register_row"
FAR = 1_000_000  # farther than any list
NEVER = ibis.date(9999, 12, 31)
FIRST_YEAR = 2009  # the first year of any published school figures that Headway reads
FIELDS = (
    "name", "authority", "laestab", "phase", "type", "governance", "age_low", "age_high", "gender", "religious_character", "street",
    "town", "postcode", "locality", "ward", "constituency", "opened", "pupils", "authority_name", "region_name", "easting", "northing",
    "selective",
)  # fmt: skip
ANSWER = (
    "urn", "name", "authority", "authority_name", "region", "phase", "type", "governance", "status", "trust", "trust_uid", "age_low",
    "age_high", "gender", "religious_character", "street", "town", "postcode", "locality", "opened", "closed", "latitude", "longitude",
    "placed_by", "pupils", "as_of", "laestab", "ward", "constituency", "selective",
)  # fmt: skip
TEXTS = ("trust", "trust_uid", "gender", "religious_character", "street", "town", "postcode", "locality", "type", "name")


def establishments(
    backend: "Backend", files: list[LandedFile], authorities: dict[str, Any] | None = None, changes: list[dict[str, Any]] | None = None
) -> None:
    """Make the tables `establishment`, `establishment_year` and `authority` from every list among `files`.

    `authorities` is the library's list: code → name, ons, region; `changes` tells which replaced which. Nothing is made where no
    file lists schools.
    """
    tables.empty(backend, ROWS, register_rows.SCHEMA)
    for file in files:
        told = register_rows.told(tables.cells(backend, file), file)
        if told is not None:
            tables.create(backend, "told", told)  # texts first: nested conditions over raw cells cost ten times as much
            tables.append(backend, ROWS, register_rows.rows(backend.table("told"), file))
            backend.con.execute("DROP TABLE told")
    newer = succession.rows(backend, files, backend.table(ROWS))
    if newer is not None:
        tables.append(backend, ROWS, newer)
    of_rows(backend, authorities or {}, changes or [])


def of_rows(backend: "Backend", authorities: dict[str, Any], changes: list[dict[str, Any]]) -> None:
    """The same from the table `register_row` (register_rows.SCHEMA), which is dropped."""
    rows = backend.table(ROWS)
    if not rows.filter(rows.source != MEMBERS).count().to_pyarrow().as_py():
        backend.con.execute(f"DROP TABLE {ROWS}")
        return
    tables.create(backend, "authority", _authorities(rows, authorities))
    tables.create(backend, "who", _newest(rows))
    tables.create(backend, "nearest", _years(rows, backend.table("who"), authorities))
    years = dated_codes.dated(backend.table("nearest"), authorities, changes).drop("district")
    tables.create(backend, "establishment_year", years)
    tables.create(backend, "establishment", _answers(backend))
    backend.con.execute(f"DROP TABLE who; DROP TABLE nearest; DROP TABLE {ROWS}")


def _newest(rows: "Table") -> "Table":
    """One row for each URN: of each fact the newest that any list tells, and whether and when it closed."""
    listed = rows.filter(rows.source != MEMBERS)
    facts = listed.group_by("urn").aggregate(
        **{name: listed[name].argmax(listed.knowledge, where=listed[name].notnull()) for name in FIELDS},
        status=listed.status.argmax(listed.knowledge, where=listed.status.notnull()),
        closed=listed.closed.argmax(listed.knowledge, where=listed.status == "closed"),
        closes=listed.closed.fill_null(NEVER).argmax(listed.knowledge, where=listed.status.notnull()).nullif(NEVER),
        known=listed.known.argmax(listed.knowledge),
        newest=listed.known.max(),
        list_year=listed.year.max(),
        source=listed.source.argmax(listed.knowledge),
    )
    facts = facts.left_join(_last_whole(listed), "source").drop("source_right")
    gone = (facts.known < facts.last_whole).fill_null(False)
    facts = facts.mutate(closed=ibis.coalesce(facts.closes, ibis.ifelse(facts.status == "closed", facts.closed, None)))
    facts = facts.mutate(
        status=ibis.cases((gone, "closed"), (facts.closed <= today(), "closed"), else_=facts.status.fill_null("open")),
        last_year=ibis.ifelse(gone, facts.list_year, None),
    )
    trusts = rows.group_by("urn").aggregate(
        trust=rows.trust.argmax(rows.knowledge, where=rows.trust.notnull()),
        trust_uid=rows.trust_uid.fill_null("").argmax(rows.knowledge, where=rows.trust.notnull()),
    )
    return facts.left_join(trusts, "urn").drop("urn_right")


def _last_whole(listed: "Table") -> "Table":
    """The day of the newest list of the whole country of each source: who stands only in older ones has closed since."""
    whole = listed.filter(listed.whole)
    return whole.group_by("source").aggregate(last_whole=whole.known.max())


def _span(who: "Table") -> "Table":
    """Each URN with the years (starts, closed at both ends) in which it was open, as far as the lists tell."""
    present = academic_year(today())
    first = ibis.ifelse(who.opened.isnull(), FIRST_YEAR, _year_of(who.opened))
    ended = ibis.coalesce(ibis.ifelse(who.closed.isnull(), None, _year_of(who.closed)), who.last_year)
    last = ibis.cases((ended.notnull(), ended), (who.status == "closed", who.list_year), else_=present)
    return who.select("urn", first=ibis.greatest(first, FIRST_YEAR).cast("int64"), last=ibis.least(last, present).cast("int64"))


def _year_of(day: Any) -> Any:
    """The academic year of a day. Schools that close on 31 August have not been open in the next one."""
    return ibis.ifelse(day.month() >= 9, day.year(), day.year() - 1)


def _years(rows: "Table", who: "Table", authorities: dict[str, Any]) -> "Table":
    """urn, year, authority, phase, governance, maintained, open, name, inferred: from the list of the year, or the nearest one.

    The authority is that of the nearest list whose code was in force in the year, or of the nearest if none's was; `district` is
    the first half of the postcode.
    """
    listed = rows.filter(rows.source != MEMBERS, rows.authority.notnull())
    order = [listed.knowledge.desc(), listed.file_id]
    line = listed.mutate(line=ibis.row_number().over(ibis.window(group_by=["urn", "year"], order_by=order)))
    lists = line.filter(line.line == 0).select("urn", "authority", "phase", "governance", "name", list_year=line.year.cast("int64"))
    spans = _span(who)
    open_in = spans.select("urn", year=ibis.range(spans.first, spans.last + 1).unnest().cast("int64"))
    told = lists.select("urn", year=lists.list_year)
    wanted = open_in.union(told, distinct=True).left_join(spans, "urn").drop("urn_right")
    now = who.select("urn", now_phase=who.phase, now_governance=who.governance, district=who.postcode.upper().re_extract(r"^(\S+) ", 1))
    joined = dated_codes.in_force(wanted.inner_join(lists, "urn").inner_join(now, "urn"), authorities)
    joined = joined.mutate(
        phase=ibis.coalesce(joined.phase, joined.now_phase, "other"),
        governance=ibis.coalesce(joined.governance, joined.now_governance, "other"),
    )
    apart = (joined.list_year - joined.year).abs()
    near = 2 * apart + (joined.list_year < joined.year).cast("int64")  # of two as near the later
    one = joined.group_by(["urn", "year"]).aggregate(
        **{name: joined[name].argmin(near) for name in ("phase", "governance", "name")},
        authority=joined.authority.argmin(near + ibis.ifelse(joined.stands, 0, FAR)),
        district=joined.district.fill_null("").arbitrary(),
        open=joined.year.between(joined.first, joined.last).any(),
        inferred=apart.min() > 0,
    )
    return one.select(
        "urn", "authority", "phase", "governance", "district",
        year=one.year.cast("int64"), maintained=one.governance == "maintained", open=one.open, name=one.name, inferred=one.inferred,
    )  # fmt: skip


def _authorities(rows: "Table", listed: dict[str, Any]) -> "Table":
    """code, name, region, region_name, ons, from_year, until_year: the library's, and any other that the lists name."""
    named = rows.filter(rows.authority.notnull())
    found = named.group_by("authority").aggregate(
        name=named.authority_name.argmax(named.knowledge, where=named.authority_name.notnull()),
        region_name=named.region_name.argmax(named.knowledge, where=named.region_name.notnull()),
        schools=named.urn.nunique(),
    )
    told = {row["authority"]: row for row in found.to_pyarrow().to_pylist()}
    real = listed if not told or told.keys() & listed.keys() else {}  # a made-up country has no real authorities
    made = [_authority(code, real.get(code, {}), told.get(code, {})) for code in sorted(real.keys() | told.keys())]
    kinds = [(name, pa.string()) for name in ("code", "name", "region", "region_name", "ons")]
    schema = pa.schema([*kinds, ("from_year", pa.int64()), ("until_year", pa.int64())])
    return ibis.memtable(pa.Table.from_pylist(made, schema=schema))


def _authority(code: str, listed: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "name": listed.get("name") or told.get("name") or "",
        "region": listed.get("region", ""),
        "region_name": told.get("region_name") or "",
        "ons": listed.get("ons", ""),
        "from_year": int(str(listed["from"])[:4]) if "from" in listed else None,
        "until_year": int(str(listed["until"])[:4]) if "until" in listed else None,
    }


def _placed(who: "Table") -> "Table":
    """urn, longitude and latitude of the schools whose lists give grid references."""
    known = who.filter(who.easting > 1000, who.northing > 1000).select("urn", "easting", "northing").to_pyarrow()
    east, north = (known[name].to_numpy(zero_copy_only=False) for name in ("easting", "northing"))
    longitude, latitude = grid.longitude_latitude(east, north)
    columns = {"urn": known["urn"].cast(pa.int64()), "longitude": pa.array(longitude.round(6)), "latitude": pa.array(latitude.round(6))}
    return ibis.memtable(pa.table(columns))


def _answers(backend: "Backend") -> "Table":
    """The table that pages read, with unknown texts empty."""
    authority, years = backend.table("authority"), backend.table("establishment_year")
    last = years.filter(years.open).group_by("urn").aggregate(then=years.authority.argmax(years.year, where=years.open))
    who = backend.table("who").left_join(last, "urn").drop("urn_right")
    who = who.mutate(known_year=_year_of(who.newest), authority=ibis.coalesce(who.then, who.authority)).drop("then")
    joined = who.left_join(_placed(backend.table("who")), "urn").drop("urn_right")
    joined = joined.drop("authority_name", "region_name").left_join(
        authority.select(authority=authority.code, authority_name=authority.name, region=authority.region), "authority"
    )
    after = ((joined.known_year + 1) % 100).cast("string").lpad(2, "0")
    return joined.mutate(
        **{name: joined[name].fill_null("other") for name in ("phase", "governance")},
        **{name: joined[name].fill_null("") for name in (*TEXTS, "authority_name", "region", "laestab")},
        authority=joined.authority.fill_null(""),
        placed_by=ibis.ifelse(joined.latitude.notnull(), "coordinates", ""),
        as_of=joined.known_year.cast("string") + "/" + after,
    ).select(*ANSWER)
