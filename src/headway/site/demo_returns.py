"""Made-up returns, duties and contacts for the demonstration: some sent, one late, a duty that is overdue, somebody to ring."""

from datetime import timedelta

from headway.definitions.duties import SchoolReturn
from headway.desk.accounts.models import User
from headway.desk.contacts import actions as contacts
from headway.desk.duties import actions
from headway.desk.duties.models import Return
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear

DUTIES = (  # (duty, post, days until its proof is wanted, proof)
    ("safeguarding", "Head of safeguarding in education", -8, ""),
    ("missing_education", "Attendance manager", 60, "Report to scrutiny with numbers and what was found."),
    ("causing_concern", "Head of school improvement", 200, "The procedure was read by members."),
    ("schools_forum", "Schools’ finance", 20, "Minutes of the autumn meeting."),
)
THIRDS = 12  # so many schools beside the demonstration's own
PEOPLE = (("school", "Head", "A. Head", "office@school.example"), ("governors", "Chair of governors", "C. Chair", "chair@school.example"))


def make_demo_returns() -> None:
    """Once: a demonstration that has returns keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first() if head else None
    if lead is None or head is None or own is None or Return.objects.exists():
        return
    today, library = clock.today(), the_door().library
    for duty, post, ahead, proof in DUTIES:
        actions.charge(by=lead, duty=duty, post=post, owner=None, due=today + timedelta(ahead))
        if proof:
            actions.prove(by=lead, duty=duty, day=today - timedelta(30), what=proof, document=None)
    audit, year = library.school_returns["safeguarding_audit"], AcademicYear.of(today).start
    lines = {one.id: {"say": "yes", "note": ""} for one in audit.items} | {"governor": {"say": "part", "note": "From January."}}
    one = actions.asked(by=head, school=own, form=audit, year=year)
    actions.answer(by=head, one=one, lines=lines, send=True)
    _of_others(lead, own, audit, year)
    for place, post, name, email in PEOPLE:
        contacts.add(by=lead, school=own, place=place, post=post, name=name, email=email)


def _of_others(lead: User, own: Establishment, audit: SchoolReturn, year: int) -> None:
    """Every third school has sent the audit, some with a line that is open; most of those were looked at. The others have still to."""
    schools = Establishment.objects.filter(listed=True, status="open").exclude(pk=own.pk).order_by("urn")
    for at, school in enumerate(schools[: THIRDS * 3 : 3]):
        lines = {one.id: {"say": "yes", "note": ""} for one in audit.items}
        if at % 3 == 1:
            lines[audit.items[at % len(audit.items)].id] = {"say": "no", "note": "The training is on the 14th."}
        one = actions.asked(by=lead, school=school, form=audit, year=year)
        actions.answer(by=lead, one=one, lines=lines, send=True)
        if at % 4:
            said = "One line is open; we ring in a fortnight." if at % 3 == 1 else "Complete."
            actions.look_at(by=lead, one=one, word=f"Thank you. {said}")
