"""The mean of a group of schools that people put together, of a trust, or of a locality: what a place may be set beside.

The plain mean of the members' published figures, as a family's is: a small school counts as much as a large one. What is withheld, and
what rests on fewer pupils than the measure's floor, is in no mean, whoever asks. So no two groups, however they are made up, tell of a
school what its own page does not: a group with such a school has the mean of the others, and says which it left out and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.readings.answers import Establishment, Explanation, MeasureFacts, Step, Trend
from headway.readings.door import Door, measure_facts
from headway.readings.establishment import chain, establishment
from headway.readings.profile import own_readings
from headway.readings.schools import establishments
from headway.readings.trend import as_trend
from headway.readings.worked import worked
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level, Urn
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import PUBLIC

OF = "group:"  # how a group is written as a place: group:103485+103486+103487
FEWEST = 3  # a mean of two is the two themselves
MOST = 200
WITHHELD, TOO_FEW = "withheld", "too_few"


@dataclass(frozen=True)
class LeftOut:
    """A member whose figure of the year is in no mean."""

    urn: int
    name: str
    why: str  # withheld, too_few


@dataclass(frozen=True)
class GroupYear:
    """The mean of one year. Without a value where fewer than FEWEST members have a figure that may be in it."""

    reading: Reading
    members: tuple[Reading, ...]  # those in the mean, in the order of the group
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class GroupSeries:
    """One measure of a group, oldest year first, on the members given, whatever they were in the year of the figures."""

    measure: MeasureFacts
    cut: str
    trend: Trend
    years: tuple[GroupYear, ...]

    @property
    def latest(self) -> GroupYear | None:
        """The newest year that has a mean, or else the newest of all."""
        having = [one for one in self.years if one.reading.value is not None]
        return having[-1] if having else self.years[-1] if self.years else None


Figures = Mapping[tuple[str, str], Mapping[AcademicYear, Mapping[int, Reading]]]  # (measure, cut) → year → URN → reading


def members_of(text: str) -> tuple[int, ...]:
    """The URNs of a group written as a place, in their order, each once. Raises H-USAGE-01; H-USAGE-52 for too few or too many."""
    parts = text.removeprefix(OF).replace(",", "+").replace(" ", "+").split("+")
    return checked(Urn.parse(part).number for part in parts if part)


def place_of(urns: tuple[int, ...]) -> str:
    return OF + "+".join(map(str, urns))


def checked(urns: Iterable[int]) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(urns))
    if not FEWEST <= len(found) <= MOST:
        raise HeadwayError(
            "H-USAGE-52", f"A group has {FEWEST} to {MOST} schools; this one has {len(found)}.", "A mean of two is the two themselves.",
            "Give other schools.",
        )  # fmt: skip
    return found


def of_trust(door: Door, trust: str) -> tuple[int, ...]:
    """The open schools of a trust wherever they are, by name. By the trust's name: not every list gives its number."""
    if "establishment" not in door.lookup.tables or not trust:
        return ()
    return tuple(
        urn for (urn,) in door.lookup.rows("SELECT urn FROM establishment WHERE trust = ? AND status = 'open' ORDER BY name, urn", [trust])
    )


def of_locality(door: Door, authority: str, locality: str) -> tuple[int, ...]:
    """The open schools of one locality of an authority, by name."""
    return tuple(one.urn for one in establishments(door, authority) if locality and one.locality == locality and one.status == "open")


def schools_of(door: Door, urns: tuple[int, ...]) -> list[Establishment]:
    """Raises H-USAGE-06 for a school that no list holds."""
    return [establishment(door, urn) for urn in urns]


def group_series(door: Door, urns: tuple[int, ...], name: str, *, measure: str, cut: str = "all") -> GroupSeries:
    """One measure of a group. `urns` are its members as `checked` gives them. Raises H-USAGE-05, -06, -09."""
    definition = door.measure(measure)
    figures = _figures(door, urns).get((measure, door.library.check_cut(cut)), {})
    years = tuple(_year(door, urns, name, measure, cut, year, figures[year]) for year in sorted(figures))
    trend = as_trend(definition, cut, [one.reading for one in years])
    return GroupSeries(measure_facts(definition), cut, trend, years)


def group_trend(door: Door, place: str, measure: str, cut: str = "all") -> Trend:
    """One measure of the group that `group:URN+URN+URN` names."""
    urns = members_of(place)
    return group_series(door, urns, f"group of {len(urns)} schools", measure=measure, cut=cut).trend


def _figures(door: Door, urns: tuple[int, ...]) -> Figures:
    """Every published figure of the members, their predecessors' where a school has none of its own. Kept with the snapshot."""
    key = ("group figures", urns)
    if key not in door.kept:
        found: dict[tuple[str, str], dict[AcademicYear, dict[int, Reading]]] = {}
        for school in schools_of(door, urns):
            for cell, readings in _of_member(door, school).items():
                for reading in readings:
                    found.setdefault(cell, {}).setdefault(reading.year, {})[school.urn] = reading
        if sum(1 for kept in door.kept if kept[0] == "group figures") < 50:
            door.kept[key] = found
        return found
    kept: Figures = door.kept[key]
    return kept


def _of_member(door: Door, school: Establishment) -> dict[tuple[str, str], list[Reading]]:
    past = chain(door, school.urn)
    found = door.lookup.of_places(Level.SCHOOL, [str(school.urn), *(str(of) for of, _, _ in past)], early=False)
    own, _ = own_readings(door, past, found, PUBLIC)
    return own


def _year(
    door: Door, urns: tuple[int, ...], name: str, measure: str, cut: str, year: AcademicYear, figures: Mapping[int, Reading]
) -> GroupYear:
    floor = door.library.measures[measure].floor
    there = [(urn, figures[urn]) for urn in urns if urn in figures]
    members = tuple(reading for _, reading in there if reading.value is not None and not _too_few(reading, floor))
    left_out = tuple(LeftOut(urn, door.school_names.get(str(urn), ""), why) for urn, one in there if (why := _why_not(one, floor)))
    enough = len(members) >= FEWEST
    value = sum(one.value or 0.0 for one in members) / len(members) if enough else None
    state = Status.PUBLISHED if enough else Status.LOW_COUNT
    how = f"mean of {len(members)} of {len(urns)} schools"
    mean = worked(door, Level.SCHOOL, place_of(urns), name, measure, year.start, value, how, cut=cut, status=state)
    return GroupYear(mean, members, left_out)


def _too_few(reading: Reading, floor: int) -> bool:
    return reading.status is Status.LOW_COUNT or (reading.denominator is not None and reading.denominator < floor)


def _why_not(reading: Reading, floor: int) -> str:
    """Why a figure that exists is in no mean; empty for one that is, and for one that does not exist."""
    if reading.status is Status.SUPPRESSED:
        return WITHHELD
    return TOO_FEW if _too_few(reading, floor) else ""


def group_explained(door: Door, place: str, measure: str, year: AcademicYear) -> Explanation:
    """How the mean of a group came about: its members, each with its figure of the year, and who is left out and why."""
    urns, facts = members_of(place), measure_facts(door.measure(measure))
    series = group_series(door, urns, f"group of {len(urns)} schools", measure=measure)
    found = next((one for one in series.years if one.reading.year == year), None)
    if found is None or found.reading.value is None:
        few = f"fewer than {FEWEST} of its schools have a published figure for {year} that rests on enough pupils"
        return Explanation(None, facts, (Step("Where it came from", (f"There is no mean of this group: {few}.",)),))
    worked_out = f"The plain mean of {len(found.members)} of its {len(urns)} schools: {shown(found.reading.value, found.reading.unit)}."
    who = tuple(f"{one.place_name} (URN {one.place}): {shown(one.value, one.unit)}" for one in found.members)
    what = (f"{facts.title}: the mean of a group of schools.", "The members are those given, whatever the year of the figures.")
    steps = [Step("What it is", what), Step("How it was worked out", (worked_out,)), Step("Who is in it", who)]
    if found.left_out:
        steps.append(Step("Left out to protect people", tuple(f"{one.name} (URN {one.urn})" for one in found.left_out)))
    return Explanation(found.reading, facts, tuple(steps))
