"""One measure at one place over years, with the gaps and breaks that a reader must know of."""

from functools import lru_cache

from headway.definitions.schemas import Measure
from headway.readings.answers import BreakMark, Gap, Trend
from headway.readings.door import Door, measure_facts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer


def trend(door: Door, *, measure: str, level: Level | str, place: str, cut: str = "all", viewer: Viewer) -> Trend:
    """Every year of a measure at a place. An unknown place gives a trend without readings."""
    definition = door.measure(measure)
    rows = door.lookup.readings(
        early=viewer.sees_early, level=str(level), where="place = ? AND measure = ? AND cut = ?", values=[place, measure, cut], order="year"
    )
    return as_trend(definition, cut, door.see(rows, viewer))


def as_trend(definition: Measure, cut: str, readings: list[Reading]) -> Trend:
    """Readings of one measure, place and cut as a trend: oldest first, gaps and breaks named."""
    starts = [reading.year.start for reading in readings]
    if starts != (ordered := sorted(starts)):  # they mostly come in order
        readings = sorted(readings, key=in_order)
    missing, changed = _between(definition, tuple(ordered))
    return Trend(measure_facts(definition), cut, tuple(readings), missing, changed)


def in_order(reading: Reading) -> int:
    """The key that puts readings in the order of their years."""
    return reading.year.start


@lru_cache(maxsize=20_000)
def _between(definition: Measure, starts: tuple[int, ...]) -> tuple[tuple[Gap, ...], tuple[BreakMark, ...]]:
    """Gaps and breaks depend on the definition and the years only, and most schools have the same years."""
    years = [AcademicYear(start) for start in starts]
    return tuple(gaps(definition, years)), tuple(breaks(definition, years))


def breaks(definition: Measure, years: list[AcademicYear]) -> list[BreakMark]:
    """The breaks that fall between the first and the last of the years, which are in order."""
    if not years:
        return []
    first, last = years[0], years[-1]
    return [
        BreakMark(period.from_, period.break_.kind, " ".join(period.break_.note.split()))
        for period in definition.periods
        if period.break_ and first < period.from_ <= last
    ]


def gaps(definition: Measure, years: list[AcademicYear]) -> list[Gap]:
    """Runs of years between the first and the last, which are in order, that have no reading; with the reason."""
    found: list[Gap] = []
    if not years:
        return []
    for year in years[0].to(years[-1]):
        if year in years:
            continue
        reason = _reason(definition, year)
        if found and found[-1].to_year + 1 == year and found[-1].reason == reason:
            found[-1] = Gap(found[-1].from_year, year, reason)
        else:
            found.append(Gap(year, year, reason))
    return found


def _reason(definition: Measure, year: AcademicYear) -> str:
    if definition.period(year):
        return "no figure in the files loaded"
    if year.start in (2019, 2020) and definition.id.split(".")[0] in ("ks1", "ks2", "ks4", "ks5", "eyfs", "phonics"):
        return "no tests or published results in the pandemic"
    return "not defined for these years"


def runs(readings: tuple[Reading, ...], marks: tuple[BreakMark, ...]) -> list[list[Reading]]:
    """The readings with a value, split where a line must not be drawn: at a missing year or a series break."""
    starts = {mark.year for mark in marks if mark.kind == "not_comparable"}
    found: list[list[Reading]] = []
    for reading in readings:
        if reading.value is None:
            continue
        joins = found and found[-1][-1].year + 1 == reading.year and reading.year not in starts
        if joins:
            found[-1].append(reading)
        else:
            found.append([reading])
    return found


def comparable(marks: tuple[BreakMark, ...], earlier: AcademicYear, later: AcademicYear) -> bool:
    """Whether two years may be set beside each other: no break that forbids it lies between."""
    return not any(mark.kind == "not_comparable" and earlier < mark.year <= later for mark in marks)
