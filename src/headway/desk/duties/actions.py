"""What changes about duties and returns. Each in one transaction with its audit event."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from headway.definitions.duties import SchoolReturn
from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.documents.models import Document
from headway.desk.duties import late, rules
from headway.desk.duties.models import Answers, Charge, Proof, Return
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def charge(*, by: User, duty: str, post: str, owner: User | None, due: date) -> Charge:
    made = Charge.objects.create(duty=duty, post=post, owner=owner, due=due, by=by.label)
    record(by=by.label, verb="charged", target="duty", target_id=duty, after={"owner": owner.label if owner else "", "due": str(due)})
    return made


@transaction.atomic
def prove(*, by: User, duty: str, day: date, what: str, document: Document | None) -> Proof:
    made = Proof.objects.create(duty=duty, day=day, what=what, document=document, by=by.label)
    record(by=by.label, verb="proved", target="duty", target_id=duty, after={"day": str(day), "document": document.pk if document else ""})
    return made


@transaction.atomic
def asked(*, by: User, school: Establishment, form: SchoolReturn, year: int) -> Return:
    """The return of a school for a year; made when it is first opened, with the lines as they are then."""
    found, made = Return.objects.get_or_create(
        school=school, form=form.id, year=year, defaults={"definition": form.model_dump(mode="json"), "due": rules.due_on(form, year)}
    )
    if made:
        record(by=by.label, verb="asked", target="return", target_id=found.pk, after={"urn": school.pk, "form": form.id, "year": year})
    return found


@transaction.atomic
def answer(*, by: User, one: Return, lines: Mapping[str, Mapping[str, str]], send: bool) -> None:
    """Keep a version of the answers; sent, it is with the council. Raises H-DESK-82 where it was looked at: it stands then."""
    fresh = Return.objects.select_for_update().get(pk=one.pk)
    if fresh.looked_at:
        raise HeadwayError(
            "H-DESK-82", "The council has looked at this return; it stands.", remedy="Write to the council, or wait for next year’s."
        )
    newest = fresh.answers.last()
    if newest is None or newest.lines != lines:
        Answers.objects.create(of=fresh, lines=dict(lines), by=by.label)
    if send:
        fresh.sent, fresh.sent_by = now(), by.label
        fresh.save(update_fields=["sent", "sent_by"])
        late.came(by=by, one=fresh)
    record(by=by.label, verb="sent" if send else "answered", target="return", target_id=fresh.pk)


@transaction.atomic
def look_at(*, by: User, one: Return, word: str) -> None:
    """What the council says back. Raises H-DESK-82 for one that was not sent."""
    done = Return.objects.filter(pk=one.pk).exclude(sent=None).update(looked_at=now(), looked_at_by=by.label, word=word)
    if not done:
        raise HeadwayError("H-DESK-82", "The return was not sent yet.", remedy="Ask the school for it.")
    record(by=by.label, verb="looked at", target="return", target_id=one.pk)
