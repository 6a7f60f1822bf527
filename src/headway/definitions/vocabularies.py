"""What the library says besides measures and sources: cuts, cohorts, comparators and the calendar, each entry with its reference."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from headway.definitions.schemas import Definition, Reference, Year, academic_year
from headway.vocabulary.academic_year import AcademicYear

ALL = "all"
YearText = Annotated[str, AfterValidator(lambda text: str(academic_year(text)))]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class CutValue(Definition):
    """One group of a cut: its heading in a table, and its words in a sentence."""

    title: str
    words: str


class Change(Definition):
    """From when on a cut means something else, and what."""

    from_: Year = Field(alias="from")
    note: str


class Cut(Definition):
    """A split of a cohort by a characteristic. Its values stand in the order in which people see them."""

    id: str
    title: str
    means: str
    values: dict[str, CutValue]
    changes: tuple[Change, ...] = ()
    reference: Reference
    review_by: date


class Cohort(Definition):
    """Whom measures count."""

    id: str
    words: str
    reference: Reference


class Comparator(Definition):
    """What a place is set beside; its order is that of the file, its mark the same in every drawing and table."""

    id: str
    title: str
    words: str
    mark: Literal["circle", "diamond", "triangle", "down triangle", "square", "line"]
    kind: Literal["place", "area", "mean of authorities", "mean of schools"]
    from_: Year | None = Field(default=None, alias="from")
    until: Year | None = None
    note: str = ""
    reference: Reference


class Span(Definition):
    from_: date = Field(alias="from")
    until: date

    def holds(self, day: date) -> bool:
        return self.from_ <= day <= self.until


class Term(Span):
    name: str


class Census(Definition):
    """The days of the school census of one academic year."""

    autumn: date
    spring: date
    summer: date


class SchoolYear(Definition):
    terms: tuple[Term, ...]
    half_terms: tuple[Span, ...]
    easter: date
    census: Census


class Usual(Definition):
    """A date that returns each year, in the form month-day."""

    on: MonthDay
    title: str
    kind: Literal["release", "statutory"]


class Monthly(Definition):
    day: int = Field(ge=1, le=28)
    title: str
    kind: Literal["release"]
    reference: Reference


class Announced(Definition):
    """A date that its publisher has announced. It takes the place of the usual one that it names."""

    on: date
    title: str
    kind: Literal["release", "statutory"]
    replaces: str = ""
    reference: Reference


class FinancialYear(Definition):
    begins: MonthDay
    reference: Reference


class Calendar(Definition):
    """School years with their terms, and when statistics come out."""

    reference: Reference
    review_by: date
    financial_years: dict[Literal["maintained", "academy"], FinancialYear]
    usual_reference: Reference
    usual: tuple[Usual, ...]
    monthly: tuple[Monthly, ...] = ()
    announced: tuple[Announced, ...] = ()
    bank_holidays: frozenset[date] = frozenset()
    years: dict[YearText, SchoolYear]

    def year(self, day: date) -> SchoolYear | None:
        """The school year that a day lies in; None where the calendar does not hold it."""
        return self.years.get(str(AcademicYear.of(day)))

    def financial_year(self, kind: Literal["maintained", "academy"], year: AcademicYear) -> tuple[date, date]:
        """First and last day of the financial year that is put to an academic year: the one that ends in it."""
        month, day = map(int, self.financial_years[kind].begins.split("-"))
        begins = date(year.start, month, day)
        ends = date.fromordinal(date(year.start + 1, month, day).toordinal() - 1)
        return begins, ends


def cut_words(cuts: dict[str, Cut], cut: str, *, heading: bool = False) -> str:
    """A cut as people read it: `disadvantaged pupils`, or as a heading `Disadvantaged`; empty for the whole cohort.

    Several parts are joined; a part that the library does not know stays as it is written.
    """
    if cut == ALL:
        return ""
    said = []
    for part in cut.split("&"):
        name, _, value = part.partition("=")
        known = cuts[name].values.get(value) if name in cuts else None
        said.append((known.title if heading else known.words) if known else part)
    return ", ".join(said)


def cut_faults(cuts: dict[str, Cut], used: dict[str, set[str]]) -> list[str]:
    """Cuts that something uses and the library does not explain; `used` is cut → who uses it."""
    faults = []
    for cut, users in sorted(used.items()):
        for part in cut.split("&") if cut != ALL else ():
            name, _, value = part.partition("=")
            if name not in cuts or (value and value not in cuts[name].values):
                faults.append(f"library/cuts.yaml does not say what {part} is, which {', '.join(sorted(users)[:3])} uses")
    return faults
