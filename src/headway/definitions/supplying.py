"""What a source table supplies: what measures say of it, and every measure where its rows name them."""

from collections.abc import Iterator

from headway.definitions.loading import Library
from headway.definitions.schemas import Measure, OwnColumns, Period, Supply


def supplies_of(library: Library, table: str) -> Iterator[tuple[Measure, Period, Supply]]:
    """Every supply from a table, with its measure and period."""
    definition = library.tables[table]
    for measure in library.measures.values():
        for period in measure.periods:
            yield from ((measure, period, supply) for supply in period.supplies if supply.table == table)
            if definition.own_columns:
                yield measure, period, _implied(definition.id, definition.own_columns, measure)


ONLY_FIGURES = ("wide", "tidy", "series", "reference")  # kinds of table that are nothing but figures for measures


def taken(library: Library) -> set[str]:
    """Tables from which something is taken: by a measure, by its own rows, or by the register, the map or the inspections."""
    by_measure = {supply.table for measure in library.measures.values() for period in measure.periods for supply in period.supplies}
    others = {name for name, table in library.tables.items() if table.own_columns or table.kind not in ONLY_FIGURES}
    return by_measure | others


def _implied(table: str, own: OwnColumns, measure: Measure) -> Supply:
    return Supply(table=table, value=own.value, numerator=own.numerator, denominator=own.denominator, where={own.measure: (measure.id,)})
