"""Where a place's figure may go, year by year as far as forecasts were tried."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from headway.readings.door import Door, measure_facts
from headway.readings.forecasting.answers import QUANTILES, FanYear, Outlook, Tried
from headway.readings.forecasting.basis import FURTHEST, Basis, area_readings, basis, held_today
from headway.readings.forecasting.reasons import why_not
from headway.readings.trend import breaks
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level, authority_code
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from headway.stats.forecast.chances import Future

NO_WALK = "How far England itself may move cannot be told from fewer than four comparable years; the gap to England can be forecast."


def outlook(
    door: Door, viewer: Viewer, *, place: str, measure: str, cut: str = "all", to: AcademicYear | None = None, gap: bool = False
) -> Outlook:
    """An authority's figure and its fan; without `to` three years. Raises H-USAGE-05, -06 and H-USAGE-88 (a year that is past)."""
    definition, code = door.measure(measure), authority_code(place)
    cut = door.library.check_cut(cut)
    if ("authority", code) not in door.names:
        raise HeadwayError(
            "H-USAGE-06", f"No list that was loaded holds authority {code}.", remedy="Check the number, or load a newer list."
        )
    found = basis(door, definition, cut, held_today(door, viewer, measure, cut))
    seen = [one for one in area_readings(door, viewer, measure, cut, code) if one.value is not None]
    own = tuple(one for one in seen if one.level is Level.AUTHORITY)
    newest = found.last or max((one.year for one in own), default=None)
    last = to or (newest + FURTHEST if newest else None)
    if newest and last and last <= newest:
        raise HeadwayError("H-USAGE-88", f"{last} is past: {newest} is published.", remedy=f"Ask for {newest + 1} or later.")
    at = found.place(code)
    because = found.why_not or ("" if at is not None else "It has no figure of its own among the comparable years.")
    fan, withheld, tested = _years(found, at, newest, last, gap) if at is not None and newest and last else ([], [], [])
    if not because and not fan:
        because = withheld[0][1] if withheld else "There is no figure to forecast from."
    years = sorted({one.year for one in own})
    return Outlook(
        code, door.name(Level.AUTHORITY, code), measure_facts(definition), cut, gap, None, own,
        tuple(one for one in seen if one.level is Level.ENGLAND), tuple(breaks(definition, years)), tuple(fan), tuple(withheld),
        tuple(tested), because,
    )  # fmt: skip


def _years(
    found: Basis, at: int, newest: AcademicYear, last: AcademicYear, gap: bool
) -> tuple[list[FanYear], list[tuple[AcademicYear, str]], list[Tried]]:
    fan, withheld, tested = [], [], []
    for year in (newest + 1).to(last):
        horizon = year - newest
        why = why_not(found, horizon)
        future = (found.gap(at, horizon) if gap else found.level(at, horizon)) if not why else None
        if future is None:
            withheld.append((year, why or NO_WALK))
            continue
        fan.append(fan_year(year, future.quantile))
        tested.append(tried_at(found, horizon))
    return fan, withheld, tested


def fan_year(year: AcademicYear, quantile: Callable[[float], float]) -> FanYear:
    return FanYear(year, *(quantile(p) for p in QUANTILES))


def tried_at(found: Basis, horizon: int) -> Tried:
    gate = found.gate(horizon)
    return Tried(horizon, gate.origins, gate.ratio or 1.0, gate.better)


def futures(found: Basis, at: int, horizon: int, gap: bool) -> "tuple[Future, Future] | None":
    """Of the underlying rate and of the published figure."""
    if gap:
        return found.gap(at, horizon, underlying=True), found.gap(at, horizon)
    rate, published = found.level(at, horizon, underlying=True), found.level(at, horizon)
    return (rate, published) if rate is not None and published is not None else None
