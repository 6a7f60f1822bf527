"""What changes: the glass is broken, a note is read under it, it ends, the officer looks at it. No reason and no word of a note is in an
event."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.framing import post
from headway.desk.glass import queries, rules
from headway.desk.glass.models import Breaking
from headway.desk.glass.queries import READ, SEALED, once_of
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def break_glass(*, by: User, school: Establishment, reason: str, once: str) -> Breaking:
    """Broken for one school and an hour; the officer is told before a word can be read.

    Raises H-DESK-95 where another is broken or the reason says nothing; H-DESK-96 where nobody can be told, and then it stays whole.
    """
    made = Breaking.objects.filter(once=once_of(by, once)).first()
    if made is not None:
        return made
    fault = rules.fault_of_reason(reason) or ("You have one broken already. End it first." if queries.broken_by(by) else "")
    if fault:
        raise HeadwayError("H-DESK-95", fault)
    told = _whom()
    moment = now()
    made = Breaking.objects.create(
        by=by, school=school, reason=seal(reason.strip(), SEALED), opened=moment, until=moment + rules.LASTS, told=sorted(told),
        once=once_of(by, once),
    )  # fmt: skip
    record(by=by.label, verb="broke the glass", target="restricted notes", target_id=made.pk,
           after={"urn": school.pk, "until": made.until.isoformat(timespec="seconds"), "told": sorted(told)})  # fmt: skip
    _tell(made, list(told.values()))
    return made


def _whom() -> dict[str, str]:
    """Label → address of everybody who is told: the officers who sign in, else the one whom area.yaml names."""
    found = {one.label: one.email for one in queries.officers()}
    address = queries.named_address()
    found = found or ({"area.yaml": address} if address else {})
    if not found:
        raise HeadwayError(
            "H-DESK-96", "Nobody can be told, so the glass stays whole.", "No data protection officer is named.",
            "Invite somebody in the role of data protection officer, or name one with an address in area.yaml under papers.",
        )  # fmt: skip
    return found


def _tell(made: Breaking, addresses: list[str]) -> None:
    last = localtime(made.until)
    until = f"{last:%H:%M} on {last.day} {last:%B %Y}"
    text = (
        f"An administrator has broken the glass to read restricted notes on one school, until {until}.\n\n"
        f"Who, which school, why, and what was read: {post.site()}{reverse('glass:uses')}\n\n"
        "Look at it, and write down what you think of it.\n"
    )
    message = EmailMessage("Headway: the glass is broken", text, settings.DEFAULT_FROM_EMAIL, addresses,
                           headers={"Auto-Submitted": "auto-generated"})  # fmt: skip
    try:
        post.deliver(message, post.connection(post.outbox()))
    except post.FAULTS:
        raise HeadwayError(
            "H-DESK-96", "Nobody can be told, so the glass stays whole.", "The mail to the data protection officer could not be sent.",
            "Try again once mail goes, or ask somebody who may read the notes.",
        ) from None  # fmt: skip


@transaction.atomic
def read(*, by: User, one: Breaking, kind: str, number: int) -> str | None:
    """The words of one note; None where there is none. That it was read is written down before it is shown.

    Raises H-DESK-95 once it has ended.
    """
    fresh = Breaking.objects.select_for_update().get(pk=one.pk)
    if fresh.by_id != by.pk or not rules.open_at(fresh.until, fresh.ended, now()):
        raise HeadwayError("H-DESK-95", "The glass is whole again.")
    text = queries.text_of(fresh.school_id, kind, number)
    if text is not None:
        record(by=by.label, verb=READ, target=f"restricted {kind}", target_id=number,
               after={"urn": fresh.school_id, "breaking": fresh.pk})  # fmt: skip
    return text


@transaction.atomic
def end(*, by: User, one: Breaking) -> None:
    """By hand, before its time. One that is over stays as it is."""
    moment: datetime = now()
    if Breaking.objects.filter(pk=one.pk, ended=None, until__gt=moment).update(ended=moment):
        record(by=by.label, verb="ended", target="restricted notes", target_id=one.pk)


@transaction.atomic
def look_at(*, by: User, one: Breaking, remark: str) -> None:
    """The officer has looked at one use. Once: a second remark would overwrite the first."""
    sealed = seal(remark.strip(), SEALED) if remark.strip() else ""
    if Breaking.objects.filter(pk=one.pk, looked=None).update(looked=now(), looked_by=by.label, remark=sealed):
        record(by=by.label, verb="looked at", target="restricted notes", target_id=one.pk)
