"""What changes in law: thresholds considered, notices, periods, returns, steps. Nothing of a pupil is in an event but a pseudonym."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.attendance import rules
from headway.desk.attendance.models import Consideration, Missing, Notice, Period, Return, Step
from headway.desk.attendance.queries import sealed
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


def parent_key(reference: str) -> str:
    """The key of a parent's reference: the same reference is the same parent, and nobody can be looked up by it."""
    told = "".join(reference.split()).upper()
    return hmac.new(settings.SECRET_KEY.encode(), f"parent:{told}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def consider(
    *, by: User, school: Establishment, pupil: str, first_met: date, sessions: Sequence[Mapping[str, Any]], provisional: bool,
    known: Mapping[str, Any], support: Sequence[rules.Tried], decision: str, reason: str,
) -> Consideration:  # fmt: skip
    """Somebody decided what follows from a threshold that was met. The sessions stand as they were; a later decision is another row."""
    one = Consideration.objects.create(
        school=school, pupil=pupil, first_met=first_met, sessions=list(sessions), provisional=provisional, known=dict(known),
        support=[item.as_dict() for item in support], decision=decision, reason=sealed(reason), by=by.label,
    )  # fmt: skip
    told = {"urn": school.pk, "who": rules.pseudonym(pupil), "first_met": str(first_met), "decision": decision, "support": len(support)}
    record(by=by.label, verb="considered", target="penalty notice", target_id=one.pk, after=told)
    return one


@transaction.atomic
def issue(
    *, by: User, consideration: Consideration, parent: str, issued: date, number: int, pounds: int, pounds_if_early: int | None,
    early_days: int | None,
) -> Notice:  # fmt: skip
    """A notice to one parent. Raises H-DESK-01 where the decision was another, or this parent has one of it already."""
    if consideration.decision != "notice":
        raise HeadwayError("H-DESK-01", "The decision was not to issue a notice.", remedy="Consider it again if that has changed.")
    key = parent_key(parent)
    if consideration.notices.filter(parent=key, withdrawn=None).exists():
        raise HeadwayError("H-DESK-01", "This parent has a notice from this decision already.", remedy="Look at it, or withdraw it first.")
    one = Notice.objects.create(
        consideration=consideration, school=consideration.school, pupil=consideration.pupil, parent=key, parent_sealed=sealed(parent),
        number=number, issued=issued, pounds=pounds, pounds_if_early=pounds_if_early,
        early_until=issued + timedelta(early_days) if early_days else None, pay_by=issued + timedelta(rules.TO_PAY_WITHIN), by=by.label,
    )  # fmt: skip
    told = {"urn": one.school_id, "who": rules.pseudonym(one.pupil), "number": number, "issued": str(issued), "pounds": pounds}
    record(by=by.label, verb="issued", target="penalty notice", target_id=one.pk, after=told)
    return one


@transaction.atomic
def pay(*, by: User, notice: Notice, paid: date) -> None:
    _still(notice)
    Notice.objects.filter(pk=notice.pk).update(paid=paid)
    record(by=by.label, verb="paid", target="penalty notice", target_id=notice.pk, after={"paid": str(paid)})


@transaction.atomic
def withdraw(*, by: User, notice: Notice, because: str) -> None:
    """A notice that is withdrawn counts no more towards the next."""
    _still(notice)
    Notice.objects.filter(pk=notice.pk).update(withdrawn=today(), withdrawn_because=because)
    record(by=by.label, verb="withdrew", target="penalty notice", target_id=notice.pk)


def _still(notice: Notice) -> None:
    """Raises H-DESK-01 where it was paid or withdrawn already."""
    fresh = Notice.objects.select_for_update().get(pk=notice.pk)
    if fresh.paid or fresh.withdrawn:
        raise HeadwayError("H-DESK-01", "This notice was paid or withdrawn already.", remedy="Load the page again.")


@transaction.atomic
def begin_period(*, by: User, consideration: Consideration, begins: date, ends: date) -> Period:
    """A Notice to Improve."""
    one = Period.objects.create(
        consideration=consideration, school=consideration.school, pupil=consideration.pupil, begins=begins, ends=ends, by=by.label
    )
    told = {"urn": one.school_id, "who": rules.pseudonym(one.pupil), "begins": str(begins), "ends": str(ends)}
    record(by=by.label, verb="began", target="notice to improve", target_id=one.pk, after=told)
    return one


@transaction.atomic
def end_period(*, by: User, period: Period, outcome: str) -> None:
    """Raises H-DESK-01 where it ended already."""
    if not Period.objects.filter(pk=period.pk, outcome="").update(outcome=outcome):
        raise HeadwayError("H-DESK-01", "What came of this Notice to Improve is written down already.", remedy="Load the page again.")
    record(by=by.label, verb="ended", target="notice to improve", target_id=period.pk, after={"outcome": outcome})


@transaction.atomic
def receive(*, by: User, school: Establishment, pupil: str, kind: str, happened: date, due: date, text: str) -> Return:
    """A return from a school, received today."""
    one = Return.objects.create(
        school=school, pupil=pupil, kind=kind, happened=happened, due=due, received=today(), sealed=sealed(text), by=by.label
    )
    told = {"urn": school.pk, "who": rules.pseudonym(pupil), "kind": kind, "due": str(due)}
    record(by=by.label, verb="received", target="attendance return", target_id=one.pk, after=told)
    return one


@transaction.atomic
def look_at(*, by: User, one: Return, outcome: str) -> None:
    """Raises H-DESK-01 where somebody looked at it already."""
    if not Return.objects.filter(pk=one.pk, looked_at=None).update(looked_at=today(), looked_by=by.label, outcome=outcome):
        raise HeadwayError("H-DESK-01", "Somebody looked at this return already.", remedy="Load the page again.")
    record(by=by.label, verb="looked at", target="attendance return", target_id=one.pk, after={"outcome": outcome})


@transaction.atomic
def take_step(
    *, by: User, school: Establishment | None, pupil: str, kind: str, day: date, support: Sequence[rules.Tried], reason: str,
    names: int | None = None, of: Missing | None = None,
) -> Step:  # fmt: skip
    """A legal step, with what was tried first as it stands now; `names`: the URN of the school that an order names; `of`: its record."""
    one = Step.objects.create(school=school, pupil=pupil, record=of, kind=kind, day=day, support=[item.as_dict() for item in support],
                              sealed=sealed(reason), names=names, by=by.label)  # fmt: skip
    told = {"urn": one.school_id, "who": rules.pseudonym(pupil), "kind": kind, "support": len(support)}
    told |= {"record": of.pk} if of else {}
    record(by=by.label, verb="took", target="legal step", target_id=one.pk, after=told | ({"names": names} if names else {}))
    return one


@transaction.atomic
def check_step(*, by: User, step: Step) -> None:
    """The council's lawyers have read it."""
    if Step.objects.filter(pk=step.pk, legal_checked=None).update(legal_checked=today()):
        record(by=by.label, verb="checked", target="legal step", target_id=step.pk)


@transaction.atomic
def close_step(*, by: User, step: Step, outcome: str) -> None:
    """Raises H-DESK-01 where it is closed already."""
    if not Step.objects.filter(pk=step.pk, closed=None).update(closed=today(), outcome=outcome):
        raise HeadwayError("H-DESK-01", "This step is closed already.", remedy="Load the page again.")
    record(by=by.label, verb="closed", target="legal step", target_id=step.pk)
