"""The tables of one release of Progress 8: what pupils were to be expected to score, and how far pupils lie apart."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from headway.definitions.schemas import Definition, Reference, Year
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.status import Release

GROUPS = 34
ROUNDING = 0.02  # by how much the published elements of an estimate may miss their sum
Sixth = tuple[float, float, float, float, float, float]


class Spread(Definition):
    """The national standard deviation of pupils' scores."""

    progress8: Annotated[float, Field(gt=0)]
    english: Annotated[float, Field(gt=0)]
    maths: Annotated[float, Field(gt=0)]
    ebacc: Annotated[float, Field(gt=0)]
    open: Annotated[float, Field(gt=0)]


class Progress8(Definition):
    """One release: each of `groups` is the upper bound of the key stage 2 average, inclusive, then the expected Attainment 8 and its
    English, maths, EBacc and open elements. `lowest` is the least that a pupil of each group may score, None where nobody is raised.
    """

    id: str
    title: str
    year: Year
    release: Release
    publisher: str
    licence: str
    reference: Reference
    spread: Spread
    nominal: dict[int | Literal["every"], dict[str, float]]
    groups: Annotated[tuple[Sixth, ...], Field(min_length=GROUPS, max_length=GROUPS)]
    lowest: Annotated[tuple[float | None, ...], Field(min_length=GROUPS, max_length=GROUPS)] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        bounds = [group[0] for group in self.groups]
        if bounds != sorted(set(bounds)):
            raise ValueError("the upper bounds of the groups do not rise")
        for at, (_, whole, *elements) in enumerate(self.groups, start=1):
            if abs(sum(elements) - whole) > ROUNDING + 1e-9:
                raise ValueError(f"group {at}: the elements add up to {sum(elements):.2f}, not to {whole}")
        return self

    def points(self, outcome: str, summer: int) -> float | None:
        """What an outcome without a scaled score counts as in the tests of one summer; None where no score is published."""
        return self.nominal.get(summer, {}).get(outcome, self.nominal.get("every", {}).get(outcome))


class Progress8Gap(Definition):
    """Years, both ends included, without Progress 8, and why."""

    id: str
    from_: Year = Field(alias="from")
    until: Year
    why: str
    reference: Reference


def tables_for(
    tables: dict[str, Progress8], gaps: dict[str, Progress8Gap], year: AcademicYear, release: Release | None = None
) -> Progress8:
    """The tables of a year: of the release asked for, else of the firmest there is.

    Raises H-VALIDITY-10 where the year has no Progress 8 and H-VALIDITY-11 where the library lacks its tables.
    """
    for gap in gaps.values():
        if gap.from_ <= year <= gap.until:
            raise HeadwayError("H-VALIDITY-10", f"There is no Progress 8 for {year}.", gap.why, "Ask for the other measures.")
    found = [table for table in tables.values() if table.year == year and release in (None, table.release)]
    if found:
        return max(found, key=lambda table: table.release.rank)
    there = ", ".join(sorted(f"{table.year} {table.release}" for table in tables.values()))
    raise HeadwayError(
        "H-VALIDITY-11",
        f"The library has no Progress 8 estimates for {year}{f', {release}' if release else ''}.",
        f"It has those of {there}. One year's estimates do not fit another's results.",
        "Write the published tables as progress8/NAME.yaml in the workspace's library; ours show the form.",
    )
