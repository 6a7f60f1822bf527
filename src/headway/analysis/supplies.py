"""Which columns of a landed file give which readings: the library's supplies, flattened for one file."""

from collections.abc import Iterator
from dataclasses import dataclass

from headway.definitions.loading import Library
from headway.definitions.schemas import Columns, Measure, Supply, Unfilled
from headway.definitions.supplying import supplies_of
from headway.store.landed import LandedFile
from headway.vocabulary.cut import parse_cut


@dataclass(frozen=True)
class Want:
    """One measure and cut that a file gives, with its columns and the years (starts, closed) in which it holds."""

    measure: Measure
    cut: str
    columns: Columns
    levels: tuple[str, ...]
    first: int
    last: int
    formula: str | None
    unfilled: tuple[Unfilled, ...] = ()


def wants(library: Library, file: LandedFile) -> list[Want]:
    """Everything that a landed file supplies."""
    there = {name.lower() for name in file.columns}
    found = []
    for measure, period, supply in supplies_of(library, file.table):
        last = 9999 if period.until == "open" else period.until.start
        for cut, columns in _held(supply, there):
            unfilled = library.tables[file.table].unfilled_in(columns)
            found.append(Want(measure, cut, columns, supply.levels, period.from_.start, last, supply.formula, unfilled))
    return found


def _held(supply: Supply, there: set[str]) -> Iterator[tuple[str, Columns]]:
    """The supply's cuts whose columns the file has. A base `where` on a column that it lacks filters nothing."""
    base = Columns(**{name: getattr(supply, name) for name in Columns.model_fields})
    inherited = {name: texts for name, texts in base.where.items() if name.lower() in there}
    if _gives(base, there):
        yield parse_cut(supply.cut), base.model_copy(update={"where": inherited})
    for name, cut in supply.cuts.items():
        said = {field: getattr(cut, field) for field in cut.model_fields_set if field != "where"}
        if {"value", "numerator"} & cut.model_fields_set and "denominator" not in said:
            said.setdefault("denominator", None)
        for field in ("numerator", "lower", "upper"):
            if {"value", "numerator"} & cut.model_fields_set:
                said.setdefault(field, None)
        whole = base.model_copy(update={**said, "where": {**inherited, **cut.where}})
        if _gives(whole, there) and all(column.lower() in there for column in cut.where):
            yield parse_cut(name), whole


def _gives(columns: Columns, there: set[str]) -> bool:
    if columns.value:
        return columns.value.lower() in there
    counts = {name.lower() for name in (columns.numerator, columns.denominator) if name}
    return len(counts) == 2 and counts <= there
