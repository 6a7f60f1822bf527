"""What changes about groups. Each in one transaction with its audit event."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.establishments.staying import change
from headway.desk.groups.models import Group, Membership
from headway.desk.groups.queries import members
from headway.vocabulary.clock import now


@transaction.atomic
def make(*, by: str, owner: User, name: str, purpose: str, shared: bool, urns: Iterable[int], since: date) -> Group:
    """A new group with its first members."""
    group = Group.objects.create(owner=owner, name=name, purpose=purpose, shared=shared)
    Membership.objects.bulk_create([Membership(group=group, urn=urn, since=since) for urn in sorted(set(urns))])
    record(by=by, verb="made", target="group", target_id=group.pk, after={**_told(group), "urns": sorted(set(urns)), "since": str(since)})
    return group


@transaction.atomic
def describe(*, by: str, group: Group, name: str, purpose: str, shared: bool) -> None:
    """Give a group another name, purpose or readership. Writes nothing where nothing changes."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    before = _told(group)
    group.name, group.purpose, group.shared = name, purpose, shared
    if _told(group) != before:
        group.save(update_fields=["name", "purpose", "shared"])
        record(by=by, verb="changed", target="group", target_id=group.pk, before=before, after=_told(group))


@transaction.atomic
def set_members(*, by: str, group: Group, urns: Iterable[int], since: date) -> None:
    """Make these schools the members from a day on. Who was in before stays in the history, unless they came in that very day."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    what = change(members(group, since), urns)
    leaving = Membership.objects.filter(group=group, urn__in=what.left, until=None)
    leaving.filter(since=since).delete()
    leaving.update(until=since)
    back = Membership.objects.filter(group=group, urn__in=what.joined, until=since)  # out and in again on one day: never out
    returned = set(back.values_list("urn", flat=True))
    back.update(until=None)
    Membership.objects.bulk_create([Membership(group=group, urn=urn, since=since) for urn in what.joined if urn not in returned])
    if what.joined or what.left:
        told = {"joined": list(what.joined), "left": list(what.left), "since": str(since)}
        record(by=by, verb="changed members of", target="group", target_id=group.pk, after=told)


@transaction.atomic
def set_open(*, by: str, group: Group, is_open: bool) -> None:
    """Close a group, which takes it off the lists, or open it again."""
    Group.objects.filter(pk=group.pk).update(closed=None if is_open else now())
    record(by=by, verb="opened again" if is_open else "closed", target="group", target_id=group.pk)


def _told(group: Group) -> dict[str, object]:
    return {"name": group.name, "purpose": group.purpose, "shared": group.shared}
