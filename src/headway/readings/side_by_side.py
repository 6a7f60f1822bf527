"""Schools side by side: each measure in one year that they share, what each is set beside, and which schools differ beyond chance.

Every two schools on every measure of results are looked at. Of so many differences some are large by luck alone. One is named when
luck alone gives one so large less than once in twenty, as on a school's page, and when of all that are named one in ten at most is
expected to be there by chance (Benjamini and Hochberg, over all that were looked at).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from headway.readings import pooling
from headway.readings.answers import Establishment, MeasureFacts, MeasureLine, Profile, Trend
from headway.readings.door import Door, measure_facts
from headway.readings.margins import countable, variance
from headway.readings.partners import RATE
from headway.readings.profile import PAGE_PHASES, profile
from headway.stats import discovery
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

MOST = 8  # schools, and measures: more is a list, not a comparison
SELDOM = 0.05  # what lies outside a 95% margin
BESIDE = ("family", "neighbours", "authority", "england")
USUAL = (
    "ks2.rwm_expected", "ks4.attainment8", "ks4.progress8", "phonics.year1", "eyfs.gld", "attendance.overall_absence",
    "attendance.persistent_absence",
)  # fmt: skip
USUAL_MANY = 4


@dataclass(frozen=True)
class Figure:
    """A school on a measure. `reading` is of the row's year, or three years together where that year has few pupils."""

    school: Establishment
    line: MeasureLine | None  # None where no file has the measure for the school
    reading: Reading | None
    until: Trend | None = None  # its years up to the row's
    pooled: bool = False
    few: bool = False  # too few pupils to judge, and no three years to put together

    @property
    def inherited(self) -> bool:
        return bool(self.line and self.reading and self.reading.year in self.line.predecessor_years)


@dataclass(frozen=True)
class Pair:
    """The difference between two figures of a row, named by their places in it: first minus second."""

    first: int
    second: int
    difference: float
    chance: float  # the two-sided probability of one so large when there is none
    q: float  # the smallest rate of false ones among those named at which this one would be named

    @property
    def beyond(self) -> bool:
        return self.chance <= SELDOM and self.q <= RATE


@dataclass(frozen=True)
class Place:
    """What the schools are set beside: a comparator of one of them. Schools of two phases have an England each."""

    kind: str
    name: str
    of: int  # the place of the first school that has it


@dataclass(frozen=True)
class Row:
    """One measure. Without a `year` no school has a value of it."""

    measure: MeasureFacts
    year: AcademicYear | None
    figures: tuple[Figure, ...]
    drawn: tuple[MeasureLine | None, ...]  # the schools' lines with the comparators asked for; the family is the first school's for all
    beside: tuple[Reading | None, ...]  # in the order of the places
    pairs: tuple[Pair, ...]  # those that could be judged
    not_judged: int  # pairs with two values and no margin

    @property
    def shared(self) -> bool:
        """Whether every school has a value in the year."""
        return all(figure.reading is not None and figure.reading.value is not None for figure in self.figures)


@dataclass(frozen=True)
class SideBySide:
    """The whole comparison: `looked_at` differences were judged, all rows together."""

    schools: tuple[Establishment, ...]
    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    offered: tuple[tuple[MeasureFacts, int], ...]  # every measure with a value for one of the schools, and how many of them have it
    years: tuple[AcademicYear, ...]  # in which any measure shown has a value, newest first

    @property
    def looked_at(self) -> int:
        return sum(len(row.pairs) for row in self.rows)

    @property
    def beyond(self) -> int:
        return sum(pair.beyond for row in self.rows for pair in row.pairs)


def side_by_side(
    door: Door,
    viewer: Viewer,
    *,
    urns: Sequence[int],
    measures: Sequence[str] = (),
    beside: Collection[str] = BESIDE,
    year: AcademicYear | None = None,
) -> SideBySide:
    """Up to eight schools on up to eight measures; without measures, the usual ones that the schools have.

    Without a year, each measure is of the newest that all schools have, else of the newest that most have. A school outside the
    viewer's patch comes with its published figures only. Raises H-USAGE-55 for too many of either, H-USAGE-01 or H-USAGE-06 for a
    school that no list holds, H-USAGE-05 for an unknown measure.
    """
    _few_enough(urns, measures)
    profiles = [profile(door, urn, viewer) for urn in dict.fromkeys(urns)]
    lines = [_lines(found) for found in profiles]
    schools = tuple(found.establishment for found in profiles)
    offered = _offered(door, lines)
    wanted = [door.measure(name).id for name in dict.fromkeys(measures)] or usual(offered, len(schools))
    places = _places(schools, beside)
    rows = [row_of(measure_facts(door.measure(name)), schools, [one.get(name) for one in lines], places, beside, year) for name in wanted]
    places, rows = _with_figures(places, rows)
    return SideBySide(schools, judged(rows), places, offered, _years(lines, wanted))


def usual(offered: Sequence[tuple[MeasureFacts, int]], schools: int) -> list[str]:
    """The measures to begin with: those that matter most of the ones that half of the schools have, two at least; else any there are."""
    shared = [facts.id for facts, many in offered if many >= max(min(2, schools), schools / 2)]
    found = [name for name in USUAL if name in shared] or shared or [facts.id for facts, _ in offered]
    return found[:USUAL_MANY]


def _few_enough(urns: Sequence[int], measures: Sequence[str]) -> None:
    for many, what in ((len(set(urns)), "schools"), (len(set(measures)), "measures")):
        if many > MOST:
            raise HeadwayError(
                "H-USAGE-55", f"{many} {what} are too many to set side by side.", f"At most {MOST} can be read beside each other.",
                f"Choose {MOST} {what} or fewer.",
            )  # fmt: skip


def _lines(found: Profile) -> dict[str, MeasureLine]:
    """Grades of inspection are left out: a grade of one scale cannot be set beside one of another."""
    every = (*found.lines, *found.context, *found.workforce, *found.finance)
    return {line.own.measure.id: line for line in every if not line.own.measure.id.startswith("inspection.")}


def _offered(door: Door, lines: Sequence[dict[str, MeasureLine]]) -> tuple[tuple[MeasureFacts, int], ...]:
    having: dict[str, int] = {}
    for one in lines:
        for name, line in one.items():
            if any(reading.value is not None for reading in line.own.readings):
                having[name] = having.get(name, 0) + 1
    return tuple((measure_facts(door.library.measures[name]), many) for name, many in having.items())


def _years(lines: Sequence[dict[str, MeasureLine]], wanted: Sequence[str]) -> tuple[AcademicYear, ...]:
    found = {year for one in lines for name in wanted if name in one for year in _valued(one[name])}
    return tuple(sorted(found, reverse=True))


def _valued(line: MeasureLine) -> set[AcademicYear]:
    return {reading.year for reading in line.own.readings if reading.value is not None}


def _newest(lines: Sequence[MeasureLine | None]) -> AcademicYear | None:
    """The newest year that all have a value in; else the newest of those that most have; else the newest in which one was withheld."""
    known = [line for line in lines if line]
    having = Counter(year for line in known for year in _valued(line))
    if having:
        return max(having, key=lambda year: (having[year], year))
    return max((reading.year for line in known for reading in line.own.readings), default=None)


def _places(schools: Sequence[Establishment], beside: Collection[str]) -> tuple[Place, ...]:
    """The family is the first school's alone; the others once for each authority and each phase that has figures of its own."""
    found: dict[tuple[str, str, str], Place] = {}
    phases = {PAGE_PHASES.get(school.phase, "") for school in schools}
    for kind in BESIDE:
        for of, school in enumerate(schools[:1] if kind == "family" else schools):
            phase = PAGE_PHASES.get(school.phase, "")
            key = (kind, "" if kind in ("england", "family") else school.authority, phase)
            if kind in beside and key not in found:
                found[key] = Place(kind, _named(kind, school, phase if len(phases) > 1 else ""), of)
    return tuple(found.values())


def _named(kind: str, school: Establishment, phase: str) -> str:
    names = {
        "family": f"Schools similar to {school.name}",
        "neighbours": f"Areas similar to {school.authority_name}",
        "authority": school.authority_name or "Authority not known",
        "england": "England",
    }
    return f"{names[kind]}, {phase}" if phase and kind != "family" else names[kind]


def _with_figures(places: Sequence[Place], rows: Sequence[Row]) -> tuple[tuple[Place, ...], list[Row]]:
    """Without the places that have a figure in no row: a column of dashes tells nothing."""
    kept = [at for at in range(len(places)) if any(row.beside[at] is not None for row in rows)]
    return tuple(places[at] for at in kept), [replace(row, beside=tuple(row.beside[at] for at in kept)) for row in rows]


def row_of(
    facts: MeasureFacts, schools: Sequence[Establishment], own: Sequence[MeasureLine | None], places: Sequence[Place] = (),
    beside: Collection[str] = (), asked: AcademicYear | None = None,
) -> Row:  # fmt: skip
    """One measure of the schools, each with its line; not judged yet, since that takes all the rows."""
    year = asked or _newest(own)
    figures = tuple(figure(school, line, year) for school, line in zip(schools, own, strict=True))
    others = tuple(_at(own[place.of], place.kind, year) for place in places)
    return Row(facts, year, figures, _drawn(own, beside), others, (), _without_margin(facts, figures))


def _drawn(own: Sequence[MeasureLine | None], beside: Collection[str]) -> tuple[MeasureLine | None, ...]:
    """The first school's family stands beside every school, so that all panels share it; nobody else's is drawn."""
    family = own[0].comparators.get("family") if own[0] and "family" in beside else None
    return tuple(_beside_only(line, beside, family) if line else None for line in own)


def _beside_only(line: MeasureLine, beside: Collection[str], family: Trend | None) -> MeasureLine:
    wanted = {kind: series for kind, series in line.comparators.items() if kind in beside and kind != "family"}
    return replace(line, comparators={**wanted, "family": family} if family else wanted)


def _at(line: MeasureLine | None, kind: str, year: AcademicYear | None) -> Reading | None:
    series = line.comparators.get(kind) if line else None
    return next((reading for reading in series.readings if reading.year == year), None) if series else None


def figure(school: Establishment, line: MeasureLine | None, year: AcademicYear | None) -> Figure:
    """A school on a measure in a year: three years together where the year's cohort is under the measure's floor."""
    reading = next((one for one in line.own.readings if one.year == year), None) if line else None
    if line is None or reading is None:
        return Figure(school, line, None)
    until = replace(line.own, readings=tuple(one for one in line.own.readings if one.year <= reading.year))
    small = reading.denominator is not None and reading.denominator < line.own.measure.floor
    pooled = pooling.three_years(until) if small else None
    return Figure(school, line, pooled or reading, until, pooled is not None, small and pooled is None)


def _judgeable(facts: MeasureFacts, found: Figure) -> float | None:
    """The variance by which a figure is judged; None where it cannot be."""
    if found.reading is None or found.reading.value is None or found.few or facts.better == "neither":
        return None
    return variance(found.reading, facts)


def _without_margin(facts: MeasureFacts, figures: Sequence[Figure]) -> int:
    valued = [one for one in figures if one.reading is not None and one.reading.value is not None]
    judged = sum(bool(_judgeable(facts, one)) for one in valued)
    return len(valued) * (len(valued) - 1) // 2 - judged * (judged - 1) // 2


def judged(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Each row with its pairs, judged together with those of all the others."""
    found = [_pairs(row) for row in rows]
    q = iter(discovery.q_values([pair.chance for pairs in found for pair in pairs]))
    return tuple(replace(row, pairs=tuple(replace(pair, q=next(q)) for pair in pairs)) for row, pairs in zip(rows, found, strict=True))


def _pairs(row: Row) -> list[Pair]:
    """Each two figures that can be judged; their q-values come later."""
    known = [(of, one.reading) for of, one in enumerate(row.figures) if one.reading and _judgeable(row.measure, one)]
    return [
        Pair(first, second, (one.value or 0.0) - (other.value or 0.0), _chance(one, other, row.measure), 1.0)
        for (first, one), (second, other) in combinations(known, 2)
    ]


def _chance(one: Reading, other: Reading, facts: MeasureFacts) -> float:
    """The two-sided probability of a difference so large when there is none: from both cohorts, else from both margins."""
    mine, theirs = one.value or 0.0, other.value or 0.0
    if all(countable(reading, facts) and reading.lower is None for reading in (one, other)):
        return discovery.two_shares(mine / 100, one.denominator or 0.0, theirs / 100, other.denominator or 0.0)
    error = ((variance(one, facts) or 0.0) + (variance(other, facts) or 0.0)) ** 0.5
    return min(1.0, 2 * discovery.one_sided(abs(mine - theirs), error))
