"""What changes about children missing education or taught at home. Each in one transaction with its event, which has the sign only."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.attendance import rules
from headway.desk.attendance.legal_actions import look_at, take_step
from headway.desk.attendance.models import Enquiry, Missing, Return, Step
from headway.desk.attendance.queries import sealed
from headway.desk.attendance.whose import KEY
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

TARGET = "record of a missing child"


@transaction.atomic
def open_record(
    *, by: User, school: Establishment, pupil: str, kind: str, ground: str, opened: date, text: str, review_by: date,
    came_from: Return | None,
) -> Missing:  # fmt: skip
    """A return that it came from is looked at with it. Raises H-DESK-01 where a record of the kind is open already."""
    if Missing.objects.filter(school=school, pupil=pupil, kind=kind, closed=None).exists():
        raise HeadwayError("H-DESK-01", "A record of this kind is open for this child already.", remedy="Write the enquiry into it.")
    one = Missing.objects.create(school=school, pupil=pupil, kind=kind, ground=ground, opened=opened, sealed=sealed(text),
                                 review_by=review_by, came_from=came_from, by=by.label)  # fmt: skip
    told = {"urn": school.pk, "who": rules.pseudonym(pupil), "kind": kind, "ground": ground, "review_by": str(review_by),
            "return": came_from.pk if came_from else None}  # fmt: skip
    record(by=by.label, verb="opened", target=TARGET, target_id=one.pk, after=told)
    if came_from is not None and came_from.looked_at is None:
        look_at(by=by, one=came_from, outcome=kind)
    return one


@transaction.atomic
def open_unplaced(*, by: User, who: str, kind: str, ground: str, opened: date, text: str, review_by: date) -> Missing:
    """A record of a child who was on no roll of a school here. Its sign is the record's own: nothing of the child is in it."""
    one = Missing.objects.create(school=None, pupil=secrets.token_hex(KEY // 2), who=sealed(who), kind=kind, ground=ground, opened=opened,
                                 sealed=sealed(text), review_by=review_by, by=by.label)  # fmt: skip
    told = {"urn": None, "who": rules.pseudonym(one.pupil), "kind": kind, "ground": ground, "review_by": str(review_by), "return": None}
    record(by=by.label, verb="opened", target=TARGET, target_id=one.pk, after=told)
    return one


@transaction.atomic
def enquire(*, by: User, of: Missing, kind: str, day: date, text: str, review_by: date | None) -> Enquiry:
    """An enquiry is added; a day given for the next review takes the place of the one that stood. Raises H-DESK-01 where it is closed."""
    fresh = _open(of)
    one = Enquiry.objects.create(record=fresh, kind=kind, day=day, sealed=sealed(text), review_by=review_by, by=by.label)
    before = {"review_by": str(fresh.review_by)}
    if review_by is not None:
        fresh.review_by = review_by
        fresh.save(update_fields=["review_by"])
    told = {"kind": kind, "day": str(day), "review_by": str(fresh.review_by)}
    record(by=by.label, verb="enquired", target=TARGET, target_id=of.pk, before=before, after=told)
    return one


@transaction.atomic
def close_record(*, by: User, of: Missing, outcome: str, where: str) -> None:
    """Raises H-DESK-01 where it is closed already."""
    fresh = _open(of)
    fresh.closed, fresh.outcome, fresh.where = today(), outcome, sealed(where)
    fresh.save(update_fields=["closed", "outcome", "where"])
    record(by=by.label, verb="closed", target=TARGET, target_id=of.pk, after={"outcome": outcome})


@transaction.atomic
def take_step_of(
    *, by: User, of: Missing, kind: str, day: date, support: Sequence[rules.Tried], reason: str, names: int | None
) -> Step:  # fmt: skip
    """A legal step from a record. Raises H-DESK-01 where it is closed with anything but an order that was considered."""
    fresh = Missing.objects.select_for_update().get(pk=of.pk)
    if not rules.leads_to_steps(fresh.outcome):
        raise HeadwayError("H-DESK-01", "This record is closed: no step is taken from it.", remedy="Open another where it is needed.")
    return take_step(by=by, school=fresh.school, pupil=fresh.pupil, of=fresh, kind=kind, day=day, support=support, reason=reason,
                     names=names)  # fmt: skip


def _open(of: Missing) -> Missing:
    fresh = Missing.objects.select_for_update().get(pk=of.pk)
    if fresh.closed:
        raise HeadwayError("H-DESK-01", "This record is closed already.", remedy="Load the page again; open another where it is needed.")
    return fresh
