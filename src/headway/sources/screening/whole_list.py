"""A list of schools cut off: too few of them, whatever its last row and its footer say."""

from headway.sources.screening.national import Extent
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import share, when
from headway.store.engine import named
from headway.store.landed import LandedFile

FEWEST_OF_LAST = 0.76  # published lists have shrunk to 0.78 of the year before when a type of school was left out
TAIL_BELOW = 0.12  # share of last list's URNs above this one's highest
COVERED = 0.88  # of another table's schools of the same year, by a list of all schools


def check(subject: Subject) -> list[CheckResult]:
    if "urn" not in subject.definition.key or subject.definition.kind not in {"wide", "register"} or not subject.schools:
        return [fine("whole_list")]
    extent = Extent(subject)
    if not extent.national:
        return [fine("whole_list", f"An extract of {subject.schools:,} schools.")]
    fault = _too_few(extent) or _no_tail(extent) or _others_schools(extent)
    if fault:
        return [
            refused(
                "whole_list",
                "H-DATA-50",
                f"The list of schools looks cut off: {fault}",
                "Download it again and compare its size with the publisher's.",
            )
        ]
    return [fine("whole_list", f"{subject.schools:,} schools.")]


def _too_few(extent: Extent) -> str:
    schools = extent.subject.schools
    if schools < extent.usual:
        return f"it holds {schools:,} schools and a whole one at least {extent.usual:,}."
    before = extent.sister.rows_by_level.get("school", 0) if extent.sister else 0
    if extent.sister and schools < FEWEST_OF_LAST * before:
        return f"it holds {schools:,} schools and that of {when(extent.sister)} held {before:,}."
    return ""


def _no_tail(extent: Extent) -> str:
    """Lists in order of URN that end early lack the highest, which are the newest schools."""
    if extent.sister is None or not (column := _urn_column(extent.subject, extent.sister)):
        return ""
    highest = extent.subject.ask("SELECT max(place) FROM located WHERE level = 'school'")[0][0]
    sql = (
        f"SELECT avg(CASE WHEN u > ? THEN 1.0 ELSE 0.0 END) FROM (SELECT trim({named(column)}) u FROM read_parquet(?)) "
        "WHERE regexp_full_match(u, '[1-9][0-9]{5}')"
    )
    above = extent.subject.ask(sql, [highest, str(extent.sister.path)])[0][0] or 0.0
    if above > TAIL_BELOW:
        return f"its highest URN is {highest}, and {share(above)} of the schools of {when(extent.sister)} have a higher one."
    return ""


def _urn_column(subject: Subject, file: LandedFile) -> str:
    return {name.lower(): name for name in file.columns}.get(subject.definition.key["urn"].lower(), "")


def _others_schools(extent: Extent) -> str:
    """A list of every school must hold the schools that other tables of the same year hold."""
    lists = (extent.subject.library.lists.get("whole_tables") or {}).get("every_school") or []
    if extent.subject.definition.id not in lists:
        return ""
    for file in sorted(extent.subject.earlier, key=lambda file: -file.rows_by_level.get("school", 0))[:40]:
        same_year = file.year is not None and file.year.start == extent.subject.year
        key = extent.subject.library.tables[file.table].key.get("urn", "") if file.table in extent.subject.library.tables else ""
        column = {name.lower(): name for name in file.columns}.get(key.lower(), "")
        if same_year and column and file.table not in lists and file.path.exists():
            sql = (
                "SELECT avg(CASE WHEN l.place IS NULL THEN 0.0 ELSE 1.0 END) FROM "
                f"(SELECT DISTINCT trim({named(column)}) u FROM read_parquet(?)) "
                "LEFT JOIN (SELECT DISTINCT place FROM located) l ON u = l.place WHERE regexp_full_match(u, '[1-9][0-9]{5}')"
            )
            covered = extent.subject.ask(sql, [str(file.path)])[0][0]
            if covered is not None and covered < COVERED:
                return f"it lacks {share(1 - covered)} of the schools in {file.source_name} of the same year."
            return ""
    return ""
