"""Read plans, reviews and boards: what a person may see, what is due, what is out of order."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.engagements import queries as engagements
from headway.desk.engagements.rules import due as due_of
from headway.desk.engagements.rules import frozen, out_of_order
from headway.desk.establishments.models import Establishment
from headway.desk.plans import rules
from headway.desk.plans.models import Action, Objective, Plan, Progress, ProjectBoard, Review, Sitting
from headway.desk.tiers import queries as tiers
from headway.desk.tiers import rules as rules_of_tiers
from headway.readings.calendar import days_after, holidays, school_days_between
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary.working_days import is_working_day


def school_days(library: Library) -> rules.SchoolDays:
    return lambda first, last: school_days_between(first, last, library)


def plans_for(user: User) -> "QuerySet[Plan]":
    """The plans of the schools that a person works with, or of their own school."""
    reviews = Review.objects.prefetch_related(Prefetch("progress", Progress.objects.select_related("objective")))
    objectives = Objective.objects.filter(withdrawn=None).prefetch_related("points", "actions")
    found = Plan.objects.select_related("school", "engagement").prefetch_related(
        Prefetch("objectives", objectives, to_attr="standing"), Prefetch("reviews", reviews)
    )
    patch = patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def plan_for(user: User, pk: int) -> Plan | None:
    return plans_for(user).filter(pk=pk).first() if may(user, Permission.SEE_SUPPORT) else None


def stands_still(plan: Plan) -> str:
    """Why nothing may be written into a plan; empty when it may: a closed plan, or paused work, keeps what it holds."""
    if plan.closed:
        return "The plan is closed."
    if plan.engagement is not None and frozen(plan.engagement.state):
        return f"The work with the school is {plan.engagement.get_state_display()}."
    return ""


def actions_for(user: User) -> "QuerySet[Action]":
    found, patch = Action.objects.select_related("objective__plan__school", "objective__plan__engagement"), patch_of(user)
    return found if patch is None else found.filter(objective__plan__school_id__in=patch)


def lacks_to_leave(school: Establishment, door: Door, today: date) -> tuple[str, ...] | None:
    """What the school has still to show before its support becomes lighter, by the rule of its tier; empty: nothing. None: no such rule.

    Every review of a plan gives the tier its one word, so that there is one rule and one row of reviews.
    """
    now = tiers.tier_now([school], today).get(school.pk)
    scheme = scheme_named(door)
    rule = scheme.tiers[now.tier].leaving if now and now.tier in scheme.tiers else None
    return None if now is None or rule is None else rules_of_tiers.lacks_to_leave(rule, tiers.reviews_in(now), door.library)


def worsening(plan: Plan) -> list[Objective]:
    """Objectives found amber or red twice in a row."""
    numbers = rules.worsening({each.objective_id: each.rag for each in one.progress.all()} for one in plan.reviews.all())
    return [one for one in plan.standing if one.pk in numbers]


def all_worsening(user: User) -> list[tuple[Plan, list[Objective]]]:
    """The plans that stand, of the schools that a person works with, with the objectives that both last reviews found amber or red."""
    listed = [(plan, worsening(plan)) for plan in plans_for(user).filter(closed=None)]
    return sorted((one for one in listed if one[1]), key=lambda one: (one[0].school.name, one[0].pk))


def weeks_between_reviews(plan: Plan, library: Library) -> tuple[int, int]:
    """The interval of reviews that the tier of the work gives, in school weeks; that of Focus where there is none."""
    tier = plan.engagement.workflow if plan.engagement else "focus"
    for one in library.entitlements.values():
        for line in one.tiers[tier].lines if tier in one.tiers else ():
            if line.kind == "interval" and line.item == "review":
                return line.weeks
    return (6, 12)


def boards_for(user: User) -> "QuerySet[ProjectBoard]":
    sittings = Sitting.objects.prefetch_related("actions")
    found = ProjectBoard.objects.select_related("school").prefetch_related("members", Prefetch("sittings", sittings))
    patch = patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def board_for(user: User, pk: int) -> ProjectBoard | None:
    return boards_for(user).filter(pk=pk).first() if may(user, Permission.SEE_SUPPORT) else None


def before(library: Library) -> Callable[[date, int], date]:
    """So many working days before a day."""
    closed = holidays(library)

    def back(day: date, count: int) -> date:
        while count > 0:
            day -= timedelta(1)
            count -= is_working_day(day, closed)
        return day

    return back


def met(board: ProjectBoard, library: Library) -> list[rules.Met]:
    back = before(library)
    return [rules.Met(one.day, rules.papers_by(one.day, back), one.papers_sent, one.held) for one in board.sittings.all()]


def plan_wanted_by(plan: Plan, library: Library) -> date | None:
    """By when the workflow of the engagement wanted the plan."""
    if plan.engagement is None:
        return None
    found = engagements.whole().get(pk=plan.engagement_id)
    steps, course = engagements.defined(found), engagements.course_of(found)
    step = steps.get("plan_agreed")
    after = lambda day, count, unit: days_after(day, count, unit, library)  # noqa: E731 - a rule wants a function of three
    return due_of(step.clock, steps, course, found.entered, after) if step else None


def days_of(plan: Plan, library: Library) -> rules.Days:
    reviews = list(plan.reviews.all())
    actions = tuple((one.what, one.due, one.done) for objective in plan.standing for one in objective.actions.all())
    return rules.Days(
        plan.begins, plan_wanted_by(plan, library), tuple(one.day for one in reviews), tuple(one.next_day for one in reviews), actions,
        plan.closed,
    )  # fmt: skip


def breaches(user: User, library: Library, today: date) -> list[tuple[str, int, str, list[str]]]:
    """(school, URN, what, what is out of order in it), over engagements, plans and boards."""
    found = []
    for one in engagements.engagements_for(user):
        said = out_of_order(engagements.defined(one), engagements.course_of(one), one.entered)
        found.append((one.school.name, one.school_id, one.title, said))
    for plan in plans_for(user):
        found.append((plan.school.name, plan.school_id, plan.title, rules.breaches_of_plan(days_of(plan, library), today)))
    for board in boards_for(user).filter(closed=None):
        said = rules.breaches_of_board(met(board, library), board.exit_criteria, school_days(library), today)
        found.append((board.school.name, board.school_id, "Project board", said))
    return sorted(one for one in found if one[3])
