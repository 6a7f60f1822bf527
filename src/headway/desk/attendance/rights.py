"""Rights of families over what is held of a pupil: asked for, answered within a month, obeyed everywhere at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, queries, rules, sharing_actions, writing
from headway.desk.attendance.meetings import WRITERS
from headway.desk.attendance.missing_forms import SEALED_FOR_ALL
from headway.desk.attendance.models import RightAsked, RightKind
from headway.desk.attendance.plans import case_of
from headway.desk.attendance.school import pupil_or_404
from headway.desk.attendance.sharing_forms import DecideForm, RightForm
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done, form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.vocabulary import clock

P = Permission
WHO = "you and the attendance team. What was asked and why it was decided are sealed."
FOLLOWS = {
    RightKind.ACCESS: "Take away everything that is held, read it for other people’s names, and send it.",
    RightKind.RECTIFY: "A mark is put right by the school: its next file takes the place of it, and what was known before is kept.",
    RightKind.RESTRICT: "The pupil is in no list of whom to look at, no early warning and no chance. What is held is only kept; school "
    "totals count it, and what the law asks for stands.",
    RightKind.OBJECT: "The pupil is in no early warning and no chance, on pages, in files and at the command line.",
}


OF_A_RECORD = {
    RightKind.ACCESS: FOLLOWS[RightKind.ACCESS],
    RightKind.RECTIFY: "What is right is written into the record as an enquiry, which says what it takes the place of.",
    RightKind.RESTRICT: "The record is only kept: its page says so, and it is not in the file for the council’s case system. What the law "
    "asks for stands: to find out where the child is taught, a notice, an order.",
    RightKind.OBJECT: "No early warning and no chance is made of a child on no roll here; the record’s page says that the family objects.",
}  # fmt: skip


@needs(P.WORK_ATTENDANCE)
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """What was asked for, the earliest month first; what stands; what each means."""
    actions.look(by=request.user, at="rights")
    every = [(one, rules.pseudonym(one.pupil)) for one in queries.rights_for(request.user)[:400]]
    told = {
        "waiting": [row for row in every if row[0].decided is None],
        "decided": [row for row in every if row[0].decided is not None],
        "today": clock.today(), "due": rules.days_words, "kinds": [(kind.label, FOLLOWS[kind]) for kind in RightKind],
    }  # fmt: skip
    return framed(request, the_door(), "Rights that families asked for", body("rights.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def right_new(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    school = school_or_404(request, urn, P.WORK_ATTENDANCE)
    pupil_or_404(request, the_door(), urn, key)
    form = RightForm(request.POST or None, initial={"received": clock.today(), "asked_by": "parent"})
    if form.is_valid():
        one = sharing_actions.ask_right(by=request.user, school=school, pupil=key, **form.cleaned_data)
        messages.success(request, f"Written down; it is to be answered by {one.due.day} {one.due:%B %Y}.")
        return redirect("attendance:right", pk=one.pk)
    sign = rules.pseudonym(key)
    given = {"school": school, "pupil": key, "sign": sign, "visible": WHO}
    return form_on("attendance/form.html", request, form, f"A right is asked for: {sign}", "Write it down", **given)


def right_or_404(request: HttpRequest, pk: int) -> RightAsked:
    one = queries.rights_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.WORK_ATTENDANCE, one.school_id):
        raise Http404
    return one


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def right(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, what follows if it is granted, and the decision."""
    one, door = right_or_404(request, pk), the_door()
    form = DecideForm(request.POST or None)
    if one.school is None:
        form.fields["reason"].help_text = SEALED_FOR_ALL
    if form.is_valid():
        act = lambda: sharing_actions.decide_right(by=request.user, door=door, viewer=viewer_of(request), asked=one, **form.cleaned_data)  # noqa: E731
        if done(request, act, "Decided. Tell the family, with the reason."):
            return redirect("attendance:right", pk=pk)
    actions.look(by=request.user, at=f"right {pk}")
    told: dict[str, Any] = {
        "one": one, "sign": rules.pseudonym(one.pupil), "text": queries.text_of(one.sealed), "reason": queries.text_of(one.reason),
        "form": form, "follows": (FOLLOWS if one.school else OF_A_RECORD)[RightKind(one.kind)],
        "due": rules.days_words(one.due, clock.today()),
        "stands": bool(one.granted and not one.lifted and one.kind in sharing_actions.STANDS), "csrf": get_token(request),
        "asker": dict(rules.ASKERS)[one.asked_by], "export": bool(may(request.user, P.EXPORT)), "snapshot": door.facts,
        "title": f"{one.get_kind_display()}: {rules.pseudonym(one.pupil)}",
    }  # fmt: skip
    return render(request, "attendance/right.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection taken back, or the end of a restriction."""
    one = right_or_404(request, pk)
    act = lambda: sharing_actions.lift_right(by=request.user, door=the_door(), viewer=viewer_of(request), asked=one)  # noqa: E731
    done(request, act, "Lifted. The family is to be told before the use begins again.")
    return redirect("attendance:right", pk=pk)


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def everything_held(request: HttpRequest, urn: int, key: str, form: str) -> HttpResponse:
    """Everything that is held of a pupil, as Word or PDF."""
    if not may(request.user, P.EXPORT, urn):
        raise Http404
    who, write = request.user, WRITERS[form]
    case = case_of(request, the_door(), urn, key, numbered=True)
    shared = [
        f"With {one.party}, {writing.said(one.at.date())} to {writing.said(one.until)}: {one.purpose}"
        for one in queries.shared_of(who, urn, key)
    ]
    asked = [
        f"{writing.said(one.received)}: {one.get_kind_display()}; {decided_words(one)}" for one in queries.rights_for(who).filter(pupil=key)
    ]
    made = write[0](writing.held(case, asked, shared, _decisions(who, urn, key)))
    answer = HttpResponse(made, content_type=write[1])
    answer["Content-Disposition"] = f'attachment; filename="held-{rules.pseudonym(key).replace(chr(160), "")}.{form}"'
    return answer


def decided_words(one: RightAsked) -> str:
    return "not decided yet" if one.decided is None else f"{'granted' if one.granted else 'refused'} {writing.said(one.decided)}"


def _decisions(who: Any, urn: int, key: str) -> list[tuple[Any, str, str]]:
    """Texts beside those of plans: why a threshold was decided so, what a return or step said, what was looked at."""
    found = [(one.at.date(), "Threshold considered", queries.text_of(one.reason)) for one in queries.considered(who).values()
             if (one.school_id, one.pupil) == (urn, key)]  # fmt: skip
    found += [(one.received, "Return", queries.text_of(one.sealed)) for one in queries.returns_for(who).filter(school_id=urn, pupil=key)]
    found += [(one.day, "Legal step", queries.text_of(one.sealed)) for one in queries.steps_for(who).filter(school_id=urn, pupil=key)]
    for one in queries.missing_for(who).filter(school_id=urn, pupil=key):
        found.append((one.opened, one.get_kind_display(), f"{dict(rules.GROUNDS)[one.ground]}. {queries.text_of(one.sealed)}"))
        found += [(asked.day, "Enquiry", queries.text_of(asked.sealed)) for asked in one.enquiries.all()]
        found += [(one.closed, "Record closed", f"{dict(rules.FOUND)[one.outcome]}. {queries.text_of(one.where)}")] if one.closed else []
    return [row for row in found if row[2]]
