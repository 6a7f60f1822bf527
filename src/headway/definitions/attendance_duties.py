"""What schools must tell the authority, and what it may do, about attendance: library/attendance_duties, dated and referenced."""

from typing import Annotated, Literal

from pydantic import Field

from headway.definitions.schemas import Dated


class Duty(Dated):
    """One return from a school, one step of the authority, or one kind of enquiry about a child who is on no roll.

    `basis` says whether the law lays it down or local practice does; `within` are days, every one counted, from what happened to
    the last on which it is due; `support_first`: no such step without what was tried before it, or the reason why nothing could be.
    `of_no_roll`: a step that is taken of a child on no roll too; `names_school`: it names a school; `follows`: the step (its id) that
    comes before it, with at least `after` days from that step's day on, the day itself counted.
    `legal_check` marks what the council's lawyers must read before it is used.
    """

    kind: Literal["return", "step", "enquiry"]
    order: int
    basis: Literal["statutory", "local"]
    what: str
    within: Annotated[int, Field(ge=0)] | None = None
    support_first: bool = False
    of_no_roll: bool = False
    names_school: bool = False
    follows: str = ""
    after: Annotated[int, Field(ge=0)] = 0
    legal_check: bool = True
