"""The order of the checks: structure, identity, content, history. A check that is not listed here is not wired in."""

from headway.definitions.loading import Library
from headway.sources.landing import Landing
from headway.sources.screening.changed_columns import check as changed_columns
from headway.sources.screening.characters import check as characters
from headway.sources.screening.column_count import check as column_count
from headway.sources.screening.expected_range import check as expected_range
from headway.sources.screening.fractions import check as fractions
from headway.sources.screening.header_width import check as header_width
from headway.sources.screening.keys_once import check as keys_once
from headway.sources.screening.levels_known import check as levels_known
from headway.sources.screening.markers_known import check as markers_known
from headway.sources.screening.mislabelled import check as mislabelled
from headway.sources.screening.names_left_out import check as names_left_out
from headway.sources.screening.other_year import check as other_year
from headway.sources.screening.own_cells_once import check as own_cells_once
from headway.sources.screening.own_names import check as own_names
from headway.sources.screening.part_of_whole import check as part_of_whole
from headway.sources.screening.places_known import check as places_known
from headway.sources.screening.replaced import check as replaced
from headway.sources.screening.result import CheckResult
from headway.sources.screening.row_widths import check as row_widths
from headway.sources.screening.rows_present import check as rows_present
from headway.sources.screening.subject import Check, Subject
from headway.sources.screening.swapped import check as swapped
from headway.sources.screening.torn_end import check as torn_end
from headway.sources.screening.whole_area import check as whole_area
from headway.sources.screening.whole_list import check as whole_list
from headway.sources.screening.year_agrees import check as year_agrees
from headway.sources.screening.year_known import check as year_known
from headway.store.landed import LandedFile
from headway.vocabulary.academic_year import AcademicYear

STAGES: dict[str, tuple[Check, ...]] = {
    "structure": (column_count, rows_present, header_width, row_widths, characters, names_left_out),
    "identity": (levels_known, places_known, torn_end, year_known, year_agrees, own_names, own_cells_once, keys_once),
    "content": (markers_known, fractions, expected_range, part_of_whole, mislabelled, swapped),
    "history": (whole_list, whole_area, other_year, changed_columns, replaced),
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
