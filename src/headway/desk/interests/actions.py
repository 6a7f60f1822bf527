"""What changes in the register of interests. What an interest is, is in no event."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.interests.models import Interest
from headway.desk.interests.queries import SEALED
from headway.vocabulary.clock import today


@transaction.atomic
def declare(
    *, by: User, person: User, school: Establishment | None, what: str, nothing: bool = False, since: date | None = None
) -> Interest:
    """What a person has to do with a school, or with schools in general. The declaration of the same scope before it ends.

    `nothing`: that there is nothing. `what` may be left out where there is something: that there is, is enough to keep the two apart.
    """
    day = since or today()
    Interest.objects.filter(person=person, school=school, until=None).update(until=Greatest(F("since"), day))
    made = Interest.objects.create(
        person=person, school=school, apart=school is not None and not nothing, sealed=seal(what, SEALED) if what and not nothing else "",
        since=day, by=by.label,
    )  # fmt: skip
    after = {"person": person.label, "urn": school.pk if school else "", "something": not nothing}
    record(by=by.label, verb="declared", target="interest", target_id=made.pk, after=after)
    return made


@transaction.atomic
def end(*, by: User, interest: Interest) -> None:
    """It no longer holds. One that has ended stays as it is."""
    if Interest.objects.filter(pk=interest.pk, until=None).update(until=Greatest(F("since"), today())):
        record(by=by.label, verb="ended", target="interest", target_id=interest.pk)
