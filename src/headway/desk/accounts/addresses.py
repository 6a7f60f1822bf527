"""Numbers in addresses and forms. One that no database could hold is as one that does not exist, not a fault of ours."""

import re

from django.urls import register_converter
from django.urls.converters import IntConverter

from headway.vocabulary.academic_year import AcademicYear

NUMBER = "[0-9]{1,9}"  # of a row, or a URN
START = "(?:19|20|21)[0-9]{2}"  # the year in which an academic year begins: as far as years are ever written


class Number(IntConverter):
    """`<number:pk>`"""

    regex = NUMBER


class Start(IntConverter):
    """`<start:year>`"""

    regex = START


def register() -> None:
    register_converter(Number, "number")
    register_converter(Start, "start")


def number_in(text: str) -> int | None:
    """The number that was typed, or nothing. `str.isdigit` would take ² for one, and `int` a number of any length."""
    return int(text) if re.fullmatch(NUMBER, text) else None


def year_in(text: str) -> AcademicYear | None:
    """The academic year that begins in the year typed, or nothing."""
    return AcademicYear(int(text)) if re.fullmatch(START, text) and 1980 <= int(text) <= 2100 else None
