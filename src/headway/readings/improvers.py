"""Members of a school's family that improved, on one measure over some years, by more than the family as a whole and than chance gives.

Change is set beside the family's mean change, so that a year in which everybody rose is no lesson; and of all the schools looked at, those
shown are chosen so that one in ten is expected to be there by chance (Benjamini and Hochberg). That a school did something and improved
does not say that the one came of the other: schools improve after bad years whatever they do, and those that did not are not asked.
"""

from dataclasses import dataclass
from statistics import fmean

from headway.readings.answers import Establishment, MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.families import Family
from headway.readings.margins import variance
from headway.readings.partners import by_school
from headway.readings.trend import breaks, comparable
from headway.stats import discovery
from headway.stats.intervals import Z95
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

RATE = 0.1  # of those shown, the share expected to be there by chance
SPAN = 3  # years from the first to the last
FEWEST = 10  # members with figures in both years, with fewer of which the family's mean change says little


@dataclass(frozen=True)
class Improver:
    """One school's change (above 0 is better) with its 95% limits, and how much more it improved than its family."""

    school: Establishment
    before: Reading
    after: Reading
    change: float
    low: float
    high: float
    beside: float
    q: float
    shown: bool  # more than the family, beyond chance


@dataclass(frozen=True)
class Improvers:
    """The members looked at, those that improved most first; `reason` where nothing can be told."""

    measure: MeasureFacts
    first: AcademicYear | None
    last: AcademicYear | None
    looked_at: tuple[Improver, ...]
    not_judged: int
    family: float = 0.0  # its mean change
    reason: str = ""

    @property
    def shown(self) -> tuple[Improver, ...]:
        return tuple(one for one in self.looked_at if one.shown)

    def of(self, urn: int) -> Improver | None:
        return next((one for one in self.looked_at if one.school.urn == urn), None)


def improvers(door: Door, found: Family, measure: str, span: int = SPAN) -> Improvers:
    """Of published figures only. Raises H-USAGE-05 for an unknown measure, H-VALIDITY-13 for one that has no good direction."""
    definition = door.measure(measure)
    if definition.better == "neither":
        raise HeadwayError("H-VALIDITY-13", f"{definition.title} is neither better high nor low.", "Nobody improves on it.",
                           "Choose a measure of results or attendance.")  # fmt: skip
    facts = measure_facts(definition)
    members = {one.establishment.urn: one.establishment for one in found.members}
    rows = by_school(door, list(members), measure, PUBLIC)
    years = sorted({year for one in rows.values() for year in one})
    for last in reversed(years):
        first = last - span
        both = {urn: (one[first], one[last]) for urn, one in rows.items() if first in one and last in one}
        judged = {urn: pair for urn, pair in both.items() if all(_variance(each, facts) for each in pair)}
        marks = tuple(breaks(definition, [AcademicYear(first), AcademicYear(last)]))
        if len(judged) >= FEWEST and comparable(marks, AcademicYear(first), AcademicYear(last)):
            return _judged(facts, members, judged, first, last)
    return Improvers(facts, None, None, (), len(members), reason=f"fewer than {FEWEST} similar schools have figures {span} years apart")


def _variance(reading: Reading, facts: MeasureFacts) -> float:
    """0 where there is no margin, or too few pupils to judge."""
    if reading.denominator is not None and reading.denominator < facts.floor:
        return 0.0
    return variance(reading, facts) or 0.0


def _judged(
    facts: MeasureFacts, members: dict[int, Establishment], judged: dict[int, tuple[Reading, Reading]], first: int, last: int
) -> Improvers:
    sign = 1.0 if facts.better == "higher" else -1.0
    changes = {urn: sign * ((after.value or 0.0) - (before.value or 0.0)) for urn, (before, after) in judged.items()}
    errors = {urn: sum(_variance(one, facts) for one in pair) ** 0.5 for urn, pair in judged.items()}
    middle = fmean(changes.values())
    order = sorted(changes)
    rates = discovery.q_values([discovery.one_sided(changes[urn] - middle, errors[urn]) for urn in order])
    made = [
        Improver(
            members[urn], *judged[urn], changes[urn], changes[urn] - Z95 * errors[urn], changes[urn] + Z95 * errors[urn],
            changes[urn] - middle, rate, rate <= RATE and changes[urn] > 0,
        )
        for urn, rate in zip(order, rates, strict=True)
    ]  # fmt: skip
    ranked = tuple(sorted(made, key=lambda one: (one.q, -one.beside, one.school.urn)))
    return Improvers(facts, AcademicYear(first), AcademicYear(last), ranked, len(members) - len(made), middle)
