"""Returns from schools, legal steps as typed actions, the evidence bundle, and what goes to the council's case system."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, legal_actions, queries, rules, writing
from headway.desk.attendance.cases import takes
from headway.desk.attendance.forms import WhyForm
from headway.desk.attendance.legal_forms import OutcomeForm, ReturnForm, StepForm, duties_of
from headway.desk.attendance.meetings import WRITERS
from headway.desk.attendance.models import Step
from headway.desk.attendance.plans import WHO, case_of
from headway.desk.attendance.school import pupil_or_404
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.vocabulary import clock

P = Permission


@needs(P.SEE_PUPILS)
@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """What schools told by law: those nobody has looked at first. Each kind with its footing."""
    door = the_door()
    actions.look(by=request.user, at="returns")
    duties = door.library.attendance.duties
    rows = [(one, rules.pseudonym(one.pupil), duties[one.kind].title if one.kind in duties else one.kind)
            for one in queries.returns_for(request.user).order_by("looked_at", "due", "pk")[:200]]  # fmt: skip
    told = {"rows": rows, "duties": duties_of(duties, "return", clock.today()), "today": clock.today(), "outcomes": dict(rules.RETURNED),
            "takes": takes(request)}  # fmt: skip
    return framed(request, door, "Returns from schools", body("returns.html", "attendance", **told))


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def return_new(request: HttpRequest, urn: int) -> HttpResponse:
    """Sent by the school's head, or written down by the team for it."""
    school, door = school_or_404(request, urn, P.SEE_PUPILS), the_door()
    if not (may(request.user, P.WORK_ATTENDANCE, urn) or may(request.user, P.ANSWER_FOR_SCHOOL, urn)):
        raise PermissionDenied("Returns are sent by the school’s head or the attendance team.")
    duties = door.library.attendance.duties
    form = ReturnForm(request.POST or None, initial={"kind": request.GET.get("kind", "ten_days"), "happened": clock.today()}, duties=duties)
    if form.is_valid():
        kept, key = form.cleaned_data, form.key(door, viewer_of(request), urn)
        if key is not None:
            due = rules.return_due(kept["happened"], duties[kept["kind"]].within)
            legal_actions.receive(
                by=request.user, school=school, pupil=key, kind=kept["kind"], happened=kept["happened"], due=due, text=kept["text"]
            )
            messages.success(
                request, "The return is written down." if due >= clock.today() else f"Written down; it was due by {due.day} {due:%B}."
            )
            return redirect("attendance:returns")
    told = {"form": form, "title": f"A return from {school.name}", "button": "Send it", "school": school, "visible": WHO,
            "before": body("duties.html", "attendance", duties=duties_of(duties, "return", clock.today()))}  # fmt: skip
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def one_return(request: HttpRequest, pk: int) -> HttpResponse:
    """One return, and what came of it."""
    one, door = queries.returns_for(request.user).filter(pk=pk).first(), the_door()
    if one is None:
        raise Http404
    works = bool(may(request.user, P.WORK_ATTENDANCE, one.school_id))
    form = OutcomeForm(request.POST or None, choices=rules.RETURNED)
    if request.method == "POST" and not works:
        raise Http404
    if form.is_valid() and done(
        request, lambda: legal_actions.look_at(by=request.user, one=one, outcome=form.cleaned_data["outcome"]), "Written down."
    ):
        leads_on = form.cleaned_data["outcome"] in rules.RECORD_DUTY and one.kind in rules.LEADS_ON
        return redirect("attendance:record_of_return", pk=pk) if leads_on else redirect("attendance:returns")
    records = queries.missing_for(request.user).filter(came_from=one)
    actions.look(by=request.user, at=f"return {pk}")
    duty = door.library.attendance.duties.get(one.kind)
    title = f"{duty.title if duty else one.kind}: {rules.pseudonym(one.pupil)}"
    told = {"one": one, "duty": duty, "form": form, "works": works, "text": queries.text_of(one.sealed), "sign": rules.pseudonym(one.pupil),
            "title": title, "outcome": dict(rules.RETURNED).get(one.outcome, ""), "snapshot": door.facts, "records": records,
            "opens": works and one.kind in rules.LEADS_ON and not records}  # fmt: skip
    return render(request, "attendance/return.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_PUPILS)
@require_GET
def steps(request: HttpRequest) -> HttpResponse:
    """Every legal step, and what steps there are, each with its footing and whether a lawyer must look at it."""
    door = the_door()
    actions.look(by=request.user, at="legal steps")
    duties = door.library.attendance.duties
    rows = [
        (one, rules.pseudonym(one.pupil), duties[one.kind].title if one.kind in duties else one.kind)
        for one in queries.steps_for(request.user)[:200]
    ]
    told = {"rows": rows, "duties": duties_of(duties, "step", clock.today()), "export": bool(may(request.user, P.EXPORT)),
            "works": bool(may(request.user, P.WORK_ATTENDANCE))}  # fmt: skip
    return framed(request, door, "Legal steps", body("steps.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def step_new(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    """A typed step, with what was tried first; without any the reason must say why nothing could be."""
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    pupil_or_404(request, door, urn, key)
    tried, sign, duties = queries.tried(request.user, urn, key), rules.pseudonym(key), door.library.attendance.duties
    taken = list(queries.steps_for(request.user).filter(school_id=urn, pupil=key).values_list("kind", "day"))
    start = {"day": clock.today(), "kind": request.GET.get("kind")}
    form = StepForm(request.POST or None, initial=start, duties=duties, tried=tried, taken=taken)
    if form.is_valid():
        made = legal_actions.take_step(by=request.user, school=school, pupil=key, support=tried, **form.cleaned_data)
        return redirect("attendance:step", pk=made.pk)
    told = {
        "form": form,
        "title": f"A legal step for {sign}, {school.name}",
        "button": "Take it",
        "school": school,
        "pupil": key,
        "sign": sign,
        "visible": WHO,
        "before": body("tried.html", "attendance", tried=tried, duties=duties_of(duties, "step", clock.today())),
    }
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


def step_or_404(request: HttpRequest, pk: int) -> Step:
    one = queries.steps_for(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A step: read by the lawyers, closed with what came of it."""
    one, door = step_or_404(request, pk), the_door()
    works = bool(may(request.user, P.WORK_ATTENDANCE, one.school_id))
    form = WhyForm(request.POST if "because" in request.POST else None)
    form.fields["because"].label = "What came of it"
    if request.method == "POST" and not works:
        raise Http404
    if request.POST.get("act") == "checked":
        legal_actions.check_step(by=request.user, step=one)
        return redirect("attendance:step", pk=pk)
    if form.is_valid():
        outcome = form.cleaned_data["because"][:300]
        if done(request, lambda: legal_actions.close_step(by=request.user, step=one, outcome=outcome), "Closed, with what came of it."):
            return redirect("attendance:step", pk=pk)
    actions.look(by=request.user, at=f"step {pk}")
    duty = door.library.attendance.duties.get(one.kind)
    told = {"one": one, "duty": duty, "form": form, "works": works, "text": queries.text_of(one.sealed), "sign": rules.pseudonym(one.pupil),
            "title": f"{duty.title if duty else one.kind}: {rules.pseudonym(one.pupil)}", "named": queries.school_named(one),
            "tried": writing.tried_words(one.support), "snapshot": door.facts}  # fmt: skip
    return render(request, "attendance/step.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def bundle(request: HttpRequest, urn: int, key: str, form: str) -> HttpResponse:
    """The ten sessions, what was offered, what was answered: as Word or PDF."""
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    if not may(request.user, P.EXPORT):
        raise Http404
    write, mime = WRITERS[form]
    case = case_of(request, door, urn, key, numbered=False)
    answer = HttpResponse(write(writing.bundle(case, case.found.met, door.library.attendance.duties)), content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="evidence-{school.pk}-{rules.pseudonym(key)[:4]}.{form}"'
    return answer
