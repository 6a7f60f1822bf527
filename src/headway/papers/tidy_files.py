"""Public attendance as Explore Education Statistics takes it in: one tidy csv of figures, one of what their columns are."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from headway.papers.tidy_screening import META, screened
from headway.readings.attendance.public import AREA, Public, PublicFigure
from headway.vocabulary.errors import HeadwayError

COUNTRY = {"country_code": "E92000001", "country_name": "England"}
NOT_APPLICABLE, CONFIDENTIAL = "z", "c"
COUNTS, SHARES = "Sessions and pupils, to the nearest ten", "Rates"
FILTER = ("education_phase", "Filter", "School phase", "", "", "", "Filter by phase", "")
INDICATORS = (
    ("num_schools", "Number of schools", COUNTS, "", 0), ("enrolments", "Number of pupil enrolments", COUNTS, "", 0),
    ("possible_sessions", "Number of possible sessions", COUNTS, "", 0),
    ("authorised_absence", "Number of authorised absence sessions", COUNTS, "", 0),
    ("unauthorised_absence", "Number of unauthorised absence sessions", COUNTS, "", 0),
    ("enrolments_pa_told", "Number of enrolments with enough possible sessions to tell persistent absence", COUNTS, "", 0),
    ("enrolments_pa_10_exact", "Number of persistent absentees", COUNTS, "", 0),
    ("attendance_perc", "Attendance rate", SHARES, "%", 1), ("overall_absence_perc", "Overall absence rate", SHARES, "%", 1),
    ("authorised_absence_perc", "Authorised absence rate", SHARES, "%", 1),
    ("unauthorised_absence_perc", "Unauthorised absence rate", SHARES, "%", 1),
    ("enrolments_pa_10_exact_perc", "Percentage of persistent absentees", SHARES, "%", 1),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Of the area: the authority's codes and region, as published; empty where there is none, as in a made-up area."""

    authority: str
    ons: str
    name: str
    region: str
    region_name: str


def pair(of: Public, place: Place, laestab: dict[int, str]) -> tuple[str, str]:
    """(figures, what their columns are), as texts. Raises H-DATA-98 where the pair would not pass the department's checks."""
    data = [_row(of, one, place, laestab) for one in of.figures]
    meta = list(_meta())
    faults = screened(data, meta, list(data[0]) if data else ()) if data else ["there is no row"]
    if faults:
        raise HeadwayError("H-DATA-98", "The tidy files would not be taken in.", f"{faults[0]}.", "Load registers first, or tell us.")
    return _text(data), _text(meta)


def _meta() -> Iterator[dict[str, str]]:
    yield dict(zip(META, FILTER, strict=True))
    for name, label, group, unit, decimals in INDICATORS:
        yield dict(zip(META, (name, "Indicator", label, group, unit, str(decimals), "", ""), strict=True))


def _row(of: Public, one: PublicFigure, place: Place, laestab: dict[int, str]) -> dict[str, str]:
    school = one.urn != AREA
    own = (str(one.urn), one.name, laestab.get(one.urn) or NOT_APPLICABLE) if school else ("", "", "")
    return {
        "time_period": f"{of.year.start}{(of.year.start + 1) % 100:02d}", "time_identifier": "Academic year",
        "geographic_level": "School" if school else "Local authority", **COUNTRY, "region_code": place.region or NOT_APPLICABLE,
        "region_name": place.region_name or NOT_APPLICABLE, "old_la_code": place.authority, "new_la_code": place.ons or NOT_APPLICABLE,
        "la_name": place.name, **dict(zip(("school_urn", "school_name", "school_laestab"), own, strict=True)),
        "education_phase": one.phase.capitalize(), **_values(one),
    }  # fmt: skip


def _values(one: PublicFigure) -> dict[str, str]:
    rates = one.as_dict()
    values = (
        one.schools, one.enrolments, one.possible, one.authorised, one.unauthorised, one.told, one.persistent,
        *(rates[name] for name in ("attendance_rate", "absence_rate", "authorised_rate", "unauthorised_rate", "persistent_rate")),
    )  # fmt: skip
    return {indicator[0]: _written(value) for indicator, value in zip(INDICATORS, values, strict=True)}


def _written(value: object) -> str:
    """In full precision: how many decimals are shown is for what the columns are."""
    return CONFIDENTIAL if value is None else str(value)


def _text(rows: Sequence[dict[str, str]]) -> str:
    file = StringIO()
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
