"""Suggested strengths and needs: frozen shapes, each with what it rests on."""

from dataclasses import dataclass
from datetime import date

from headway.readings.answers import MeasureFacts
from headway.vocabulary.academic_year import AcademicYear


@dataclass(frozen=True)
class Found:
    """A school beside its family on one measure: the mean of up to three years, each school's own years.

    `better_by` is above 0 for better, in the measure's unit, with its 95% limits; `shrunken` the same drawn towards no difference by as
    much as chance makes it uncertain; `q` the share of false ones among all that are shown down to this one.
    """

    urn: int
    area: str  # of library/support_areas.yaml
    measure: MeasureFacts
    cut: str
    years: tuple[AcademicYear, ...]
    own: float
    family: float
    members: int  # of the family with a figure
    better_by: float
    low: float
    high: float
    shrunken: float
    q: float
    ahead_of: float  # share of the family that the school stands above, ties halved

    @property
    def strong(self) -> bool:
        return self.better_by > 0


@dataclass(frozen=True)
class Inspected:
    """A judgement of the newest graded inspection, on its own scale."""

    urn: int
    area: str
    scale: str
    judgement: str
    grade: str  # in words
    inspected: date
    strong: bool
    of_predecessor: bool = False


@dataclass(frozen=True)
class TooOld:
    """How many comparisons and judgements were left out because they are old."""

    figures: int = 0
    judgements: int = 0


@dataclass(frozen=True)
class Selective:
    """How many schools choose their pupils by ability, which are set beside each other only; and of how many there are too few for that."""

    schools: int = 0
    alone: int = 0


@dataclass(frozen=True)
class Suggestions:
    """What was found beyond chance in the schools of an authority, and among how many comparisons it was looked for."""

    authority: str
    found: tuple[Found, ...]  # both ways; the furthest first
    inspected: tuple[Inspected, ...]
    compared: int
    schools: int
    too_old: TooOld = TooOld()
    as_of: date | None = None  # as it was known on a past day
    selective: Selective = Selective()

    def of(self, urn: int, *, strong: bool) -> "tuple[tuple[Found, ...], tuple[Inspected, ...]]":
        """What is suggested for one school."""
        return (
            tuple(one for one in self.found if one.urn == urn and one.strong is strong),
            tuple(one for one in self.inspected if one.urn == urn and one.strong is strong),
        )
