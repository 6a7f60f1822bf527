"""For how long an area keeps what it holds about people, in school years, by its area.yaml."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear


@dataclass(frozen=True)
class KeptFor:
    """For so many years after the school year in which it ended; what ended before the day is over."""

    years: int
    before: date

    def __str__(self) -> str:
        return f"{'a year' if self.years == 1 else f'{self.years} years'} after the school year in which it ended"


def registers(home: Path, day: date) -> KeptFor:
    """Registers and what was done about their pupils: `registers_kept_years`."""
    return _kept(open_workspace(home).registers_years, day)


def notes(home: Path, day: date) -> KeptFor:
    """What was written about the people of a school: `notes_kept_years`."""
    return _kept(open_workspace(home).notes_years, day)


def _kept(years: int, day: date) -> KeptFor:
    return KeptFor(years, (AcademicYear.of(day) + -years).first_day)
