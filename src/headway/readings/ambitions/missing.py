"""Names what is not there: which series, of which year, and why: it never was, is not out, is not held, or is held as later revised."""

from headway.definitions.ambitions import Asks
from headway.definitions.schemas import Measure
from headway.readings.ambitions.answers import Missing
from headway.readings.ambitions.figures import group_beside
from headway.readings.ambitions.membership import schools
from headway.readings.ambitions.series import Asof, Dated, area, published
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
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
    if declared and year.last_day <= when.day:
        return Missing(declared.series, str(year), _plain(declared.why))
    named, why, remedy = series_name(door, asks, authority), *why_not(door, when, asks, authority, year)
    return Missing(named, str(year), why, remedy)


def why_not(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> tuple[str, str]:
    """Why, and what could be done."""
    measure = door.measure(asks.measure)
    statistic = published(door, asks.measure)
    if statistic:
        first = statistic.first(year)
        if first.known in ("never", "undated") and year.last_day <= when.day:
            return first.why, ""
        if measure.period(year) is None:
            return _undefined(door, measure, year), ""
        if first.day and first.day > when.day:
            return f"not out yet: it comes out by {first.day:%d %B %Y}".replace(" 0", " "), ""
    elif measure.period(year) is None:
        return _undefined(door, measure, year), ""
    held = [one for one in _held(door, when, asks, authority, year) if one.reading.value is not None]
    if held:
        return _held_but(when, held), "Load the release of that time."
    tables = sorted({one.table for period in measure.periods if period.holds(year) for one in period.supplies})
    return "no file loaded holds it", f"Load {' or '.join(tables)} of {year}." if tables else ""


def _held_but(when: Asof, held: list[Dated]) -> str:
    if not any(one.listed for one in held):
        return "the calendar of publications does not tell when it came out"
    if not any(when.knows(one) for one in held):
        return LATER
    return "what it is to be set beside is not known for that year"


def _held(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> list[Dated]:
    if asks.who.of == "area":
        return area(door, when.viewer, asks.measure, asks.cut, authority).get(year, [])
    cells = schools(door, when.viewer, asks, authority)
    return [dated for years in cells.values() for dated in years.get(year, ())]


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
    group = group_beside(asks)
    words = door.library.cut_words(group)
    name = door.name(Level.AUTHORITY, authority) if place == authority else "England"
    series = ", ".join(part for part in (door.measure(asks.measure).title, words, name) if part)
    held = any(one.reading.value is not None for one in area(door, when.viewer, asks.measure, group, place).get(year, ()))
    return Missing(series, str(year), LATER if held else "no file loaded holds it")


def _undefined(door: Door, measure: Measure, year: AcademicYear) -> str:
    for gap in door.library.progress8_gaps.values() if measure.id == "ks4.progress8" else ():
        if gap.from_ <= year <= gap.until:
            return _plain(gap.why)
    spans = " and ".join(f"{one.from_} to {one.until}" if one.until != "open" else f"{one.from_} on" for one in measure.periods)
    return f"the measure is defined for {spans} only"


def _plain(text: str) -> str:
    return " ".join(text.split())
