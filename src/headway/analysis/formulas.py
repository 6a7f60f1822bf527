"""Measures that are worked out from two tables: registered by name, named by a supply in the library."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import Table

Formula = Callable[["Table", "Table"], "Table"]


def income_per_pupil(amount: "Table", chosen: "Table") -> "Table":
    """Total income over the roll of the same school and year; no reading where the roll is not known.

    `amount` holds pounds in `value`. The roll becomes the denominator.
    """
    roll = chosen.filter((chosen.measure == "context.roll") & (chosen.cut == "all") & (chosen.value > 0))
    roll = roll.select("place", "year", roll=roll.value).distinct(on=["place", "year"], keep="first")
    joined = amount.inner_join(roll, ["place", "year"])
    return joined.mutate(numerator=joined.value, denominator=joined.roll, value=joined.value / joined.roll).select(*amount.columns)


FORMULAS: dict[str, Formula] = {"income_per_pupil": income_per_pupil}
WORDS = {"income_per_pupil": "Column {column} is the school's whole income in pounds; Headway divides it by the roll of the same year."}
