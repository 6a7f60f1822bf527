"""Years of registers whose time is over."""

from datetime import date
from pathlib import Path

from headway.protected.untold import untold
from headway.registers import ending
from headway.store.workspace import open_workspace


def years_over(home: Path, before: date) -> list[str]:
    """The academic years held that began before a day."""
    return [str(year) for year in untold(lambda: ending.over(open_workspace(home), before))]


def end_years(home: Path, before: date, by: str) -> list[str]:
    """Erase them; which they were. Raises H-STORE-03 while another command writes to the workspace."""
    return [str(year) for year in untold(lambda: ending.erase(open_workspace(home), before, by))]
