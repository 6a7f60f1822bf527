"""Read engagements, the register and its flags: what a person may see of them, and where each step stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from headway.definitions.loading import Library
from headway.definitions.workflows import Rung
from headway.definitions.workflows import Step as Defined
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.accounts.sealing import opened
from headway.desk.engagements import rules
from headway.desk.engagements.models import (
    Allocation,
    Concern,
    Engagement,
    Entry,
    LadderAction,
    Note,
    NoteDraft,
    State,
    Step,
    Watch,
)  # fmt: skip
from headway.readings.calendar import days_after

NOTE, DETAILS, DRAFT = "engagement note", "concern", "engagement draft"
LIVE = (State.OPEN, State.PAUSED)


def whole() -> "QuerySet[Engagement]":
    """Every engagement with what its steps and its line in a list need."""
    return Engagement.objects.select_related("school").prefetch_related(
        "aims", "directions", "turns", "checks__person", "followings",
        Prefetch("allocations", Allocation.objects.select_related("adviser")),
        Prefetch("steps", Step.objects.prefetch_related("entries")),
    )  # fmt: skip


def engagements_for(user: User) -> "QuerySet[Engagement]":
    """Those of the schools that a person works with."""
    patch = patch_of(user)
    return whole() if patch is None else whole().filter(school_id__in=patch)


def engagement_for(user: User, pk: int) -> Engagement | None:
    return engagements_for(user).filter(pk=pk).first() if may(user, Permission.SEE_ENGAGEMENTS) else None


def live_of(urn: int) -> "QuerySet[Engagement]":
    return Engagement.objects.filter(school_id=urn, state__in=LIVE)


def adviser_of(engagement: Engagement) -> Allocation | None:
    """Who is its adviser now."""
    return next((one for one in engagement.allocations.all() if one.until is None), None)


def course_of(engagement: Engagement) -> rules.Course:
    """What was entered of each step, and since when each fact holds."""
    entered = {}
    for step in engagement.steps.all():
        entries = list(step.entries.all())
        if entries:
            newest: Entry = entries[-1]
            entered[step.key] = rules.Entered(newest.done, newest.not_needed, newest.choice, tuple(newest.ticks))
    facts: dict[str, date] = {}
    aims, allocations = list(engagement.aims.all()), list(engagement.allocations.all())
    clear = [one for one in engagement.checks.all() if one.clear]
    if aims:
        facts["point_written"] = engagement.entered  # the first is written at entry
    if clear:
        facts["conflict_checked"] = clear[0].day
    if any(one.until is None for one in allocations):
        facts["adviser_allocated"] = allocations[0].since
    return rules.Course(entered, facts)


def defined(engagement: Engagement) -> dict[str, Defined]:
    """The steps as they were when the engagement was entered, by id."""
    return {step.key: Defined.model_validate(step.definition) for step in engagement.steps.all()}


@dataclass(frozen=True)
class StepLine:
    """One step as its line shows it."""

    step: Defined
    status: str
    waits_for: tuple[str, ...]  # titles
    done: date | None
    due: date | None
    late: bool
    choice: str
    ticks: tuple[str, ...]
    newest: Entry | None


def lines_of(engagement: Engagement, library: Library, today: date) -> list[StepLine]:
    """Every step with its status, and by when it is wanted. Nothing is late in work that is paused, stopped or closed."""
    steps, course = defined(engagement), course_of(engagement)
    newest = {step.key: list(step.entries.all())[-1:] for step in engagement.steps.all()}
    found = []
    for name, step in steps.items():
        status = rules.status(step, steps, course)
        by = rules.due(step.clock, steps, course, engagement.entered, lambda day, count, unit: days_after(day, count, unit, library))
        late = by is not None and by < today and status not in rules.OVER and not rules.frozen(engagement.state)
        own = course.entered.get(name, rules.Entered())
        choice = next((one.title for one in step.choices if one.id == own.choice), own.choice)
        waits = tuple(steps[one].title for one in rules.waits_for(step, steps, course)) if status == rules.CANNOT_START else ()
        ticked = tuple(one.title for one in step.ticks if one.id in own.ticks)
        found.append(
            StepLine(step, status, waits, rules.day_of(name, steps, course), by, late, choice, ticked, (newest[name] or [None])[0])
        )
    return found


def notes_of(engagement: Engagement, restricted: bool) -> list[tuple[Note, str, int]]:
    """(note, its newest text, how many versions), newest first. Restricted ones only for who may read them."""
    found = []
    for note in engagement.notes.prefetch_related("versions"):
        if note.restricted and not restricted:
            continue
        versions = list(note.versions.all())
        found.append((note, text_of(note, versions[-1].text), len(versions)))
    return found


def text_of(note: Note, text: str) -> str:
    return opened(text, NOTE) if note.restricted else text


def draft_of(engagement: Engagement, user: User, of: str) -> NoteDraft | None:
    """What somebody was writing: theirs alone, also before who looks as them."""
    return None if user.looked_at_by else NoteDraft.objects.filter(engagement=engagement, author=user, of=of).first()


def concerns_for(user: User) -> "QuerySet[Concern]":
    found, patch = Concern.objects.select_related("school", "engagement"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def details_of(concern: Concern) -> str:
    """What was written in confidence. Ask only for who may read it."""
    return opened(concern.details, DETAILS) if concern.details else ""


def flagged(user: User, today: date) -> dict[int, int]:
    """URN → entries within a year, of the schools with so many that they are flagged."""
    raised: dict[int, list[tuple[date, bool | None]]] = {}
    for urn, day, upheld in concerns_for(user).filter(raised__gt=today - rules.REGISTER_YEAR).values_list("school_id", "raised", "upheld"):
        raised.setdefault(urn, []).append((day, upheld))
    return {urn: sum(upheld is not False for _, upheld in of) for urn, of in raised.items() if rules.flagged(of, today)}


def watched(user: User) -> frozenset[int]:
    return frozenset(Watch.objects.filter(person=user).values_list("engagement_id", flat=True))


def taken(engagement: Engagement) -> list[rules.Taken]:
    return [rules.Taken(one.rung, one.standing, one.outcome, one.issued) for one in LadderAction.objects.filter(engagement=engagement)]


def rung_of(action: LadderAction) -> Rung:
    """The rung as the library had it when the action was prepared."""
    return Rung.model_validate(action.definition)


def led_by(user: User) -> "QuerySet[Engagement]":
    """The live engagements whose adviser a person is now."""
    return Engagement.objects.filter(state__in=LIVE, allocations__adviser=user, allocations__until=None).select_related("school")


def without_adviser(found: Iterable[Engagement]) -> list[Engagement]:
    """Live ones whose adviser has left: nobody is named, or the account is closed."""
    return [
        one for one in found
        if one.state in LIVE and ((now := adviser_of(one)) is None or not now.adviser.is_active)
    ]  # fmt: skip
