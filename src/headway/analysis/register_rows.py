"""Every list that tells who schools are, as rows of one shape: what each list knew of each school on its day."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis import published_words as words
from headway.analysis import school_kinds
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    from ibis.expr.types import Table

SCHEMA = ibis.schema(
    {
        "urn": "int64", "file_id": "string", "source": "string", "known": "date", "knowledge": "int64", "year": "int16", "whole": "boolean",
        "name": "string", "authority": "string", "authority_name": "string", "region_name": "string", "laestab": "string",
        "type": "string", "phase": "string", "governance": "string", "status": "string", "opened": "date", "closed": "date",
        "age_low": "int64", "age_high": "int64", "gender": "string", "religious_character": "string", "street": "string",
        "town": "string", "postcode": "string", "locality": "string", "ward": "string", "constituency": "string",
        "trust": "string", "trust_uid": "string", "pupils": "int64", "easting": "float64", "northing": "float64", "selective": "boolean",
    }
)  # fmt: skip

SCHOOL_LIST, REGISTER, PROFILE = "performance_tables.school_list", "gias.establishments", "school_profile.establishments"
INSPECTED, MEMBERS = "ofsted.management_information", "gias.group_links"
FEWEST_OF_A_WHOLE_LIST = 15_000  # schools; England has had more than 20,000 in every year
LAST_RESORT = 1_000_000  # days: a list of inspections speaks only where no register does

COMMON = {"name": "SCHNAME", "authority": "LA", "authority_name": "LANAME", "street": "STREET", "town": "TOWN", "postcode": "POSTCODE",
          "locality": "LOCALITY", "gender": "GENDER", "group": "MINORGROUP", "opened": "OPENDATE", "closed": "CLOSEDATE",
          "laestab": "LAESTAB", "type": "type", "status": "standing", "age_low": "age_low", "age_high": "age_high",
          "religious_character": "religious_character", "primary": "ISPRIMARY", "secondary": "ISSECONDARY",
          "post16": "ISPOST16", "selective": "ADMPOL"}  # fmt: skip
FLAGS = ("primary", "secondary", "post16")
COLUMNS: dict[str, dict[str, str]] = {
    SCHOOL_LIST: COMMON,
    REGISTER: {
        "name": "EstablishmentName", "authority": "LA (code)", "authority_name": "LA (name)", "region_name": "GOR (name)",
        "number": "EstablishmentNumber", "type": "TypeOfEstablishment (name)", "group": "EstablishmentTypeGroup (name)",
        "status": "EstablishmentStatus (name)", "opened": "OpenDate", "closed": "CloseDate", "word": "PhaseOfEducation (name)",
        "age_low": "StatutoryLowAge", "age_high": "StatutoryHighAge", "gender": "Gender (name)",
        "religious_character": "ReligiousCharacter (name)", "street": "Street", "town": "Town", "postcode": "Postcode",
        "locality": "Locality", "ward": "AdministrativeWard (name)", "constituency": "ParliamentaryConstituency (name)",
        "trust": "Trusts (name)", "pupils": "NumberOfPupils", "easting": "Easting", "northing": "Northing",
        "selective": "AdmissionsPolicy (name)",
    },
    PROFILE: {
        "name": "EstablishmentName", "authority": "LAId", "authority_name": "LAName", "region_name": "RegionName", "laestab": "LAESTAB",
        "type": "TypeOfEstablishmentName", "group": "EstablishmentTypeGroupName", "status": "EstablishmentStatusName",
        "word": "PhaseOfEducationName", "age_low": "AgeRangeLow", "age_high": "AgeRangeHigh", "gender": "GenderName",
        "religious_character": "ReligiousCharacterName", "street": "Street", "town": "Town", "postcode": "Postcode",
        "locality": "Locality", "trust": "TrustName", "trust_uid": "TrustId", "pupils": "TotalPupils", "easting": "Easting",
        "northing": "Northing", "selective": "AdmissionsPolicyName",
    },
    INSPECTED: {
        "name": "name", "laestab": "LAESTAB", "authority_name": "Local authority", "region_name": "Region", "type": "type",
        "word": "phase", "postcode": "Postcode", "constituency": "Parliamentary constituency", "trust": "Multi-academy trust name",
        "trust_uid": "Multi-academy trust UID", "pupils": "Total number of pupils", "age_low": "Statutory lowest age",
        "age_high": "Statutory highest age", "selective": "Admissions policy",
    },
}  # fmt: skip
OLDER_INSPECTED = {"constituency": "Parliamentary Constituency", "authority_name": "Local Authority", "pupils": "Total pupils"}
_MONTH = re.compile(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!\d)")


def known_on(file: LandedFile) -> date:
    """The day of which a list speaks: told in its name, its month, or the end of its academic year."""
    if file.as_at:
        return file.as_at
    month = _MONTH.search(file.source_name)
    if month and not file.year:
        return date(int(month[1]), int(month[2]), 1)
    return date(file.year.start + 1, 7, 31) if file.year else date(1990, 1, 1)


def academic_year(day: date) -> int:
    """The calendar year in which the academic year of a day starts."""
    return day.year if day.month >= 9 else day.year - 1


def told(table: "Table", file: LandedFile) -> "Table | None":
    """The texts that one landed file tells of schools, by our own names; None for a file that tells nothing of the kind."""
    if file.table == MEMBERS:
        return _trusts(table, file)
    if file.table not in COLUMNS:
        return None
    named = dict(COLUMNS[file.table])
    if file.table == INSPECTED and "Local Authority" in file.columns:
        named |= OLDER_INSPECTED
    texts = {name: words.text(table, named.get(name, "")) for name in (*SCHEMA.names, "group", "word", "number", *FLAGS) if name != "urn"}
    return table.select(**texts, urn=words.text(table, "URN").fill_null(""))


def rows(t: "Table", file: LandedFile) -> "Table":
    """The texts of `told`, once they stand in a table of their own, in the columns of SCHEMA."""
    if file.table == MEMBERS:
        return t
    low, high = words.whole(t["age_low"]), words.whole(t["age_high"])
    laestab = t["laestab"].re_replace(r"\.0$", "")
    authority = ibis.coalesce(t["authority"].re_replace(r"\.0$", ""), laestab.substr(0, 3))
    cleaned = {
        "urn": words.urn(t["urn"]),
        "authority": ibis.ifelse(authority.re_search(r"^\d{3}$"), authority, None),
        "laestab": ibis.coalesce(laestab, authority + t["number"]),
        "phase": school_kinds.phase(
            t["type"], t["word"], (t["primary"] == "1", t["secondary"] == "1", t["post16"] == "1"), low, high
        ).nullif("other"),
        "governance": ibis.ifelse(t["type"].isnull() & t["group"].isnull(), None, school_kinds.governance(t["type"], t["group"])),
        "status": _status(t["status"]),
        "opened": words.day(t["opened"]),
        "closed": words.day(t["closed"]),
        "age_low": low,
        "age_high": high,
        "pupils": words.whole(t["pupils"]),
        "easting": t["easting"].try_cast("float64"),
        "northing": t["northing"].try_cast("float64"),
        "selective": t["selective"].lower().nullif("not recorded") == "selective",
        "trust_uid": t["trust_uid"].re_replace(r"\.0$", ""),
    }
    made = t.select(**{**{name: t[name] for name in SCHEMA.names}, **cleaned, **_of_file(file)})
    return made.filter(made.urn.notnull()).cast(SCHEMA).select(*SCHEMA.names)


def _of_file(file: LandedFile) -> dict[str, Any]:
    known = known_on(file)
    days = known.toordinal() - (LAST_RESORT if file.table in (INSPECTED, MEMBERS) else 0)
    return {
        "file_id": ibis.literal(file.id),
        "source": ibis.literal(file.table),
        "known": ibis.literal(known),
        "knowledge": ibis.literal(days),
        "year": ibis.literal(file.year.start if file.year else academic_year(known)),
        "whole": ibis.literal(file.rows >= FEWEST_OF_A_WHOLE_LIST),
    }


def _status(found: Any) -> Any:
    """open, closed or proposed; null where the list does not say. ICLOSE: 1 open, 2 closed, 3 to be closed, 4 proposed."""
    word = found.lower()
    return ibis.cases(
        (word.isin(["1", "3"]) | word.startswith("open"), "open"),
        (word.isin(["2", "closed"]), "closed"),
        ((word == "4") | word.contains("proposed"), "proposed"),
        else_=None,
    )


def _trusts(table: "Table", file: LandedFile) -> "Table":
    """Members of open single- and multi-academy trusts: rows that tell the trust and nothing else."""
    kind, standing = words.text(table, "Group Type"), words.text(table, "Group Status")
    kept = table.filter(kind.isin(["Multi-academy trust", "Single-academy trust"]), standing == "Open")
    blank = {name: ibis.null(kind) for name, kind in SCHEMA.items()}
    told = {
        "urn": words.urn(ibis.coalesce(words.text(kept, "URN"), "")),
        "trust": words.text(kept, "Group Name"),
        "trust_uid": words.text(kept, "Group UID"),
        "whole": ibis.literal(False),
    }
    made = kept.select(**{**blank, **_of_file(file), **told, "knowledge": ibis.literal(known_on(file).toordinal())})
    return made.filter(made.urn.notnull()).cast(SCHEMA).select(*SCHEMA.names)
