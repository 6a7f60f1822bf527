"""What a landed row is of: its level, place and year, as Ibis expressions over the text cells."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.definitions.loading import Library
from headway.definitions.schemas import Layout, Levels, SourceTable, YearOf
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table, Value

OUTSIDE_YEARS = (1980, 2100)


def cell(table: "Table", name: str) -> "StringValue":
    """A column as trimmed text, or empty text when the table has none of that name (case does not matter)."""
    actual = {column.lower(): column for column in table.columns}.get(name.lower())
    return table[actual].strip() if actual else ibis.literal("")


def levels_of(definition: SourceTable, layout: Layout) -> Levels:
    return layout.levels or definition.levels


def year_of(definition: SourceTable, layout: Layout) -> YearOf:
    return layout.year or definition.year


def level(table: "Table", definition: SourceTable, layout: Layout) -> "StringValue":
    """school, authority, region or england; empty for a row that is none of these."""
    rule = levels_of(definition, layout)
    if rule.every_row:
        plain = ibis.literal(rule.every_row)
        return ibis.ifelse(_is_urn(table, definition), plain, "") if rule.every_row == "school" else plain
    text = cell(table, rule.column or "").re_replace(r"\.0$", "").lower()  # Local Authority, Local authority
    named = [(name, getattr(rule, name)) for name in ("england", "region", "authority", "school")]
    branches: list[tuple[Any, str]] = [(text.isin([item.lower() for item in texts]), name) for name, texts in named if texts]
    if not rule.school and "urn" in definition.key:
        branches.append((_is_urn(table, definition), "school"))
    if not rule.authority and "authority" in definition.key:
        branches.append((_authority(table, definition).length() == 3, "authority"))
    return ibis.cases(*branches, else_="") if branches else ibis.literal("")


def _is_urn(table: "Table", definition: SourceTable) -> Any:
    return cell(table, definition.key.get("urn", "URN")).re_search(r"^[1-9][0-9]{5}(\.0)?$")


def _authority(table: "Table", definition: SourceTable) -> "StringValue":
    text = cell(table, definition.key.get("authority", "LEA")).re_replace(r"\.0$", "")
    return ibis.ifelse(text.re_search(r"^[0-9]{3}$"), text, "")


def place(table: "Table", definition: SourceTable, library: Library, at: "StringValue") -> "StringValue":
    """The URN, authority code, region code or England's code of a row, by its level."""
    regions = {str(item["lait"]): code for code, item in (library.lists.get("regions") or {}).items() if item.get("lait")}
    region = cell(table, definition.key.get("region", definition.key.get("authority", ""))).re_replace(r"\.0$", "")
    return ibis.cases(
        (at == "school", cell(table, definition.key.get("urn", "URN")).re_replace(r"\.0$", "")),
        (at == "authority", _authority(table, definition)),
        (at == "region", region.substitute(regions, else_=region) if regions else region),
        (at == "england", ibis.literal(ENGLAND)),
        else_="",
    )


def phase_cut(table: "Table", definition: SourceTable, layout: Layout, at: "StringValue") -> "StringValue":
    """`phase=primary` for a national row that is of one phase only; else `all`."""
    rule = levels_of(definition, layout)
    if not (rule.england_phase and rule.phase_column):
        return ibis.literal("all")
    columns = [cell(table, name) for name in rule.phase_column]
    return ibis.cases(
        *[((at == "england") & (column == text), f"phase={phase}") for column in columns for text, phase in rule.england_phase.items()],
        else_="all",
    )


def first_year(table: "Table", definition: SourceTable, layout: Layout, given: "AcademicYear | Value | None") -> "Value":
    """The calendar year in which the row's academic year starts; null when the row does not say one year.

    `given` is the file's own year, or a column that holds its start, for rules that do not read a column.
    """
    rule = year_of(definition, layout)
    if not rule.column:
        return (
            ibis.literal(given.start, type="int64") if isinstance(given, AcademicYear) else ibis.null("int64") if given is None else given
        )
    text = cell(table, rule.column)
    digits = text.re_extract(r"^(\d{4})", 1).try_cast("int64")
    if rule.style == "packed":
        year = ibis.ifelse(text.re_search(r"^\d{6}$"), digits, ibis.ifelse(text.re_search(r"^\d{4}$"), digits - 1, None))
    elif rule.style in ("ending", "financial_ending"):
        year = digits - 1
    elif rule.style == "starting":
        year = digits
    else:
        year = free_text_year(text)
    return ibis.ifelse(year.between(*OUTSIDE_YEARS), year, None)


def free_text_year(text: "StringValue") -> "Value":
    """Years as people write them: 2019 and `2018 (Rev)` end then; 2018/19 and `2018-19 (OT)` start then.

    Spans of several years (2016/17-18/19, 2014-16) are none, and give null.
    """
    digits = text.re_extract(r"^(\d{4})", 1).try_cast("int64")
    after = text.re_extract(r"^\d{4}\s*[-/](\d{2})(\d{2})?(?:\s*\(.*\))?$", 1).try_cast("int64")
    whole = text.re_extract(r"^\d{4}\s*[-/]\d{2}(\d{2})(?:\s*\(.*\))?$", 1).try_cast("int64")
    end = ibis.coalesce(whole, after)
    alone = text.re_search(r"^\d{4}(\.0)?(\s*\(.*\))?$")
    return ibis.cases((alone, digits - 1), ((digits + 1) % 100 == end, digits), else_=None)
