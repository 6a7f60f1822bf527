"""What is held about pupils for a time only: years of registers, and from which day on what was done about them is kept."""

from datetime import date
from pathlib import Path

from headway.protected.untold import untold
from headway.registers import ending
from headway.store.workspace import open_workspace


def kept_years(home: Path) -> int:
    """After how many years, by `registers_kept_years` of area.yaml; six where it does not say."""
    return open_workspace(home).registers_years


def over_before(home: Path, day: date) -> date:
    """The first day of the oldest year that is kept: what ended before it is over."""
    return ending.over_before(open_workspace(home), day)


def years_over(home: Path, day: date) -> list[str]:
    """The academic years held that are over."""
    return [str(year) for year in untold(lambda: ending.over(open_workspace(home), day))]


def end_years(home: Path, day: date, by: str) -> list[str]:
    """Erase them; which they were. Raises H-STORE-03 while another command writes to the workspace."""
    return [str(year) for year in untold(lambda: ending.erase(open_workspace(home), day, by))]
