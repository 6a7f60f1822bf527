"""A reading that Headway works out from many schools when asked: a mean, with no row in any source and no counts of its own."""

from headway.readings.door import YEARS, Door
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status


def worked(
    door: Door, level: Level, place: str, name: str, measure: str, year: int, value: float | None, how: str, *, cut: str = "all",
    status: Status = Status.PUBLISHED,
) -> Reading:  # fmt: skip
    """`name` is what the mean is called, `how` what it is made of. Only final figures go into one."""
    definition = door.library.measures[measure]
    return Reading(
        level, place, name, measure, YEARS[year], cut, value, None, None, None, None, status, Status.NOT_PUBLISHED, Status.NOT_PUBLISHED,
        definition.unit, definition.better, Release.FINAL, "worked", how, None, "", None, None, door.snapshot,
    )  # fmt: skip
