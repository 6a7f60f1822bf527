"""Looks at a table before it lands. One check, one file, one test; stages that stop early."""

from headway.definitions.loading import Library
from headway.sources.landing import Landing
from headway.sources.screening.result import CheckResult
from headway.store.landed import LandedFile


def screen(landing: Landing, library: Library, earlier: list[LandedFile]) -> list[CheckResult]:
    """Every check of a table on its way in, in order; a stage with a blocking failure is the last.

    Fills `landing.rows_by_level` and `landing.markers`, and `landing.year` where all rows agree on one.
    `earlier` are the files landed before. Raises nothing for what a file may hold.
    """
    from headway.sources.screening.stages import run  # here, because it brings in Ibis, which not every command needs

    return run(landing, library, earlier)
