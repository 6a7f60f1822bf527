"""Where each place stands in one year, with how sure that is."""

from typing import TYPE_CHECKING

from headway.readings import asking
from headway.readings.door import Door, measure_facts
from headway.readings.ranking.answers import NotRanked, Standing, StandingLine
from headway.readings.ranking.improved import TOP, over, phase_of, schools, shared, unfit, unfit_school
from headway.readings.ranking.series import FEWEST, cohorts, errors, newest_of_most, series, slips
from headway.stats.ranks import DRAWS, quartile, ranked
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def standing(
    door: Door, viewer: Viewer, *, measure: str, level: Level, year: AcademicYear | None = None, authority: str = "", cut: str = "all",
    top: int = TOP, phase: str = "",
) -> Standing:  # fmt: skip
    """Every place of the level ranked in one year; without a year, in the newest that nine in ten of the places have.

    Raises H-USAGE-05, H-VALIDITY-02, H-VALIDITY-04 (no margin to be had), H-VALIDITY-06 (too few places).
    """
    key = ("standing", measure, level, year, authority, cut, top, phase, viewer.sees_early, viewer.urns)
    if key not in door.kept:
        door.kept[key] = _standing(door, viewer, measure, level, year, authority, cut, top, phase)
    kept: Standing = door.kept[key]
    return kept


def _standing(
    door: Door,
    viewer: Viewer,
    measure: str,
    level: Level,
    year: AcademicYear | None,
    authority: str,
    cut: str,
    top: int,
    phase: str,
) -> Standing:
    import numpy as np

    from headway.stats.shrinkage import shrink

    definition = door.measure(measure)
    if year:
        door.library.period(measure, year)
    found = series(door, measure, level, authority, cut, viewer)
    year = year or newest_of_most([set(by_year) for by_year in found.values()])
    kept: dict[str, Reading] = {}
    out = []
    known = schools(door, authority) if level is Level.SCHOOL else {}
    phase = phase or phase_of(known, found)
    slipped = slips(found, definition, [year]) if year else {}
    for place, by_year in found.items():
        why = unfit(definition, by_year, (year,)) if year else "no figure"
        why = why or slipped.get(place, "")
        why = why or (unfit_school(known.get(place), phase) if level is Level.SCHOOL else "")
        if not why and year:
            kept[place] = by_year[year]
        elif not over(door, level, place, known):
            out.append(NotRanked(place, door.name(level, place), why))
    if len(kept) < FEWEST or year is None:
        raise HeadwayError(
            "H-VALIDITY-06",
            f"Only {len(kept)} places have a figure of {measure}{f' for {year}' if year else ''}.",
            f"Among fewer than {FEWEST} what is common and what is own cannot be told apart, so no place can be given.",
            "Choose another year, or look at each place's own trend.",
        )
    error = errors(found, definition, [year], cohorts(door, measure, cut) if level is Level.AUTHORITY else {})
    good = -1.0 if definition.better == "lower" else 1.0
    names, values = list(kept), np.array([one.value for one in kept.values()], float)
    result = shrink(good * values, np.array([error.of[(name, year)] for name in names]))
    places = ranked(result.draws(DRAWS), top)
    published, bands = shared(list(good * values)), _quartiles(values, definition.better)
    lines = tuple(
        StandingLine(
            names[at], door.name(level, names[at]), kept[names[at]], float(good * result.mean[at]), float(result.sd[at]), place,
            int(places.low[at]), int(places.high[at]), float(places.p_top[at]), published[at], bands[at],
        )
        for place, at in enumerate((-result.mean).argsort(kind="stable"), 1)
    )  # fmt: skip
    left_out = tuple(sorted(out, key=lambda one: one.name))
    england = _england(door, viewer, measure, cut, year)
    surely = tuple(names[at] for at in places.surely_top)
    return Standing(measure_facts(definition), level, year, lines, left_out, england, error.margin, places.top, surely, DRAWS)


def _quartiles(values: "Floats", better: str) -> list[str]:
    import numpy as np

    if better == "neither":
        return [""] * len(values)
    edges = np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist()
    return [quartile(value, edges, better) or "" for value in values.tolist()]


def _england(door: Door, viewer: Viewer, measure: str, cut: str, year: AcademicYear) -> Reading | None:
    asked = asking.Asked(measure, level=Level.ENGLAND, cut=cut, first=year, last=year)
    return next((one for one in asking.readings(door, asked, viewer) if one.place == ENGLAND and one.value is not None), None)
