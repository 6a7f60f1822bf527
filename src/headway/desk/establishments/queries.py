"""Read the projection of establishments."""

from django.db.models import QuerySet

from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.establishments.models import Establishment


def find(urn: int) -> Establishment | None:
    return Establishment.objects.filter(urn=urn).first()


def in_patch(user: User) -> "QuerySet[Establishment]":
    """The schools that a person works with: the whole area, or those of their patch."""
    urns = patch_of(user)
    schools = Establishment.objects.filter(listed=True)
    return schools if urns is None else schools.filter(urn__in=urns)


def open_schools() -> list[tuple[str, str]]:
    """(URN, name and URN) of every school that is open, for a list to choose from; the first is none."""
    found = Establishment.objects.filter(listed=True, status="open")
    return [("", "Choose a school"), *((str(one.pk), str(one)) for one in found)]


PAST = ("predecessor", "merged")  # the kinds of link to a school that became part of this one


def before_it(school: Establishment) -> list[int]:
    """The URNs of the schools that became this one, the nearest first, through all conversions and mergers."""
    found: list[int] = []
    waiting = [school]
    while waiting:
        urns = [link["urn"] for one in waiting for link in one.links if link.get("kind") in PAST and link["urn"] not in (*found, school.pk)]
        found += dict.fromkeys(urns)
        waiting = list(Establishment.objects.filter(pk__in=urns))
    return found


def synced_snapshot() -> str:
    """The snapshot the projection was last refreshed from; empty before the first time."""
    return Establishment.objects.filter(listed=True).values_list("snapshot", flat=True).first() or ""


def named(user: User, text: str, permission: Permission) -> list[Establishment]:
    """The schools that a person may do something to, by URN or by enough of the name. Another's is as one that does not exist."""
    text = text.strip()
    urn = number_in(text)
    found = Establishment.objects.filter(name__icontains=text, status="open") if urn is None else Establishment.objects.filter(pk=urn)
    return [one for one in found[:200] if may(user, permission, one.pk)]
