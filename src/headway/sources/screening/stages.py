"""The order of the checks: structure, identity, content, history. A check that is not listed here is not wired in."""

from headway.definitions.loading import Library
from headway.sources.landing import Landing
from headway.sources.screening import (
    changed_columns,
    characters,
    column_count,
    expected_range,
    fractions,
    header_width,
    keys_once,
    levels_known,
    markers_known,
    mislabelled,
    names_left_out,
    other_year,
    places_known,
    replaced,
    row_widths,
    rows_present,
    swapped,
    torn_end,
    whole_area,
    whole_list,
    year_agrees,
    year_known,
)
from headway.sources.screening.result import CheckResult
from headway.sources.screening.subject import Check, Subject
from headway.store.landed import LandedFile
from headway.vocabulary.academic_year import AcademicYear

STAGES: dict[str, tuple[Check, ...]] = {
    "structure": (column_count.check, rows_present.check, header_width.check, row_widths.check, characters.check, names_left_out.check),
    "identity": (levels_known.check, places_known.check, torn_end.check, year_known.check, year_agrees.check, keys_once.check),
    "content": (markers_known.check, fractions.check, expected_range.check, mislabelled.check, swapped.check),
    "history": (whole_list.check, whole_area.check, other_year.check, changed_columns.check, replaced.check),
}


def run(landing: Landing, library: Library, earlier: list[LandedFile]) -> list[CheckResult]:
    """See screening.screen."""
    subject = Subject(landing, library, earlier)
    found: list[CheckResult] = []
    try:
        for stage in STAGES.values():
            for check in stage:
                found.extend(check(subject))
            if any(result.blocking and not result.passed for result in found):
                break
            if stage is STAGES["identity"]:
                _fill(subject)
        return found
    finally:
        subject.close()


def _fill(subject: Subject) -> None:
    """What the load's report and later loads need to know of the table."""
    landing = subject.landing
    landing.rows_by_level = {level or "other": count for level, count in sorted(subject.levels.items())}
    markers: dict[str, int] = {}
    for brief in subject.briefs.values():
        for text, count in brief.texts.items():
            markers[text] = markers.get(text, 0) + count
    landing.markers = dict(sorted(markers.items(), key=lambda pair: (-pair[1], pair[0]))[:50])
    if landing.year is None and subject.year is not None and subject.years_from_rows and sum(subject.years.values()) == landing.rows:
        landing.year = AcademicYear(subject.year)
