"""What the one door answers with: frozen shapes that pages, commands, exports and notebooks share.

Every reading in them has already passed the viewer, the embargo and the suppression rules.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release


@dataclass(frozen=True)
class SnapshotFacts:
    """Which computed state of the world answered: its id, age, library digest, and whether it is made up."""

    id: str
    built_at: datetime
    library_digest: str
    example: bool
    areas: tuple[tuple[str, str], ...]  # (authority code, name) of the workspace's own areas


@dataclass(frozen=True)
class Establishment:
    """Who a school is. Unknown facts are empty text or None, never guessed."""

    urn: int
    name: str
    authority: str
    authority_name: str
    region: str
    phase: str  # nursery, primary, middle, secondary, all_through, special, alternative, post16, other
    type: str  # as published: Community school, Academy converter, …
    governance: str  # maintained, academy, independent, college, other
    status: str  # open, closed, proposed
    trust: str
    trust_uid: str
    age_low: int | None
    age_high: int | None
    gender: str
    religious_character: str
    street: str
    town: str
    postcode: str
    locality: str
    opened: date | None
    closed: date | None
    latitude: float | None
    longitude: float | None
    placed_by: str  # coordinates, locality, or "" when it could not be placed
    pupils: int | None
    as_of: str  # the academic year of the newest list that holds it


@dataclass(frozen=True)
class Link:
    urn: int
    name: str
    kind: str  # predecessor, successor, merged, split: only the first two are chained
    on: date | None
    chained: bool  # whether its results are shown as this school's own past


@dataclass(frozen=True)
class MeasureFacts:
    """What a page must say of a measure before it shows a number."""

    id: str
    title: str
    short: str
    unit: str
    better: str
    why_it_matters: str
    cohort: str
    floor: int
    spread: tuple[tuple[AcademicYear, float], ...] = ()  # year → how far pupils' scores lie apart in England
    once_each: bool = False  # a rate of events that befall a pupil once at most


@dataclass(frozen=True)
class Gap:
    """Years without a figure, and why."""

    from_year: AcademicYear
    to_year: AcademicYear
    reason: str


@dataclass(frozen=True)
class BreakMark:
    """The series changed its meaning at the start of `year`."""

    year: AcademicYear
    kind: str  # not_comparable or comparable_with_care
    note: str


@dataclass(frozen=True)
class Trend:
    """One measure at one place over years, oldest first; with its gaps and breaks."""

    measure: MeasureFacts
    cut: str
    readings: tuple[Reading, ...]
    gaps: tuple[Gap, ...] = ()
    breaks: tuple[BreakMark, ...] = ()

    @property
    def latest(self) -> Reading | None:
        """The newest reading that has a value, or else the newest of all."""
        for reading in reversed(self.readings):
            if reading.value is not None:
                return reading
        return self.readings[-1] if self.readings else None


@dataclass(frozen=True)
class MeasureLine:
    """One measure of one place beside its comparators: `family`, `authority`, `region`, `england`, `neighbours`.

    A comparator is of the school's phase where the source gives it; `comparator_cuts` says which.
    """

    own: Trend
    comparators: dict[str, Trend]
    comparator_cuts: dict[str, str] = field(default_factory=dict)
    small_cohort: bool = False  # the newest cohort is under the measure's floor
    predecessor_years: tuple[AcademicYear, ...] = ()  # years whose reading is a predecessor's
    pooled: Reading | None = None  # the three-year value shown when the cohort is small


@dataclass(frozen=True)
class InspectionEvent:
    """One judgement of one inspection, on its own scale and never converted to another."""

    urn: int
    inspected: date | None
    published: date | None
    scale: str  # an id in library/inspection_scales
    judgement: str  # overall_effectiveness, quality_of_education, inclusion, …
    grade: str
    words: str
    source: str
    of_predecessor: bool = False


@dataclass(frozen=True)
class Profile:
    """Everything a school's page says."""

    establishment: Establishment
    links: tuple[Link, ...]
    lines: tuple[MeasureLine, ...]  # attainment, progress, attendance, destinations, exclusions
    context: tuple[MeasureLine, ...]
    workforce: tuple[MeasureLine, ...]
    finance: tuple[MeasureLine, ...]
    inspections: tuple[InspectionEvent, ...]
    snapshot: SnapshotFacts
    cuts: tuple[MeasureLine, ...] = ()  # groups and gaps


@dataclass(frozen=True)
class Step:
    """One step of how a number came about: a heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The whole chain behind one number. `steps` run from the definition to what was withheld."""

    reading: Reading | None
    measure: MeasureFacts
    steps: tuple[Step, ...]
    vintages: tuple[Reading, ...] = ()  # the same cell in other releases, newest first


@dataclass(frozen=True)
class SchoolRow:
    """One line of the schools list: who it is, and the newest reading of each chosen measure."""

    establishment: Establishment
    readings: dict[str, Reading]  # by measure id


@dataclass(frozen=True)
class Moved:
    """A school whose newest reading moved most since the year before, beyond what its margin covers."""

    establishment: Establishment
    measure: MeasureFacts
    before: Reading
    after: Reading
    change: float
    beyond_chance: bool | None  # None when no margin can be had


@dataclass(frozen=True)
class Area:
    """Where an authority stands: each key measure beside its comparators, what moved, what is coming."""

    code: str
    name: str
    schools: int
    pupils: int | None
    lines: tuple[MeasureLine, ...]
    moved: tuple[Moved, ...]
    snapshot: SnapshotFacts
    cuts: tuple[MeasureLine, ...] = ()  # the same for disadvantaged pupils and the others
    compared: tuple[int, int] = (0, 0)  # (schools, measures) among which `moved` was looked for


@dataclass(frozen=True)
class Hit:
    establishment: Establishment
    matched: str  # name, urn, postcode, predecessor


@dataclass(frozen=True)
class Distribution:
    """Each school of an area on one measure in one year, highest first, and how many are not shown."""

    measure: MeasureFacts
    year: AcademicYear
    rows: tuple[tuple[Establishment, Reading], ...]
    without_value: dict[str, int]  # status → schools


@dataclass(frozen=True)
class SourceRow:
    """One landed file as the data page lists it."""

    table: str
    title: str
    publisher: str
    licence: str
    file: str
    year: str
    release: Release
    rows: int
    rows_by_level: dict[str, int]
    markers: dict[str, int]
    checks_passed: int
    checks_failed: int
    landed_at: datetime
    outcome: str
    reason: str
    used: bool = True  # whether a measure, the register or the map takes anything from its table
    years_inside: bool = False  # whether its rows tell their own years


@dataclass(frozen=True)
class Coming:
    """A date in the school year: a term, a release, a census day."""

    on: date
    title: str
    kind: str  # term, release, census, statutory
    reference: str = ""
