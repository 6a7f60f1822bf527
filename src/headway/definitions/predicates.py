"""The closed set of questions that a rule may ask about a school. A rule is a list of these and nothing else: no expressions, no code.

Each has a plain form (headway.analysis.predicates) and an Ibis form (headway.analysis.predicate_tables), held equal by a test.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from headway.definitions.schemas import Definition, Texts
from headway.vocabulary.status import Status

Beside = float | Literal["england", "authority", "family"]
YEARS_FRESH = 2


class Measured(Definition):
    """What is asked of one measure: the mean of its newest `years`, which may be as old as `fresh` years."""

    measure: str
    cut: str = "all"
    years: int = Field(default=1, ge=1, le=5)
    fewest_years: int = Field(default=1, ge=1, le=5)  # with fewer the answer is unknown
    back: int = Field(default=0, ge=0, le=5)  # the newest so many years are left out
    fresh: int = Field(default=YEARS_FRESH, ge=0, le=10)
    floor: int = Field(default=0, ge=0)  # the smallest number of pupils, all years together, that is judged
    n_of: str | None = None  # the measure whose cohort stands for the size, where this one's is not published
    beyond_chance: bool = False  # the margin of the figure must be cleared as well

    @model_validator(mode="after")
    def enough_years(self) -> "Measured":
        if self.fewest_years > self.years:
            raise ValueError(f"`fewest_years` {self.fewest_years} is above `years` {self.years}")
        return self


class Below(Measured):
    """The figure is under another by more than `by`: a number, or England's, the authority's or the family's in the same years."""

    predicate: Literal["below"]
    beside: Beside
    by: float = Field(default=0, ge=0)


class Above(Measured):
    predicate: Literal["above"]
    beside: Beside
    by: float = Field(default=0, ge=0)


class Between(Measured):
    """Both ends included."""

    predicate: Literal["between"]
    low: float
    high: float

    @model_validator(mode="after")
    def ordered(self) -> "Between":
        if self.low > self.high:
            raise ValueError("`low` is above `high`")
        return self


class PositionBelow(Measured):
    """Among the schools of its phase in England, or of its family, fewer than `share` stand below it, ties halved."""

    predicate: Literal["position_below"]
    share: float = Field(gt=0, lt=1)
    among: Literal["england", "family"] = "england"


class PositionAbove(Measured):
    predicate: Literal["position_above"]
    share: float = Field(gt=0, lt=1)
    among: Literal["england", "family"] = "england"


class RisingBy(Measured):
    """From `since` years before to the newest it rose by `by` or more; `beside` england counts from England's own movement."""

    predicate: Literal["rising_by"]
    by: float = Field(gt=0)
    since: int = Field(default=1, ge=1, le=5)
    beside: Literal["", "england"] = ""
    relative: bool = False  # `by` counts per cent of the earlier figure


class FallingBy(Measured):
    predicate: Literal["falling_by"]
    by: float = Field(gt=0)
    since: int = Field(default=1, ge=1, le=5)
    beside: Literal["", "england"] = ""
    relative: bool = False


class GapAbove(Measured):
    """How far it is behind, in the direction that is worse for the measure, is more than `by`."""

    predicate: Literal["gap_above"]
    beside: Beside
    by: float = Field(default=0, ge=0)


class StatusIs(Measured):
    """The newest figure is in one of these states: asked where that itself is a reason to look."""

    predicate: Literal["status_is"]
    statuses: tuple[Status, ...] = Field(min_length=1)


class Graded(Definition):
    """On one scale: at least so many of the judgements have one of the grades. Without judgements: any of them."""

    grades: Texts = Field(min_length=1)
    judgements: Texts = ()
    at_least: int = Field(default=1, ge=1)


class GradeIs(Definition):
    """The newest graded inspection gave one of these; each scale by itself, none converted to another."""

    predicate: Literal["grade_is"]
    scales: dict[str, tuple[Graded, ...]] = Field(min_length=1)


class OlderThan(Definition):
    """The newest graded inspection is more than so many years ago."""

    predicate: Literal["older_than"]
    years: float = Field(gt=0)


class Told(Definition):
    """People have entered it, at least so often in so many months; see library/soft_signals.yaml."""

    predicate: Literal["told"]
    kind: str
    at_least: int = Field(default=1, ge=1)
    within_months: int = Field(default=12, ge=1, le=60)


OfMeasures = Below | Above | Between | PositionBelow | PositionAbove | RisingBy | FallingBy | GapAbove | StatusIs
Condition = Annotated[OfMeasures | GradeIs | OlderThan | Told, Field(discriminator="predicate")]
