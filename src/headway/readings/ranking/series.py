"""The figures that a ranking needs: every comparable year of a measure at one level, and how uncertain each value is."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.definitions.schemas import Measure
from headway.readings import asking, establishment
from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.margins import of_persons
from headway.readings.ranking.answers import Margin
from headway.readings.trend import breaks, comparable
from headway.stats.intervals import Z95, share_variance
from headway.stats.year_variance import ROUNDED, of_each, spikes, year_variance
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Series = dict[str, dict[AcademicYear, Reading]]  # place → year → its reading
FEWEST = 10  # places; among fewer, what is common and what is own cannot be told apart
KNOWN = 0.9  # of the cohorts must have a size for sizes to be used
USUAL = 5  # years back
SMALLEST = 1e-6  # a variance is never nothing


def series(door: Door, measure: str, level: Level, authority: str, cut: str, viewer: Viewer) -> Series:
    """Readings with a value, of every place of the level: at school level of one authority's schools, or of all.

    A school has its predecessors' readings as its own past, as on its page.
    """
    asked = asking.Asked(measure, authority=authority if level is Level.SCHOOL else "", level=level, cut=cut)
    found: Series = {}
    for reading in asking.readings(door, asked, viewer):
        if reading.value is not None:
            found.setdefault(reading.place, {})[reading.year] = reading
    return _with_past(door, found) if level is Level.SCHOOL else found


@dataclass(frozen=True)
class Spans:
    """The years that places have figures of, in order, and the two that a page shows when none are asked for."""

    years: tuple[AcademicYear, ...]
    first: AcademicYear
    last: AcademicYear


def spans(door: Door, viewer: Viewer, measure: str, level: Level, authority: str = "") -> Spans | None:
    """None where no two years can be compared. The usual span reaches back to the first comparable year of the last five."""
    found = series(door, measure, level, authority, "all", viewer)
    counts = [set(by_year) for by_year in found.values()]
    last = newest_of_most(counts)
    if last is None:
        return None
    years = sorted({year for of_place in counts for year in of_place})
    earlier = [year for year in comparable_with(door.measure(measure), last, set(years)) if year < last]
    if not earlier:
        return None
    return Spans(tuple(years), next((year for year in earlier if last - year <= USUAL), earlier[-1]), last)


def newest_of_most(years: list[set[AcademicYear]]) -> AcademicYear | None:
    """The newest year that nearly as many have as have the fullest year."""
    counts: dict[AcademicYear, int] = {}
    for of_place in years:
        for year in of_place:
            counts[year] = counts.get(year, 0) + 1
    most = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if count >= KNOWN * most), default=None)


def _with_past(door: Door, found: Series) -> Series:
    """Schools with their predecessors' years; predecessors that live on in a successor no longer stand on their own."""
    gone = set()
    for place in list(found):
        for before, first, last in establishment.chain(door, int(place)):
            earlier = found.get(str(before), {})
            for year, reading in earlier.items():
                if first <= year.start <= last:
                    found[place].setdefault(year, reading)
            gone.add(str(before))
    return {place: readings for place, readings in found.items() if place not in gone}


def comparable_with(definition: Measure, year: AcademicYear, years: set[AcademicYear]) -> list[AcademicYear]:
    """The years that may be set beside `year`, in order."""
    return [
        other for other in sorted(years) if comparable(tuple(breaks(definition, sorted({other, year}))), min(other, year), max(other, year))
    ]


@dataclass(frozen=True, eq=False)
class Errors:
    """The variance of each reading's value, and how it was come by."""

    margin: Margin
    of: dict[tuple[str, AcademicYear], float]


def cohorts(door: Door, measure: str, cut: str) -> dict[str, float]:
    """authority → about how many pupils a year of the measure has there: its schools' published cohorts added up, the mean of the years.

    For authority figures that come without their cohorts. Schools whose cohort is withheld are missing from the sum, which makes margins
    wider, never narrower.
    """
    sql = (
        "SELECT authority, sum(denominator) / count(DISTINCT year) FROM reading WHERE level = 'school' AND measure = ? AND cut = ?"
        " AND authority IS NOT NULL AND denominator IS NOT NULL GROUP BY authority"
    )
    return {str(code): float(pupils) for code, pupils in door.lookup.rows(sql, [measure, cut]) if pupils}


def errors(found: Series, definition: Measure, wanted: list[AcademicYear], sizes: dict[str, float]) -> Errors:
    """Variances of the values in the wanted years: sampling where limits or cohort sizes are published, rounding where numbers are
    whole, and what the series themselves show a year to differ by. `sizes` are the places' usual cohorts, for figures without one.

    Raises H-VALIDITY-04 where none of these can be had.
    """
    years = comparable_with(definition, max(wanted), {year for readings in found.values() for year in readings})
    readings = [one for _, one in _placed(found, wanted)]
    rounded = bool(readings) and all(float(one.value or 0).is_integer() for one in readings)
    source, sampling = _sampling(definition, readings, sizes)
    matrix, starts = _matrix(found, years), _starts(years)
    jump = year_variance(matrix, starts) if len(years) > 2 else None
    if source == "year_to_year" and jump is None:
        raise HeadwayError(
            "H-VALIDITY-04",
            f"How sure a figure of {definition.id} is cannot be told.",
            "Neither cohort sizes nor limits are published, and too few comparable years to show what one year differs by from the next.",
            "Choose years with more of the series around them, or a measure with cohort sizes.",
        )
    rounding = ROUNDED if rounded else 0.0
    if source == "year_to_year" and jump:  # rounding is in what years are seen to differ by
        each = dict(zip(found, of_each(matrix, starts, jump), strict=True))
        variances = {(one.place, one.year): max(float(each[place]), rounding, SMALLEST) for place, one in _placed(found, wanted)}
        own = jump.error
    else:
        own = max(0.0, jump.error - _median(list(sampling.values())) - rounding) if jump else 0.0
        variances = {key: max(variance + rounding + own, SMALLEST) for key, variance in sampling.items()}
    known = [many for one in readings if (many := one.denominator or sizes.get(one.place))]
    told = Margin(
        source, rounded, math.sqrt(_median(list(variances.values()))), math.sqrt(own) if jump else None,
        (min(known), max(known)) if source in ("cohort_sizes", "schools_added_up") else None,
    )  # fmt: skip
    return Errors(told, variances)


def slips(found: Series, definition: Measure, wanted: list[AcademicYear]) -> dict[str, str]:
    """place → why its figure should be looked at before it is used: a wanted year far from the years on either side of it."""
    years = comparable_with(definition, max(wanted), {year for readings in found.values() for year in readings})
    if len(years) < 3:
        return {}
    far = spikes(_matrix(found, years))
    told: dict[str, str] = {}
    for place, line in zip(found, far, strict=True):
        odd = [str(year) for year, is_odd in zip(years, line, strict=True) if is_odd and year in wanted]
        if odd:
            told[place] = f"the figure for {' and '.join(odd)} is far from the years on either side: check it before it is used"
    return told


def _placed(found: Series, wanted: list[AcademicYear]) -> list[tuple[str, Reading]]:
    return [(place, by_year[year]) for place, by_year in found.items() for year in wanted if year in by_year]


def _sampling(definition: Measure, readings: list[Reading], sizes: dict[str, float]) -> tuple[str, dict[tuple[str, AcademicYear], float]]:
    facts = measure_facts(definition)
    limits = {(one.place, one.year): _from_limits(one) for one in readings if one.lower is not None and one.upper is not None}
    if readings and len(limits) >= KNOWN * len(readings):
        usual = _median(list(limits.values()))
        return "published_limits", {(one.place, one.year): limits.get((one.place, one.year), usual) for one in readings}
    published = {(one.place, one.year): one.denominator or 0.0 for one in readings}
    added = {(one.place, one.year): one.denominator or sizes.get(one.place, 0.0) for one in readings}
    for source, cohort in (("cohort_sizes", published), ("schools_added_up", added)):
        each = {(one.place, one.year): _by_size(one, facts, cohort[(one.place, one.year)]) for one in readings}
        found = {key: known for key, known in each.items() if known is not None}
        if readings and len(found) >= KNOWN * len(readings):
            widest = max(found.values())  # a place without a size is likely to be a small one
            return source, {(one.place, one.year): found.get((one.place, one.year), widest) for one in readings}
    return "year_to_year", {}


def _by_size(reading: Reading, facts: MeasureFacts, many: float) -> float | None:
    """The variance that a cohort of so many gives: of a share of persons, or of a mean of scores whose national spread is known."""
    if not many:
        return None
    if of_persons(facts):
        return 10_000 * share_variance((reading.value or 0.0) / 100, many)
    scattered = dict(facts.spread).get(reading.year)
    return scattered**2 / many if scattered else None


def _from_limits(reading: Reading) -> float:
    return (((reading.upper or 0.0) - (reading.lower or 0.0)) / 2 / Z95) ** 2


def _median(values: list[float]) -> float:
    import statistics

    return statistics.median(values) if values else 0.0


def _matrix(found: Series, years: list[AcademicYear]) -> "Floats":
    import numpy as np

    return np.array([[by_year[year].value if year in by_year else math.nan for year in years] for by_year in found.values()], float)


def _starts(years: list[AcademicYear]) -> "Floats":
    import numpy as np

    return np.array([year.start for year in years], float)
