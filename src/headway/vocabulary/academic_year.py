"""The academic year, 1 September to 31 August, shown as 2018/19."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from headway.vocabulary.errors import HeadwayError

_FULL = re.compile(r"^(\d{4})\s*[-/–]\s*(\d{2}|\d{4})$")
_PACKED = re.compile(r"^(\d{4})(\d{2})$")


@dataclass(frozen=True, order=True, slots=True)
class AcademicYear:
    """An academic year, held as the calendar year in which it starts."""

    start: int

    @classmethod
    def parse(cls, text: str) -> "AcademicYear":
        """Read 2018/19, 2018-19, 2018/2019 or 201819 (the last as published files write it).

        Raises H-USAGE-03 for anything else, a bare 2018 included: it could mean either end.
        """
        found = _FULL.match(text.strip()) or _PACKED.match(text.strip())
        if found:
            start, end = int(found[1]), int(found[2][-2:])
            if (start + 1) % 100 == end and 1980 <= start <= 2100:
                return cls(start)
        raise HeadwayError("H-USAGE-03", f"{text!r} is not an academic year.", remedy="Write it as 2018/19.")

    @classmethod
    def ending(cls, year: int) -> "AcademicYear":
        """The academic year that ends in a calendar year: 2019 gives 2018/19."""
        return cls(year - 1)

    @classmethod
    def of(cls, day: date) -> "AcademicYear":
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    def __hash__(self) -> int:
        return self.start

    def __add__(self, years: int) -> "AcademicYear":
        return AcademicYear(self.start + years)

    def __sub__(self, other: "AcademicYear") -> int:
        return self.start - other.start

    def to(self, last: "AcademicYear") -> Iterator["AcademicYear"]:
        """This year and each after it up to `last`, which is included."""
        return (AcademicYear(start) for start in range(self.start, last.start + 1))

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"
