"""The attendance that goes with a school's pupils: published figures of all schools of its phase, with every factor visible.

It is an association across schools and no cause, and no target: some schools are far above it. The department's own expectation for a
school is made otherwise and given to the school alone; a school may share it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.readings.door import Door
from headway.readings.establishment import establishment
from headway.stats.expected import Fit, fit
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ABSENCE = "attendance.overall_absence"
FACTORS = ("context.fsm6", "context.fsm", "context.sen_support", "context.ehcp", "context.eal", "context.idaci", "context.roll")
INSTEAD_OF = {"context.fsm": "context.fsm6"}  # only where the first is not there
FEWEST = 100  # schools with every factor
BACK = 3  # years by which a factor may be older than the figures
LEAST_TOLD = 0.9  # of the schools must have a factor
EIGHT_IN_TEN = 1.2816  # standard deviations either side of the middle


@dataclass(frozen=True)
class Factor:
    """`points` is how much it moves the expectation of attendance from the mean of the phase."""

    measure: str
    title: str
    unit: str
    school: float
    mean: float
    year: AcademicYear
    points: float


@dataclass(frozen=True)
class Expectation:
    """Attendance in per cent. `lower` and `upper` hold eight in ten schools with such pupils; `figure` is the school's own, published."""

    year: AcademicYear
    expected: float
    lower: float
    upper: float
    figure: float | None
    mean: float
    factors: tuple[Factor, ...]
    schools: int
    explained: float


@dataclass(frozen=True)
class _Model:
    year: AcademicYear
    place: dict[int, int]
    absence: "Floats"
    names: tuple[str, ...]
    years: tuple[int, ...]
    values: "Floats"  # (factors, schools), as published
    fitted: Fit


def expectation(door: Door, urn: int) -> Expectation | None:
    """None where its phase has too few schools with figures, or the school lacks a factor."""
    try:
        phase = establishment(door, str(urn)).phase
    except HeadwayError:
        return None
    key = ("attendance expected", phase)
    if key not in door.kept:
        door.kept[key] = _model(door, phase)
    model: _Model | None = door.kept[key]
    if model is None or urn not in model.place:
        return None
    return _told(door, model, model.place[urn])


def _told(door: Door, model: _Model, column: int) -> Expectation | None:
    import numpy as np

    own = model.values[:, column]
    if np.isnan(own).any():
        return None
    parts = model.fitted.parts(_scaled(model.names, own))
    expected = model.fitted.expected(_scaled(model.names, own))
    wide = EIGHT_IN_TEN * model.fitted.spread
    factors = [
        Factor(name, door.measure(name).short, door.measure(name).unit, float(own[at]), float(np.nanmean(model.values[at])),
               AcademicYear(model.years[at]), float(parts[at]))
        for at, name in enumerate(model.names)
    ]  # fmt: skip
    figure = 100 - float(model.absence[column])
    return Expectation(
        model.year, expected, expected - wide, min(100.0, expected + wide), None if np.isnan(figure) else figure, model.fitted.mean,
        tuple(sorted(factors, key=lambda one: -abs(one.points))), model.fitted.units, model.fitted.explained,
    )  # fmt: skip


def _scaled(names: tuple[str, ...], values: "Floats") -> "Floats":
    """Shares by their square roots and the roll by its logarithm, so that a few extreme schools do not set the scale."""
    import numpy as np

    rows = [
        np.log(np.maximum(row, 1.0)) if name == "context.roll" else row if name == "context.idaci" else np.sqrt(np.maximum(row, 0.0))
        for name, row in zip(names, values, strict=True)
    ]
    return np.array(rows, np.float64)


def _model(door: Door, phase: str) -> _Model | None:
    import numpy as np

    if "family_value" not in door.lookup.tables:
        return None
    order = [urn for (urn,) in door.lookup.rows("SELECT DISTINCT urn FROM family_of WHERE phase = ? ORDER BY urn", [phase])]
    rows = door.lookup.rows("SELECT measure, year, readings FROM family_value WHERE phase = ? ORDER BY year DESC", [phase])
    told = [(name, year, np.frombuffer(blob, np.float32).astype(np.float64)) for name, year, blob in rows if name in (ABSENCE, *FACTORS)]
    enough_of = max(FEWEST, len(order) // 2)  # a file of some authorities only is no picture of the phase
    absence = next(((year, values) for name, year, values in told if name == ABSENCE and np.isfinite(values).sum() >= enough_of), None)
    if absence is None:
        return None
    there = np.isfinite(absence[1])
    chosen: dict[str, tuple[int, Floats]] = {}
    for name in FACTORS:
        known = [(year, values) for other, year, values in told if other == name and 0 <= absence[0] - year <= BACK]
        enough = next(((year, values) for year, values in known if np.isfinite(values[there]).mean() >= LEAST_TOLD), None)
        if enough and INSTEAD_OF.get(name, "") not in chosen:
            chosen[name] = enough
    return _fitted(order, AcademicYear(absence[0]), absence[1], chosen)


def _fitted(order: list[int], year: AcademicYear, absence: "Floats", chosen: "dict[str, tuple[int, Floats]]") -> _Model | None:
    import numpy as np

    if not chosen:
        return None
    names, values = tuple(chosen), np.array([found for _, found in chosen.values()])
    whole = np.isfinite(absence) & np.isfinite(values).all(axis=0)
    if int(whole.sum()) < FEWEST:
        return None
    fitted = fit(100 - absence[whole], _scaled(names, values[:, whole]).T)
    place = {urn: column for column, urn in enumerate(order)}
    return _Model(year, place, absence, names, tuple(found for found, _ in chosen.values()), values, fitted)
