"""The chance that a promise is kept, for ambitions that are dated and undecided: the one place that asks the forecast."""

from dataclasses import dataclass
from typing import Any

from headway.definitions.ambitions import Asks
from headway.readings.ambitions.answers import Point
from headway.readings.ambitions.judging import sign
from headway.readings.ambitions.series import BARE, FIRMEST, Asof, Cells, known, releases
from headway.readings.door import Door
from headway.readings.forecasting.basis import Known
from headway.readings.forecasting.likely import Bar, likely
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level

MOST_KEPT = 400
OF_SCHOOLS = (
    "Forecasts are tried on the figures that are published for authorities; this one is added up from schools, of which too few years "
    "are held to try one."
)
OTHER_GROUP = "Forecasts are tried on the gap to England of the same group; this promise is set beside {}, and no such gap was tried."


@dataclass(frozen=True)
class Chance:
    """Of the underlying rate, and of the figure that will be published, reaching what was promised; or why there is no forecast."""

    underlying: float | None
    published: float | None
    no_forecast_because: str


def chance(door: Door, when: Asof, asks: Asks, authority: str, latest: Point | None, decides: AcademicYear | None, decided: bool) -> Chance:
    """`latest` is the newest figure as known on the day, `decides` the year whose figure will decide."""
    if decided:
        return Chance(None, None, "It is decided: there is nothing left to forecast.")
    if decides is None:
        return Chance(None, None, "The promise names no date by which a chance could be given.")
    if latest is None or latest.distance is None:
        return Chance(None, None, "Without a figure there is nothing to forecast from.")
    if asks.who.of != "area":
        return Chance(None, None, OF_SCHOOLS)
    bar = bar_of(asks, latest, sign(door.measure(asks.measure).better))
    if isinstance(bar, str):
        return Chance(None, None, OTHER_GROUP.format(bar))
    figures = known_by(door, when, asks.measure, asks.cut)
    found = likely(door, place=authority, measure=asks.measure, cut=asks.cut, bar=bar, year=decides, known=figures)
    return Chance(found.underlying, found.published, found.no_forecast_because)


def bar_of(asks: Asks, latest: Point, better: float) -> Bar | str:
    """What has to be reached: beside England of that year, or a level that no longer moves. Else the words for what it is set beside."""
    pupils = latest.readings[0].denominator if len(latest.readings) == 1 else None
    against = asks.against
    if against is None or not against.moving or against.moves == "held_at_baseline":
        return Bar(latest.target or 0.0, 0.0, int(pupils) if pupils else None)
    if against.kind == "neighbours":
        return "the mean of its statistical neighbours"
    if against.kind == "area_average":
        return "the area's own average"
    if against.kind == "england" and against.cut != asks.cut and asks.cut != _phase_only(asks.cut):
        return "another group of England's pupils"
    amount = (asks.amount or 0.0) if asks.relation == "within" else 0.0
    if asks.unit == "percent":
        return Bar(0.0, 1 - better * amount / 100)
    return Bar(-better * amount, 1.0)


def _phase_only(cut: str) -> str:
    """As `figures.beside` has it: England's whole cohort, of the same phase where a phase is asked."""
    return "&".join(part for part in cut.split("&") if part.startswith("phase=")) or "all"


def known_by(door: Door, when: Asof, measure: str, cut: str) -> Known:
    """Every authority's figures and England's, as they were known on the day. The day stands for what was out by it."""
    key = (measure, cut, when.day.toordinal() if when.explicit else "today")
    kept: dict[tuple[Any, ...], Known] = door.kept.setdefault("figures as known", {})
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = _known_by(door, when, measure, cut, key)
    return kept[key]


def _known_by(door: Door, when: Asof, measure: str, cut: str, key: tuple[Any, ...]) -> Known:
    figures: dict[str, dict[int, float]] = {}
    for place, by_year in _cells(door, when, measure, cut).items():
        told = {year.start: dated.reading.value for year in by_year if (dated := known(when, by_year, year)) is not None}
        figures[place] = {year: value for year, value in told.items() if value is not None}
    england = figures.pop(ENGLAND, {})
    return Known(("as known", *key), figures, england)


def _cells(door: Door, when: Asof, measure: str, cut: str) -> Cells:
    """Every authority and England, in one look-up: forecasts learn from all of them."""
    key = ("forecast cells", measure, cut)
    if key not in door.kept:
        where, values = "measure = ? AND cut = ?", [measure, cut]
        rows = [
            row
            for level in (Level.AUTHORITY, Level.ENGLAND)
            for row in door.lookup.readings(early=False, level=level.value, where=where, values=list(values))
        ]
        rows += door.lookup.rows(f"SELECT {BARE} FROM vintage WHERE level IN ('authority', 'england') AND {where} {FIRMEST}", list(values))
        door.kept[key] = releases(door, when.viewer, rows).get((measure, cut), {})
    kept: Cells = door.kept[key]
    return kept
