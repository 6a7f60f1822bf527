"""Figures without a year are no figures; nor are those of a year that has not begun."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, share
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today


def check(subject: Subject) -> list[CheckResult]:
    if not subject.uses or subject.definition.kind not in {"wide", "tidy", "series"}:
        return [fine("year_known")]
    dated = sum(subject.years.values())
    if dated == 0:
        where = "in its year column" if subject.years_from_rows else "in its path"
        message = f"No academic year is told {where}."
        remedy = (
            "Check that column."
            if subject.years_from_rows
            else "Put it into a folder named for its year, such as 2017-18, or put the year into its name."
        )
        return [refused("year_known", "H-DATA-30", message, remedy)]
    if subject.year is not None and subject.year > AcademicYear.of(today()).start:
        message = f"It is said to be of {AcademicYear(subject.year)}, a school year that has not begun."
        return [refused("year_known", "H-DATA-39", message, "Find out which year it is of, and put it under that year.")]
    lost = subject.landing.rows - dated
    if lost > 0 and subject.years_from_rows and lost > 0.5 * subject.landing.rows:
        message = f"{counted(lost, 'row')} ({share(lost / subject.landing.rows)}) name no single academic year."
        return [told("year_known", "H-DATA-30", message, "They give no figures; spans of years and totals are left out on purpose.")]
    return [fine("year_known")]
