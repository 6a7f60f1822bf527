"""Do schools whose absence changed most see their results change most? An association between changes of schools, never a cause.

From published figures of every school: the change of a result between two years on the change of absence, without and with what changed in
the intake, and where the school stood. Change against change takes out what is lasting about a school; it leaves whatever changed with
absence. Cohorts that sat the test are not the pupils whose absence is counted, and both changes are noisy, which draws the slope to nought.
A placebo asks the same of a change of results that came before: a slope there cannot be of absence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from headway.readings.asking import Asked, readings
from headway.readings.door import Door
from headway.stats.least_squares import Slope, slope
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import PUBLIC, Viewer

ABSENCE = "attendance.overall_absence"
INTAKE = ("context.fsm6", "context.eal", "context.sen_support", "context.ehcp")
FEWEST = 100  # schools
Values = dict[str, tuple[float, float]]  # school → value, and the number of pupils that it is of


@dataclass(frozen=True)
class Link:
    """`raw` is the change of the outcome for each point by which absence rose more than elsewhere; `controlled` the same for schools
    whose intake changed alike; `placebo` of the outcome's change before, None where it is not held. `own`: schools of the area, how many.
    """

    outcome: str
    title: str
    unit: str
    first: AcademicYear
    last: AcademicYear
    raw: Slope
    controlled: Slope
    placebo: Slope | None
    placebo_first: AcademicYear | None
    intake: tuple[str, ...]
    absence_change: float
    outcome_change: float
    own: Slope | None
    own_schools: int

    def as_dict(self) -> dict[str, object]:
        slopes = {name: vars(one) if one else None for name, one in (("raw", self.raw), ("controlled", self.controlled))}
        slopes |= {name: vars(one) if one else None for name, one in (("placebo", self.placebo), ("own", self.own))}
        plain = {name: str(getattr(self, name)) for name in ("first", "last")}
        return vars(self) | slopes | plain | {"placebo_first": str(self.placebo_first) if self.placebo_first else None}


def attendance_and_results(
    door: Door, viewer: Viewer, outcome: str, *, first: AcademicYear | None = None, last: AcademicYear | None = None, authority: str = ""
) -> Link:  # fmt: skip
    """By default between the last two years of which both are held. Raises H-USAGE-05, H-VALIDITY-58 where too few schools have them."""
    measure = door.measure(outcome)
    results = _by_year(door, viewer, outcome)
    absence = _by_year(door, viewer, ABSENCE, min(results, default=None), max(results, default=None))
    begin, end = _years(results, absence, first, last, outcome)
    changes = _changes(door, viewer, results, absence, begin, end)
    areas = np.array([door.authorities_of_schools.get(int(place), "") for place in changes.places], np.str_)
    raw, controlled = (_slope(changes.outcome, part, changes.weights, areas) for part in (changes.inputs[:, :1], changes.inputs))
    if raw is None or controlled is None:
        raise _too_few(outcome)
    before = begin + -1
    earlier = _placebo(results, changes, before, begin, areas) if before in results else None
    own = np.isin(areas, [authority]) if authority else np.zeros(len(areas), np.bool_)
    weight = changes.weights / changes.weights.sum()
    return Link(
        outcome, measure.title, measure.unit, begin, end, raw, controlled, earlier, before if earlier else None, changes.intake,
        float(weight @ changes.inputs[:, 0]), float(weight @ changes.outcome), _own(changes, own), int(own.sum()),
    )  # fmt: skip


def kept_link(door: Door, outcome: str, authority: str) -> Link:
    """The same of what is published to everybody, worked out once for a snapshot: it takes seconds. Raises what it raises."""
    kept: dict[tuple[str, str], Link] = door.kept.setdefault("attendance and results", {})
    if (outcome, authority) not in kept:
        kept[outcome, authority] = attendance_and_results(door, PUBLIC, outcome, authority=authority)
    return kept[outcome, authority]


@dataclass(frozen=True, eq=False)
class _Changes:
    """Of n schools: inputs are the change of absence, then changes and first levels of the intake."""

    places: list[str]
    outcome: NDArray[np.float64]
    inputs: NDArray[np.float64]
    weights: NDArray[np.float64]
    intake: tuple[str, ...]


def _by_year(
    door: Door, viewer: Viewer, measure: str, first: AcademicYear | None = None, last: AcademicYear | None = None
) -> dict[AcademicYear, Values]:
    found: dict[AcademicYear, Values] = {}
    for one in readings(door, Asked(measure, level=Level.SCHOOL, first=first, last=last), viewer):
        if one.value is not None:
            found.setdefault(one.year, {})[one.place] = (one.value, one.denominator or 0.0)
    return found


def _years(
    results: dict[AcademicYear, Values],
    absence: dict[AcademicYear, Values],
    first: AcademicYear | None,
    last: AcademicYear | None,
    name: str,
) -> tuple[AcademicYear, AcademicYear]:
    both = sorted(results.keys() & absence.keys())
    fitting = [pair for pair in pairwise(both) if (not first or pair[0] >= first) and (not last or pair[1] <= last)]
    if first and last:
        fitting = [(first, last)] if first in both and last in both and first < last else []
    if not fitting:
        there = ", ".join(map(str, both)) or "none"
        words = f"Absence and {name} of schools are not held for two such years."
        raise HeadwayError("H-VALIDITY-58", words, f"Both are held for: {there}.", "Ask for two of these, or load more years.")
    return fitting[-1]


def _changes(
    door: Door,
    viewer: Viewer,
    results: dict[AcademicYear, Values],
    absence: dict[AcademicYear, Values],
    begin: AcademicYear,
    end: AcademicYear,
) -> _Changes:
    """Schools with every figure of both years; an intake measure that half of them lack is left out, and said."""
    places = set(results[begin]) & set(results[end]) & set(absence[begin]) & set(absence[end])
    intake, columns = [], []
    for name in INTAKE:
        of = _by_year(door, viewer, name, begin, end)
        held = of.get(begin, {}).keys() & of.get(end, {}).keys() & places
        if 2 * len(held) > len(places):
            intake.append(name)
            columns.append(of)
            places = held
    listed = sorted(places)
    if len(listed) < FEWEST:
        raise _too_few("the result")
    change = [np.array([of[end][place][0] - of[begin][place][0] for place in listed]) for of in (absence, *columns)]
    levels = [np.array([of[begin][place][0] for place in listed]) for of in columns]
    outcome = np.array([results[end][place][0] - results[begin][place][0] for place in listed])
    sizes = np.array([[results[year][place][1] or 1.0 for year in (begin, end)] for place in listed])
    weights = 1 / (1 / sizes).sum(axis=1)  # as of a difference of two means
    return _Changes(listed, outcome, np.column_stack([*change, *levels]), weights, tuple(intake))


def _slope(
    outcome: NDArray[np.float64], inputs: NDArray[np.float64], weights: NDArray[np.float64], areas: NDArray[np.str_]
) -> Slope | None:
    try:
        return slope(outcome, inputs, weights, areas)
    except ValueError:
        return None


def _placebo(
    results: dict[AcademicYear, Values], of: _Changes, before: AcademicYear, begin: AcademicYear, areas: NDArray[np.str_]
) -> Slope | None:
    """The outcome's change up to the year from which absence changed, on that later change."""
    keep = np.array([place in results[before] for place in of.places])
    if keep.sum() < FEWEST:
        return None
    places = [place for place, kept in zip(of.places, keep, strict=True) if kept]
    earlier = np.array([results[begin][place][0] - results[before][place][0] for place in places])
    return _slope(earlier, of.inputs[keep], of.weights[keep], areas[keep])


def _own(of: _Changes, own: NDArray[np.bool_]) -> Slope | None:
    """Of the area's schools alone, each a cluster of its own; None for fewer than the slope needs."""
    places = np.array(of.places, np.str_)[own]
    return _slope(of.outcome[own], of.inputs[own], of.weights[own], places) if own.sum() >= FEWEST else None


def _too_few(name: str) -> HeadwayError:
    words = f"Too few schools have absence, intake and {name} of both years to tell whether they move together."
    return HeadwayError("H-VALIDITY-58", words, f"It takes {FEWEST} schools of ten authorities.", "Load the files of England.")


def outcomes(door: Door) -> Sequence[str]:
    """Measures of results that can be asked for."""
    return sorted(
        name for name, measure in door.library.measures.items() if name.startswith(("ks2.", "ks4.")) and measure.better == "higher"
    )
