"""What changes about plans and their reviews. Each in one transaction with its audit event."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.engagements.models import Engagement
from headway.desk.establishments.models import Establishment
from headway.desk.plans import rules
from headway.desk.plans.models import Action, Objective, Plan, Point, Progress, Review
from headway.desk.plans.standing import live
from headway.desk.tiers import deciding
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


def begin(
    *, by: User, school: Establishment, engagement: Engagement | None, title: str, programme_tier: int | None, begins: date, ends: date
) -> Plan:
    """Open a plan. Raises H-DESK-77 where the school has one that is open."""
    try:
        with transaction.atomic():
            made = Plan.objects.create(
                school=school, engagement=engagement, title=title, programme_tier=programme_tier, begins=begins, ends=ends, by=by.label
            )
            after = {"urn": school.pk, "begins": str(begins), "ends": str(ends), "programme_tier": programme_tier}
            record(by=by.label, verb="began", target="plan", target_id=made.pk, after=after)
    except IntegrityError as fault:
        raise HeadwayError(
            "H-DESK-77", "The school has a plan that is open.", "There is one at a time, so that everybody works to the same.",
            "Go on with that one, or close it with its reason.",
        ) from fault  # fmt: skip
    return made


@transaction.atomic
def close(*, by: User, plan: Plan, because: str) -> None:
    """Close a plan with its reason; one that is closed stays as it is."""
    if Plan.objects.filter(pk=plan.pk, closed=None).update(closed=today(), closed_because=because):
        record(by=by.label, verb="closed", target="plan", target_id=plan.pk)


@transaction.atomic
def aim_at(
    *, by: User, plan: Plan, area: str, title: str, success: str, measure: str = "", start: float | None = None, aim: float | None = None,
    terms: Sequence[tuple[str, date]] = (),
) -> Objective:  # fmt: skip
    """An objective; bound to a measure it gets a path, a point for the end of each term."""
    fresh = live(plan)
    made = Objective.objects.create(plan=fresh, area=area, title=title, success=success, measure=measure, start=start, aim=aim, by=by.label)
    if measure and start is not None and aim is not None and terms:
        values = rules.path(start, aim, [day for _, day in terms])
        Point.objects.bulk_create(
            Point(objective=made, term=name, due=day, value=value) for (name, day), value in zip(terms, values, strict=True)
        )
    record(by=by.label, verb="added", target="objective", target_id=made.pk, after={"area": area, "measure": measure})
    return made


@transaction.atomic
def draw_path(*, by: User, objective: Objective, values: Mapping[int, float]) -> None:
    """Other points of a path than even steps. `values`: the number of a point → where the measure is to be."""
    live(objective.plan)
    before = {str(one.due): one.value for one in objective.points.all()}
    for one in objective.points.all():
        if one.pk in values and values[one.pk] != one.value:
            one.value = values[one.pk]
            one.save(update_fields=["value"])
    after = {str(one.due): one.value for one in objective.points.all()}
    if after != before:
        record(by=by.label, verb="drew", target="path", target_id=objective.pk, before=before, after=after)


@transaction.atomic
def withdraw(*, by: User, objective: Objective, because: str) -> None:
    """Take an objective out of the plan, with the reason; its reviews stay."""
    live(objective.plan)
    if Objective.objects.filter(pk=objective.pk, withdrawn=None).update(withdrawn=today(), withdrawn_because=because):
        record(by=by.label, verb="withdrew", target="objective", target_id=objective.pk)


@transaction.atomic
def promise(*, by: User, objective: Objective, what: str, owner: str, due: date) -> Action:
    live(objective.plan)
    made = Action.objects.create(objective=objective, what=what, owner=owner, due=due, by=by.label)
    record(by=by.label, verb="promised", target="plan action", target_id=made.pk, after={"owner": owner, "due": str(due)})
    return made


@transaction.atomic
def finish(*, by: User, action: Action, done: date, evidence: str) -> None:
    """Done on a day, with what shows it. One that is done stays as it is."""
    live(action.objective.plan)
    if Action.objects.filter(pk=action.pk, done=None).update(done=done, evidence=evidence, done_by=by.label):
        record(by=by.label, verb="finished", target="plan action", target_id=action.pk, after={"done": str(done)})


@transaction.atomic
def review(
    *, by: User, plan: Plan, day: date, reviewer: str, overall: str, next_day: date | None, outside_because: str,
    sources: Sequence[str], found: Mapping[int, tuple[str, str]], known: Mapping[int, Mapping[str, Any]],
) -> Review:  # fmt: skip
    """Write a review: each objective's colour with its reason, and the figure that was known. `found`: objective → (colour, reason).

    Raises H-DESK-79 where it is not in order of days, or leaves an objective out: somebody may have written another meanwhile.
    """
    fresh = live(plan)
    newest = fresh.reviews.last()
    said = rules.faults_of_review(day, newest.day if newest else None, fresh.begins, today())
    standing = {one.pk: one for one in fresh.objectives.filter(withdrawn=None)}
    if found.keys() != standing.keys():
        said.append("Every objective of the plan gets its colour and its reason; somebody may have added or withdrawn one.")
    if said:
        raise HeadwayError("H-DESK-79", "The review cannot be kept like this.", " ".join(said))
    made = Review.objects.create(
        plan=fresh, day=day, reviewer=reviewer, overall=overall, next_day=next_day, outside_because=outside_because, by=by.label
    )
    Progress.objects.bulk_create(
        Progress(review=made, objective=standing[number], rag=rag, narrative=narrative, known=dict(known.get(number, {})))
        for number, (rag, narrative) in found.items()
    )
    colours = [rag for rag, _ in found.values()]
    deciding.review(  # its one word, by which the rule of the tier says when support may become lighter
        by=by, school=fresh.school, day=day, colour=rules.overall(colours), sources=list(sources),
        line=overall[:400] or f"Review of the plan: {', '.join(colours)}", once=f"plan-review-{made.pk}",
    )  # fmt: skip
    after = {"day": str(day), "colours": colours, "next": str(next_day or "")}
    record(by=by.label, verb="reviewed", target="plan", target_id=fresh.pk, after=after)
    return made
