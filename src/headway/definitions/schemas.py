"""One schema for each kind of YAML in the library. An unknown key is a fault; so is a missing reference."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.status import Release, Status


def academic_year(text: object) -> AcademicYear:
    try:
        return AcademicYear.parse(str(text))
    except HeadwayError as error:
        raise ValueError(error.what) from None  # pydantic gathers ValueErrors, so that all faults are told


Year = Annotated[AcademicYear, BeforeValidator(academic_year)]
Better = Literal["higher", "lower", "neither"]
Unit = Literal["percent", "points", "progress", "score", "rate_per_100", "count", "pounds", "ratio", "grade"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, (str, int)) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


NOT_READ = "the page was not read when this was written; check it"


class Reference(Definition):
    """Where something stands. `seen`: the day on which what is cited was read; `not_read` where only the address is known, and from where
    the title says.
    """

    title: str
    href: str
    seen: date | Literal["not_read"]

    @property
    def read_words(self) -> str:
        return NOT_READ if isinstance(self.seen, str) else f"read {self.seen.day} {self.seen:%B %Y}"


class Dated(Definition):
    """In force between two days, both included."""

    id: str
    title: str
    from_: date = Field(alias="from")
    until: date | Literal["open"]
    reference: Reference
    review_by: date

    def holds(self, day: date) -> bool:
        return self.from_ <= day and (self.until == "open" or day <= self.until)


class Break(Definition):
    """A change of meaning at the start of a period."""

    kind: Literal["not_comparable", "comparable_with_care"]
    note: str


class Columns(Definition):
    """Which columns of a source table give a reading, by the table's canonical column names.

    `where` keeps the rows whose columns hold one of the given texts. `years_back` is for tables that hold
    several years side by side: 1 is the year before the table's own.
    """

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    lower: str | None = None
    upper: str | None = None
    where: dict[str, Texts] = Field(default_factory=dict)
    years_back: int = 0
    scale: float = 1.0


class Supply(Columns):
    """One source table that supplies a measure, for the whole cohort and for its cuts.

    A cut inherits what it does not say. `levels` keeps the supply to some levels. `formula` names a
    registered one for a value that is worked out from the columns (see headway/analysis/formulas.py).
    """

    table: str
    levels: tuple[Literal["school", "authority", "region", "england"], ...] = ("school", "authority", "region", "england")
    cut: str = "all"
    cuts: dict[str, Columns] = Field(default_factory=dict)
    formula: str | None = None


class Period(Definition):
    from_: Year = Field(alias="from")
    until: Year | Literal["open"]
    supplies: tuple[Supply, ...]
    break_: Break | None = Field(default=None, alias="break")
    reference: Reference
    note: str = ""

    def holds(self, year: AcademicYear) -> bool:
        return self.from_ <= year and (self.until == "open" or year <= self.until)


class Example(Definition):
    given: str
    expect: dict[int | str, float | None]


# Cohorts whose percentages are of persons counted one by one; sessions, money and schools are not.
PERSONS = ("eyfs", "phonics", "ks1", "ks2", "ks4", "ks5", "pupils_5_to_15", "looked_after", "enrolments")
NOT_PERSONS = ("sessions",)


def counts_persons(unit: str, cohort: str) -> bool:
    """Whether a measure is a share of a cohort of persons, so that chance can be reckoned from its size."""
    return unit == "percent" and cohort.startswith(PERSONS) and not cohort.endswith(NOT_PERSONS)


class Spread(Definition):
    """How far pupils' scores lie apart in England, a standard deviation for each year, by which a mean of n pupils has limits where the
    source publishes none: 1.96 · spread / √n, n the measure's own denominator. `found` says where it was had from.
    """

    found: str
    years: dict[Year, Annotated[float, Field(gt=0)]]


class Measure(Definition):
    """What a number means: its unit, direction, cohort, years of validity, sources and breaks."""

    id: str
    title: str
    short: str  # for table heads and chart labels, 30 characters at most
    why_it_matters: str
    unit: Unit
    better: Better
    cohort: str
    phases: tuple[str, ...]  # the phases whose pages show it
    cuts: tuple[str, ...] = ()
    owner: str
    review_by: date
    floor: int = 11
    range: tuple[float, float] | None = None  # outside it a value is a fault of the file
    weight: Literal["denominator", "none"] = "denominator"  # how schools add up to an area
    spread: Spread | None = None  # of a mean of pupils' scores
    once_each: bool = False  # of a rate of events: each befalls a pupil once at most in a year, so that chance has Byar's limits
    supersedes: str | None = None
    part_of: str | None = None  # the measure whose pupils these are some of: never above it
    periods: tuple[Period, ...]
    examples: tuple[Example, ...] = ()

    def __hash__(self) -> int:
        """By its name: a definition is large, and what is kept of one is asked for many times a page."""
        return hash(self.id)

    def period(self, year: AcademicYear) -> Period | None:
        return next((period for period in self.periods if period.holds(year)), None)


class Levels(Definition):
    """How a row says which level it is of: by a column's text, or the same for the whole table."""

    column: str | None = None
    school: Texts = ()
    authority: Texts = ()
    region: Texts = ()
    england: Texts = ()
    every_row: Literal["school", "authority", "region", "england", ""] = ""
    england_phase: dict[str, str] = Field(default_factory=dict)  # column's text → phase, for national rows by phase
    phase_column: Texts = ()  # the first of these columns that holds such a text; publishers moved it between years


class YearOf(Definition):
    """Where the year of a row comes from. `path`: a folder or file name such as 2017-18."""

    path: bool = False
    column: str | None = None
    style: Literal["packed", "ending", "starting", "text", "financial_ending"] = "packed"
    given: Year | None = None


class Layout(Definition):
    """One way in which a table has been published: the headers that give it away, and its own names.

    `headers` must all be there and `without` must not; both are compared in lower case with runs of
    spaces and underscores as one space. `columns` maps our canonical name to the header of this layout.
    """

    name: str
    headers: Texts
    without: Texts = ()
    columns: dict[str, str] = Field(default_factory=dict)
    sheet: str | None = None
    release: Release | None = None
    levels: Levels | None = None
    year: YearOf | None = None
    prefer: int = 0  # between files that hold the same cell in equally firm releases, the higher wins


class Download(Definition):
    """Where a publisher keeps a file. `href` and `file` may hold {authority}, {day} (20260131), {date} (2026-01-31) and
    {years} (2023-2024).

    `released` says in words when a new one comes. `seen` is when somebody last had the file from there by
    hand; without it the address follows the publisher's documented pattern and has not been tried.
    """

    href: str
    file: str
    released: str
    from_: Year | None = Field(default=None, alias="from")
    until: Year | None = None
    seen: date | None = None


class OwnColumns(Definition):
    """The columns of a table whose rows each name a Headway measure and a cut: it supplies every measure."""

    measure: str
    cut: str
    value: str
    numerator: str
    denominator: str


class Unfilled(Definition):
    """Columns that the publisher left unfilled in some years, with a text in them that would read as a number: there it is no figure.

    It is `not_published`, wherever the cell holds that text; whether any of them was a true nought nobody can tell.
    """

    columns: Texts
    years: tuple[Year, ...]
    holds: str = "0"
    note: str
    reference: Reference


class SourceTable(Definition):
    """A kind of published file: who publishes it, how it is recognised, what its columns are called."""

    id: str
    title: str
    publisher: str
    licence: str
    reference: Reference
    kind: Literal["wide", "tidy", "series", "register", "lookup", "events", "boundaries", "reference"]
    release: Release = Release.FINAL
    cadence: str = "yearly"
    holds_people: tuple[str, ...] = ()  # columns with people's names: dropped when landed
    key: dict[Literal["urn", "authority", "region", "group"], str] = Field(default_factory=dict)
    levels: Levels = Levels(every_row="school")
    year: YearOf = YearOf(path=True)
    markers: dict[str, Status] = Field(default_factory=dict)
    unfilled: tuple[Unfilled, ...] = ()
    layouts: tuple[Layout, ...]
    own_columns: OwnColumns | None = None
    downloads: tuple[Download, ...] = ()
    owner: str = "analyst"
    note: str = ""

    def unfilled_in(self, columns: Columns) -> tuple[Unfilled, ...]:
        """What is known of the column that decides whether there is a figure: the value's, else the numerator's."""
        return tuple(one for one in self.unfilled if (columns.value or columns.numerator) in one.columns)


class TemplateRow(Definition):
    """How one row of the template is made from one row of an export: a column of theirs, or the same text for all."""

    columns: dict[str, str] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)


class Mapping(TemplateRow):
    """How an export of another system becomes the early results template, in an area's own library/mappings.

    An export is known by its `headers`. `values` renames texts, as `All pupils` to `all`, by the template's
    column. Each of `rows` gives a row of the template for each row of the export; what it does not say it
    takes from the mapping itself.
    """

    id: str
    title: str
    headers: Texts
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    rows: tuple[TemplateRow, ...] = (TemplateRow(),)
