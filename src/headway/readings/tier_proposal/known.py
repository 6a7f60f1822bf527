"""Which releases of which years were out by a day, by the calendar of publications: a time machine uses nothing else."""

from datetime import date

from headway.definitions.loading import Library
from headway.definitions.publications import publication_of
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

REACH = 10  # years before the day
OUT = (Release.PROVISIONAL, Release.REVISED, Release.FINAL)  # an early result was never out


def known_by(library: Library, day: date) -> dict[str, set[tuple[int, Release]]]:
    """Measure → the (year, release) pairs out by the day. What the calendar cannot put to a day is not among them: as known then it is
    unavailable, and a rule that asks for it stays without an answer."""
    last = AcademicYear.of(day)
    found: dict[str, set[tuple[int, Release]]] = {}
    for measure in library.measures:
        publication = publication_of(library.publications, measure)
        for year in (last + -REACH).to(last) if publication else ():
            for release in OUT:
                out = publication.out(year, release) if publication else None
                if out and out.day and out.day <= day:
                    found.setdefault(measure, set()).add((year.start, release))
    return found
