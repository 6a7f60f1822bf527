"""Read the register: who is kept apart from which school, what a person declared, who has not declared for a year."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.accounts.sealing import opened
from headway.desk.interests.models import Interest

SEALED = "interest"
DECLARED_FOR = timedelta(365)  # interests are declared once a year, and whenever something changes


def in_force(day: date) -> "QuerySet[Interest]":
    return Interest.objects.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day)).select_related("school", "person")


def apart(day: date) -> "QuerySet[Interest]":
    """The pairs that are kept apart on a day."""
    return in_force(day).filter(apart=True)


def kept_from(urn: int, day: date) -> "QuerySet[Interest]":
    """Who is kept apart from a school, each with their declaration."""
    return apart(day).filter(school_id=urn)


def is_kept_from(person: User, urns: Iterable[int], day: date) -> list[str]:
    """The names of those of these schools from which a person is kept apart."""
    return sorted({one.school.name for one in apart(day).filter(person=person, school_id__in=list(urns))})


def declared(person: User, urn: int, day: date) -> list[Interest]:
    """What a person has declared of a school and of schools in general, and that holds."""
    return list(in_force(day).filter(Q(school_id=urn) | Q(school=None), person=person))


def of(person: User) -> "QuerySet[Interest]":
    """Every declaration of a person, the newest first."""
    return Interest.objects.filter(person=person).select_related("school")


def may_read(user: User, one: Interest) -> bool:
    """What an interest is: for the person, for whoever plans the team's work or names the advisers of engagements."""
    return user.pk == one.person_id or bool(may(user, Permission.PLAN_SUPPORT)) or bool(may(user, Permission.LEAD_ENGAGEMENTS))


def what_of(one: Interest) -> str:
    """What it is, opened: ask only for who may read it. Empty where that was left out, or nothing was declared."""
    return opened(one.sealed, SEALED) if one.sealed else ""


def people() -> list[User]:
    """Those whose interests matter: who works with schools."""
    return [one for one in User.objects.filter(is_active=True) if may(one, Permission.WRITE_SUPPORT)]


def last_declared(day: date) -> dict[int, date]:
    """Person → when they declared last."""
    found: dict[int, date] = {}
    for pk, since in Interest.objects.filter(since__lte=day).order_by("since").values_list("person_id", "since"):
        found[pk] = since
    return found
