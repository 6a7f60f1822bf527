"""The kinds of visits, calls and reviews: library/visit_kinds.yaml, with an area's own added."""

from typing import Annotated, Literal

from pydantic import Field

from headway.definitions.schemas import Definition, Reference

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Asked(Definition):
    """One heading that somebody writes under; `asks` says what belongs there."""

    id: Name
    title: str
    asks: str = ""


class VisitKind(Definition):
    """One kind of contact: how it is done, in which term, how many adviser days it takes, what is written and by whom."""

    id: Name
    title: str
    by: Literal["visit", "call", "review", "meeting", "desk"]
    season: Literal["autumn", "spring", "summer", "any"]
    days: float = Field(ge=0, le=10)
    purpose: str
    school_writes: tuple[Asked, ...] = ()
    headings: tuple[Asked, ...] = Field(min_length=1)
    gives: tuple[Name, ...] = ()  # items of entitlements that one such contact may count for; the first that a school is owed
    brings: Literal["", "inspection_call"] = ""  # what it tells of, where that brings an entitlement about
    reference: Reference


class Questions(Definition):
    """What a figure of one kind is a reason to ask, where it stands out for worse or for better."""

    id: Name
    worse: tuple[str, ...] = Field(min_length=1)
    better: tuple[str, ...] = Field(min_length=1)
