"""The mean of a school's family on each measure and year: what a school is set beside that has like work to do.

The plain mean over the members inside the caliper that have a published figure, a small school counting as much as a large one:
the question is how schools like this one do, not how their pupils do. With fewer members than the library lays down there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.definitions.families import DEFAULT, rules_for
from headway.readings.answers import Establishment, Explanation, Step, Trend
from headway.readings.door import Door, measure_facts
from headway.readings.establishment import establishment
from headway.readings.trend import as_trend
from headway.readings.worked import worked
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INTAKE = "context"  # families are alike on these by design: a comparison would say nothing


OF = "family:"  # how a family is written as a place: family:103485


@dataclass(frozen=True)
class Lines:
    """Every figure of the schools of one phase, and who is in whose family; kept with the snapshot."""

    place: dict[int, int]  # URN → column
    cells: tuple[tuple[str, int], ...]  # (measure, year) of each row
    values: "NDArray[np.float32]"  # (cells, schools), NaN where there is no published figure
    members: dict[int, tuple[int, ...]]  # URN → the columns of its family inside the caliper
    fewest: int


def family_means(door: Door, school: Establishment) -> dict[str, Trend]:
    """Measure → the means of the school's family, oldest first; empty where it has none. Only the default method's family."""
    lines = _lines(door, school.phase)
    return _means(door, school.urn, lines, lines.members.get(school.urn, ())) if lines else {}


def last_years_means(door: Door, school: Establishment) -> tuple[tuple[int, ...], dict[str, Trend]]:
    """The URNs of the family that the school had on the intake up to the year before, and its means in the same years as today's."""
    lines = _lines(door, school.phase)
    found = door.lookup.rows("SELECT last_year FROM family WHERE urn = ? AND method = ?", [school.urn, DEFAULT])
    urns = tuple(found[0][0] or ()) if found else ()
    if lines is None:
        return urns, {}
    return urns, _means(door, school.urn, lines, tuple(lines.place[urn] for urn in urns if urn in lines.place))


def _means(door: Door, urn: int, lines: Lines, members: tuple[int, ...]) -> dict[str, Trend]:
    if len(members) < lines.fewest:
        return {}
    import numpy as np

    family = lines.values[:, list(members)].astype(np.float64)
    there = ~np.isnan(family)
    many = there.sum(axis=1)
    means = np.where(there, family, 0.0).sum(axis=1) / np.maximum(many, 1)
    found: dict[str, list[Reading]] = {}
    for (measure, year), mean, of in zip(lines.cells, means.tolist(), many.tolist(), strict=True):
        if of >= lines.fewest:
            found.setdefault(measure, []).append(_reading(door, urn, measure, year, mean, of))
    return {measure: as_trend(door.library.measures[measure], "all", readings) for measure, readings in found.items()}


def means_in(door: Door, schools: Iterable[Establishment], measure: str, year: AcademicYear) -> dict[int, float]:
    """URN → the mean of its family in one year, for those of the schools that have one."""
    found: dict[int, float] = {}
    for school in schools:
        lines = _lines(door, school.phase)
        if lines is None or (measure, year.start) not in lines.cells:
            continue
        row = lines.values[lines.cells.index((measure, year.start)), list(lines.members.get(school.urn, ()))]
        known = row[row == row]  # NaN where there is no figure
        if len(known) >= lines.fewest:
            found[school.urn] = float(known.mean(dtype="float64"))
    return found


def family_trend(door: Door, place: str, measure: str, cut: str = "all") -> Trend:
    """One measure of the family that `family:URN` names; without readings where it has none, or for a group of pupils.

    Raises H-USAGE-01, H-USAGE-05, H-USAGE-06.
    """
    definition = door.measure(measure)
    found = family_means(door, establishment(door, place.removeprefix(OF))) if cut == "all" else {}
    return found.get(measure) or as_trend(definition, cut, [])


def family_explained(door: Door, place: str, measure: str, year: AcademicYear) -> Explanation:
    """How the mean of a family came about: its members, each with its figure of the year."""
    school, facts = establishment(door, place.removeprefix(OF)), measure_facts(door.measure(measure))
    reading = next((one for one in family_trend(door, place, measure).readings if one.year == year), None)
    if reading is None:
        rule = rules_for(door.library.families, school.phase).get(DEFAULT)
        few = f"fewer than {rule.fewest} of the schools similar to it have a figure for {year}" if rule else "its phase has no families"
        return Explanation(None, facts, (Step("Where it came from", (f"There is no mean for the family of {school.name}: {few}.",)),))
    lines = _lines(door, school.phase)
    members = _with_figures(door, lines, school.urn, measure, year) if lines else []
    what = (
        f"{facts.title}: the mean of schools similar to {school.name} by intake, method {DEFAULT}.",
        "The family is the newest one, whatever the year of the figures, so that a line does not jump when the family changes.",
    )
    worked = f"The plain mean of the {len(members)} members with a published figure for {year}: {shown(reading.value, reading.unit)}."
    who = tuple(f"{door.school_names.get(str(urn), '')} (URN {urn}): {shown(value, reading.unit)}" for urn, value in members)
    return Explanation(reading, facts, (Step("What it is", what), Step("How it was worked out", (worked,)), Step("Who is in it", who)))


def _with_figures(door: Door, lines: Lines, urn: int, measure: str, year: AcademicYear) -> list[tuple[int, float]]:
    """(URN, figure) of the members that have one, the nearest first."""
    row = lines.values[lines.cells.index((measure, year.start))]
    of = {column: member for member, column in lines.place.items()}
    return [(of[column], float(row[column])) for column in lines.members[urn] if row[column] == row[column]]


def _lines(door: Door, phase: str) -> Lines | None:
    key = ("family lines", phase)
    if key not in door.kept:
        door.kept[key] = _read(door, phase)
    kept: Lines | None = door.kept[key]
    return kept


def _read(door: Door, phase: str) -> Lines | None:
    rule = rules_for(door.library.families, phase).get(DEFAULT)
    if rule is None or "family_value" not in door.lookup.tables:
        return None
    import numpy as np

    order = [urn for (urn,) in door.lookup.rows("SELECT DISTINCT urn FROM family_of WHERE phase = ? ORDER BY urn", [phase])]
    place = {urn: column for column, urn in enumerate(order)}
    sql = "SELECT measure, year, readings FROM family_value WHERE phase = ? ORDER BY measure, year"
    told = [row for row in door.lookup.rows(sql, [phase]) if row[0] in door.library.measures and row[0].split(".")[0] != INTAKE]
    families = door.lookup.rows(
        "SELECT f.urn, f.members[1:o.inside_caliper] FROM family f JOIN family_of o USING (urn, method) WHERE method = ? AND phase = ?",
        [DEFAULT, phase],
    )
    members = {urn: tuple(place[member] for member in listed) for urn, listed in families}
    values = np.array([np.frombuffer(blob, np.float32) for _, _, blob in told]).reshape(len(told), len(order))
    return Lines(place, tuple((measure, year) for measure, year, _ in told), values, members, rule.fewest)


def _reading(door: Door, urn: int, name: str, year: int, value: float, of: int) -> Reading:
    return worked(door, Level.SCHOOL, str(urn), "similar schools", name, year, value, f"mean of {of} similar schools")
