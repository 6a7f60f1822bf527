"""What the law asks of a council, and what schools are asked for once a year: library/council_duties.yaml and library/school_returns."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from headway.definitions.schemas import Definition, Reference

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class CouncilDuty(Definition):
    """One duty of a council about education. `every`: after how many months its proof is wanted anew."""

    id: Id
    title: str
    asks: str
    every: int = Field(ge=1, le=60)
    reference: Reference
    legal_check: Literal[True] = True  # the words are ours


class Asked(Definition):
    """One line of a return: answered yes, in part or no, or with the day on which it was last looked at."""

    id: Id
    title: str
    answer: Literal["in_place", "day"] = "in_place"
    statutory: bool = False
    months: int = Field(default=12, ge=1, le=60)  # of a day: after how many months it is due again


class SchoolReturn(Definition):
    """What each school is asked for in a year; `by`: who fills it in. A return that was sent keeps the lines it was asked with."""

    id: str
    title: str
    purpose: str
    by: Literal["school", "council"]
    due: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]  # month-day of the school year
    items: tuple[Asked, ...] = Field(min_length=1)
    reference: Reference
    owner: str
    review_by: date

    @model_validator(mode="after")
    def sound(self) -> "SchoolReturn":
        names = [one.id for one in self.items]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} stands twice")
        return self
