"""The family of a school: who is similar, attribute by attribute why, how far apart, and how firm the family is."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headway.analysis.families import transformed
from headway.definitions.families import DEFAULT, Families, rules_for
from headway.readings.answers import Establishment, MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.establishment import establishment
from headway.stats import similar
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN_WEIGHTS = "own weights"


@dataclass(frozen=True)
class Attribute:
    """One intake measure of the school and of a member: their figures, how many standard deviations apart, and the word for it."""

    measure: MeasureFacts
    weight: float
    own: float
    theirs: float
    apart: float
    alike: str  # similar, less, not


@dataclass(frozen=True)
class Member:
    """A similar school, the nearest first."""

    establishment: Establishment
    distance: float
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Family:
    """A school's family by one method. Without members `reason` says why there are none."""

    establishment: Establishment
    method: str
    title: str
    found: str  # how the weights were found
    methods: tuple[str, ...]  # every method there is for the phase
    year: AcademicYear | None  # the newest year of intake
    years: int  # how many years of intake are averaged
    ages: str
    members: tuple[Member, ...]  # those inside the caliper
    looked_at: int  # the nearest, inside the caliper or not
    caliper: float
    fewest: int
    overlap_last_year: float | None
    stability: float | None  # the share of the family that stays when pupils are drawn again; None where it was not worked out
    left_out: str
    reason: str = ""

    @property
    def furthest(self) -> float | None:
        return self.members[-1].distance if self.members else None

    @property
    def stable(self) -> bool | None:
        return None if self.stability is None else self.stability >= similar.STABLE


@dataclass(frozen=True)
class Intakes:
    """The intake of every school of a phase by one method, in the order of their URNs."""

    urns: "NDArray[np.int64]"
    values: "NDArray[np.float64]"  # (schools, measures), as published
    z: "NDArray[np.float64]"
    measures: tuple[str, ...]
    weights: tuple[float, ...]
    year: int


def family(door: Door, urn: str | int, viewer: Viewer, method: str = "", weights: dict[str, float] | None = None) -> Family:
    """The family by a method of the library, or with `weights` (measure → at least 0) by a user's own.

    Only published figures are in it, whoever asks. Raises H-USAGE-01, H-USAGE-06; H-USAGE-50 for a method that the
    phase does not have, H-USAGE-51 for weights that are none; H-STORE-11 for a snapshot from before families.
    """
    school = establishment(door, urn)
    if "family_of" not in door.lookup.tables:
        raise HeadwayError(
            "H-STORE-11",
            "The published snapshot has no families.",
            "It was made by an earlier version of Headway.",
            "headway build, then headway publish.",
        )
    rules = rules_for(door.library.families, school.phase)
    name = _method(school, rules, method)
    if not name:
        return _none(school, rules, "", _told(door, school.urn, "") or _not_open(school))
    rule = rules[name]
    intakes = intakes_of(door, school.phase, name, rule)
    if intakes is None or school.urn not in intakes.urns:
        return _none(school, rules, name, _told(door, school.urn, name) or _not_open(school))
    if weights is not None:
        return _own(door, school, rules, name, intakes, weights)
    return _stored(door, school, rules, name, intakes)


def _method(school: Establishment, rules: dict[str, Families], method: str) -> str:
    if method and method not in rules:
        there = f"There are: {', '.join(rules)}." if rules else f"No families are worked out for {school.phase} schools."
        raise HeadwayError("H-USAGE-50", f"{school.phase.capitalize()} schools have no method {method!r}.", remedy=there)
    return method or (DEFAULT if rules else "")


def _not_open(school: Establishment) -> str:
    return "families are of open, state-funded schools" if school.status != "open" else "no family was worked out for it"


def _told(door: Door, urn: int, method: str) -> str:
    found = door.lookup.rows("SELECT reason FROM family_of WHERE urn = ? AND method = ?", [urn, method])
    return str(found[0][0]) if found else ""


def _none(school: Establishment, rules: dict[str, Families], name: str, reason: str) -> Family:
    return _family(school, rules, name, (), None, 0, "", None, None, reason)


def _family(
    school: Establishment, rules: dict[str, Families], name: str, members: tuple[Member, ...], year: int | None, looked_at: int, ages: str,
    overlap: float | None, stability: float | None, reason: str = "",
) -> Family:  # fmt: skip
    rule = rules.get(name)
    way = rule.methods[name] if rule else None
    return Family(
        school, name, way.title if way else "", " ".join(way.found.split()) if way else "", tuple(rules),
        AcademicYear(year) if year else None,
        rule.years if rule else 0, ages, members, looked_at, rule.caliper if rule else 0.0, rule.fewest if rule else 0, overlap, stability,
        " ".join(rule.left_out.split()) if rule else "", reason,
    )  # fmt: skip


def _stored(door: Door, school: Establishment, rules: dict[str, Families], name: str, intakes: Intakes) -> Family:
    rule = rules[name]
    [(listed, distances)] = door.lookup.rows("SELECT members, distances FROM family WHERE urn = ? AND method = ?", [school.urn, name])
    [(ages, overlap, stability, reason)] = door.lookup.rows(
        "SELECT ages, overlap_last_year, stability, reason FROM family_of WHERE urn = ? AND method = ?", [school.urn, name]
    )
    inside = [(urn, far) for urn, far in zip(listed, distances, strict=True) if far <= rule.caliper]
    members = _members(door, school, rule, intakes, inside, intakes.weights)
    return _family(school, rules, name, members, intakes.year, len(listed), ages, overlap, stability, reason)


def _own(
    door: Door, school: Establishment, rules: dict[str, Families], name: str, intakes: Intakes, weights: dict[str, float]
) -> Family:  # fmt: skip
    """The family by a user's own weights: one row of distances, worked out when asked."""
    import numpy as np

    unknown = sorted(set(weights) - set(intakes.measures))
    try:
        share = similar.shares([weights.get(measure, 0.0) for measure in intakes.measures])
    except ValueError:
        unknown = unknown or ["no weight above 0"]
    if unknown:
        raise HeadwayError(
            "H-USAGE-51", f"These weights cannot be used: {', '.join(unknown)}.", "Weights are at least 0, one of them above.",
            f"Give weights for any of: {', '.join(intakes.measures)}.",
        )  # fmt: skip
    rule = rules[name]
    mine = _ages(door, school.phase, rule)
    peers = np.flatnonzero([mine.get(urn) == mine.get(school.urn) for urn in intakes.urns.tolist()])
    z, place = intakes.z[peers], int(np.flatnonzero(intakes.urns[peers] == school.urn)[0])
    found, distances = similar.nearest_of(place, z, share, rule.members)
    nearest = zip(intakes.urns[peers][found].tolist(), distances.tolist(), strict=True)
    inside = [(urn, far) for urn, far in nearest if far <= rule.caliper]
    members = _members(door, school, rule, intakes, inside, tuple(share.tolist()))
    low, high = mine.get(school.urn) or (0, 0)
    made = _family(school, rules, name, members, intakes.year, len(found), f"{low} to {high}", None, None)
    return replace(made, method=OWN_WEIGHTS, title="By weights of your own", found="Given by whoever asked.")


def _ages(door: Door, phase: str, rule: Families) -> dict[int, tuple[int, int] | None]:
    key = ("family ages", phase, rule.id)
    if key not in door.kept:
        rows = door.lookup.rows("SELECT urn, age_low, age_high FROM establishment WHERE phase = ? AND status = 'open'", [phase])
        door.kept[key] = {urn: rule.age_range(low, high) for urn, low, high in rows}
    kept: dict[int, tuple[int, int] | None] = door.kept[key]
    return kept


def intakes_of(door: Door, phase: str, method: str, rule: Families) -> Intakes | None:
    """Kept with the snapshot: a phase's intake is a table of some ten thousand rows."""
    key = ("family intakes", phase, method)
    if key not in door.kept:
        door.kept[key] = _read_intakes(door, phase, method, rule)
    kept: Intakes | None = door.kept[key]
    return kept


def _read_intakes(door: Door, phase: str, method: str, rule: Families) -> Intakes | None:
    import numpy as np

    told = door.lookup.rows(
        "SELECT measure, weight, mean, sd, year FROM family_rule WHERE phase = ? AND method = ? ORDER BY rowid", [phase, method]
    )
    told = [row for row in told if row[0] in door.library.measures]
    if not told:
        return None
    year = int(told[0][4])
    sql = """SELECT urn, measure, value FROM family_input JOIN (SELECT urn FROM family_of WHERE phase = ? AND method = ?) USING (urn)
        WHERE year = ? ORDER BY urn"""
    found: dict[int, dict[str, float]] = {}
    for urn, measure, value in door.lookup.rows(sql, [phase, method, year]):
        found.setdefault(urn, {})[measure] = value
    values = np.array([[one[row[0]] for row in told] for one in found.values()])
    transforms = {one.measure: one.transform for one in rule.variables}
    moved = np.column_stack([transformed(values[:, place], transforms.get(row[0], "none")) for place, row in enumerate(told)])
    scale = similar.Scale(np.array([row[2] for row in told]), np.array([row[3] for row in told]))
    return Intakes(
        np.array(list(found)), values, scale.of(moved), tuple(row[0] for row in told), tuple(row[1] for row in told), year
    )  # fmt: skip


def _members(
    door: Door, school: Establishment, rule: Families, intakes: Intakes, inside: list[tuple[int, float]], weights: tuple[float, ...]
) -> tuple[Member, ...]:
    import numpy as np

    own = int(np.searchsorted(intakes.urns, school.urn))
    found = []
    for urn, distance in inside:
        at = int(np.searchsorted(intakes.urns, urn))
        apart = np.abs(intakes.z[at] - intakes.z[own]).tolist()
        attributes = tuple(
            Attribute(
                measure_facts(door.library.measures[measure]), weights[place], float(intakes.values[own, place]),
                float(intakes.values[at, place]), apart[place], alike(apart[place], rule),
            )
            for place, measure in enumerate(intakes.measures)
        )  # fmt: skip
        found.append(Member(establishment(door, urn), distance, attributes))
    return tuple(found)


def alike(apart: float, rule: Families) -> str:
    """The word for two figures so many standard deviations apart."""
    return "similar" if apart <= rule.alike.similar else "less" if apart <= rule.alike.less else "not"
