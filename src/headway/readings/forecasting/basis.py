"""What a forecast of one measure and cut rests on: the newest comparable run of figures, its fit, England's walk, and the trials.

Figures come as a mapping, so that what was known on a past day can be given in place of what is held today.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from headway.analysis.forecast_series import Figures, Run, forecast_apart, runs
from headway.definitions.schemas import Measure
from headway.readings.door import Door
from headway.readings.forecasting.trials import trials_of
from headway.store.lookups import Row
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from headway.stats.forecast.calibration import Gate
    from headway.stats.forecast.chances import Future
    from headway.stats.forecast.movement import Ahead, Movement
    from headway.stats.forecast.national import Walk
    from headway.stats.forecast.trials import Trial

FURTHEST = 3  # years: nothing further was tried
MOST_KEPT = 400  # bases: an area's promises on a few days


@dataclass(frozen=True)
class Known:
    """The figures of every authority and of England by the start of the year, and a name for exactly these figures."""

    name: tuple[Any, ...]
    figures: Figures
    england: dict[int, float]


@dataclass(frozen=True, eq=False)
class Basis:
    """`why_not` is empty where forecasts can be made at all; each horizon has its own gate besides."""

    run: Run | None
    movement: "Movement | None"
    walk: "Walk | None"
    trials: "tuple[Trial, ...]"
    why_not: str = ""
    aheads: "dict[int, Ahead]" = field(default_factory=dict)

    @property
    def last(self) -> AcademicYear | None:
        return AcademicYear(int(self.run.years[-1])) if self.run else None

    def gate(self, horizon: int) -> "Gate":
        from headway.stats.forecast.calibration import gate

        return gate(self.trials, horizon, by=self.last.start if self.last else None)

    def place(self, place: str) -> int | None:
        return self.run.places.index(place) if self.run and place in self.run.places else None

    def ahead(self, horizon: int) -> "Ahead":
        from headway.stats.forecast.trials import unrounded

        if horizon not in self.aheads:
            assert self.movement is not None and self.run is not None, "no forecast is asked of a basis without figures"  # noqa: S101
            self.aheads[horizon] = unrounded(self.movement.ahead(horizon), self.run.step)
        return self.aheads[horizon]

    def gap(self, at: int, horizon: int, *, underlying: bool = False) -> "Future":
        """The place's gap to England, in points of the last year."""
        import numpy as np

        from headway.stats.forecast.chances import Future

        ahead = self.ahead(horizon)
        scale = (ahead.rate_scale if underlying else ahead.scale)[at : at + 1]
        return Future(np.zeros(1), ahead.mean[at : at + 1], scale, float(ahead.dof[at]))

    def level(self, at: int, horizon: int, *, underlying: bool = False) -> "Future | None":
        """The place's figure itself: None where England has too few moves to say how far it may go."""
        from headway.stats.forecast.chances import Future

        if self.walk is None:
            return None
        ahead = self.ahead(horizon)
        england = self.walk.values(horizon)
        wider = self.walk.scale.stretch(england) / self.walk.scale.stretch(self.walk.last)
        scale = float((ahead.rate_scale if underlying else ahead.scale)[at])
        low, high = {"logit": (0.0, 100.0), "log": (0.0, float("inf"))}.get(self.walk.scale.kind, (float("-inf"), float("inf")))
        return Future(england, england + float(ahead.mean[at]) * wider, scale * wider, float(ahead.dof[at]), low, high)


def held_today(door: Door, viewer: Viewer, measure: str, cut: str) -> Known:
    """Everything published that is held."""
    key = ("forecast figures", measure, cut)
    if key not in door.kept:
        figures: dict[str, dict[int, float]] = {}
        england: dict[int, float] = {}
        for reading in area_readings(door, viewer, measure, cut):
            if reading.value is not None:
                of = england if reading.level is Level.ENGLAND else figures.setdefault(reading.place, {})
                of[reading.year.start] = reading.value
        door.kept[key] = Known(("today", measure, cut), figures, england)
    kept: Known = door.kept[key]
    return kept


def area_readings(door: Door, viewer: Viewer, measure: str, cut: str, place: str = "") -> list[Reading]:
    """Published readings of every authority (or of one) and of England. Early results are no part of a forecast."""
    rows: list[Row] = []
    for level in (Level.AUTHORITY, Level.ENGLAND):
        where, values = "measure = ? AND cut = ?", [measure, cut]
        if place:
            where, values = f"{where} AND place = ?", [*values, place if level is Level.AUTHORITY else ENGLAND]
        rows += door.lookup.readings(early=False, level=level.value, where=where, values=values)
    return door.see(rows, viewer)


def basis(door: Door, measure: Measure, cut: str, known: Known) -> Basis:
    """Fitted once for the same figures."""
    kept: dict[tuple[Any, ...], Basis] = door.kept.setdefault("forecast bases", {})
    if known.name not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[known.name] = _basis(door, measure, cut, known)
    return kept[known.name]


def _basis(door: Door, measure: Measure, cut: str, known: Known) -> Basis:
    from headway.stats.forecast.movement import FEWEST, movement
    from headway.stats.forecast.national import walk

    trials = trials_of(door).get((measure.id, cut), ())
    if forecast_apart(measure):
        return Basis(None, None, None, trials, _apart(measure))
    found = runs(measure, known.figures, known.england, door.library.lists.get("pandemic") or {})
    newest = max((year for by_year in known.figures.values() for year in by_year), default=None)
    if not found or newest is None or len(found[-1].places) < FEWEST:
        return Basis(None, None, None, trials, "There are too few comparable years of other authorities and of England to learn from.")
    run = found[-1]
    gaps = run.gaps / run.stretch * run.stretch[-1]
    return Basis(run, movement(gaps, run.years), walk(run.england, run.years, run.scale), trials)


def _apart(measure: Measure) -> str:
    if measure.better == "neither":
        return "It is a figure of context, neither better high nor low: nothing is promised of it, and no forecast of it is tried."
    return "Grades of inspections are a stock of judgements of many years: no forecast of them is tried."
