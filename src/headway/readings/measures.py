"""The measures themselves: which there are, what each means, where figures exist, how schools spread on one."""

from headway.definitions.schemas import Measure
from headway.readings.answers import Distribution, Establishment, MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.schools import establishments
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer


def measures(door: Door, viewer: Viewer) -> list[MeasureFacts]:
    """Every measure of the library, by id."""
    return [measure_facts(definition) for _, definition in sorted(door.library.measures.items())]


def measure(door: Door, name: str) -> Measure:
    """The definition with its periods, breaks and references. Raises H-USAGE-05."""
    return door.measure(name)


def coverage(door: Door) -> dict[str, dict[str, dict[int, int]]]:
    """measure → level → year (its start) → how many readings have a value."""
    if "coverage" not in door.kept:
        found: dict[str, dict[str, dict[int, int]]] = {}
        sql = "SELECT measure, level, year, count(*) FROM reading WHERE value IS NOT NULL AND cut = 'all' GROUP BY ALL ORDER BY ALL"
        for name, level, year, many in door.lookup.rows(sql):
            found.setdefault(name, {}).setdefault(level, {})[year] = many
        door.kept["coverage"] = found
    kept: dict[str, dict[str, dict[int, int]]] = door.kept["coverage"]
    return kept


def years_with_schools(door: Door, viewer: Viewer, measure: str, authority: str) -> list[AcademicYear]:
    """The years in which schools of the authority have a reading, newest first."""
    rows = door.lookup.rows(
        "SELECT DISTINCT year FROM reading WHERE level = 'school' AND authority = ? AND measure = ? ORDER BY year DESC",
        [authority, measure],
    )
    return [AcademicYear(row[0]) for row in rows]


def distribution(
    door: Door, viewer: Viewer, *, measure: str, authority: str, year: AcademicYear | None = None, phase: str = ""
) -> Distribution:
    """The authority's schools on one measure in one year (the newest by default), highest first.

    Raises H-USAGE-05, or H-VALIDITY-02 for a year in which the measure has no definition.
    """
    definition = door.measure(measure)
    if year:
        door.library.period(measure, year)
    else:
        year = next(iter(years_with_schools(door, viewer, measure, authority)), None)
    if year is None:
        return Distribution(measure_facts(definition), definition.periods[-1].from_, (), {})
    schools = {str(school.urn): school for school in establishments(door, authority) if not phase or school.phase == phase}
    rows = door.lookup.of_authority(
        early=viewer.sees_early, authority=authority, where="measure = ? AND cut = 'all' AND year = ?", values=[measure, year.start]
    )
    found = [(schools[reading.place], reading) for reading in door.see(rows, viewer) if reading.place in schools]
    valued = sorted((pair for pair in found if pair[1].value is not None), key=_highest)
    without: dict[str, int] = {}
    for _, reading in found:
        if reading.value is None:
            without[reading.status.words] = without.get(reading.status.words, 0) + 1
    return Distribution(measure_facts(definition), year, tuple(valued), without)


def _highest(pair: tuple[Establishment, Reading]) -> tuple[float, str]:
    return (-(pair[1].value or 0), pair[0].name)
