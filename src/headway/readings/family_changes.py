"""Who joined a school's family since last year and who left it, and what its means would be with last year's family.

Means over years are those of the newest family in every year, so that a line does not jump when the family changes: an old trend is
re-expressed on the new family. What that changes is told here, measure by measure.
"""

from dataclasses import dataclass

from headway.definitions.families import DEFAULT
from headway.readings.answers import Establishment, MeasureFacts, Trend
from headway.readings.door import Door, measure_facts
from headway.readings.establishment import establishment
from headway.readings.families import Family
from headway.readings.family_means import family_means, last_years_means
from headway.vocabulary.academic_year import AcademicYear


@dataclass(frozen=True)
class Reexpressed:
    """One measure on both families: (year, the mean of today's family, the mean of last year's), oldest first."""

    measure: MeasureFacts
    years: tuple[tuple[AcademicYear, float | None, float | None], ...]

    @property
    def newest(self) -> tuple[AcademicYear, float, float] | None:
        """The newest year in which both families have a mean."""
        both = [(year, now, then) for year, now, then in self.years if now is not None and then is not None]
        return both[-1] if both else None


@dataclass(frozen=True)
class FamilyChange:
    """Only of the default method, and of members inside the caliper in both years."""

    joined: tuple[Establishment, ...]
    left: tuple[Establishment, ...]
    stayed: int
    means: tuple[Reexpressed, ...]


def family_change(door: Door, family: Family, measures: tuple[str, ...]) -> FamilyChange | None:
    """None where the school has no family now, or had none a year before, or the family is by another method."""
    if family.method != DEFAULT or not family.members:
        return None
    then, old = last_years_means(door, family.establishment)
    if not then:
        return None
    now = {member.establishment.urn for member in family.members}
    new = family_means(door, family.establishment)
    joined = tuple(member.establishment for member in family.members if member.establishment.urn not in then)
    left = tuple(establishment(door, urn) for urn in then if urn not in now)
    means = tuple(_both(door, measure, new, old) for measure in measures if measure in new or measure in old)
    return FamilyChange(joined, left, len(now & set(then)), means)


def _both(door: Door, measure: str, new: dict[str, Trend], old: dict[str, Trend]) -> Reexpressed:
    now, then = ({one.year: one.value for one in found[measure].readings} if measure in found else {} for found in (new, old))
    years = tuple((year, now.get(year), then.get(year)) for year in sorted(now.keys() | then.keys()))
    return Reexpressed(measure_facts(door.library.measures[measure]), years)
