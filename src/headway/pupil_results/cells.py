"""Adds pupils up to cells: one measure, one place, one cut, with what is withheld decided for all of them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.pupil_results.lines import Cell, Count, Line
from headway.pupil_results.measures import PupilMeasure
from headway.pupil_results.progress8 import band, half_width
from headway.pupil_results.stored import Stored
from headway.pupil_results.withholding import withheld
from headway.stats.intervals import mean_limits, wilson
from headway.vocabulary.cut import ALL
from headway.vocabulary.status import Status

Flags = NDArray[np.bool_]
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {  # cut: the template's column, its groups
    "disadvantage": ("disadvantaged", ("yes", "no")),
    "sen": ("sen", ("none", "support", "ehcp")),
    "sex": ("sex", ("girls", "boys")),
    "eal": ("eal", ("yes", "no")),
}
AUTHORITY = "authority "  # before an authority's code in the name of a place, so that it is never taken for a school


@dataclass(frozen=True)
class Added:
    """One cell as it may be shown: all numbers None where it is withheld. `band` is for Progress 8 alone."""

    place: str  # a URN, or `authority ` and its code
    measure: str
    unit: str
    cut: str
    value: float | None
    numerator: float | None
    denominator: int | None
    lower: float | None
    upper: float | None
    band: str
    status: Status


def add_up(stored: Stored, measures: Iterable[PupilMeasure], inside: Flags, authorities: Mapping[int, str]) -> list[Added]:
    """Every cell of schools and authorities. `inside` is the stage's cohort; `authorities` says whose each school is.

    What is withheld for the size of the cohort is withheld in every measure, so that one does not tell what another keeps.
    """
    who = _Who(stored, authorities)
    everybody = who.counts(PupilMeasure("", "mean", "", np.where(inside, 0.0, np.nan)))
    gone = withheld(everybody, who.lines(everybody))
    return [cell for measure in measures for cell in _cells(measure, who, gone)]


class _Who:
    """Which pupils belong to which cell: the rows of each place, and of each cut."""

    def __init__(self, stored: Stored, authorities: Mapping[int, str]) -> None:
        urns = stored.urns
        self.schools = {str(urn): urns == urn for urn in np.unique(urns).tolist()}
        codes = {urn: authorities.get(int(urn), "") for urn in self.schools}
        self.areas = {
            f"{AUTHORITY}{code}": [urn for urn in self.schools if codes[urn] == code] for code in sorted({*codes.values()} - {""})
        }
        whole = np.ones(len(urns), dtype=np.bool_)
        self.cuts: dict[str, Flags] = {ALL: whole}
        for cut, (column, groups) in GROUPS.items():
            self.cuts |= {f"{cut}={group}": stored.columns[column] == group for group in groups}
        self.places = self.schools | {area: np.isin(urns, [int(urn) for urn in inside]) for area, inside in self.areas.items()}

    def rows(self, cell: Cell) -> Flags:
        place, cut = cell
        found: Flags = self.places[place] & self.cuts[cut]
        return found

    def counts(self, measure: PupilMeasure) -> dict[Cell, Count]:
        return {(place, cut): _count(measure, self.rows((place, cut))) for place in self.places for cut in self.cuts}

    def lines(self, counts: Mapping[Cell, Count]) -> list[Line]:
        """Groups add up to the whole at each place, and schools to their authority in each group."""
        found = []
        for place in self.places:
            for cut, (_, groups) in GROUPS.items():
                parts = tuple((place, f"{cut}={group}") for group in groups)
                found.append(Line((place, ALL), parts, _left(counts[(place, ALL)], [counts[part] for part in parts])))
        for area, schools in self.areas.items():
            found += [Line((area, cut), tuple((urn, cut) for urn in schools)) for cut in self.cuts]
        return found


def _count(measure: PupilMeasure, rows: Flags) -> Count:
    adds = measure.adds[rows]
    there = adds[~np.isnan(adds)]
    return Count(len(there), int(there.sum()) if measure.kind == "share" else None)


def _left(whole: Count, parts: list[Count]) -> Count:
    met = None if whole.met is None else whole.met - sum(part.met or 0 for part in parts)
    return Count(whole.cohort - sum(part.cohort for part in parts), met)


def _cells(measure: PupilMeasure, who: _Who, gone: set[Cell]) -> list[Added]:
    counts = who.counts(measure)
    hidden = withheld(counts, who.lines(counts), gone)
    return [_cell(measure, who.rows(cell), counts[cell], cell, cell in hidden) for cell in counts]


def _cell(measure: PupilMeasure, rows: Flags, count: Count, cell: Cell, hidden: bool) -> Added:
    place, cut = cell
    if hidden or not count.cohort:
        status = Status.SUPPRESSED if hidden else Status.NOT_APPLICABLE
        return Added(place, measure.id, measure.unit, cut, None, None, None, None, None, "", status)
    total = float(np.nansum(measure.adds[rows]))
    value = total / count.cohort * (100 if measure.kind == "share" else 1)
    lower, upper = _limits(measure, rows, value, total, count.cohort)
    words = band(value, lower, upper).value if measure.spread and lower is not None and upper is not None else ""
    return Added(place, measure.id, measure.unit, cut, value, total, count.cohort, lower, upper, words, Status.PUBLISHED)


def _limits(measure: PupilMeasure, rows: Flags, value: float, total: float, cohort: int) -> tuple[float | None, float | None]:
    """The 95% limits: of a share Wilson's; of a mean by the national spread where one is published, else Student's by the pupils' own."""
    if measure.kind == "share":
        low, high = wilson(total, cohort)
        return 100 * low, 100 * high
    if measure.spread is not None:
        half = half_width(measure.spread, cohort)
        return value - half, value + half
    there = measure.adds[rows]
    return mean_limits(there[~np.isnan(there)].tolist()) or (None, None)
