"""Learning partners: members of a school's family that do better on one measure by more than chance gives.

Each difference is drawn towards what the family as a whole shows, so that a small school's lucky year is no lesson; and of
all the schools looked at, those shown are chosen so that one in ten is expected to be there by chance (Benjamini and Hochberg).
"""

from dataclasses import dataclass

from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.families import Family, Member
from headway.readings.margins import margin
from headway.stats import discovery
from headway.stats.intervals import Z95
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

RATE = 0.1  # of those shown, the share expected to be there by chance
FEWEST = 3  # with fewer members the spread of the family cannot be told


@dataclass(frozen=True)
class Partner:
    """A member with a figure: how much better it did (above 0 is better), after shrinking, and at which rate it would be shown."""

    member: Member
    reading: Reading
    better_by: float
    shrunken: float  # the same after both are drawn towards the family
    q: float
    shown: bool  # better beyond chance


@dataclass(frozen=True)
class Partners:
    """Members of a family on one measure in one year, the furthest ahead first; and how many could not be judged."""

    measure: MeasureFacts
    own: Reading | None
    looked_at: tuple[Partner, ...]
    not_judged: int
    reason: str = ""

    @property
    def shown(self) -> tuple[Partner, ...]:
        return tuple(partner for partner in self.looked_at if partner.shown)


def partners(door: Door, found: Family, viewer: Viewer, measure: str) -> Partners:
    """On the newest year in which the school has a figure with a margin. Raises H-USAGE-05 for an unknown measure,
    H-VALIDITY-13 for one that has no good direction."""
    definition = door.measure(measure)
    if definition.better == "neither":
        raise HeadwayError(
            "H-VALIDITY-13",
            f"{definition.title} is neither better high nor low.",
            "Nobody does better on it.",
            "Choose a measure of results or attendance.",
        )
    facts = measure_facts(definition)
    rows = by_school(door, [found.establishment.urn, *(member.establishment.urn for member in found.members)], measure, viewer)
    mine = rows.get(found.establishment.urn, {})
    judged = [year for year, reading in mine.items() if _error(reading, facts)]
    if not judged:
        return Partners(facts, None, (), 0, "the school has no figure with a margin on this measure")
    year = max(judged)
    theirs = [(member, rows.get(member.establishment.urn, {}).get(year)) for member in found.members]
    known = [(member, reading) for member, reading in theirs if reading is not None and _error(reading, facts)]
    if len(known) < FEWEST:
        return Partners(facts, mine[year], (), len(theirs), f"only {len(known)} of its family have a figure with a margin in that year")
    return Partners(facts, mine[year], _judged(mine[year], known, facts), len(theirs) - len(known))


def by_school(door: Door, urns: list[int], measure: str, viewer: Viewer) -> dict[int, dict[int, Reading]]:
    """URN → year in which it begins → reading of all pupils, as the viewer may have them."""
    marks = ", ".join("?" * len(urns))
    rows = door.lookup.readings(
        early=False,
        level=Level.SCHOOL.value,
        where=f"measure = ? AND cut = 'all' AND place IN ({marks})",
        values=[measure, *map(str, urns)],
    )
    found: dict[int, dict[int, Reading]] = {}
    for reading in door.see(rows, viewer):
        found.setdefault(int(reading.place), {})[reading.year.start] = reading
    return found


def _error(reading: Reading, facts: MeasureFacts) -> float:
    """The standard error that the reading's 95% margin gives; 0 where there is no margin, or too few pupils to judge."""
    if reading.denominator is not None and reading.denominator < facts.floor:
        return 0.0
    limits = margin(reading, facts)
    return (limits[1] - limits[0]) / (2 * Z95) if limits else 0.0


def _judged(own: Reading, known: list[tuple[Member, Reading]], facts: MeasureFacts) -> tuple[Partner, ...]:
    from headway.stats.shrinkage import tau_squared

    sign = 1.0 if facts.better == "higher" else -1.0
    values = [sign * (reading.value or 0.0) for reading in [own, *(reading for _, reading in known)]]
    errors = [_error(reading, facts) for reading in [own, *(reading for _, reading in known)]]
    tau2 = tau_squared(values, [error**2 for error in errors])  # type: ignore[arg-type]  # lists do
    weights = [1 / (error**2 + tau2) for error in errors]
    middle = sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)
    drawn = [middle + tau2 / (tau2 + error**2) * (value - middle) for value, error in zip(values, errors, strict=True)]
    chance = [
        discovery.one_sided(value - values[0], (errors[0] ** 2 + error**2) ** 0.5)
        for value, error in zip(values[1:], errors[1:], strict=True)
    ]
    partners = [
        Partner(member, reading, value - values[0], after - drawn[0], q, q <= RATE and after > drawn[0])
        for (member, reading), value, after, q in zip(known, values[1:], drawn[1:], discovery.q_values(chance), strict=True)
    ]
    return tuple(sorted(partners, key=lambda one: (-one.shrunken, one.member.distance)))
