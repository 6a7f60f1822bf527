"""The chance that a promise is kept: of an authority's figure, against England or a fixed level, by a year that forecasts reach."""

from dataclasses import dataclass

from headway.definitions.schemas import Measure, counts_persons
from headway.readings.door import Door
from headway.readings.forecasting.answers import Likely
from headway.readings.forecasting.basis import Basis, Known, basis
from headway.readings.forecasting.outlook import NO_WALK, futures, tried_at
from headway.readings.forecasting.reasons import why_not
from headway.vocabulary.academic_year import AcademicYear

FEW = 400  # pupils; of more the steps of a published share are too fine to matter


@dataclass(frozen=True)
class Bar:
    """What is promised: the figure at or past `points` plus `times` England's of the same year. A fixed level has times 0, England 1,
    "within 5 per cent of England" 0.95 where higher is better. `pupils`: how many the published share will be of, where that is known.
    """

    points: float
    times: float = 0.0
    pupils: int | None = None


def likely(door: Door, *, place: str, measure: str, cut: str, bar: Bar, year: AcademicYear, known: Known) -> Likely:
    """`known` are the figures that may be used, of every authority: the newest of them is where the forecast starts."""
    definition = door.measure(measure)
    found = basis(door, definition, cut, known)
    at, newest = found.place(place), found.last
    if found.why_not or newest is None:
        return Likely(None, None, found.why_not)
    if at is None:
        return Likely(None, None, "The place has no figure of its own among the comparable years.")
    if year <= newest:
        return Likely(None, None, "The deciding year's figures are out: there is nothing left to forecast.")
    because = why_not(found, year - newest)
    return Likely(None, None, because) if because else _chance(definition, found, at, year - newest, bar)


def _chance(measure: Measure, found: Basis, at: int, horizon: int, bar: Bar) -> Likely:
    from headway.stats.forecast.chances import Promise

    gap = bar.times == 1.0
    pair = futures(found, at, horizon, gap)
    if pair is None or found.run is None:
        return Likely(None, None, NO_WALK)
    promise = Promise(bar.points, 0.0 if gap else bar.times, at_most=measure.better == "lower")
    rate, published = pair
    told = published.at_least(promise, found.run.step)
    if bar.pupils and bar.pupils <= FEW and bar.times == 0 and counts_persons(measure.unit, measure.cohort):
        from headway.stats.forecast.chances import published_share

        told = published_share(published.centre, published.variance, bar.pupils, bar.points, at_most=promise.at_most)
    return Likely(_kept(rate.at_least(promise)), _kept(told), "", tried_at(found, horizon))


def _kept(chance: float) -> float:
    """Never nearer to 0 or 1 than the past can bear out."""
    from headway.stats.forecast.trials import CERTAIN

    return min(max(chance, CERTAIN), 1 - CERTAIN)
