"""The chance that a promise is kept, for ambitions that are dated and undecided: the one place that asks the forecast."""

from dataclasses import dataclass

from headway.definitions.ambitions import Asks
from headway.readings.ambitions.answers import Point
from headway.readings.ambitions.series import Asof
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear


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
    return Chance(None, None, "No forecast of this measure has been tested here.")
