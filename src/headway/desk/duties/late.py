"""A yearly return that did not come in time is a soft signal for the next meeting on tiers, until it comes.

What a meeting reads is a line like any other service's, so that nothing is weighed twice: it is written when proposals are made, once for a
school and a year, and put aside when the school sends. A line that a person put aside is not written again. Of a year in which no school of
the area sent one here, nothing is known: it was not asked for here, or the desk did not stand yet. Then nothing is written.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.duties import rules
from headway.desk.duties.models import Return
from headway.desk.establishments.models import Establishment
from headway.desk.tiers import actions as tiers
from headway.desk.tiers.models import Return as Line
from headway.desk.tiers.models import Service
from headway.vocabulary.academic_year import AcademicYear

FEEDS = {"safeguarding_audit": (Service.SAFEGUARDING, "safeguarding_audit")}  # form → of which service, which kind of soft signal


def due_last(library: Library, form: str, today: date) -> tuple[int, date] | None:
    """The newest school year of which the return was due before a day, and the day; None where there is no such form."""
    known = library.school_returns.get(form)
    if known is None:
        return None
    start = AcademicYear.of(today).start
    return next(((year, due) for year in (start, start - 1) if (due := rules.due_on(known, year)) < today), None)


def mark(form: str, urn: int, year: int) -> str:
    """By what a line is known as that of one return: the end of its `once`."""
    return f"-late-{form}-{year}-{urn}"


@transaction.atomic
def feed(*, by: User, library: Library, schools: Iterable[Establishment], today: date) -> int:
    """Write the lines that are wanted for these schools; how many. Whoever makes the proposals is down as having written them."""
    wanted, made = list(schools), 0
    for form, (service, kind) in FEEDS.items():
        last = due_last(library, form, today)
        if last is None or kind not in library.soft_signals:
            continue
        year, due = last
        sent = set(Return.objects.filter(form=form, year=year).exclude(sent=None).values_list("school_id", flat=True))
        title = library.school_returns[form].title
        for school in wanted if sent else ():
            if school.pk in sent or Line.objects.filter(school=school, once__endswith=mark(form, school.pk, year)).exists():
                continue
            said = f"{title} of {AcademicYear(year)}: not returned by {due.day} {due:%B %Y}."
            tiers.give(by=by, school=school, service=service, kind=kind, line=said, on=today, restricted=True,
                       once=mark(form, school.pk, year)[1:])  # fmt: skip
            made += 1
    return made


def came(*, by: User, one: Return) -> None:
    """The return is there: the line that said that it is not counts no more."""
    for line in Line.objects.filter(school_id=one.school_id, once__endswith=mark(one.form, one.school_id, one.year), archived=None):
        tiers.put_aside(by=by, one=line, because="The return has come.")
