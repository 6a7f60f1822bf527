"""Which columns of a landed table the library's measures read, and what their numbers may be."""

from collections.abc import Iterator
from dataclasses import dataclass

from headway.definitions.loading import Library
from headway.definitions.schemas import Columns, Supply
from headway.definitions.supplying import supplies_of


@dataclass(frozen=True)
class Use:
    """One column as one measure reads it. `codes` are those of a series table; else none."""

    column: str  # canonical name, in lower case
    measure: str
    percent: bool
    range: tuple[float, float] | None
    scale: float
    first: int  # the years (starts, closed) in which the measure is defined
    last: int
    by: str = ""  # the column of a series that holds the code
    codes: tuple[str, ...] = ()

    def holds(self, year: int | None) -> bool:
        return year is None or self.first <= year <= self.last


def value_uses(library: Library, table: str) -> list[Use]:
    """The columns that hold values of measures as published; those that a formula works on are not judged."""
    definition = library.tables[table]
    found: dict[Use, None] = {}
    for measure, period, supply in supplies_of(library, table):
        if supply.formula:
            continue
        last = 9999 if period.until == "open" else period.until.start
        for columns in _every(supply):
            if columns.value:
                by = next(iter(columns.where), "") if definition.kind == "series" else ""
                use = Use(
                    column=columns.value.lower(),
                    measure=measure.id,
                    percent=measure.unit == "percent",
                    range=measure.range,
                    scale=columns.scale,
                    first=period.from_.start,
                    last=last,
                    by=by.lower(),
                    codes=columns.where.get(by, ()),
                )
                found[use] = None
    return list(found)


def marked_columns(library: Library, table: str) -> list[str]:
    """Every column, in lower case, in which a number or a marker in its place is expected."""
    found: dict[str, None] = {}
    for _, _, supply in supplies_of(library, table):
        for columns in _every(supply):
            for name in (columns.value, columns.numerator, columns.denominator, columns.lower, columns.upper):
                if name:
                    found[name.lower()] = None
    return list(found)


def _every(supply: Supply) -> Iterator[Columns]:
    base = Columns(**{name: getattr(supply, name) for name in Columns.model_fields})
    yield base
    for cut in supply.cuts.values():
        said = {name: getattr(cut, name) for name in cut.model_fields_set if name != "where"}
        yield base.model_copy(update={**said, "where": {**base.where, **cut.where}})
