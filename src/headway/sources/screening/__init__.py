"""Looks at a table before it lands. One check, one file, one test; stages that stop early."""

from headway.definitions.loading import Library
from headway.sources.landing import Landing
from headway.sources.screening.result import CheckResult
from headway.store.landed import LandedFile


def screen(landing: Landing, library: Library, earlier: list[LandedFile]) -> list[CheckResult]:
    """Every check of a table on its way in, in order; a failing stage ends the screening.

    Fills `landing.rows_by_level` and `landing.markers`. `earlier` are the files landed before.
    """
    return []
