"""The pages of plans: one plan with its objectives and reviews, what is written into it, and what is out of order anywhere."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.engagements.queries import live_of
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.plans import actions, giving, pages, queries, rules
from headway.desk.plans.forms import ActionForm, BecauseForm, FinishForm, ObjectiveForm, PathForm, PlanForm, ReviewForm
from headway.desk.plans.models import Action, Objective, Owner, Plan
from headway.readings.calendar import term_ends
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

P = Permission


def plan_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_SUPPORT) -> Plan:
    found = queries.plan_for(request.user, pk)
    if found is None or not may(request.user, permission, found.school_id):
        raise Http404
    return found


def objective_or_404(request: HttpRequest, pk: int) -> tuple[Plan, Objective]:
    found = Objective.objects.filter(pk=pk, withdrawn=None).first()
    if found is None:
        raise Http404
    return plan_or_404(request, found.plan_id, P.WRITE_ENGAGEMENTS), found


form_page = partial(form_on, "plans/form.html")


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """The plans and boards of a school, the newest first."""
    school, day = school_or_404(request, urn, P.SEE_SUPPORT), clock.today()
    told: dict[str, Any] = {
        "school": school, "plans": list(queries.plans_for(request.user).filter(school_id=urn)), "today": day,
        "boards": list(queries.boards_for(request.user).filter(school_id=urn)), "writes": bool(may(request.user, P.WRITE_ENGAGEMENTS, urn)),
        "leads": bool(may(request.user, P.LEAD_ENGAGEMENTS, urn)),
    }  # fmt: skip
    return framed(request, the_door(), f"Plans: {school.name}", body("of_school.html", "plans", **told))


@needs(P.SEE_SUPPORT)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    one, door, user = plan_or_404(request, pk), the_door(), request.user
    told: dict[str, Any] = {
        "shown": pages.shown(door, one, viewer_of(request), clock.today()), "today": clock.today(), "means": rules.MEANS,
        "writes": bool(may(user, P.WRITE_ENGAGEMENTS, one.school_id)), "answers": bool(may(user, P.ANSWER_FOR_SCHOOL, one.school_id)),
        "brokers": bool(may(user, P.BROKER, one.school_id)),
        "theirs": (Owner.SCHOOL, Owner.GOVERNORS),
    }  # fmt: skip
    return framed(request, door, str(one), body("plan.html", "plans", **told))


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, urn: int) -> HttpResponse:
    school = school_or_404(request, urn, P.WRITE_ENGAGEMENTS)
    form = PlanForm(request.POST or None, initial={"begins": clock.today(), "title": "Improvement plan"})
    made: list[Plan] = []
    if form.is_valid() and tried(request, form, lambda: made.append(
        giving.begin(by=request.user, door=the_door(), school=school, engagement=live_of(urn).first(), **form.cleaned_data)
    ), "The plan is open. Now its objectives."):  # fmt: skip
        return redirect("plans:plan", pk=made[0].pk)
    return form_page(request, form, f"A plan for {school.name}", "Open the plan", school=school)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def add_objective(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = plan_or_404(request, pk, P.WRITE_ENGAGEMENTS), the_door()
    lines = pages.lines_of(door, one.school_id, PUBLIC)  # a plan is read by all who work with the school: no early figure is put into it
    form = ObjectiveForm(request.POST or None, measures=pages.measures(lines))
    if form.is_valid():
        terms = term_ends(max(one.begins, clock.today()), one.ends, door.library) if form.cleaned_data["measure"] else []
        if tried(request, form, lambda: actions.aim_at(by=request.user, plan=one, terms=terms, **form.cleaned_data), "It is in the plan."):
            return redirect("plans:plan", pk=pk)
    return form_page(request, form, "An objective", "Put it into the plan", plan=one, lines=[
        (line.own.measure.title, line.own.latest) for line in lines.values() if line.own.latest and line.own.latest.value is not None
    ])  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def draw_path(request: HttpRequest, pk: int) -> HttpResponse:
    one, objective = objective_or_404(request, pk)
    form = PathForm(request.POST or None, points=list(objective.points.all()))
    if form.is_valid() and tried(
        request, form, lambda: actions.draw_path(by=request.user, objective=objective, values=form.values), "Drawn."
    ):
        return redirect("plans:plan", pk=one.pk)
    return form_page(request, form, f"The path: {objective.title}", "Save the path", plan=one)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one, objective = objective_or_404(request, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid() and tried(
        request, form, lambda: actions.withdraw(by=request.user, objective=objective, because=form.cleaned_data["because"]), "Taken out."
    ):
        return redirect("plans:plan", pk=one.pk)
    return form_page(request, form, f"Take out: {objective.title}", "Take it out", plan=one)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    one, objective = objective_or_404(request, pk)
    form = ActionForm(request.POST or None, initial={"owner": Owner.SCHOOL}, begins=one.begins)
    if form.is_valid() and tried(
        request, form, lambda: actions.promise(by=request.user, objective=objective, **form.cleaned_data), "The action is in the plan."
    ):
        return redirect("plans:plan", pk=one.pk)
    return form_page(request, form, f"An action for: {objective.title}", "Put it into the plan", plan=one)


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The council's people finish any; a head what the school or its governors do."""
    found = queries.actions_for(request.user).filter(pk=pk, done=None).first()
    if found is None or not _may_finish(request, found):
        raise Http404
    form = FinishForm(request.POST or None, initial={"done": clock.today()})
    if form.is_valid() and tried(
        request, form, lambda: actions.finish(by=request.user, action=found, **form.cleaned_data), "Done, with what shows it."
    ):
        return redirect("plans:plan", pk=found.objective.plan_id)
    return form_page(request, form, f"Done: {found.what}", "Keep it", plan=found.objective.plan)


def _may_finish(request: HttpRequest, found: Action) -> bool:
    urn = found.objective.plan.school_id
    if may(request.user, P.WRITE_ENGAGEMENTS, urn):
        return True
    return found.owner in (Owner.SCHOOL, Owner.GOVERNORS) and bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn))


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A review: every objective, a colour with its reason; the colours' meaning stands beside."""
    one, door = plan_or_404(request, pk, P.WRITE_ENGAGEMENTS), the_door()
    newest = one.reviews.last()
    form = ReviewForm(
        request.POST or None, initial={"day": clock.today(), "reviewer": str(request.user)}, plan=one, objectives=one.standing,
        before=newest.day if newest else None, weeks=queries.weeks_between_reviews(one, door.library),
        school_days=queries.school_days(door.library),
    )  # fmt: skip
    if not one.standing:
        messages.error(request, "Write the objectives first: a review looks at each of them.")
        return redirect("plans:plan", pk=pk)
    if form.is_valid():
        known = pages.known(pages.lines_of(door, one.school_id, PUBLIC), one.standing, door.snapshot)
        if tried(request, form, lambda: actions.review(by=request.user, plan=one, found=form.found, known=known, **form.written),
                 "The review is kept. Head and governors can read it."):  # fmt: skip
            return redirect("plans:plan", pk=pk)
    return form_page(request, form, "Review the plan", "Keep the review", plan=one, means=rules.MEANS)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    one = plan_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    form = BecauseForm(request.POST or None)
    if form.is_valid() and tried(
        request, form, lambda: actions.close(by=request.user, plan=one, because=form.cleaned_data["because"]), "The plan is closed."
    ):
        return redirect("plans:plan", pk=pk)
    return form_page(request, form, "Close the plan", "Close it", plan=one)


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def out_of_order(request: HttpRequest) -> HttpResponse:
    """Days that cannot both be right, or that were promised and passed: listed, never silently accepted."""
    found = queries.breaches(request.user, the_door().library, clock.today())
    return framed(request, the_door(), "Days out of order", body("out_of_order.html", "plans", found=found,
                                                                          worse=queries.all_worsening(request.user)))  # fmt: skip
