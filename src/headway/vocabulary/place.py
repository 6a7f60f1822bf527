"""Where a reading is of: a school, an authority, a region, or England."""

from dataclasses import dataclass
from enum import StrEnum

from headway.vocabulary.errors import HeadwayError


class Level(StrEnum):
    SCHOOL = "school"
    AUTHORITY = "authority"
    REGION = "region"
    ENGLAND = "england"


@dataclass(frozen=True, order=True)
class Urn:
    """A unique reference number: six digits, given once, never used again."""

    number: int

    @classmethod
    def parse(cls, text: str | int) -> "Urn":
        """Raises H-USAGE-01 when the text is not a URN."""
        cleaned = str(text).strip()
        if cleaned.isdigit() and 100000 <= int(cleaned) <= 999999:
            return cls(int(cleaned))
        raise HeadwayError("H-USAGE-01", f"{text!r} is not a URN.", "A URN has six digits.", "Find it with headway search NAME.")

    def __str__(self) -> str:
        return str(self.number)


def authority_code(text: str | int) -> str:
    """The three-digit code of a local authority; files also write 330.0. Raises H-USAGE-02."""
    cleaned = str(text).strip().removesuffix(".0")
    if cleaned.isdigit() and len(cleaned) == 3:
        return cleaned
    raise HeadwayError("H-USAGE-02", f"{text!r} is not a local authority code.", "It has three digits, as 330 for Birmingham.")


ENGLAND = "E92000001"
