"""What changes about contacts. Names and addresses are in no event."""

from datetime import date

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.contacts.models import Contact
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import today


@transaction.atomic
def add(
    *, by: User, school: Establishment, place: str, post: str, name: str, email: str = "", phone: str = "", since: date | None = None
) -> Contact:
    made = Contact.objects.create(
        school=school, place=place, post=post, name=name, email=email, phone=phone, since=since or today(), by=by.label
    )
    record(by=by.label, verb="added", target="contact", target_id=made.pk, after={"urn": school.pk, "place": place})
    return made


@transaction.atomic
def end(*, by: User, contact: Contact, because: str) -> None:
    """They are the one to speak to no more. One that has ended stays as it is."""
    if Contact.objects.filter(pk=contact.pk, until=None).update(until=today(), ended_because=because):
        record(by=by.label, verb="ended", target="contact", target_id=contact.pk)
