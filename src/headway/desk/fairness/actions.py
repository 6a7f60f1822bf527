"""What changes about sign-offs: somebody answers for the gaps of a test, or no longer does."""

from datetime import date

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.fairness import rules
from headway.desk.fairness.models import SignOff
from headway.desk.fairness.queries import once_of, standing_of
from headway.language.backtests import gap_sentences
from headway.readings.door import Door
from headway.readings.tier_backtest.keeping import Kept
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


def tested(*, by: str, test: Kept) -> None:
    """That a back-test was kept: it may hold back what people see, so that the audit says who ran it."""
    record(by=by, verb="tested", target="tier scheme", target_id=test.scheme,
           after={"test": test.id, "snapshot": test.snapshot, "wide gaps": sum(one.beside.wide for one in test.gaps)})  # fmt: skip


@transaction.atomic
def sign_off(*, by: User, door: Door, scheme: str, test: str, reason: str, until: date, once: str) -> SignOff:
    """Answer for the gaps of one test. Raises H-DESK-94 for a test without a gap that stands unsigned, or a last day that cannot be."""
    made = SignOff.objects.filter(once=once_of(by, once)).first()
    if made is not None:
        return made
    stands = standing_of(door, scheme)
    gaps = [(each, one) for each, one in stands.unsigned if each.id == test]
    fault = rules.fault_of_until(until, today()) if gaps else "This test has no gap for which nobody answers."
    if fault:
        raise HeadwayError("H-DESK-94", fault)
    made = SignOff.objects.create(
        scheme=scheme, test=test, snapshot=gaps[0][0].snapshot, gaps=gap_sentences([one for _, one in gaps]), reason=reason, until=until,
        by=by.label, once=once_of(by, once),
    )  # fmt: skip
    after = {"scheme": scheme, "test": test, "snapshot": made.snapshot, "until": str(until), "gaps": len(gaps)}
    record(by=by.label, verb="signed off", target="gaps of a tier scheme", target_id=made.pk, after=after)
    return made


@transaction.atomic
def withdraw(*, by: User, one: SignOff, because: str) -> None:
    """Nobody answers any longer: what it let through is held back again."""
    done = SignOff.objects.filter(pk=one.pk, withdrawn=None).update(withdrawn=now(), withdrawn_by=by.label, withdrawn_because=because)
    if done:
        record(by=by.label, verb="withdrew", target="gaps of a tier scheme", target_id=one.pk, after={"scheme": one.scheme})
