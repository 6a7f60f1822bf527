"""What an area would be if each of its schools reached the mean of its family: arithmetic, not a forecast.

The schools behind their family are put at its mean, the others stay as they are; each counts by its pupils. At any time about half of all
schools are behind the mean of those like them, part of the distance is chance, and a family's mean moves: so it is the most that catching
up could give, and the part that is beyond chance is told beside it.
"""

from dataclasses import dataclass

from headway.readings.answers import Establishment, MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.family_means import means_in
from headway.readings.margins import countable, variance
from headway.readings.schools import establishments
from headway.readings.trend import trend
from headway.stats.discovery import one_sided, q_values
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

RATE = 0.10  # of those called beyond chance, the share expected to be so by chance alone


@dataclass(frozen=True)
class Step:
    """A school behind its family, and how many pupils its family's mean would take (fewer, where lower is better)."""

    establishment: Establishment
    reading: Reading
    family: float
    pupils: float
    beyond_chance: bool


@dataclass(frozen=True)
class Reaching:
    """An area's schools together, as they are and as they would be. Values in per cent, of the schools' pupils together."""

    measure: MeasureFacts
    year: AcademicYear
    area: float
    reached: float  # were each school behind its family at its mean
    reached_beyond: float  # were only those so that are behind beyond chance
    england: float | None
    steps: tuple[Step, ...]  # the most pupils first
    looked_at: int  # schools with a figure and a family's mean
    no_family: int  # schools with a figure and no family's mean: left as they are
    without: int  # schools without a figure or a number of pupils: not in the sum

    @property
    def pupils(self) -> float:
        return sum(step.pupils for step in self.steps)

    def as_dict(self) -> dict[str, object]:
        return {
            "measure": self.measure.id, "year": str(self.year), "area": self.area, "reached": self.reached,
            "reached_beyond_chance_only": self.reached_beyond, "england": self.england, "schools_behind": len(self.steps),
            "behind_beyond_chance": sum(step.beyond_chance for step in self.steps), "pupils": self.pupils, "looked_at": self.looked_at,
            "no_family": self.no_family, "without": self.without,
        }  # fmt: skip


def reaching(door: Door, viewer: Viewer, *, measure: str, authority: str, year: AcademicYear) -> Reaching | None:
    """None for what is no share of pupils or has no good direction, and where no school has a figure and a family's mean."""
    definition, facts = door.measure(measure), measure_facts(door.measure(measure))
    schools = {str(school.urn): school for school in establishments(door, authority)}
    rows = door.lookup.of_authority(
        early=False, authority=authority, where="measure = ? AND cut = 'all' AND year = ?", values=[measure, year.start]
    )
    seen = [one for one in door.see(rows, viewer) if one.place in schools]
    known = [(schools[one.place], one) for one in seen if countable(one, facts)]
    means = means_in(door, [school for school, _ in known], measure, year)
    if definition.better == "neither" or not means:
        return None
    steps = _steps(known, means, facts)
    pupils = sum(one.denominator or 0.0 for _, one in known)
    area = sum((one.value or 0.0) * (one.denominator or 0.0) for _, one in known) / pupils
    sign = -1.0 if definition.better == "lower" else 1.0
    more, beyond = (sign * 100 * sum(step.pupils for step in some) / pupils for some in (steps, [s for s in steps if s.beyond_chance]))
    england = trend(door, measure=measure, level=Level.ENGLAND, place=ENGLAND, viewer=viewer)
    there = next((one.value for one in england.readings if one.year == year), None)
    return Reaching(
        facts, year, area, area + more, area + beyond, there, tuple(steps), len(means), len(known) - len(means), len(seen) - len(known)
    )  # fmt: skip


def _steps(known: list[tuple[Establishment, Reading]], means: dict[int, float], facts: MeasureFacts) -> list[Step]:
    """Those behind; which of them beyond chance is judged over all that were looked at (Benjamini and Hochberg)."""
    sign = -1.0 if facts.better == "lower" else 1.0
    judged = [
        (school, one, means[school.urn], sign * (means[school.urn] - (one.value or 0.0))) for school, one in known if school.urn in means
    ]
    chance = q_values([one_sided(behind, (variance(one, facts) or 0.0) ** 0.5) for _, one, _, behind in judged])
    steps = [
        Step(school, one, mean, behind / 100 * (one.denominator or 0.0), q <= RATE)
        for (school, one, mean, behind), q in zip(judged, chance, strict=True)
        if behind > 0
    ]
    return sorted(steps, key=lambda step: (-step.pupils, step.establishment.urn))
