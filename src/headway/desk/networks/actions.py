"""What changes about networks: members, meetings, minutes, promises, papers. Each in one transaction with its audit event."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.documents.models import Document
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.staying import change
from headway.desk.networks.models import Meeting, Membership, Minute, Network, Paper, Promise, Review
from headway.desk.networks.queries import members, minutes_of
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def make(
    *, by: User, name: str, kind: str, purpose: str, convenor: User | None, schools: Iterable[int], since: date,
    known: Mapping[str, Any] | None = None,
) -> Network:  # fmt: skip
    """A new network with its first members. `known`: of a family, what it was made from."""
    network = Network.objects.create(
        name=name, kind=kind, purpose=purpose, convenor=convenor, known=dict(known or {}), made_by=by.label
    )  # fmt: skip
    urns = sorted(set(schools))
    Membership.objects.bulk_create(Membership(network=network, school_id=urn, since=since) for urn in urns)
    record(by=by.label, verb="made", target="network", target_id=network.pk, after={**_told(network), "urns": urns, "since": str(since)})
    return network


@transaction.atomic
def describe(*, by: User, network: Network, name: str, kind: str, purpose: str, convenor: User | None) -> None:
    """Another name, kind, purpose or convenor. Writes nothing where nothing changes."""
    fresh = Network.objects.select_for_update().get(pk=network.pk)
    before = _told(fresh)
    fresh.name, fresh.kind, fresh.purpose, fresh.convenor = name, kind, purpose, convenor
    if _told(fresh) != before:
        fresh.save(update_fields=["name", "kind", "purpose", "convenor"])
        record(by=by.label, verb="changed", target="network", target_id=fresh.pk, before=before, after=_told(fresh))


@transaction.atomic
def set_members(*, by: User, network: Network, schools: Iterable[int], since: date, because: str) -> None:
    """Make these schools the members from a day on. Who was in before stays in the history, unless they came in that very day."""
    fresh = _open(network)
    what = change(members(fresh, since), schools)
    leaving = Membership.objects.filter(network=fresh, school_id__in=what.left, until=None)
    leaving.filter(since=since).delete()
    leaving.update(until=since, because=because)
    back = Membership.objects.filter(network=fresh, school_id__in=what.joined, until=since)  # out and in again on one day: never out
    returned = set(back.values_list("school_id", flat=True))
    back.update(until=None, because="")
    Membership.objects.bulk_create(Membership(network=fresh, school_id=urn, since=since) for urn in what.joined if urn not in returned)
    if what.joined or what.left:
        told = {"joined": list(what.joined), "left": list(what.left), "since": str(since), "because": because}
        record(by=by.label, verb="changed members of", target="network", target_id=fresh.pk, after=told)


@transaction.atomic
def close(*, by: User, network: Network, because: str) -> None:
    """A network has done its work. What it wrote stays to be read; its open promises must be closed first."""
    fresh = _open(network)
    still = fresh.promises.filter(closed=None).count()
    if still:
        raise HeadwayError(
            "H-DESK-91", f"{fresh.name} cannot be closed yet.", f"{still} {'promise is' if still == 1 else 'promises are'} still open.",
            "Close each with what came of it.",
        )  # fmt: skip
    fresh.closed, fresh.closed_because = today(), because
    fresh.save(update_fields=["closed", "closed_because"])
    record(by=by.label, verb="closed", target="network", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def reopen(*, by: User, network: Network) -> None:
    Network.objects.filter(pk=network.pk).update(closed=None, closed_because="")
    record(by=by.label, verb="opened again", target="network", target_id=network.pk)


@transaction.atomic
def call(*, by: User, network: Network, day: date, begins: time | None, place: str, agenda: str) -> Meeting:
    """Call a meeting."""
    made = Meeting.objects.create(network=_open(network), day=day, begins=begins, place=place, agenda=agenda, made_by=by.label)
    record(by=by.label, verb="called", target="network meeting", target_id=made.pk, after={"network": network.pk, "day": str(day)})
    return made


@transaction.atomic
def move(*, by: User, meeting: Meeting, day: date, begins: time | None, place: str, agenda: str) -> None:
    """Another day, hour, place or agenda, before it was held."""
    fresh = _to_come(meeting)
    before = {"day": str(fresh.day), "begins": str(fresh.begins or ""), "place": fresh.place}
    fresh.day, fresh.begins, fresh.place, fresh.agenda = day, begins, place, agenda
    fresh.save(update_fields=["day", "begins", "place", "agenda"])
    after = {"day": str(day), "begins": str(begins or ""), "place": place}
    record(by=by.label, verb="changed", target="network meeting", target_id=fresh.pk, before=before, after=after)


@transaction.atomic
def call_off(*, by: User, meeting: Meeting, because: str) -> None:
    fresh = _to_come(meeting)
    fresh.called_off = because
    fresh.save(update_fields=["called_off"])
    record(by=by.label, verb="called off", target="network meeting", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def minute(*, by: User, meeting: Meeting, present: Iterable[int], text: str, began_from: int) -> None:
    """Who came and what was said: a version. Raises H-DESK-02 where somebody saved another since `began_from`."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if fresh.agreed or fresh.called_off:
        raise HeadwayError("H-DESK-01", "These minutes are not changed any more.", remedy="Add a correction to agreed minutes instead.")
    newest = minutes_of(fresh)
    if (newest.pk if newest else 0) != began_from:
        raise HeadwayError(
            "H-DESK-02", "Somebody else saved these minutes while you were writing.", "Both texts are kept.",
            "Read theirs on the meeting’s page, take over what belongs in, and save again.",
        )  # fmt: skip
    fresh.held, fresh.present = True, sorted(set(present))
    fresh.save(update_fields=["held", "present"])
    if newest is None or newest.text != text:
        Minute.objects.create(meeting=fresh, text=text, by=by.label)
    record(by=by.label, verb="minuted", target="network meeting", target_id=fresh.pk, after={"present": fresh.present})


@transaction.atomic
def agree_minutes(*, by: User, meeting: Meeting) -> None:
    """The network agreed to its minutes: from now on they stand."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not fresh.held or fresh.agreed or minutes_of(fresh) is None:
        raise HeadwayError("H-DESK-01", "There are no minutes to be agreed.", "They are agreed once, after they were written.")
    fresh.agreed = now()
    fresh.save(update_fields=["agreed"])
    record(by=by.label, verb="agreed minutes of", target="network meeting", target_id=fresh.pk)


@transaction.atomic
def correct(*, by: User, meeting: Meeting, text: str) -> None:
    """A correction to minutes that were agreed: a new entry, beside what it corrects."""
    if meeting.agreed is None:
        raise HeadwayError("H-DESK-01", "These minutes are not agreed yet.", remedy="Change the minutes themselves.")
    Minute.objects.create(meeting=meeting, text=text, correction=True, by=by.label)
    record(by=by.label, verb="corrected", target="network meeting", target_id=meeting.pk)


@transaction.atomic
def promise(
    *, by: User, network: Network, what: str, due: date, school: Establishment | None, meeting: Meeting | None = None,
    review: Review | None = None,
) -> Promise:  # fmt: skip
    """Something promised, by a school or by the convenor."""
    made = Promise.objects.create(
        network=_open(network), what=what, due=due, school=school, meeting=meeting, review=review, made_by=by.label
    )  # fmt: skip
    told = {"network": network.pk, "due": str(due), "urn": school.pk if school else None}
    record(by=by.label, verb="promised", target="network promise", target_id=made.pk, after=told)
    return made


@transaction.atomic
def keep_promise(*, by: User, promise: Promise, outcome: str) -> None:
    """Close it with what came of it; once."""
    if Promise.objects.filter(pk=promise.pk, closed=None).update(closed=now(), closed_by=by.label, outcome=outcome):
        record(by=by.label, verb="closed", target="network promise", target_id=promise.pk)


@transaction.atomic
def share(*, by: User, network: Network, document: Document, meeting: Meeting | None) -> Paper:
    """Share a document that was kept."""
    made = Paper.objects.create(network=_open(network), document=document, meeting=meeting, made_by=by.label)
    record(by=by.label, verb="shared", target="network paper", target_id=made.pk, after={"network": network.pk, "document": document.pk})
    return made


@transaction.atomic
def take_down(*, by: User, paper: Paper) -> None:
    """Off the network's page; the document stays as long as its rule says."""
    if Paper.objects.filter(pk=paper.pk, taken_down=None).update(taken_down=now()):
        record(by=by.label, verb="took down", target="network paper", target_id=paper.pk)


def _open(network: Network) -> Network:
    """The network, locked. Raises H-DESK-01 where it is closed."""
    fresh = Network.objects.select_for_update().get(pk=network.pk)
    if fresh.closed:
        raise HeadwayError("H-DESK-01", f"{fresh.name} is closed.", "Nothing is added to what is closed.", "Open it again first.")
    return fresh


def _to_come(meeting: Meeting) -> Meeting:
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if fresh.held or fresh.called_off:
        raise HeadwayError("H-DESK-01", "This meeting was held or called off.", "It is not changed any more.")
    return fresh


def _told(network: Network) -> dict[str, object]:
    return {"name": network.name, "kind": network.kind, "purpose": network.purpose, "convenor": network.convenor_id}
