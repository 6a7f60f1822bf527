"""What changes about an engagement. Each in one transaction with its audit event; what was written in confidence is in no event."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from headway.definitions.workflows import Workflow
from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.engagements import feeding, rules
from headway.desk.engagements.models import (
    Aim,
    Allocation,
    Check,
    Concern,
    Direction,
    Engagement,
    Entry,
    Following,
    State,
    Step,
    Turn,
    Watch,
)  # fmt: skip
from headway.desk.engagements.queries import DETAILS, LIVE, course_of, defined
from headway.desk.engagements.standing import live, live_twin, taken_already
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


def enter(
    *, by: User, school: Establishment, workflow: Workflow, route: str, day: date, aim: str, point: str, concerns: Collection[Concern] = ()
) -> Engagement:
    """Open an engagement with the steps of its workflow as they stand today. Raises H-DESK-71 where one is open."""
    try:
        with transaction.atomic():
            return _entered(by, school, workflow, route, day, aim, point, concerns)
    except IntegrityError as fault:
        if live_twin(school.pk, workflow.programme):
            raise taken_already() from fault
        raise


def _entered(
    by: User, school: Establishment, workflow: Workflow, route: str, day: date, aim: str, point: str, concerns: Collection[Concern]
) -> Engagement:
    made = Engagement.objects.create(
        school=school, workflow=workflow.id, title=workflow.title, programme=workflow.programme, route=route, entered=day, made_by=by.label
    )
    Aim.objects.create(engagement=made, aim=aim, point=point, by=by.label)
    Step.objects.bulk_create(
        Step(engagement=made, position=position, key=step.id, definition=step.model_dump(mode="json"))
        for position, step in enumerate(step for step in workflow.steps if route in step.routes)
    )
    Concern.objects.filter(pk__in=[one.pk for one in concerns], school=school).update(engagement=made)
    after = {"urn": school.pk, "workflow": workflow.id, "route": route, "entered": str(day), "concerns": len(concerns)}
    record(by=by.label, verb="entered", target="engagement", target_id=made.pk, after=after)
    return made


@transaction.atomic
def turn(*, by: User, engagement: Engagement, to: str, because: str) -> None:
    """Pause, stop, close or go on. Raises H-DESK-01 for a move that is not one, H-DESK-71 where another is open meanwhile."""
    fresh = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-01", f"This is {State(fresh.state).label} and cannot become {State(to).label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    if to in LIVE and live_twin(fresh.school_id, fresh.programme, fresh.pk):
        raise taken_already()
    before, fresh.state = fresh.state, to
    fresh.save(update_fields=["state"])
    Turn.objects.create(engagement=fresh, to=to, because=because, by=by.label)
    record(by=by.label, verb="turned", target="engagement", target_id=fresh.pk, before={"state": before}, after={"state": to})


@transaction.atomic
def aim_anew(*, by: User, engagement: Engagement, aim: str, point: str, because: str) -> None:
    """Another aim or point, with the reason; those before stay."""
    fresh = live(engagement)
    newest = fresh.aims.last()
    if newest is None or (newest.aim, newest.point) != (aim, point):
        Aim.objects.create(engagement=fresh, aim=aim, point=point, because=because, by=by.label)
        record(by=by.label, verb="aimed", target="engagement", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def direct(*, by: User, engagement: Engagement, way: str, rationale: str, day: date | None = None) -> None:
    """Judge the direction, today or as it was judged on a day."""
    Direction.objects.create(engagement=live(engagement), way=way, rationale=rationale, day=day or today(), by=by.label)
    record(by=by.label, verb="judged", target="engagement", target_id=engagement.pk, after={"direction": way})


@transaction.atomic
def write_step(
    *, by: User, engagement: Engagement, key: str, done: date | None, not_needed: bool, choice: str, ticks: Collection[str], text: str,
    seen: int,
) -> None:  # fmt: skip
    """Write an entry of a step. Raises H-DESK-73 where it waits for another or is a fact, H-DESK-02 where somebody wrote since `seen`."""
    fresh = live(engagement)
    row, steps = fresh.steps.get(key=key), defined(fresh)
    status = rules.status(steps[key], steps, course_of(fresh))
    if steps[key].fact is not None or status == rules.CANNOT_START:
        raise HeadwayError("H-DESK-73", "This step cannot be written yet.", "It waits for another, or follows from the engagement itself.")
    newest = row.entries.last()
    if (newest.pk if newest else 0) != seen:
        raise HeadwayError(
            "H-DESK-02", "Somebody else wrote this step while you did.", "Theirs is kept; yours is still in the form.",
            "Compare them below and save again.",
        )  # fmt: skip
    Entry.objects.create(step=row, done=done, not_needed=not_needed, choice=choice, ticks=list(ticks), text=text, by=by.label)
    after = {"step": key, "done": str(done or ""), "not_needed": not_needed, "choice": choice}
    record(by=by.label, verb="wrote", target="step", target_id=row.pk, after=after)


@transaction.atomic
def check(*, by: User, engagement: Engagement, person: User, clear: bool, what: str, day: date | None = None) -> None:
    """Keep what a look for conflicts of interest found, today or on a day."""
    Check.objects.create(engagement=live(engagement), person=person, clear=clear, what=what, day=day or today(), by=by.label)
    record(
        by=by.label, verb="checked", target="conflict of interest", target_id=engagement.pk, after={"person": person.label, "clear": clear}
    )


@transaction.atomic
def allocate(*, by: User, engagement: Engagement, adviser: User, since: date, because: str = "") -> None:
    """Name the adviser; the one before ends the same day. Raises H-DESK-74 unless a check of that person came out clear."""
    fresh = live(engagement)
    newest = fresh.checks.filter(person=adviser).last()
    if newest is None or not newest.clear:
        raise HeadwayError(
            "H-DESK-74", f"{adviser} cannot be the adviser yet.",
            "No check for a conflict of interest is recorded." if newest is None else f"The check found: {newest.what}.",
            "Record the check first, or name somebody else.",
        )  # fmt: skip
    before = fresh.allocations.filter(until=None).first()
    if before is not None and before.adviser_id == adviser.pk:
        return
    if before is not None:
        before.until = max(since, before.since)
        before.save(update_fields=["until"])
    Allocation.objects.create(engagement=fresh, adviser=adviser, since=since, because=because, by=by.label)
    after = {"adviser": adviser.label, "since": str(since)}
    record(by=by.label, verb="allocated", target="engagement", target_id=fresh.pk, after=after)


@transaction.atomic
def follow(*, by: User, engagement: Engagement, school: Establishment, route: str, day: date, because: str) -> None:
    """The engagement goes with the school that follows its own: a conversion or a merger. All it holds stays; the powers change.

    Raises H-DESK-71 where the school that follows has one open of the same programme.
    """
    fresh = live(engagement)
    if live_twin(school.pk, fresh.programme, fresh.pk):
        raise taken_already()
    Following.objects.create(
        engagement=fresh, before=fresh.school, after=school, route_before=fresh.route, route_after=route, day=day, because=because,
        by=by.label,
    )  # fmt: skip
    before = {"urn": fresh.school_id, "route": fresh.route}
    Concern.objects.filter(engagement=fresh, resolved=None).update(school=school)
    fresh.school, fresh.route = school, route
    fresh.save(update_fields=["school", "route"])
    record(by=by.label, verb="followed", target="engagement", target_id=fresh.pk, before=before, after={"urn": school.pk, "route": route})


@transaction.atomic
def raise_concern(
    *, by: User, school: Establishment, kind: str, source: str, summary: str, raised: date, details: str = "",
    engagement: Engagement | None = None,
) -> Concern:  # fmt: skip
    made = Concern.objects.create(
        school=school, engagement=engagement, kind=kind, source=source, summary=summary, raised=raised,
        details=seal(details, DETAILS) if details else "", by=by.label,
    )  # fmt: skip
    record(by=by.label, verb="raised", target="concern", target_id=made.pk, after={"urn": school.pk, "kind": kind})
    return made


@transaction.atomic
def resolve(*, by: User, concern: Concern, upheld: bool, outcome: str) -> None:
    """What became of a concern. One that is resolved already stays as it is."""
    done = Concern.objects.filter(pk=concern.pk, resolved=None).update(
        resolved=today(), upheld=upheld, outcome=outcome, resolved_by=by.label
    )
    if done:
        record(by=by.label, verb="resolved", target="concern", target_id=concern.pk, after={"upheld": upheld})
        feeding.told(by=by, concern=concern, upheld=upheld)


@transaction.atomic
def watch(*, by: User, engagement: Engagement, on: bool) -> None:
    """Put an engagement on one's own list, or take it off. No event: it is one's own."""
    if on:
        Watch.objects.get_or_create(person=by, engagement=engagement)
    else:
        Watch.objects.filter(person=by, engagement=engagement).delete()
