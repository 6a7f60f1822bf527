"""What is wrong with a data file and its description for Explore Education Statistics: the checks that block, after DfE’s screener."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

Row = dict[str, str]
META = ("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column")
REQUIRED = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
UNITS = ("", "%", "pp", "£", "£m", "numberstring")
LEVELS: dict[str, tuple[str, ...]] = {
    "National": ("country_code", "country_name"), "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name", "old_la_code"), "Local authority district": ("lad_code", "lad_name"),
    "Local enterprise partnership": ("local_enterprise_partnership_code", "local_enterprise_partnership_name"),
    "MAT": ("trust_id", "trust_name"), "School": ("school_urn", "school_name", "school_laestab"),
    "Provider": ("provider_ukprn", "provider_name"), "Ward": ("ward_code", "ward_name"),
    "Institution": ("institution_id", "institution_name"),
    "Parliamentary constituency": ("pcon_code", "pcon_name"),
    "Opportunity area": ("opportunity_area_code", "opportunity_area_name"),
}  # fmt: skip
PAIRS = (("region_code", "region_name"), ("new_la_code", "la_name"), ("lad_code", "lad_name"), ("country_code", "country_name"))
PLACES = frozenset(name for names in LEVELS.values() for name in names)
SIX = re.compile(r"^(Academic year|Financial year( Q[1-4])?|Tax year|(Autumn|Spring|Summer) term|Autumn and spring term)$")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FOUR = re.compile(rf"^(Calendar year|Reporting year|Week \d+|{MONTHS})$")
GROUPS = (
    r"Autumn and spring term", r"Calendar year", r"Financial year", r"Academic year", r"Tax year", r"Reporting year",
    r"(Autumn|Spring|Summer) term", r"Week \d+", rf"({MONTHS})", r"Financial year Q[1-4]",
    r"Part [12] \(.*\)",
)  # fmt: skip
OBSOLETE = ("~", ":")
SYMBOLS = ("z", "x", "c", "low", "k", "u")
GROUPS_OF_PEOPLE = re.compile(r"_(male|female|boys|girls|white|asian|black|mixed)$")


def read(content: bytes) -> list[Row]:
    """A file as rows of texts; a missing cell is empty."""
    return [{key or "": value or "" for key, value in row.items()} for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def faults(data: bytes, meta: bytes) -> list[str]:
    """What blocks the pair, in words; nothing for one that passes."""
    rows, described = read(data), read(meta)
    if not rows:
        return ["the data file has no rows"]
    return [fault for check in CHECKS for fault in check(rows, described)]


def warnings(data: bytes, meta: bytes) -> list[str]:
    """What is advised against: names that are not in snake case."""
    return [
        f"{one['col_name']} is not in snake case" for one in read(meta) if not re.fullmatch(r"[a-z][a-z0-9_]*", one.get("col_name", ""))
    ]


def _columns(rows: list[Row], described: list[Row]) -> Iterator[str]:
    have = rows[0].keys()
    yield from (f"the column {name} is missing" for name in REQUIRED if name not in have)
    yield from (f"the description has no column {name}" for name in META if described and name not in described[0])
    yield from (f"{one['col_name']} is described and not in the data" for one in described if one.get("col_name") not in have)
    for code, name in PAIRS:
        if (code in have) != (name in have):
            yield f"{code} and {name} go together"


def _described(rows: list[Row], described: list[Row]) -> Iterator[str]:
    for one in described:
        name, kind = one.get("col_name", ""), one.get("col_type", "")
        if kind not in ("Filter", "Indicator"):
            yield f"{name} is neither Filter nor Indicator"
        if not one.get("label", "").strip():
            yield f"{name} has no label"
        if one.get("indicator_unit", "") not in UNITS:
            yield f"{name} has a unit that is not known, {one['indicator_unit']}"
    split = [one["col_name"] for one in described if GROUPS_OF_PEOPLE.search(one.get("col_name", ""))]
    if len(split) > 1:
        yield f"{', '.join(split)} should be one indicator with a filter"


def _times(rows: list[Row], described: list[Row]) -> Iterator[str]:
    kinds = sorted({row.get("time_identifier", "") for row in rows})
    if not any(all(re.fullmatch(group, kind) for kind in kinds) for group in GROUPS):
        yield f"time identifiers do not go together: {', '.join(kinds)}"
    yield from time_faults(kinds[0], sorted({row.get("time_period", "") for row in rows}))


def time_faults(kind: str, periods: Sequence[str | None]) -> Iterator[str]:
    """Four or six digits by the identifier; six are two years, one after the other."""
    digits = 6 if SIX.match(kind) else 4 if FOUR.match(kind) else 0
    for one in periods:
        if not one or not one.isdigit() or (digits and len(one) != digits):
            yield f"{one} is no period of {kind}"
        elif len(one) == 6 and int(one[4:]) != (int(one[:4]) + 1) % 100:
            yield f"{one} is not two years, one after the other"


def _geography(rows: list[Row], described: list[Row]) -> Iterator[str]:
    for level in sorted({row.get("geographic_level", "") for row in rows}):
        wanted = LEVELS.get(level)
        if wanted is None:
            yield f"{level} is no geographic level"
            continue
        of_level = [row for row in rows if row.get("geographic_level") == level]
        yield from (f"{level} rows without {name}" for name in wanted if any(not row.get(name, "").strip() for row in of_level))
    for name in PLACES & rows[0].keys():
        if any(row[name].strip().lower() in ("total", "all") for row in rows):
            yield f"{name} holds a total"
    for code, name in (("trust_id", "trust_name"),):
        if code in rows[0] and any(
            row[code] in ("x", "z") and row.get(name, "").lower() not in ("not available", "not applicable") for row in rows
        ):
            yield f"{code} holds a symbol"


def _cells(rows: list[Row], described: list[Row]) -> Iterator[str]:
    filters = [one["col_name"] for one in described if one.get("col_type") == "Filter" and one.get("col_name") in rows[0]]
    indicators = [one["col_name"] for one in described if one.get("col_type") == "Indicator" and one.get("col_name") in rows[0]]
    for name in filters:
        cells = {row[name] for row in rows}
        if any(cell != cell.strip() for cell in cells):
            yield f"{name} has spaces around a value"
        if any(not cell.strip() or cell == "NULL" for cell in cells):
            yield f"{name} has an empty value"
    for name in indicators:
        yield from (f"{name} holds {cell!r}" for cell in sorted({row[name] for row in rows}) if not valid_indicator(cell))
    keys = [tuple(row.get(name, "") for name in rows[0] if name not in indicators) for row in rows]
    if len(set(keys)) < len(keys):
        yield "rows are repeated"


def valid_indicator(cell: str) -> bool:
    """A number, a symbol, or a text that says nothing obsolete."""
    return bool(cell.strip()) and cell not in OBSOLETE and cell not in ("NULL", "N/A")


CHECKS: tuple[Callable[[list[Row], list[Row]], Iterator[str]], ...] = (_columns, _described, _times, _geography, _cells)
