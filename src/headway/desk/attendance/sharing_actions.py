"""What changes about sharing and about rights. Each in one transaction with its audit event; of a pupil only the sign is in one."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.attendance import rules
from headway.desk.attendance.actions import write_entry
from headway.desk.attendance.models import Missing, Plan, RightAsked, RightKind, Shared, SharedPupil
from headway.desk.attendance.queries import sealed, text_of
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.rights import OBJECTED, RESTRICTED, set_right
from headway.readings.door import Door
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

STANDS = {RightKind.OBJECT: OBJECTED, RightKind.RESTRICT: RESTRICTED}


@transaction.atomic
def share(
    *, by: User, pupils: Sequence[tuple[Establishment, str]], party: str, purpose: str, basis: str, what: Sequence[str], until: date,
    numbered: bool, page: Mapping[str, Any],
) -> Shared:  # fmt: skip
    """Something of pupils goes to a partner. A pupil's open plan has it as a referral."""
    one = Shared.objects.create(party=party, purpose=purpose, basis=basis, what=list(what), until=until, numbered=numbered,
                                sealed=sealed(json.dumps(page)), by=by.label)  # fmt: skip
    for school, key in pupils:
        SharedPupil.objects.create(shared=one, school=school, pupil=key, by=by.label)
        plan = Plan.objects.filter(school=school, pupil=key, ended=None).first()
        if plan is not None:
            write_entry(by=by, plan=plan, kind="referred", day=today(), text=f"Shared with {party} until {until}: {purpose}")
    told = {"party": party, "pupils": len(pupils), "until": str(until), "basis": basis, "what": list(what), "numbered": numbered,
            "who": [rules.pseudonym(key) for _, key in pupils][:20]}  # fmt: skip
    record(by=by.label, verb="shared", target="attendance of pupils", target_id=one.pk, after=told)
    return one


def page_of(shared: Shared) -> dict[str, Any]:
    """The page or list as it went. Raises H-ACCESS-49 where it may be had no more: it expired or was withdrawn."""
    state = rules.shared_state(shared.until, shared.withdrawn, shared.destroyed, today())
    if state != rules.OUT:
        words = "was withdrawn" if shared.withdrawn else f"ended on {shared.until.day} {shared.until:%B %Y}"
        raise HeadwayError("H-ACCESS-49", f"What was shared with {shared.party} {words}, and is read by nobody any more.",
                           remedy="Share it anew if there is a reason and a footing.")  # fmt: skip
    found: dict[str, Any] = json.loads(text_of(shared.sealed))
    return found


@transaction.atomic
def withdraw_shared(*, by: User, shared: Shared, because: str) -> None:
    """Nobody reads it here any more; the partner is to be told."""
    if not Shared.objects.filter(pk=shared.pk, withdrawn=None, destroyed=None).update(withdrawn=today(), withdrawn_because=because):
        raise HeadwayError("H-DESK-01", "This was withdrawn already, or nothing is left of it.", remedy="Load the page again.")
    record(by=by.label, verb="withdrew", target="attendance of pupils", target_id=shared.pk, after={"because": because})


@transaction.atomic
def confirm_destroyed(*, by: User, shared: Shared, said: str) -> None:
    """The partner said that nothing is left of it; our own copy of the page goes too."""
    if not Shared.objects.filter(pk=shared.pk, destroyed=None).update(destroyed=today(), destroyed_said=said, sealed=""):
        raise HeadwayError("H-DESK-01", "That was written down already.", remedy="Load the page again.")
    record(by=by.label, verb="confirmed", target="attendance of pupils", target_id=shared.pk, after={"destroyed": str(today())})


@transaction.atomic
def ask_right(
    *, by: User, school: Establishment | None, pupil: str, kind: str, asked_by: str, received: date, text: str, of: Missing | None = None
) -> RightAsked:
    """Of a pupil, or (`of`) of the record of a child who is on no roll here."""
    one = RightAsked.objects.create(school=school, pupil=pupil, record=of, kind=kind, asked_by=asked_by, received=received,
                                    due=rules.a_month_on(received), sealed=sealed(text), by=by.label)  # fmt: skip
    told = {"urn": one.school_id, "who": rules.pseudonym(pupil), "kind": kind, "due": str(one.due)}
    record(by=by.label, verb="asked", target="right", target_id=one.pk, after=told | ({"record": of.pk} if of else {}))
    return one


@transaction.atomic
def decide_right(*, by: User, door: Door, viewer: Viewer, asked: RightAsked, granted: bool, reason: str) -> None:
    """An objection or restriction that is granted holds from this moment on, everywhere. Raises H-DESK-01 where it was decided.

    Of a record without a school the registers hold nothing: there it holds by standing here.
    """
    kept = {"decided": today(), "granted": granted, "reason": sealed(reason)}
    if not RightAsked.objects.filter(pk=asked.pk, decided=None).update(**kept):
        raise HeadwayError("H-DESK-01", "This was decided already.", remedy="Load the page again.")
    record(by=by.label, verb="decided", target="right", target_id=asked.pk, after={"kind": asked.kind, "granted": granted})
    if granted and asked.kind in STANDS and asked.school_id:
        set_right(door, viewer, asked.pupil, STANDS[RightKind(asked.kind)], stands=True)


@transaction.atomic
def lift_right(*, by: User, door: Door, viewer: Viewer, asked: RightAsked) -> None:
    """The objection or restriction stands no more; another of the same kind for the same pupil keeps it up."""
    changed = RightAsked.objects.filter(pk=asked.pk, granted=True, lifted=None, kind__in=list(STANDS)).update(lifted=today())
    if not changed:
        raise HeadwayError("H-DESK-01", "Nothing of this stands that could be lifted.", remedy="Load the page again.")
    record(by=by.label, verb="lifted", target="right", target_id=asked.pk, after={"kind": asked.kind})
    if asked.school_id and not RightAsked.objects.filter(pupil=asked.pupil, kind=asked.kind, granted=True, lifted=None).exists():
        set_right(door, viewer, asked.pupil, STANDS[RightKind(asked.kind)], stands=False)
