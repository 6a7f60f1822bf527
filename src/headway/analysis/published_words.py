"""Published text cells as values: texts that are there, days in any of the ways publishers write them, whole numbers, URNs."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.sources.rows import cell

if TYPE_CHECKING:
    from ibis.expr.types import Table

NOTHING = ("", "NULL", "N/A", "n/a", "None", "Not recorded")


def text(table: "Table", name: str) -> Any:
    """A cell as text; null where the table has no such column or the cell says nothing."""
    if not name:
        return ibis.null("string")
    found = cell(table, name)
    return ibis.ifelse(found.isin(list(NOTHING)), None, found)


def day(found: Any) -> Any:
    """A date from 20160831, 31/08/2016, 31-08-2016, 2016-08-31 or 2016-08-31 00:00:00; null from anything else."""
    iso = found.re_extract(r"^(\d{4}-\d{2}-\d{2})", 1)
    packed = found.re_replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3")
    written = found.re_replace(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4}).*$", r"\3-\2-\1")
    chosen = ibis.cases((found.re_search(r"^\d{4}-\d{2}-\d{2}"), iso), (found.re_search(r"^\d{8}$"), packed), else_=written)
    return chosen.try_cast("date")


def whole(found: Any) -> Any:
    """A whole number; 94.0 is one, a dash is none."""
    return found.replace(",", "").try_cast("float64").round().cast("int64")


def urn(found: Any) -> Any:
    """A six-digit URN as a number, or null."""
    plain = found.re_replace(r"\.0$", "")
    return ibis.ifelse(plain.re_search(r"^[1-9][0-9]{5}$"), plain, None).cast("int64")
