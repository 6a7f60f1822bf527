"""Read groups: a person's own, and those that others share."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from headway.desk.accounts.models import User
from headway.desk.establishments.staying import members_on
from headway.desk.groups.models import Group


def visible_to(user: User) -> "QuerySet[Group]":
    """A person's own groups, closed ones too, and the open ones that others share."""
    return Group.objects.filter(Q(owner=user) | Q(shared=True, closed=None)).select_related("owner").prefetch_related("memberships")


def find(user: User, pk: int) -> Group | None:
    """A group that a person may see. One that was shared and is closed stays to be read by whoever has its address."""
    return Group.objects.filter(Q(owner=user) | Q(shared=True), pk=pk).select_related("owner").first()


def members(group: Group, day: date) -> tuple[int, ...]:
    """The URNs of a group's schools on a day, by URN."""
    return members_on(group.memberships.all(), day)


def newest_change(group: Group) -> date | None:
    """The last day on which a school came in or went out."""
    found = group.memberships.aggregate(into=Max("since"), out=Max("until"))
    return max((day for day in found.values() if day), default=None)


def has_name(user: User, name: str, besides: Group | None = None) -> bool:
    """Whether a person has a group of that name already."""
    return Group.objects.filter(owner=user, name=name).exclude(pk=besides.pk if besides else None).exists()
