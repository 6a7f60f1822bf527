"""Our own sums of schools set beside the published figures of areas: how far apart, whether within rounding, and if not why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.aggregates import AREAS, WORKED

if TYPE_CHECKING:
    from ibis.expr.types import Table

KEY = ["level", "place", "measure", "year", "cut"]
MOST_PLACES = 3  # more decimal places than these are an unrounded figure
TINY = 1e-9
SCHEMA = ibis.schema(
    {
        "level": "string", "place": "string", "measure": "string", "year": "int16", "cut": "string",
        "published": "float64", "worked": "float64", "difference": "float64", "half_unit": "float64", "within": "boolean",
        "reason": "string", "weighted": "boolean", "schools": "int64", "withheld": "int64", "without_figure": "int64",
        "without_cohort": "int64", "independent": "int64", "other_list": "int64", "source_table": "string", "file_id": "string",
        "row": "int64",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One area's published figure beside our own, and what went into ours."""

    published: float
    worked: float
    half_unit: float
    mainstream: float | None
    weighted: bool
    schools: int
    withheld: int
    without_figure: int
    without_cohort: int
    independent: int
    other_list: int
    ours: str  # release of the schools' figures
    theirs: str  # release of the area's

    @property
    def difference(self) -> float:
        return self.worked - self.published

    @property
    def within(self) -> bool:
        return abs(self.difference) <= self.half_unit + TINY

    def reason(self) -> str:
        """Why the two differ by more than rounding, as far as the files tell; empty when they do not."""
        if self.within:
            return ""
        found = [
            f"{_many(self.withheld, 'school')} withheld" if self.withheld else "",
            f"{_many(self.without_figure, 'school')} without a figure" if self.without_figure else "",
            "" if self.weighted else "no cohort sizes: the plain mean over schools",
            f"{_many(self.without_cohort, 'school')} without a cohort size" if self.weighted and self.without_cohort else "",
            "within rounding without special schools" if self._mainstream_agrees() else "",
            f"{_many(self.other_list, 'school')} placed by the school list of another year" if self.other_list else "",
            f"schools' figures are {self.ours}, the area's {self.theirs}" if self.ours != self.theirs else "",
        ]
        said = "; ".join(part for part in found if part)
        if self.schools == 0:
            return "no school's figure can be used"
        return said or "not explained by the files: the area's figure may cover pupils or schools that no file lists"

    def _mainstream_agrees(self) -> bool:
        return self.mainstream is not None and abs(self.mainstream - self.published) <= self.half_unit + TINY


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def compared(aggregate: "Table", readings: "Table") -> list[dict[str, Any]]:
    """Rows of SCHEMA: every area, measure and year for which both a published figure and our own sum exist."""
    of_area = readings.level.isin(AREAS)
    published = readings.filter(of_area, readings.cut == "all", readings.value.notnull(), readings.table != WORKED)
    rounding = _half_units(published)
    chosen = published.select(*KEY, "file_id", "row", published=published.value, source_table=published.table, theirs=published.release)
    joined = chosen.inner_join(aggregate, KEY).inner_join(rounding, ["measure", "year", "source_table"])
    told = [name for name in SCHEMA.names if name in joined.columns and name not in KEY]
    found = joined.select(*KEY, *told, "theirs", "mainstream", worked=joined.value, ours=joined.release)
    return [_judged(row) for row in found.order_by(KEY).to_pyarrow().to_pylist()]


def _half_units(published: "Table") -> "Table":
    """Half a unit of the last place to which a source publishes a measure in a year: 0.5 for whole numbers."""
    value = published.value
    branches = [((value - value.round(digits)).abs() < TINY, digits) for digits in range(MOST_PLACES)]
    named = published.select("measure", "year", source_table=published.table, places=ibis.cases(*branches, else_=MOST_PLACES))
    most = named.group_by(["measure", "year", "source_table"]).aggregate(places=named.places.max())
    return most.select("measure", "year", "source_table", half_unit=0.5 / ibis.literal(10.0) ** most.places)


def _judged(row: Mapping[str, Any]) -> dict[str, Any]:
    pair = Pair(**{name: row[name] for name in Pair.__dataclass_fields__})
    plain = {**row, **asdict(pair), "difference": pair.difference, "within": pair.within, "reason": pair.reason()}
    return {name: plain[name] for name in SCHEMA.names}


def summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each measure, year and level: how many places agree, and how far the rest lie apart at most and in the middle."""
    groups: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["measure"], row["year"], row["level"]), []).append(row)
    found = []
    for (measure, year, level), group in sorted(groups.items()):
        apart = sorted(abs(row["difference"]) for row in group)
        found.append(
            {"measure": measure, "year": year, "level": level, "places": len(group), "within": sum(row["within"] for row in group),
             "middle": apart[len(apart) // 2], "most": apart[-1], "weighted": all(row["weighted"] for row in group)}
        )  # fmt: skip
    return found
