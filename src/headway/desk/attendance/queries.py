"""Read what people did about attendance; of a person's own schools only."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of
from headway.desk.accounts.sealing import opened, seal
from headway.desk.attendance import rules
from headway.desk.attendance.models import (
    Cleared,
    Consideration,
    Entry,
    Lead,
    Meeting,
    MeetingState,
    Missing,
    Notice,
    Official,
    Period,
    Plan,
    Return,
    RightAsked,
    RightKind,
    Shared,
    SharedPupil,
    Shock,
    Step,
)
from headway.desk.establishments.models import Establishment

SEALED = "attendance of a pupil"  # the purpose under which texts are sealed
M = TypeVar("M", bound=Model)
Pupil = tuple[int, str]  # (URN, key)


def mine(user: User, rows: "QuerySet[M]", school: str = "school_id") -> "QuerySet[M]":
    """Those of the schools that a person works with."""
    patch = patch_of(user)
    return rows if patch is None else rows.filter(**{f"{school}__in": patch})


def sealed(text: str) -> str:
    """What a person typed about a pupil, sealed; nothing stays nothing."""
    return seal(text.strip(), SEALED) if text.strip() else ""


def text_of(kept: str) -> str:
    """What was sealed, opened: ask only for who may read it."""
    return opened(kept, SEALED) if kept else ""


def leads(user: User) -> dict[int, Lead]:
    """URN → who leads attendance there, as it was told last."""
    return {one.school_id: one for one in mine(user, Lead.objects.all())}


def official_of(urn: int) -> Official | None:
    return Official.objects.filter(school_id=urn).last()


def meetings_for(user: User) -> "QuerySet[Meeting]":
    return mine(user, Meeting.objects.select_related("school", "officer"))


def plans_for(user: User) -> "QuerySet[Plan]":
    return mine(user, Plan.objects.select_related("school"))


def open_plans(user: User) -> dict[Pupil, Plan]:
    return {(one.school_id, one.pupil): one for one in plans_for(user).filter(ended=None)}


def last_plans(user: User, pupils: Iterable[Pupil]) -> dict[Pupil, Plan]:
    """The newest plan that ended, of those pupils that have none open."""
    wanted = set(pupils)
    found = plans_for(user).filter(ended__isnull=False, pupil__in={key for _, key in wanted}).order_by("ended")
    return {(one.school_id, one.pupil): one for one in found if (one.school_id, one.pupil) in wanted}


def entries_of(plan: Plan) -> list[tuple[Entry, str]]:
    """Each entry of a plan with its text, opened: ask only for who may read it."""
    return [(one, text_of(one.sealed)) for one in plan.entries.all()]


def entries_for(user: User) -> "QuerySet[Entry]":
    return mine(user, Entry.objects.select_related("plan"), "plan__school_id")


def cleared_since(user: User, flag: str, day: date) -> dict[tuple[int, str, str], Cleared]:
    """(URN, pupil, group) → the last honest action since a day."""
    found = mine(user, Cleared.objects.filter(flag=flag, at__date__gte=day))
    return {(one.school_id, one.pupil, one.group): one for one in found}


def considered(user: User) -> dict[tuple[int, str, date], Consideration]:
    """(URN, pupil, day first met) → what was decided last."""
    return {(one.school_id, one.pupil, one.first_met): one for one in mine(user, Consideration.objects.all())}


def notices_for(user: User) -> "QuerySet[Notice]":
    return mine(user, Notice.objects.select_related("school"))


def periods_for(user: User) -> "QuerySet[Period]":
    return mine(user, Period.objects.select_related("school"))


def returns_for(user: User) -> "QuerySet[Return]":
    return mine(user, Return.objects.select_related("school"))


def missing_for(user: User) -> "QuerySet[Missing]":
    return mine(user, Missing.objects.select_related("school", "came_from").prefetch_related("enquiries"))


def reviews_overdue(user: User, today: date) -> int:
    """Records of children missing education or taught at home whose review is overdue."""
    return missing_for(user).filter(closed=None, review_by__lt=today).count()


def steps_for(user: User) -> "QuerySet[Step]":
    return mine(user, Step.objects.select_related("school"))


def shared_for(user: User) -> "QuerySet[Shared]":
    """What went out of the pupils of a person's schools; of a patch only what is of no other school too."""
    patch = patch_of(user)
    found = Shared.objects.prefetch_related("pupils__school")
    if patch is None:
        return found
    elsewhere = SharedPupil.objects.exclude(school_id__in=patch).values("shared_id")
    return found.filter(pupils__school_id__in=patch).exclude(pk__in=elsewhere).distinct()


def shared_of(user: User, urn: int, key: str) -> list[Shared]:
    return list(shared_for(user).filter(pupils__school_id=urn, pupils__pupil=key))


def rights_for(user: User) -> "QuerySet[RightAsked]":
    return mine(user, RightAsked.objects.select_related("school"))


def shocks_of(urn: int | None, first: date, last: date) -> "QuerySet[Shock]":
    """Shocks that touch some days, of one school or (None) of the whole area."""
    found = Shock.objects.filter(archived_because="", begins__lte=last, ends__gte=first)
    return found.filter(whole_area=True) if urn is None else found.filter(Q(whole_area=True) | Q(schools=urn)).distinct()


def last_held(user: User) -> dict[int, Meeting]:
    return {one.school_id: one for one in meetings_for(user).filter(state=MeetingState.HELD).order_by("day", "pk")}


def steps_of(user: User, record: Missing) -> "QuerySet[Step]":
    """Of a record, the oldest first; where the child was on a roll, the pupil's other steps too."""
    found = steps_for(user).order_by("day", "pk")
    return found.filter(Q(record=record) | Q(school_id=record.school_id, pupil=record.pupil))


def rights_of(user: User, record: Missing) -> "QuerySet[RightAsked]":
    return rights_for(user).filter(record=record)


def standing_of(records: Iterable[int]) -> dict[tuple[int, str], date]:
    """(record, kind) → since when an objection or a restriction stands that was granted of it."""
    found = RightAsked.objects.filter(
        record_id__in=list(records), granted=True, lifted=None, kind__in=(RightKind.OBJECT, RightKind.RESTRICT)
    )
    return {(one.record_id, one.kind): one.decided for one in found.order_by("-decided") if one.record_id and one.decided}


def school_named(step: Step) -> str:
    """The school that an order names, in words; nothing where none is named."""
    return str(Establishment.objects.filter(pk=step.names).first() or f"URN {step.names}") if step.names else ""


def tried_of(user: User, record: Missing, titles: Mapping[str, str]) -> list[rules.Tried]:
    """What was done before a step from a record: its enquiries, earlier steps, and what was done for the pupil that the child was."""
    asked = [rules.Tried(one.day, titles.get(one.kind, one.kind)) for one in record.enquiries.all()]
    steps = [rules.Tried(one.day, f"Legal step: {titles.get(one.kind, one.kind)}") for one in steps_of(user, record)]
    known = tried(user, record.school_id, record.pupil) if record.school_id else []
    return sorted(asked + steps + known, key=lambda one: one.day)


def tried(user: User, urn: int, key: str) -> list[rules.Tried]:
    """What is written down of support for a pupil, the oldest first: plans, what was offered, answered and done."""
    found: list[rules.Tried] = []
    for plan in plans_for(user).filter(school_id=urn, pupil=key):
        found.append(rules.Tried(plan.begins, f"{plan.get_kind_display()} begun"))
        found += [rules.Tried(one.day, f"{one.get_kind_display()}, in the plan") for one in plan.entries.all()]
    for one in mine(user, Cleared.objects.filter(school_id=urn, pupil=key)):
        found.append(rules.Tried(one.at.date(), dict(rules.HONEST).get(one.did, one.did)))
    for period in periods_for(user).filter(school_id=urn, pupil=key):
        found.append(rules.Tried(period.begins, f"Notice to Improve until {period.ends.day} {period.ends:%B %Y}"))
    return sorted(found, key=lambda one: one.day)


def week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)
