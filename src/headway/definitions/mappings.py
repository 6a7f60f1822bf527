"""Faults of mappings that their schema alone cannot see: columns that the template or the export does not have."""

from headway.definitions.schemas import Mapping, SourceTable

TEMPLATE = "local_pupil.early_results"


def template_columns(tables: dict[str, SourceTable]) -> tuple[str, ...]:
    """The headers of the early results template; none when the library has no template."""
    return tables[TEMPLATE].layouts[0].headers if TEMPLATE in tables else ()


def mapping_faults(mappings: dict[str, Mapping], tables: dict[str, SourceTable]) -> list[str]:
    """One line for each fault of each mapping."""
    wanted = set(template_columns(tables))
    faults: list[str] = []
    for mapping in mappings.values():
        theirs = set(mapping.headers)
        for part in (mapping, *mapping.rows):
            unknown = {*part.columns, *part.constants} - wanted
            faults.extend(f"mappings {mapping.id}: the template has no column {name!r}" for name in unknown)
            faults.extend(f"mappings {mapping.id}: {name!r} is not among its headers" for name in set(part.columns.values()) - theirs)
        faults.extend(f"mappings {mapping.id}: the template has no column {name!r}" for name in mapping.values.keys() - wanted)
        faults.extend(_unfilled(mapping))
    return faults


def _unfilled(mapping: Mapping) -> list[str]:
    """Each row of the template needs its place, year, measure and cut, and a value or both counts."""
    faults: list[str] = []
    for part in mapping.rows:
        filled = {*mapping.columns, *mapping.constants, *part.columns, *part.constants}
        lacking = [name for name in ("URN", "Academic year", "Headway measure", "Cut") if name not in filled]
        if "Value" not in filled and not {"Numerator", "Denominator"} <= filled:
            lacking.append("Value")
        faults.extend(f"mappings {mapping.id}: nothing fills the template's column {name!r}" for name in lacking)
    return faults
