"""Key figures as a data file and its description in the format of Explore Education Statistics, and what is wrong with such a pair."""

import csv
import io
from collections.abc import Iterator

from headway.language.values import name_of
from headway.readings.area import KEY_MEASURES, region_of
from headway.readings.door import Door, measure_facts
from headway.readings.trend import trend
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import PUBLIC

PLACES = ("geographic_level", "country_code", "country_name", "region_code", "region_name", "new_la_code", "la_name", "old_la_code")
REQUIRED = ("time_period", "time_identifier", *PLACES)
META = ("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column")
SYMBOL = {Status.SUPPRESSED: "c", Status.LOW_COUNT: "c", Status.NOT_APPLICABLE: "z"}
UNIT = {"percent": "%", "pounds": "£"}


def key_figures(door: Door, area: str) -> dict[str, bytes]:
    """key_figures.csv and key_figures.meta.csv: the area, its region and England, every year, published values only."""
    names = [name for name in KEY_MEASURES if name in door.library.measures]
    places = [(Level.ENGLAND, ENGLAND), (Level.REGION, region_of(door, area)), (Level.AUTHORITY, area)]
    found = {
        (level, place, name): trend(door, measure=name, level=level, place=place, viewer=PUBLIC).readings
        for level, place in places
        for name in names
    }
    kept = [name for name in names if any(found[(level, place, name)] for level, place in places)]
    rows = list(_rows(door, area, places, kept, found))
    return {
        "key_figures.csv": _csv([[*REQUIRED, *map(column, kept)], *rows]),
        "key_figures.meta.csv": _csv([list(META), *_meta(door, kept)]),
    }


def column(name: str) -> str:
    """A column’s name: snake case, beginning with a letter."""
    return name.replace(".", "_").lower()


def _rows(
    door: Door, area: str, places: list[tuple[Level, str]], names: list[str], found: dict[tuple[Level, str, str], tuple[Reading, ...]]
) -> Iterator[list[str]]:
    for level, place in places:
        by_year: dict[AcademicYear, dict[str, Reading]] = {}
        for name in names:
            for reading in found[(level, place, name)]:
                by_year.setdefault(reading.year, {})[name] = reading
        for year in sorted(by_year):
            where = _where(door, level, place, area)
            yield [
                f"{year.start}{(year.start + 1) % 100:02d}",
                "Academic year",
                *where,
                *(_value(by_year[year].get(name)) for name in names),
            ]


def _where(door: Door, level: Level, place: str, area: str) -> list[str]:
    """The columns of places; those of a lower level are empty."""
    known = (door.library.lists.get("authorities") or {}).get(area, {})
    region = region_of(door, area)
    england = ["E92000001", "England"]
    if level is Level.ENGLAND:
        return ["National", *england, "", "", "", "", ""]
    if level is Level.REGION:
        return ["Regional", *england, region, door.name(level, place), "", "", ""]
    return ["Local authority", *england, region, door.name(Level.REGION, region), str(known.get("ons", "x")), door.name(level, place), area]


def _value(reading: Reading | None) -> str:
    """Unrounded; withheld is c, without a meaning z, everything else that has no value x."""
    if reading is None:
        return "x"
    return SYMBOL.get(reading.status, "x") if reading.value is None else f"{reading.value:.10g}"


def _meta(door: Door, names: list[str]) -> Iterator[list[str]]:
    for name in names:
        facts = measure_facts(door.measure(name))
        yield [column(name), "Indicator", name_of(facts), name.partition(".")[0], UNIT.get(facts.unit, ""), "1", "", ""]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
