"""The codes of a register: what each meant on the day of the session, and how it is stored."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from headway.definitions.schemas import Dated, Definition


class Meaning(StrEnum):
    """What a mark counts as. The first four make the possible sessions."""

    PRESENT = "present"
    APPROVED = "approved"  # approved educational activity: attendance away from the school
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"


ATTENDED = (Meaning.PRESENT, Meaning.APPROVED)
ABSENT = (Meaning.AUTHORISED, Meaning.UNAUTHORISED)
POSSIBLE = (*ATTENDED, *ABSENT)


class AttendanceCode(Definition):
    """One code in one regime. `evidence` none is unconfirmed."""

    byte: Annotated[str, Field(min_length=1, max_length=1, pattern=r"^[\x21-\x7e]$")]
    title: str
    means: Meaning
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    late: Literal["before", "after", ""] = ""
    evidence: Literal["A", "B", "none"]

    @property
    def confirmed(self) -> bool:
        return self.evidence != "none"


class AttendanceCodes(Dated):
    """A regime: the codes in force from one day to another, both included."""

    codes: dict[str, AttendanceCode]

    @model_validator(mode="after")
    def _each_byte_once(self) -> Self:
        often = [code.byte for code in self.codes.values()]
        twice = sorted({byte for byte in often if often.count(byte) > 1})
        if twice:
            raise ValueError(f"the same byte for two codes: {' '.join(twice)}")
        return self


def code_faults(regimes: Mapping[str, AttendanceCodes]) -> list[str]:
    """What one regime cannot see: days with two, and a byte that means one thing here and another there."""
    faults = []
    inside = sorted(regimes.values(), key=lambda one: one.from_)
    for earlier, later in pairwise(inside):
        if earlier.until == "open" or earlier.until >= later.from_:
            faults.append(f"attendance_codes {later.id}: its days overlap those of {earlier.id}")
    meant: dict[str, AttendanceCode] = {}
    for regime in inside:
        for code in regime.codes.values():
            other = meant.setdefault(code.byte, code)
            if (other.means, other.reason, other.late) != (code.means, code.reason, code.late):
                faults.append(f"attendance_codes {regime.id}: the byte {code.byte!r} means {code.reason}, and {other.reason} elsewhere")
    return faults
