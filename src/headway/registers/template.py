"""The shapes in which registers may come, their columns, and what may stand in each: closed lists, so that nothing else is stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from headway.registers.held import CLOSED, HOLIDAY, INSET, OPEN, STRIKE


class Shape(StrEnum):
    CALENDAR = "calendar"  # in the order in which a folder's files are taken: marks need what stands before them
    PUPILS = "pupils"
    MARKS = "marks"
    WIDE = "wide"  # a column for each session
    STRINGS = "strings"  # a pupil's marks as one text, read along the calendar
    SCHOOL_TOTALS = "school_totals"
    PUPIL_TOTALS = "pupil_totals"
    NOTICES = "notices"


NEEDED: dict[Shape, tuple[str, ...]] = {
    Shape.CALENDAR: ("urn", "date", "session", "open"),
    Shape.PUPILS: ("urn", "pupil", "year_group"),
    Shape.MARKS: ("urn", "pupil", "date", "session", "code"),
    Shape.WIDE: ("urn", "pupil"),
    Shape.STRINGS: ("urn", "pupil", "from", "marks"),
    Shape.SCHOOL_TOTALS: ("urn", "date", "possible", "authorised", "unauthorised"),
    Shape.PUPIL_TOTALS: ("urn", "pupil", "date", "possible", "authorised", "unauthorised"),
    Shape.NOTICES: ("urn", "pupil", "parent", "issued"),
}
ATTRIBUTES = ("year_group", "sex", "fsm", "disadvantaged", "sen", "eal", "looked_after", "social_worker", "birth_month", "boarder", "dual")
OPTIONAL: dict[Shape, tuple[str, ...]] = {
    Shape.PUPILS: (*ATTRIBUTES[1:8], "admitted", "left", "person", "siblings", "ethnicity", *ATTRIBUTES[8:], "parents"),
    Shape.SCHOOL_TOTALS: ("late", "enrolments", "persistent", "severe"),
    Shape.PUPIL_TOTALS: ("late",),
    Shape.NOTICES: ("withdrawn", "paid"),
}
FROM_COMMAND = ("urn",)  # what --urn may say for a file that does not


class Impossible(Exception):
    """A cell that the column cannot hold. It carries no text, since the cell may hold a name."""


def _one_of(values: dict[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return values[text.upper()] if text else ""
        except KeyError:
            raise Impossible from None

    return read


YES_NO = _one_of({"Y": "yes", "YES": "yes", "TRUE": "yes", "1": "yes", "N": "no", "NO": "no", "FALSE": "no", "0": "no"})
YEARS = {str(year): str(year) for year in range(1, 15)}
YEAR_GROUPS = {
    **YEARS, **{f"YEAR {year}": year for year in YEARS}, **{f"Y{year}": year for year in YEARS}, **{f"0{year}": year for year in YEARS},
    "R": "R", "RECEPTION": "R", "0": "R", "YEAR R": "R", "N1": "N1", "N2": "N2", "N": "N2", "NURSERY": "N2", "E1": "N1", "E2": "N1",
}  # fmt: skip
SEN = {"N": "none", "NONE": "none", "K": "support", "SUPPORT": "support", "E": "ehcp", "EHCP": "ehcp"}
SEX = {"F": "girls", "FEMALE": "girls", "M": "boys", "MALE": "boys"}
_ETHNICITY = re.compile(r"^[A-Z]{2,4}$")


def _ethnicity(text: str) -> str:
    if text and not _ETHNICITY.match(text.upper()):
        raise Impossible
    return text.upper()


READ: dict[str, Callable[[str], str]] = {
    "year_group": _one_of(YEAR_GROUPS), "sex": _one_of(SEX), "sen": _one_of(SEN), "ethnicity": _ethnicity,
    "dual": _one_of({"M": "main", "MAIN": "main", "S": "subsidiary", "SUBSIDIARY": "subsidiary"}),
    "birth_month": _one_of({f"{month:0{digits}d}": str(month) for month in range(1, 13) for digits in (1, 2)}),
    **dict.fromkeys(("fsm", "disadvantaged", "eal", "looked_after", "social_worker", "boarder"), YES_NO),
}  # fmt: skip
STATES = {
    **dict.fromkeys(("Y", "YES", "TRUE", "1", "OPEN"), OPEN), **dict.fromkeys(("N", "NO", "FALSE", "0", "CLOSED", "CLOSURE"), CLOSED),
    "INSET": INSET, "STRIKE": STRIKE, "HOLIDAY": HOLIDAY,
}  # fmt: skip
_NUMBER = re.compile(r"^(?=.*\d)[A-Za-z0-9_./-]{1,40}$")
_DATES = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%a %d %b %Y",
    "%A %d %B %Y",
    "%d/%m/%y",
    "%Y%m%d",
)
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def is_number(text: str) -> bool:
    """Whether a text can be a pupil's number. A name is not one: it has no digit, or a space."""
    return bool(_NUMBER.match(text))


_NUMBERS = re.compile(r"(?:(?=[^\n]*\d)[A-Za-z0-9_./-]{1,40}\n)*+")


def are_numbers(texts: list[str]) -> bool:
    """Whether every one of them can be: a city's are looked at in one go."""
    joined = "\n".join([*texts, ""])
    return joined.count("\n") == len(texts) and bool(_NUMBERS.fullmatch(joined))


def day_of(text: str) -> date | None:
    """A date as people and systems write it; None for anything else."""
    cleaned = " ".join(text.replace(",", " ").split()).removesuffix(" 00:00:00").removesuffix("T00:00:00")
    for form in _DATES:
        try:
            found = datetime.strptime(cleaned, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return found if FIRST <= found <= LAST else None
    return None


def session_of(text: str) -> int | None:
    """0 for the morning, 1 for the afternoon; None for anything else."""
    return {"AM": 0, "PM": 1, "A.M.": 0, "P.M.": 1, "MORNING": 0, "AFTERNOON": 1}.get(text.strip().upper())


_HEAD = re.compile(r"^(?P<day>.+?)[\s:_-]*\(?(?P<session>am|pm|a\.m\.|p\.m\.)\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class SessionHead:
    """A column's heading that names a session."""

    day: date
    session: int


def session_head(text: str) -> SessionHead | None:
    """The session that a column of a wide export is of, as `01/09/2025 AM` or `Mon 1 Sep 2025 (PM)`; None where it names none."""
    found = _HEAD.match(" ".join(text.split()))
    day = day_of(found["day"]) if found else None
    session = session_of(found["session"]) if found else None
    return SessionHead(day, session) if day is not None and session is not None else None
