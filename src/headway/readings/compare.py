"""Places side by side on one measure, with the change since the year before; a break is never crossed unasked."""

from typing import Any

from headway.readings import family_means as families
from headway.readings import groups, margins
from headway.readings.answers import Trend
from headway.readings.asking import check_known
from headway.readings.door import Door
from headway.readings.trend import breaks, comparable, trend
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import Viewer


def compare(
    door: Door,
    viewer: Viewer,
    *,
    measure: str,
    places: list[tuple[Level, str]],
    year: AcademicYear | None = None,
    cut: str = "all",
    across_breaks: bool = False,
) -> list[dict[str, Any]]:
    """One row a place: its reading as plain values, and `before`, `before_year`, `change`, `note`.

    Without a year, the newest in which every place has a value. Raises H-USAGE-05, H-VALIDITY-02, H-USAGE-06; H-VALIDITY-03
    when no year has a value for all. The change is left out, with a note, where a series break lies between.
    """
    for level, place in places:
        if place.isdigit():
            check_known(door, [int(place)] if level is Level.SCHOOL else (), place if level is Level.AUTHORITY else "")
    cut = door.library.check_cut(cut)
    trends = {place: _trend(door, viewer, level, place, measure, cut) for level, place in places}
    if year:
        door.library.period(measure, year)
    else:
        year = _newest_of_all(
            [{reading.year for reading in item.readings if reading.value is not None} for item in trends.values()], measure
        )
    rows: list[dict[str, Any]] = []
    for level, place in places:
        by_year = {reading.year: reading for reading in trends[place].readings}
        reading = by_year.get(year)
        if reading is None:
            rows.append(_missing(door, level, place, year, measure, cut))
            continue
        told = margins.as_plain(reading, trends[place].measure)
        rows.append(reading.as_dict() | told | _change(door, reading, by_year, across_breaks))
    return rows


def _missing(door: Door, level: Level, place: str, year: AcademicYear, measure: str, cut: str) -> dict[str, Any]:
    """A row for a place of which no file loaded has the figure: unknown is shown."""
    definition = door.measure(measure)
    row: dict[str, Any] = {"level": level.value, "place": place, "place_name": door.name(level, place), "measure": measure}
    if place.isdigit():
        row |= {"urn": int(place)} if level is Level.SCHOOL else {"authority": place}
    row |= {"year": str(year), "cut": cut, "value": None, "status": Status.MISSING.value, "unit": definition.unit}
    return row | {"better": definition.better, "snapshot": door.snapshot, "note": "no figure in the files loaded"}


def _trend(door: Door, viewer: Viewer, level: Level, place: str, measure: str, cut: str) -> Trend:
    if place.startswith(families.OF):
        return families.family_trend(door, place, measure, cut)
    if place.startswith(groups.OF):
        return groups.group_trend(door, place, measure, cut)
    return trend(door, measure=measure, level=level, place=place, cut=cut, viewer=viewer)


def _newest_of_all(years: list[set[AcademicYear]], measure: str) -> AcademicYear:
    shared = set.intersection(*years) if years else set()
    if not shared:
        raise HeadwayError(
            "H-VALIDITY-03",
            f"There is no year in which every place has a value of {measure}.",
            remedy="Ask for one year with --year, or for fewer places.",
        )
    return max(shared)


def _change(door: Door, reading: Reading, by_year: dict[AcademicYear, Reading], across_breaks: bool) -> dict[str, Any]:
    earlier = [item for year, item in by_year.items() if year < reading.year and item.value is not None]
    if not earlier or reading.value is None:
        return {
            "before": None,
            "before_year": None,
            "change": None,
            "note": "no earlier figure" if reading.value is not None else reading.status.words,
        }
    before = max(earlier, key=lambda item: item.year)
    marks = tuple(breaks(door.measure(reading.measure), [before.year, reading.year]))
    if not across_breaks and not comparable(marks, before.year, reading.year):
        return {"before": None, "before_year": str(before.year), "change": None, "note": f"not comparable: {marks[-1].note}"}
    note = "; ".join(mark.note for mark in marks)
    return {"before": before.value, "before_year": str(before.year), "change": reading.value - (before.value or 0.0), "note": note}
