"""What each kind of row becomes, through the actions of its own noun; and how that is taken back. Nothing is deleted: it ends."""

from collections.abc import Callable, Mapping
from typing import Any

from headway.desk.accounts.models import User
from headway.desk.contacts import actions as contacts
from headway.desk.contacts.models import Contact
from headway.desk.day_one.models import Category
from headway.desk.entitlements import actions as entitlements
from headway.desk.entitlements.models import Named
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.visits import actions as visits
from headway.desk.visits.models import FollowUp, State, Visit
from headway.desk.visits.pages import kind_of, weighs
from headway.vocabulary.clock import now, today

Values = Mapping[str, Any]


def _school(values: Values) -> Establishment:
    return Establishment.objects.get(pk=values["school"])


def category(by: User, values: Values) -> int:
    """The one before, of another sheet, is left: the newest counts."""
    return int(Category.objects.create(school=_school(values), category=values["category"], since=values["since"], by=by.label).pk)


def adviser(by: User, values: Values) -> int:
    """Who is named for the school from a day on; 0 where they were named already."""
    school, who = _school(values), User.objects.get(pk=values["adviser"])
    if Named.objects.filter(school=school, until=None, adviser=who).exists():
        return 0
    made = entitlements.name(by=by, school=school, adviser=who, since=values["since"] or today(), because="Brought in with a spreadsheet")
    return int(made.pk) if made else 0


def visit(by: User, values: Values) -> int:
    """One that was made is kept as done, one to come is booked; either counts for what the school is owed, from the first day on."""
    who, school, door = User.objects.get(pk=values["adviser"]), _school(values), the_door()
    kind = kind_of(door, values["kind"] or "other_visit")
    given = {"kind": kind.id, "day": values["day"], "purpose": values["purpose"] or ""}
    return int(visits.bring_in(by=by, school=school, adviser=who, weighs=weighs(door, school, kind, values["day"]), **given).pk)


def action(by: User, values: Values) -> int:
    made = visits.promise(by=by, school=_school(values), what=values["what"], owner=values["owner"], due=values["due"])
    if values["outcome"]:
        visits.close(by=by, follow_up=made, outcome=values["outcome"])
    return int(made.pk)


def contact(by: User, values: Values) -> int:
    given = {name: values[name] or "" for name in ("post", "name", "email", "phone")}
    return int(contacts.add(by=by, school=_school(values), place=values["place"] or "other", **given).pk)


def no_category(number: int, by: User, why: str) -> str:
    Category.objects.filter(pk=number, taken_back=None).update(taken_back=now())
    return ""


def no_adviser(number: int, by: User, why: str) -> str:
    """Whoever was named before is named again; somebody named since stays."""
    one = Named.objects.filter(pk=number).select_related("school").first()
    if one is None:
        return ""
    if one.until is not None:
        return f"somebody else is named for {one.school.name}"
    before = Named.objects.filter(school=one.school, pk__lt=one.pk, until=one.since).order_by("-pk").first()
    entitlements.name(by=by, school=one.school, adviser=before.adviser if before else None, since=today(), because=why)
    return ""


def no_visit(number: int, by: User, why: str) -> str:
    """One that has a note, a follow-up or a call since is somebody's work."""
    found = Visit.objects.get(pk=number)
    if found.passages.exists() or found.follow_ups.exists() or found.calls.exists() or found.state not in (State.BOOKED, State.HELD):
        return f"the visit of {found.day.day} {found.day:%B %Y}"
    visits.take_out(by=by, visit=found, because=why)
    return ""


def no_action(number: int, by: User, why: str) -> str:
    visits.close(by=by, follow_up=FollowUp.objects.get(pk=number), outcome=why)
    return ""


def no_contact(number: int, by: User, why: str) -> str:
    contacts.end(by=by, contact=Contact.objects.get(pk=number), because=why)
    return ""


MAKES: dict[str, Callable[[User, Values], int]] = {
    "categories": category,
    "advisers": adviser,
    "visits": visit,
    "actions": action,
    "contacts": contact,
}
TAKES_BACK: dict[str, Callable[..., str]] = {
    "categories": no_category, "advisers": no_adviser, "visits": no_visit, "actions": no_action, "contacts": no_contact,
}  # fmt: skip
