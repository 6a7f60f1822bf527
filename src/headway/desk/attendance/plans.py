"""Plans with families: begun, written in, reviewed, ended; a referral on one page, and letters."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, queries, rules, writing
from headway.desk.attendance.cases import takes
from headway.desk.attendance.forms import ChangePlanForm, EndForm, EntryForm, PlanForm
from headway.desk.attendance.meetings import WRITERS
from headway.desk.attendance.models import Plan
from headway.desk.attendance.school import pupil_or_404
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.readings.attendance.morning import numbers
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission
WHO = "you, the attendance team and the school’s own head; every look is written down."


def plan_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_PUPILS) -> Plan:
    one = queries.plans_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_PUPILS)
@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Every open plan, the earliest review first."""
    actions.look(by=request.user, at="plans")
    found = queries.plans_for(request.user)
    shown = found.filter(ended__isnull=False).order_by("-ended") if request.GET.get("ended") == "1" else found.filter(ended=None)
    rows = [(one, rules.pseudonym(one.pupil), queries.text_of(one.lead), writing.barrier_words(one.barriers)) for one in shown[:300]]
    told = {
        "rows": rows,
        "ended": request.GET.get("ended") == "1",
        "today": clock.today(),
        "due": rules.days_words,
        "takes": takes(request),
    }
    return framed(request, the_door(), "Plans", body("plans.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def plan_new(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    pupil_or_404(request, door, urn, key)
    today = clock.today()
    start = {"kind": "voluntary", "begins": today, "review_by": today + timedelta(rules.REVIEW_WITHIN)}
    form = PlanForm(request.POST or None, initial=start)
    if form.is_valid():
        made: list[Plan] = []
        act = lambda: made.append(actions.begin_plan(by=request.user, school=school, pupil=key, **form.cleaned_data))  # noqa: E731
        if done(request, act, "The plan is begun."):
            return redirect("attendance:plan", pk=made[0].pk)
    return _form(request, school, key, form, "Begin a plan with", "Begin it")


def _form(request: HttpRequest, school: Any, key: str, form: Any, what: str, button: str, **more: Any) -> HttpResponse:
    sign = rules.pseudonym(key)
    told = {
        "form": form,
        "title": f"{what} {sign}, {school.name}",
        "button": button,
        "school": school,
        "pupil": key,
        "sign": sign,
        "visible": WHO,
    }
    return render(request, "attendance/form.html", told | more, status=422 if form.is_bound else 200)


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan with all that was written in it; a new entry at its foot."""
    one, door = plan_or_404(request, pk), the_door()
    works = bool(may(request.user, P.WORK_ATTENDANCE, one.school_id))
    form = EntryForm(request.POST or None, initial={"kind": "review", "day": clock.today()})
    if request.method == "POST" and not works:
        raise Http404
    if form.is_valid():
        actions.write_entry(by=request.user, plan=one, **form.cleaned_data)
        messages.success(request, "Written in the plan.")
        return redirect("attendance:plan", pk=pk)
    actions.look(by=request.user, at=f"plan {pk}")
    told = {
        "one": one,
        "sign": rules.pseudonym(one.pupil),
        "lead": queries.text_of(one.lead),
        "barriers": writing.barrier_words(one.barriers),
        "entries": queries.entries_of(one),
        "form": form,
        "works": works,
        "today": clock.today(),
        "due": rules.days_words(one.review_by, clock.today()),
        "letters": [(name, title) for name, (title, _) in writing.LETTERS.items()],
        "outcome": dict(rules.OUTCOMES).get(one.outcome, ""),
        "export": bool(may(request.user, P.EXPORT)),
        "title": f"{one.get_kind_display()}: {rules.pseudonym(one.pupil)}",
        "snapshot": door.facts,
    }
    return render(request, "attendance/plan.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    one = plan_or_404(request, pk, P.WORK_ATTENDANCE)
    start = {"kind": one.kind, "lead": queries.text_of(one.lead), "barriers": one.barriers, "part_time_until": one.part_time_until}
    form = ChangePlanForm(request.POST or None, initial=start)
    if form.is_valid():
        actions.change_plan(by=request.user, plan=one, **form.cleaned_data)
        messages.success(request, "Changed; what it was stays in the plan.")
        return redirect("attendance:plan", pk=pk)
    return _form(request, one.school, one.pupil, form, "Change the plan with", "Save")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def plan_end(request: HttpRequest, pk: int) -> HttpResponse:
    one = plan_or_404(request, pk, P.WORK_ATTENDANCE)
    form = EndForm(request.POST or None)
    if form.is_valid() and done(request, lambda: actions.end_plan(by=request.user, plan=one, **form.cleaned_data), "The plan has ended."):
        return redirect("attendance:plan", pk=pk)
    return _form(request, one.school, one.pupil, form, "End the plan with", "End it")


def case_of(request: HttpRequest, door: Door, urn: int, key: str, *, numbered: bool) -> writing.Case:
    """A pupil's case for a paper: the newest plan, all its entries, what was tried."""
    school, who = school_or_404(request, urn, P.SEE_PUPILS), request.user
    found = pupil_or_404(request, door, urn, key)
    named = numbers(door, viewer_of(request), [key]) if numbered else {}
    every = list(queries.plans_for(who).filter(school_id=urn, pupil=key).order_by("begins"))
    newest = every[-1] if every else None
    entries = sorted((entry.day, entry.get_kind_display(), text) for one in every for entry, text in queries.entries_of(one))
    notices = [_notice_words(one) for one in queries.notices_for(who).filter(pupil=key)]
    duties = door.library.attendance.duties
    steps = [
        f"{writing.said(one.day)}: {duties[one.kind].title if one.kind in duties else one.kind}{_named(one)}"
        for one in queries.steps_for(who).filter(school_id=urn, pupil=key)
    ]
    return writing.Case(
        named.get(key) or rules.pseudonym(key),
        school.name,
        area_of(door)[1],
        clock.today(),
        found,
        queries.text_of(newest.lead) if newest else "",
        writing.barrier_words(newest.barriers) if newest else (),
        entries,
        queries.tried(who, urn, key),
        notices,
        steps,
    )


def _named(one: Any) -> str:
    return f", naming {queries.school_named(one)}" if one.names else ""


def _notice_words(one: Any) -> str:
    state = f"withdrawn {writing.said(one.withdrawn)}" if one.withdrawn else f"paid {writing.said(one.paid)}" if one.paid else "not paid"
    return f"{writing.said(one.issued)}: penalty notice, number {one.number} in three years, £{one.pounds}; {state}"


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def letter(request: HttpRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """A letter to the family, as Word or PDF, for the council or school to put names to."""
    one, door = plan_or_404(request, pk, P.WORK_ATTENDANCE), the_door()
    if kind not in writing.LETTERS or not may(request.user, P.EXPORT):
        raise Http404
    write, mime = WRITERS[form]
    case = case_of(request, door, one.school_id, one.pupil, numbered=False)
    made = write(writing.letter(case, kind, one.review_by if one.ended is None else None))
    answer = HttpResponse(made, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="letter-{kind}-{one.pk}.{form}"'
    return answer
