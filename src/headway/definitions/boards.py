"""The kinds of boards and what stands on their agendas: library/board_kinds.yaml; why a paper may be kept from the public."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from headway.definitions.schemas import Definition, Reference

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Edition(StrEnum):
    """Who a paper is written for. Each edition holds what the one before it holds, and more."""

    PUBLIC = "public"
    MEMBERS = "members"
    EXEMPT = "exempt"

    @property
    def words(self) -> str:
        return f"{self.value.capitalize()} edition"

    @property
    def holds(self) -> tuple["Edition", ...]:
        """The editions whose items stand in this one."""
        return tuple(Edition)[: tuple(Edition).index(self) + 1]


class StandingItem(Definition):
    """One item that stands on every agenda of a kind; `writes` names what Headway writes under it, "" for nothing."""

    id: Name
    title: str
    edition: Edition
    asks: str
    writes: str = ""
    grounds: str = ""  # of library/exempt_grounds.yaml, for an exempt one
    report: bool = False  # whether it asks for a decision that needs every part of a council’s report
    votes: dict[str, tuple[Name, ...]] = Field(default_factory=dict)  # phase of schools → the groups of members that alone decide for it


class BoardKind(Definition):
    """One kind of board. `quorum` is the least share of its voting members that must be there."""

    id: Name
    title: str
    purpose: str
    chair: Literal["independent", "elected", "council"]
    public: bool  # whether it meets in public and its public papers are published
    quorum: float = Field(gt=0, le=1)
    groups: dict[Name, str] = Field(default_factory=dict)  # whom members stand for, where it decides who votes on what
    items: tuple[StandingItem, ...] = Field(min_length=1)

    def voters(self, standing: str) -> dict[str, tuple[str, ...]]:
        """Phase → the groups that vote for it, of a standing item; empty where every voting member votes."""
        return next((item.votes for item in self.items if item.id == standing), {})

    reference: Reference


class ExemptGround(Definition):
    """Why a paper may be kept from the public."""

    id: Name
    title: str
    paragraph: int = Field(ge=1)
    means: str
    reference: Reference


def board_faults(kinds: dict[str, BoardKind], grounds: dict[str, ExemptGround]) -> list[str]:
    """Exempt items without a ground that exists, items of other editions with one, and two items of one id."""
    faults = []
    for kind in kinds.values():
        ids = [item.id for item in kind.items]
        faults += [f"board_kinds {kind.id}: {len(ids) - len(set(ids))} items share an id" for _ in range(len(ids) != len(set(ids)))]
        for item in kind.items:
            strange = sorted({one for groups in item.votes.values() for one in groups} - kind.groups.keys())
            faults += [f"board_kinds {kind.id}, item {item.id}: {', '.join(strange)} vote and are no group of it"] if strange else []
            if (item.edition is Edition.EXEMPT) != bool(item.grounds) or (item.grounds and item.grounds not in grounds):
                faults.append(
                    f"board_kinds {kind.id}, item {item.id}: an exempt item, and no other, names one of library/exempt_grounds.yaml"
                )
    return faults
