"""An agreed note goes to the head and the chair: they are written to at once, and what did not go goes with the next run of the timer.

The mail holds the day, the school and a link, no word of the note. That it went is in the audit.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.audit.actions import record
from headway.desk.audit.queries import events_of
from headway.desk.contacts.models import Contact, Place
from headway.desk.establishments.models import Establishment
from headway.desk.framing import post
from headway.desk.visits.models import State, Visit
from headway.vocabulary.clock import today

MAILED = "mailed"
GOES_FOR = timedelta(30)  # a note that could not be sent for so long is given by hand


def addresses(school: Establishment) -> list[str]:
    """Of the head, who reads the note here, and of the chair: from the contacts, else of the governors who sign in."""
    people = [
        one for one in User.objects.filter(is_active=True, patches__urn=school.pk).distinct() if may(one, Permission.SEE_SUPPORT, school.pk)
    ]
    heads = [one.email for one in people if may(one, Permission.ANSWER_FOR_SCHOOL, school.pk)]
    there = Contact.objects.filter(school=school, until=None).exclude(email="")
    chairs = list(there.filter(place=Place.GOVERNORS, post__icontains="chair").values_list("email", flat=True))
    governors = [one.email for one in people if one.email not in heads and may(one, Permission.ANSWER_NOTICES, school.pk)]
    heads = heads or list(there.filter(place=Place.SCHOOL, post__icontains="head").values_list("email", flat=True))
    return list(dict.fromkeys([*heads, *(chairs or governors)]))


def tell(*, by: str, visit: Visit) -> int:
    """Write to them; to how many. None twice: a note that went does not go again. Raises one of post.FAULTS."""
    if events_of("note", visit.pk).filter(verb=MAILED).exists():
        return 0
    wanted = addresses(visit.school)
    if not wanted:
        return 0
    connected = post.connection(post.outbox())
    for address in wanted:  # one by one: nobody reads another's address
        post.deliver(_message(visit, address), connected)
    record(by=by, verb=MAILED, target="note", target_id=visit.pk, after={"urn": visit.school_id, "people": len(wanted)})
    return len(wanted)


def _message(visit: Visit, address: str) -> EmailMessage:
    text = (
        f"The note of the visit to {visit.school.name} on {visit.day.day} {visit.day:%B %Y} is agreed.\n\n"
        f"Read it here: {post.site()}{reverse('visits:visit', args=[visit.pk])}\n\n"
        "Whoever has no account asks the adviser for a copy.\n"
    )
    return EmailMessage(f"Headway: the note on {visit.school.name} is agreed", text, settings.DEFAULT_FROM_EMAIL, [address],
                        headers={"Auto-Submitted": "auto-generated"})  # fmt: skip


def tell_waiting(*, by: str) -> Iterator[tuple[Visit, bool]]:
    """Every agreed note of the last weeks that has not gone, and whether it went now."""
    recent = Visit.objects.filter(state=State.AGREED, agreed__date__gte=today() - GOES_FOR).select_related("school").order_by("pk")
    for one in recent:
        if not events_of("note", one.pk).filter(verb=MAILED).exists() and addresses(one.school):
            try:
                tell(by=by, visit=one)
            except post.FAULTS:
                yield one, False
            else:
                yield one, True


def said_of(visit: Visit) -> str:
    """Whether an agreed note went, for who wrote it."""
    went = events_of("note", visit.pk).filter(verb=MAILED).first()
    if went is not None:
        day = date.fromisoformat(went.at[:10])
        return f"Mailed to head and chair on {day.day} {day:%B %Y}."
    if not addresses(visit.school):
        return "Neither head nor chair has an address here: give it to them by hand, or add them to the contacts."
    return "The mail to head and chair has not gone yet; it goes with the next run of the timer."
