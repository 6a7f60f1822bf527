"""Every fault that a user can cause: a stable code, what happened, why, the remedy, the place."""

from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """One exit code for each family of errors; the middle part of a code names its family."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    DATA = 3
    VALIDITY = 4
    LIBRARY = 5
    STORE = 6
    ACCESS = 7
    FETCH = 8
    DESK = 9


FAMILIES = {
    "USAGE": Exit.USAGE,
    "DATA": Exit.DATA,
    "VALIDITY": Exit.VALIDITY,
    "LIBRARY": Exit.LIBRARY,
    "STORE": Exit.STORE,
    "ACCESS": Exit.ACCESS,
    "FETCH": Exit.FETCH,
    "DESK": Exit.DESK,
}


@dataclass
class HeadwayError(Exception):
    """An error shown to people without a traceback.

    `code` is H-FAMILY-NN; `what` happened, `why`, the `remedy`, and the `place` (file, row, option).
    """

    code: str
    what: str
    why: str = ""
    remedy: str = ""
    place: str = ""

    @property
    def exit(self) -> Exit:
        return FAMILIES.get(self.code.split("-")[1], Exit.INTERNAL)

    @property
    def sentence(self) -> str:
        """As a page says it: without code and place."""
        return " ".join(part for part in (self.what, self.why, self.remedy) if part)

    def __str__(self) -> str:
        parts = [f"{self.code} {self.what}", self.why, f"In {self.place}." if self.place else "", self.remedy]
        return " ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "what": self.what, "why": self.why, "remedy": self.remedy, "place": self.place}
