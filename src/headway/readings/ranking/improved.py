"""Who improved most between two years: the published change, the change that is likely true, and where each place stands by it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from headway.definitions.schemas import Measure
from headway.readings import asking
from headway.readings.door import Door, measure_facts
from headway.readings.ranking.answers import Improved, ImprovedLine, NotRanked
from headway.readings.ranking.mix import mix_of
from headway.readings.ranking.series import FEWEST, Errors, Series, cohorts, errors, series, slips
from headway.readings.schools import establishments
from headway.readings.trend import breaks, comparable
from headway.stats.ranks import DRAWS, ranked
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

APART = ("special", "alternative")  # their figures are not ranked among those of mainstream schools
TOP = 10


def improved(
    door: Door,
    viewer: Viewer,
    *,
    measure: str,
    level: Level,
    first: AcademicYear,
    last: AcademicYear,
    authority: str = "",
    cut: str = "all",
    top: int = TOP,
    phase: str = "",
) -> Improved:
    """Every place of the level (at school level: of one phase, in an authority or in all) ranked by its likely true change.

    Raises H-USAGE-05 (no such measure), H-VALIDITY-02 (not defined for a year), H-VALIDITY-04 (no margin to be had), H-VALIDITY-05 (a break
    that forbids it lies between, or the years are the wrong way round), H-VALIDITY-06 (too few places have both years).
    """
    key = ("improved", measure, level, first, last, authority, cut, top, phase, viewer.sees_early, viewer.urns)
    if key not in door.kept:
        door.kept[key] = _improved(door, viewer, measure, level, (first, last), authority, cut, top, phase)
    kept: Improved = door.kept[key]
    return kept


def _improved(
    door: Door,
    viewer: Viewer,
    measure: str,
    level: Level,
    span: tuple[AcademicYear, AcademicYear],
    authority: str,
    cut: str,
    top: int,
    phase: str,
) -> Improved:
    from headway.stats.change import changes

    definition = door.measure(measure)
    care = _allowed(door, definition, span)
    found = series(door, measure, level, authority, cut, viewer)
    ranked_series, left_out = _rankable(door, definition, found, level, span, authority, phase)
    if len(ranked_series) < FEWEST:
        raise HeadwayError(
            "H-VALIDITY-06",
            f"Only {len(ranked_series)} places have a figure of {measure} in both {span[0]} and {span[1]}.",
            f"Among fewer than {FEWEST} what is common and what is own cannot be told apart, so no place can be given.",
            "Choose other years, or look at each place's own trend.",
        )
    error = errors(found, definition, list(span), cohorts(door, measure, cut) if level is Level.AUTHORITY else {})
    pairs = [(by_year[span[0]], by_year[span[1]]) for by_year in ranked_series.values()]
    result = changes(*_columns(list(ranked_series), pairs, error, span))
    good = -1.0 if definition.better == "lower" else 1.0
    england = _england(door, viewer, measure, cut, span)
    beyond = (england[1].value or 0.0) - (england[0].value or 0.0) if england else None
    places = ranked((good * part for part in result.draws(DRAWS)), top)
    rises = result.p_above(0.0)
    past = result.p_above(beyond) if beyond is not None else None
    order = (-good * result.mean).argsort(kind="stable")
    names = list(ranked_series)
    alike = shared([good * (one.value - zero.value) for zero, one in pairs])  # type: ignore[operator]
    lines = []
    for place, at in enumerate(order, 1):
        zero, one = pairs[at]
        p_rise = float(rises[at])
        lines.append(
            ImprovedLine(
                names[at], door.name(level, names[at]), zero, one, (one.value or 0.0) - (zero.value or 0.0), float(result.mean[at]),
                float(result.mean[at] - 1.96 * result.sd[at]), float(result.mean[at] + 1.96 * result.sd[at]), p_rise,
                p_rise if good > 0 else 1 - p_rise, None if past is None else float(past[at] if good > 0 else 1 - past[at]), place,
                int(places.low[at]), int(places.high[at]), float(places.p_top[at]), alike[at],
            )
        )  # fmt: skip
    mixed = mix_of(door, viewer, measure, level, span, authority) if cut == "all" else {}
    return Improved(
        measure_facts(definition), level, *span, tuple(_mixed(line, mixed) for line in lines), tuple(left_out), england, result.common,
        error.margin, care, places.top, tuple(names[at] for at in places.surely_top), DRAWS,
    )  # fmt: skip


def _mixed(line: ImprovedLine, mixed: dict[str, float]) -> ImprovedLine:
    from dataclasses import replace

    return replace(line, mix=mixed[line.place]) if line.place in mixed else line


def _allowed(door: Door, definition: Measure, span: tuple[AcademicYear, AcademicYear]) -> tuple[str, ...]:
    """The breaks within the span that ask for care. A span across one that forbids comparison is refused."""
    for year in span:
        door.library.period(definition.id, year)
    marks = breaks(definition, sorted(span))
    if span[0] >= span[1] or not comparable(tuple(marks), *span):
        why = next((mark.note for mark in marks if mark.kind == "not_comparable"), "The first year must come before the last.")
        told = f"{definition.short} cannot be compared from {span[0]} to {span[1]}."
        raise HeadwayError("H-VALIDITY-05", told, why, "Choose a span on one side of the break, the earlier year first.")
    return tuple(mark.note for mark in marks)


def _rankable(
    door: Door,
    definition: Measure,
    found: Series,
    level: Level,
    span: tuple[AcademicYear, AcademicYear],
    authority: str,
    phase: str,
) -> tuple[Series, list[NotRanked]]:
    """The places with a figure in both years, and the others with what keeps them out."""
    kept: Series = {}
    out = []
    known = schools(door, authority) if level is Level.SCHOOL else {}
    phase = phase or phase_of(known, found)
    changed = boundary_changes(door) if level is Level.AUTHORITY else {}
    slipped = slips(found, definition, list(span))
    for place, by_year in found.items():
        why = unfit(definition, by_year, span)
        why = changed.get(place, why) if why else slipped.get(place, "")
        if level is Level.SCHOOL and not why:
            why = unfit_school(known.get(place), phase)
        if why and not over(door, level, place, known):
            out.append(NotRanked(place, door.name(level, place), why))
        elif not why:
            kept[place] = by_year
    return kept, sorted(out, key=lambda one: one.name)


def boundary_changes(door: Door) -> dict[str, str]:
    """Authorities that were made from others, or went up in others, with the change: why some of their years are missing."""
    return {
        code: f"boundaries changed: {change['note']}"
        for change in door.library.lists.get("authority_changes") or []
        for code in (*change["opened"], *change["closed"])
    }


def unfit(definition: Measure, by_year: dict[AcademicYear, Reading], years: tuple[AcademicYear, ...]) -> str:
    """What keeps a place out: no figure, or too few pupils."""
    missing = [str(year) for year in years if year not in by_year]
    if missing:
        return f"no figure for {' or '.join(missing)}"
    small = [str(year) for year in years if (by_year[year].denominator or definition.floor) < definition.floor]
    return f"fewer than {definition.floor} pupils in {' and '.join(small)}" if small else ""


def unfit_school(school: Any, phase: str) -> str:
    if school is None or school.status != "open":
        return "closed"
    if school.phase in APART and phase not in APART:
        return "special schools and alternative provision are not ranked among mainstream schools"
    return "" if school.phase == phase else f"{school.phase.replace('_', '-')} schools are ranked among themselves"


def phase_of(known: dict[str, Any], places: Iterable[str]) -> str:
    """The phase that most of the open mainstream schools with a figure are of."""
    phases = [
        known[place].phase for place in places if place in known and known[place].status == "open" and known[place].phase not in APART
    ]
    return max(sorted(set(phases)), key=phases.count, default="")


def over(door: Door, level: Level, place: str, known: dict[str, Any]) -> bool:
    """A place that is no more: a closed school, or an authority that no list holds any longer."""
    if level is Level.SCHOOL:
        return place not in known or known[place].status != "open"
    return level is Level.AUTHORITY and (level.value, place) not in door.names


def schools(door: Door, authority: str) -> dict[str, Any]:
    codes = [authority] if authority else sorted(set(door.authorities_of_schools.values()))
    return {str(school.urn): school for code in codes for school in establishments(door, code)}


def _columns(
    places: list[str], pairs: list[tuple[Reading, Reading]], error: Errors, span: tuple[AcademicYear, AcademicYear]
) -> "tuple[Floats, Floats, Floats, Floats]":
    import numpy as np

    values = np.array([[one.value for one in pair] for pair in pairs], float)
    variances = np.array([[error.of[(one.place, one.year)] for one in pair] for pair in pairs], float)
    return values[:, 0], values[:, 1], variances[:, 0], variances[:, 1]


def _england(door: Door, viewer: Viewer, measure: str, cut: str, span: tuple[AcademicYear, AcademicYear]) -> tuple[Reading, Reading] | None:
    asked = asking.Asked(measure, level=Level.ENGLAND, cut=cut)
    found = {one.year: one for one in asking.readings(door, asked, viewer) if one.place == ENGLAND and one.value is not None}
    return (found[span[0]], found[span[1]]) if span[0] in found and span[1] in found else None


def shared(goods: list[float]) -> list[tuple[int, int]]:
    """For each the first and the last place that it shares with those of the same size, the largest first."""
    rounded = [round(good, 9) for good in goods]
    ordered = sorted(rounded, reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    last = {value: place for place, value in enumerate(ordered, 1)}
    return [(first[value], last[value]) for value in rounded]
