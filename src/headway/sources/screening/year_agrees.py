"""The folder says one year and the rows another."""

from headway.sources.recognising import year_in
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.vocabulary.academic_year import AcademicYear


def check(subject: Subject) -> list[CheckResult]:
    """Yearly school tables must agree. A release that trails its folder's year, or holds many, is only told."""
    given = year_in(subject.landing.source_path)
    if given is None or not subject.years or not subject.uses:
        return [fine("year_agrees")]
    if not subject.years_from_rows or given.start in subject.years:
        return [fine("year_agrees")]
    newest = AcademicYear(max(subject.years))
    message = f"Its path says {given} and its rows are of {newest}."
    if subject.definition.kind == "wide" and len(subject.years) == 1:
        return [refused("year_agrees", "H-DATA-31", message, "Find out which it is and put the file under that year.")]
    return [told("year_agrees", "H-DATA-31", message, "The rows' own years are used.")]
