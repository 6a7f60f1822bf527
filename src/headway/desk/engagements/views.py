"""The pages of engagements: the list, one with its steps, what is written into it, and what a school sees of its own."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.engagements import actions, pages, queries, replying, rules
from headway.desk.engagements.forms import (
    AimAnewForm,
    AllocateForm,
    BecauseForm,
    CheckForm,
    DirectionForm,
    EnterForm,
    StepForm,
)  # fmt: skip
from headway.desk.engagements.models import Engagement, State
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.interests import queries as interests
from headway.desk.interests.models import Interest
from headway.vocabulary import clock

P = Permission


def engagement_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_ENGAGEMENTS) -> Engagement:
    """An engagement with a school of this person's; another's is as one that does not exist."""
    found = queries.engagement_for(request.user, pk)
    if found is None or not may(request.user, permission, found.school_id):
        raise Http404
    return found


form_page = partial(form_on, "engagements/form.html")


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = engagement_or_404(request, pk), the_door()
    day, user = clock.today(), request.user
    ladder = pages.ladder_of(one, door.library)
    told: dict[str, Any] = {
        "shown": pages.shown(one, door.library, day), "who": pages.WHO, "today": day, "csrf": get_token(request),
        "notes": queries.notes_of(one, bool(may(user, P.SEE_RESTRICTED, one.school_id))),
        "concerns": pages.register(user, door.library, day, engagement=one), "ladder": ladder,
        "rungs": pages.climbed(one, door.library), "earlier": pages.earlier_route(one, ladder),
        "writes": bool(may(user, P.WRITE_ENGAGEMENTS, one.school_id)), "leads": bool(may(user, P.LEAD_ENGAGEMENTS, one.school_id)),
        "watched": one.pk in queries.watched(user), "after": pages.after(door, one.school_id), "moves": rules.MOVES[one.state],
        "verbs": rules.VERBS, "ways": rules.WAYS, "states": dict(State.choices),
    }  # fmt: skip
    told["note_by"] = names_of({note.by for note, _, _ in told["notes"]})
    return framed(request, door, str(one), body("engagement.html", "engagements", **told))


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, urn: int) -> HttpResponse:
    school, door = school_or_404(request, urn, P.LEAD_ENGAGEMENTS), the_door()
    open_concerns = list(queries.concerns_for(request.user).filter(school_id=urn, resolved=None))
    flows = door.library.workflows
    form = EnterForm(request.POST or None, initial={"entered": clock.today()}, workflows=flows, concerns=open_concerns)
    if form.is_valid():
        given = form.cleaned_data
        chosen = {int(one) for one in given.get("concerns", [])}
        made: list[Engagement] = []
        if tried(request, form, lambda: made.append(actions.enter(
            by=request.user, school=school, workflow=flows[given["workflow"]], route=pages.route_of(door, urn), day=given["entered"],
            aim=given["aim"], point=given["point"], concerns=[one for one in open_concerns if one.pk in chosen],
        )), f"Entered. {school.name} can read the aim and the point."):  # fmt: skip
            return redirect("engagements:engagement", pk=made[0].pk)
    return form_page(request, form, f"Open an engagement with {school.name}", "Open it", school=school)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    one, door = engagement_or_404(request, pk, P.WRITE_ENGAGEMENTS), the_door()
    line = next((line for line in queries.lines_of(one, door.library, clock.today()) if line.step.id == key), None)
    if line is None or line.step.fact is not None:
        raise Http404
    newest = line.newest
    start = {"state": "done", "done": clock.today(), "seen": 0}
    if newest is not None:
        start = {"state": "not_needed" if newest.not_needed else "done" if newest.done else "started", "done": newest.done,
                 "choice": newest.choice, "ticks": newest.ticks, "text": newest.text, "seen": newest.pk}  # fmt: skip
    form = StepForm(request.POST or None, initial=start, step=line.step, entered_on=one.entered)
    if form.is_valid() and tried(
        request, form, lambda: actions.write_step(by=request.user, engagement=one, key=key, **form.entry), "Written down."
    ):
        return redirect("engagements:engagement", pk=pk)
    entries = list(one.steps.get(key=key).entries.all())
    told = {"line": line, "entries": entries[::-1], "names": names_of({entry.by for entry in entries}), "who": pages.WHO[line.step.who]}
    return form_page(request, form, line.step.title, "Save", engagement=one, **told)


def _said(request: HttpRequest, pk: int, form: Any, title: str, button: str, act: Any, said: str, permission: Permission) -> HttpResponse:
    """A form that writes one thing into an engagement: done, or shown again with its faults."""
    one = engagement_or_404(request, pk, permission)
    if form.is_valid() and tried(request, form, lambda: act(one, form.cleaned_data), said):
        return redirect("engagements:engagement", pk=pk)
    return form_page(request, form, title, button, engagement=one)


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, pk: int) -> HttpResponse:
    newest = engagement_or_404(request, pk).aims.last()
    form = AimAnewForm(request.POST or None, initial={"aim": newest.aim, "point": newest.point} if newest else {})
    return _said(request, pk, form, "Change the aim or the point", "Save",
                 lambda one, given: actions.aim_anew(by=request.user, engagement=one, **given), "Changed; what stood before is kept.",
                 P.LEAD_ENGAGEMENTS)  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def direction(request: HttpRequest, pk: int) -> HttpResponse:
    form = DirectionForm(request.POST or None)
    return _said(request, pk, form, "Which way does it go?", "Save",
                 lambda one, given: actions.direct(by=request.user, engagement=one, **given), "The direction is kept with its reason.",
                 P.WRITE_ENGAGEMENTS)  # fmt: skip


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def turn(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Pause, stop, close or go on."""
    form = BecauseForm(request.POST or None)
    return _said(request, pk, form, rules.VERBS[to], rules.VERBS[to],
                 lambda one, given: actions.turn(by=request.user, engagement=one, to=to, because=given["because"]),
                 f"It is {State(to).label}, with the reason.", P.LEAD_ENGAGEMENTS)  # fmt: skip


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look whether somebody may lead the work; what they declared themselves stands beside."""
    one = engagement_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    form = CheckForm(request.POST or None, urn=one.school_id)
    if form.is_valid():
        given = form.cleaned_data
        found = {"person": given["person"], "clear": given["clear"] == "yes", "what": given["what"]}
        if tried(request, form, lambda: actions.check(by=request.user, engagement=one, **found), "The check is kept."):
            return redirect("engagements:engagement", pk=pk)
    declared = _declared(form.fields["person"].queryset, one.school_id)
    return form_page(request, form, "Check for a conflict of interest", "Keep the check", engagement=one, declared=declared)


def _declared(people: Iterable[User], urn: int) -> list[tuple[User, list[tuple[Interest, str]]]]:
    """Person → what stands in the register of this school and of schools in general, opened for whoever names advisers."""
    day = clock.today()
    return [(person, [(each, interests.what_of(each)) for each in interests.declared(person, urn, day)]) for person in people]


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    one = engagement_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    newest = {check.person_id: check.clear for check in one.checks.all()}
    people = User.objects.filter(pk__in=[number for number, clear in newest.items() if clear], is_active=True)
    form = AllocateForm(request.POST or None, initial={"since": clock.today()}, people=people)
    kept = interests.kept_from(one.school_id, clock.today()).filter(person__in=people)
    for each in kept if not request.POST else ():
        messages.warning(request, f"{each.person} has declared an interest in this school. The check found nothing against it.")
    return _said(request, pk, form, "Name the adviser", "Name them",
                 lambda found, given: actions.allocate(by=request.user, engagement=found, **given), "The adviser is named.",
                 P.LEAD_ENGAGEMENTS)  # fmt: skip


@needs(P.SEE_ENGAGEMENTS)
@require_POST
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    one = engagement_or_404(request, pk)
    actions.watch(by=request.user, engagement=one, on=request.POST.get("on") == "yes")
    return redirect("engagements:engagement", pk=pk)


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """What there is of a school: for the school itself the aim, the point, the direction and its own steps; no note, no concern."""
    school, door, day = school_or_404(request, urn, P.SEE_SUPPORT), the_door(), clock.today()
    inside = bool(may(request.user, P.SEE_ENGAGEMENTS, urn))
    found = list(queries.engagements_for(request.user).filter(school_id=urn))
    told = {
        "school": school, "inside": inside, "today": day, "who": pages.WHO, "leads": bool(may(request.user, P.LEAD_ENGAGEMENTS, urn)),
        "shown": [pages.shown(one, door.library, day, to_school=not inside) for one in found],
        "concerns": pages.register(request.user, door.library, day, school_id=urn) if inside else [],
        "notices": list(replying.notices_for(request.user, door.library).filter(engagement__school_id=urn).order_by("-issued")),
    }  # fmt: skip
    return framed(request, door, f"Support: {school.name}", body("of_school.html", "engagements", **told))
