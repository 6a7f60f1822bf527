"""Append an event, in the transaction of what it records; seal and erase what is about a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from headway.desk.audit import heads
from headway.desk.audit.models import Event, Head, SubjectKey
from headway.desk.audit.rules import START, canonical, hash_of
from headway.vocabulary.clock import now

SEAL = "sealed"


def record(
    *,
    by: str,
    verb: str,
    target: str,
    target_id: object = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    personal: frozenset[str] = frozenset(),
    subject: str = "",
    look: bool = False,
) -> Event:
    """Append one event. `personal` names the fields that are about a person, whose key is `subject`'s. `look`: somebody only saw
    something, so that what pages say stays as it was.

    Runs in the caller's transaction: when that is rolled back there is no event and no head.
    """
    with transaction.atomic():
        Head.objects.get_or_create(id=1)
        head = Head.objects.select_for_update().get(id=1)
        event = Event(
            seq=head.seq + 1,
            at=now().isoformat(timespec="microseconds"),
            actor=by,
            verb=verb,
            target=target,
            target_id=str(target_id),
            before=canonical(_sealed(before or {}, personal, subject)),
            after=canonical(_sealed(after or {}, personal, subject)),
            previous=head.hash or START,
        )
        event.hash = hash_of(vars(event))
        event.save()
        Head.objects.filter(id=1).update(seq=event.seq, hash=event.hash, written=head.written if look else event.hash)
        transaction.on_commit(lambda: heads.write(event.seq, event.hash))
    return event


def record_erased(*, by: str, target: str, before: date, told: Mapping[str, int]) -> int:
    """One event for what ended before a day and was erased, how many of each kind; none where nothing was. How many in all."""
    some = {name: many for name, many in told.items() if many}
    if some:
        record(by=by, verb="erased", target=target, target_id=before, after=some)
    return sum(some.values())


def _sealed(values: Mapping[str, Any], personal: frozenset[str], subject: str) -> dict[str, Any]:
    if not personal & values.keys():
        return dict(values)
    from cryptography.fernet import Fernet  # a tenth of a second that most processes never need

    key, _ = SubjectKey.objects.get_or_create(subject=subject, defaults={"key": Fernet.generate_key().decode()})
    fernet = Fernet(key.key)
    return {
        name: {SEAL: fernet.encrypt(canonical({"": value}).encode()).decode()} if name in personal else value
        for name, value in values.items()
    }


@transaction.atomic
def forget(*, subject: str, by: str, reason: str) -> None:
    """Erase every value about a person from the audit by destroying their key. The chain still verifies."""
    SubjectKey.objects.filter(subject=subject).delete()
    record(by=by, verb="forgot", target="subject", target_id=subject, after={"reason": reason})
