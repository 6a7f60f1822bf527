"""Whether a pair of files, figures and what their columns are, is as Explore Education Statistics takes them in.

Checks of the department's screener (eesyscreener, May 2026) and of its analysts' guide, as far as they fail a file; each is a function of
the two tables and gives what is wrong, in words. What only advises there (snake case, harmonised names) is not asked for here.
"""

import re
from collections.abc import Callable, Iterator, Sequence

Table = Sequence[dict[str, str]]
DATA = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
META = (
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column",
)  # fmt: skip
UNITS = ("", "%", "pp", "£", "£m", "numberstring")
SYMBOLS = ("z", "x", "c", "low")
LEVELS = {
    "National": (), "Regional": ("region_code", "region_name"), "Local authority": ("old_la_code", "new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"), "RSC region": ("rsc_region_lead_name",),
    "Parliamentary constituency": ("pcon_code", "pcon_name"), "Local skills improvement plan area": ("lsip_code", "lsip_name"),
    "Local enterprise partnership": ("local_enterprise_partnership_code", "local_enterprise_partnership_name"),
    "English devolved area": ("english_devolved_area_code", "english_devolved_area_name"),
    "Opportunity area": ("opportunity_area_code", "opportunity_area_name"), "Ward": ("ward_code", "ward_name"),
    "MAT": ("trust_id", "trust_name"), "Sponsor": ("sponsor_id", "sponsor_name"),
    "School": ("school_urn", "school_name", "school_laestab"), "Provider": ("provider_ukprn", "provider_name"),
    "Institution": ("institution_id", "institution_name"), "Planning area": ("planning_area_code", "planning_area_name"),
    "Police force area": ("pfa_code", "pfa_name"),
}  # fmt: skip
PLACES = {name for columns in LEVELS.values() for name in columns}
TERMS, MONTHS = ("Autumn term", "Spring term", "Summer term"), (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
GROUPS: tuple[tuple[str, ...], ...] = (
    ("Autumn and spring term",), ("Calendar year",), ("Financial year",), ("Academic year",), ("Tax year",), ("Reporting year",), TERMS,
    tuple(f"Week {week}" for week in range(1, 53)), MONTHS, tuple(f"Financial year Q{quarter}" for quarter in range(1, 5)),
    ("Part 1 (April to September)", "Part 2 (October to March)"),
)  # fmt: skip
FOUR = {"Calendar year", "Reporting year", *GROUPS[7], *MONTHS}
SPLITS = {"male", "female", "boys", "girls", "white", "asian", "black", "mixed", "gender", "ethnicity"}  # of filters, not of names
NULLS = {"null", "na", "nan", "n/a", "#n/a"}


def screened(data: Table, meta: Table, columns: Sequence[str] = ()) -> list[str]:
    """Everything that is wrong, empty where the pair passes. `columns` are those of the figures where there is no row."""
    named = list(data[0]) if data else list(columns)
    missing = [f"no column {name}" for name in DATA if name not in named]
    missing += [f"no column {name} in what the columns are" for name in META if meta and name not in meta[0]]
    if missing or not meta:
        return missing or ["nothing says what the columns are"]
    return [fault for check in CHECKS for fault in dict.fromkeys(check(data, meta, named))]


def time_faults(data: Table, meta: Table, named: Sequence[str]) -> Iterator[str]:
    said = {row["time_identifier"] for row in data}
    group = next((group for group in GROUPS if said <= set(group)), None)
    if group is None:
        yield f"times of several kinds, or of none known: {', '.join(sorted(said))}"
    for row in data:
        yield from period_faults(row["time_period"], 4 if row["time_identifier"] in FOUR else 6)


def period_faults(period: str | None, digits: int) -> Iterator[str]:
    """A year, or two that follow each other as 202122."""
    if not period or not re.fullmatch(rf"\d{{{digits}}}", period):
        yield f"{period!r} is not a time of {digits} digits"
    elif digits == 6 and (int(period[2:4]) + 1) % 100 != int(period[4:]):
        yield f"{period!r} are not years that follow each other"


def meta_faults(data: Table, meta: Table, named: Sequence[str]) -> Iterator[str]:
    known = [row["col_name"] for row in meta]
    for row in meta:
        name = row["col_name"]
        if name not in named:
            yield f"{name} is no column of the figures"
        if row["col_type"] not in ("Filter", "Indicator"):
            yield f"{name} is neither a filter nor an indicator"
        if not row["label"].strip():
            yield f"{name} has no label"
        if row["indicator_unit"] not in UNITS:
            yield f"{name}: {row['indicator_unit']!r} is no unit"
        if row["col_type"] == "Filter" and (row["indicator_unit"] or row["indicator_dp"] or row["indicator_grouping"]):
            yield f"{name} is a filter and has what only indicators have"
        if row["indicator_dp"] and not row["indicator_dp"].isdigit():
            yield f"{name}: {row['indicator_dp']!r} is no number of decimals"
        if row["filter_grouping_column"] and row["filter_grouping_column"] not in named:
            yield f"{name} is grouped by {row['filter_grouping_column']}, which is no column"
    grouping = {row["filter_grouping_column"] for row in meta}
    yield from (f"{name} stands twice" for name in known if known.count(name) > 1)
    yield from (f"nothing says what {name} is" for name in named if name not in {*known, *DATA, *PLACES, *grouping, *_told_with(named)})
    if not any(row["col_type"] == "Indicator" for row in meta):
        yield "there is no indicator"


def _told_with(named: Sequence[str]) -> set[str]:
    """Columns that describe a place beside its code and name."""
    return {"old_la_code", "school_laestab"} & set(named)


def filter_faults(data: Table, meta: Table, named: Sequence[str]) -> Iterator[str]:
    filters = [row["col_name"] for row in meta if row["col_type"] == "Filter" and row["col_name"] in named]
    for name in filters:
        for value in dict.fromkeys(row[name] for row in data):
            if not value.strip():
                yield f"{name} has a blank"
            elif value != value.strip():
                yield f"{name} has a space before or after {value.strip()!r}"
            elif value.lower() in NULLS:
                yield f"{name} has {value!r}, which is no group"
    if not filters:
        indicators = [row["col_name"] for row in meta if row["col_type"] == "Indicator"]
        smushed = [name for name in indicators if SPLITS & set(name.lower().split("_"))]
        yield from (f"{name} holds a filter in its name" for name in smushed)


def place_faults(data: Table, meta: Table, named: Sequence[str]) -> Iterator[str]:
    for level in dict.fromkeys(row["geographic_level"] for row in data):
        if level not in LEVELS:
            yield f"{level!r} is no level of places"
    for columns in LEVELS.values():
        there = [name for name in columns if name in named]
        if there and len(there) < len(columns):
            yield f"{' and '.join(there)} without {' and '.join(name for name in columns if name not in named)}"
    if any(row["country_name"].strip().lower() in ("total", "all") for row in data):
        yield "a total stands in country_name"
    for row in data:
        yield from _place(row)
    yield from _names(data, named)


def _place(row: dict[str, str]) -> Iterator[str]:
    level, columns = row["geographic_level"], LEVELS.get(row["geographic_level"], ())
    yield from (f"a row of {level} has no {name}" for name in columns if not row.get(name, "").strip())
    yield from (f"a total stands in {name}" for name in PLACES if row.get(name, "").strip().lower() in ("total", "all"))


def _names(data: Table, named: Sequence[str]) -> Iterator[str]:
    """A code is of one name."""
    for code, name in (columns[-2:] if columns[0] != "school_urn" else columns[:2] for columns in LEVELS.values() if len(columns) > 1):
        found: dict[str, str] = {}
        for row in data if code in named and name in named else ():
            if row[code] and found.setdefault(row[code], row[name]) != row[name]:
                yield f"{code} {row[code]!r} has several names"


def value_faults(data: Table, meta: Table, named: Sequence[str]) -> Iterator[str]:
    texts = {row["col_name"] for row in meta if row["indicator_unit"] == "numberstring"}
    indicators = [row["col_name"] for row in meta if row["col_type"] == "Indicator" and row["col_name"] in named]
    for name in indicators:
        for value in dict.fromkeys(row[name] for row in data) if name not in texts else ():
            yield from indicator_faults(name, value)
    keys = [tuple(value for name, value in row.items() if name not in indicators) for row in data]
    if len(set(keys)) < len(keys):
        yield "two rows are of the same time, place and groups"


def indicator_faults(name: str, value: str) -> Iterator[str]:
    """A number, or one of the symbols; no thousands separator, no sign of a unit."""
    if value not in SYMBOLS and not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value):
        yield f"{name} has {value!r}, which is neither a number nor a symbol"


CHECKS: tuple[Callable[[Table, Table, Sequence[str]], Iterator[str]], ...] = (
    meta_faults, time_faults, filter_faults, place_faults, value_faults,
)  # fmt: skip
