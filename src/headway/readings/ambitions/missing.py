"""Names what is not there: which series, of which year, and why: it never was, is not out, is not held, or is held as later revised."""

from headway.definitions.ambitions import Asks
from headway.definitions.schemas import Measure
from headway.readings.ambitions.answers import Missing
from headway.readings.ambitions.membership import schools
from headway.readings.ambitions.series import Asof, Cells, areas, published
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL
from headway.vocabulary.place import ENGLAND, Level

LATER = "as then known: not held, later revised"


def series_name(door: Door, asks: Asks, authority: str, cut: str | None = None) -> str:
    """The measure, the group and whose: `Attainment 8 …, pupils eligible for free school meals, Birmingham`."""
    measure = door.measure(asks.measure)
    group = door.library.cut_words(asks.cut if cut is None else cut)
    of = "" if asks.who.of == "area" else {"district": "by district", "phase": f"{asks.who.phase} schools"}.get(asks.who.of, asks.who.of)
    return ", ".join(part for part in (measure.title, group, of, door.name(Level.AUTHORITY, authority)) if part)


def of_year(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> Missing:
    """Why the figure of a year cannot be used."""
    declared = next((gap for gap in asks.gaps if year in gap.years), None)
    if declared:
        return Missing(declared.series, str(year), _plain(declared.why))
    named, why, remedy = series_name(door, asks, authority), *why_not(door, when, asks, authority, year)
    return Missing(named, str(year), why, remedy)


def why_not(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> tuple[str, str]:
    """Why, and what could be done."""
    measure = door.measure(asks.measure)
    statistic = published(door, asks.measure)
    if statistic:
        first = statistic.first(year)
        if first.known in ("never", "undated"):
            return first.why, ""
        if measure.period(year) is None:
            return _undefined(measure), ""
        if first.day and first.day > when.day:
            return f"not out yet: it comes out by {first.day:%d %B %Y}".replace(" 0", " "), ""
    elif measure.period(year) is None:
        return _undefined(measure), ""
    if any(reading.value is not None for reading in _held(door, when, asks, authority).get((authority, year), ())):
        return _held_but(door, when, asks, authority, year), "Load the release of that time."
    tables = sorted({one.table for period in measure.periods if period.holds(year) for one in period.supplies})
    return "no file loaded holds it", f"Load {' or '.join(tables)} of {year}." if tables else ""


def _held_but(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> str:
    statistic = published(door, asks.measure)
    if statistic is None:
        return "the calendar of publications does not tell when it came out"
    days = [statistic.out(year, one.release).day for one in _held(door, when, asks, authority)[(authority, year)]]
    if not any(day and day <= when.day for day in days):
        return LATER
    return "what it is to be set beside is not known for that year"


def _held(door: Door, when: Asof, asks: Asks, authority: str) -> Cells:
    if asks.who.of == "area":
        return areas(door, when.viewer, asks.measure, asks.cut)
    found = schools(door, when.viewer, asks, authority)
    return {(authority, year): readings for (_, year), readings in found.items()}


def beside_of_year(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> Missing | None:
    """Why what it is set beside is not known in a year in which the figure itself is."""
    against = asks.against
    if against is None or not against.moving:
        return None
    if against.kind == "neighbours":
        return Missing(
            f"The statistical neighbours of {door.name(Level.AUTHORITY, authority)}, as they then stood", str(year),
            "only the list of May 2025 is held, or too few of them have a figure",
        )  # fmt: skip
    place = authority if against.kind == "area_average" else ENGLAND
    group = asks.cut if against.kind == "england_same_group" else against.cut or ALL
    words = door.library.cut_words(group)
    name = door.name(Level.AUTHORITY, authority) if place == authority else "England"
    series = ", ".join(part for part in (door.measure(asks.measure).title, words, name) if part)
    cells = areas(door, when.viewer, asks.measure, group)
    held = any(one.value is not None for one in cells.get((place, year), ()))
    return Missing(series, str(year), LATER if held else "no file loaded holds it")


def _undefined(measure: Measure) -> str:
    spans = " and ".join(f"{one.from_} to {one.until}" if one.until != "open" else f"{one.from_} on" for one in measure.periods)
    return f"the measure is defined for {spans} only"


def _plain(text: str) -> str:
    return " ".join(text.split())
