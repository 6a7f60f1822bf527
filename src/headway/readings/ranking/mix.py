"""How much of a change is a change in who the pupils are: the same results of each group, in another mix.

change = Σ change of share × mean rate + Σ mean share × change of rate (Kitagawa (1955), Journal of the American Statistical
Association 50:1168–1194). The first sum is the mix. By disadvantage, where the sizes of both groups are known in both years.
"""

from headway.readings import asking
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

GROUPS = ("disadvantage=yes", "disadvantage=no")
Span = tuple[AcademicYear, AcademicYear]
Cells = dict[tuple[str, AcademicYear], tuple[float, float]]  # (group, year) → (value, pupils)


def mix_of(door: Door, viewer: Viewer, measure: str, level: Level, span: Span, authority: str) -> dict[str, float]:
    """place → the part of its change that comes of another mix, in the measure's unit. Places where it cannot be told are absent."""
    if "disadvantage" not in door.measure(measure).cuts:
        return {}
    by_place: dict[str, Cells] = {}
    for group in GROUPS:
        asked = asking.Asked(measure, authority=authority if level is Level.SCHOOL else "", level=level, cut=group)
        for one in asking.readings(door, asked, viewer):
            if one.year in span and one.value is not None and one.denominator:
                by_place.setdefault(one.place, {})[(group, one.year)] = (one.value, one.denominator)
    return {place: mix(cells, span) for place, cells in by_place.items() if len(cells) == 2 * len(GROUPS)}


def mix(cells: Cells, span: Span) -> float:
    """The first sum, from the value and the pupils of each group in each year."""
    pupils = {year: sum(cells[(group, year)][1] for group in GROUPS) for year in span}
    found = 0.0
    for group in GROUPS:
        (rate, many), (later_rate, later_many) = (cells[(group, year)] for year in span)
        found += (later_many / pupils[span[1]] - many / pupils[span[0]]) * (rate + later_rate) / 2
    return found
