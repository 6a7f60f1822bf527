"""Targeting support meetings: offered, held, declined; the agenda made from data; actions until they are closed."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, queries, rules, writing
from headway.desk.attendance.cases import takes
from headway.desk.attendance.forms import ActionForm, DayForm, HoldForm, OfferForm, WhyForm
from headway.desk.attendance.models import Agreed, Meeting, MeetingState
from headway.desk.attendance.recovery import of_school
from headway.desk.entitlements.counting import count
from headway.desk.establishments.finding import school_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.language.attendance import effect_words
from headway.papers.blocks import Paper
from headway.papers.html import fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.one_school import one_school
from headway.readings.attendance.recovery import After
from headway.readings.attendance.schools import schools
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
WRITERS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


def meeting_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_ATTENDANCE) -> Meeting:
    one = queries.meetings_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_ATTENDANCE)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    found = queries.meetings_for(request.user).order_by("-offered", "-pk")
    found = found.filter(state=state) if state in MeetingState.values else found
    by_state = Counter(found.order_by().values_list("state", flat=True))
    told = {
        "rows": found[:200], "total": by_state.total(), "state": state, "states": MeetingState.choices, "takes": takes(request),
        "counts": [f"{by_state[value]} {words}" for value, words in MeetingState.choices if by_state[value]],
    }  # fmt: skip
    return framed(request, the_door(), "Targeting support meetings", body("meetings.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, urn: int) -> HttpResponse:
    school = school_or_404(request, urn, P.WORK_ATTENDANCE)
    form = OfferForm(request.POST or None)
    if form.is_valid():
        one = actions.offer(by=request.user, school=school, officer=request.user, **form.cleaned_data)
        messages.success(request, "Offered." if one.day is None else f"Agreed for {one.day:%A} {one.day.day} {one.day:%B}.")
        return redirect("attendance:meeting", pk=one.pk)
    told = {"form": form, "title": f"Offer a targeting support meeting to {school.name}", "button": "Offer it", "school": school}
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_ATTENDANCE)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(request, pk)
    sees = bool(may(request.user, P.SEE_PUPILS, one.school_id))
    told = {
        "one": one,
        "actions": one.actions.all(),
        "works": bool(may(request.user, P.WORK_ATTENDANCE, one.school_id)),
        "csrf": get_token(request),
        "note": queries.text_of(one.note) if sees else "",
        "paper": queries.text_of(one.agenda.get("paper", "")) if sees else "",
        "frozen": writing.kept_day(str(one.agenda.get("on", ""))),
        "sees": sees,
        "lead": queries.leads(request.user).get(one.school_id),
        "today": clock.today(),
        "open": one.state in (MeetingState.OFFERED, MeetingState.AGREED),
        "since": _since(request, one),
        "effect": effect_words,
    }
    return framed(request, the_door(), str(one), body("meeting.html", "attendance", **told))


def _since(request: HttpRequest, one: Meeting) -> After | None:
    """What came after it, where it is the last that was held."""
    last = queries.last_held(request.user).get(one.school_id)
    return of_school(the_door(), request, one.school_id) if last and last.pk == one.pk else None


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """The school agreed a day, or another one."""
    one = meeting_or_404(request, pk, P.WORK_ATTENDANCE)
    form = DayForm(request.POST or None, initial={"day": one.day, "begins": one.begins})
    if form.is_valid() and done(request, lambda: actions.agree_day(by=request.user, meeting=one, **form.cleaned_data), "The day is kept."):
        return redirect("attendance:meeting", pk=pk)
    return _form(request, one, form, f"When: {one}", "Keep the day")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def shut(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Declined by the school, or cancelled by us."""
    one = meeting_or_404(request, pk, P.WORK_ATTENDANCE)
    form = WhyForm(request.POST or None)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    if because and done(request, lambda: actions.close_meeting(by=request.user, meeting=one, to=to, because=because), "Written down."):
        return redirect("attendance:meeting", pk=pk)
    return _form(request, one, form, f"{'Declined by the school' if to == 'declined' else 'Cancelled'}: {one}", "Write it down")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting was held: what was said, what was agreed, when next. The agenda is frozen as it was known."""
    one, door, today = meeting_or_404(request, pk, P.WORK_ATTENDANCE), the_door(), clock.today()
    lead = queries.leads(request.user).get(one.school_id)
    start = {"day": one.day if one.day and one.day <= today else today, "next_by": today + timedelta(weeks=lead.weeks if lead else 13)}
    form = HoldForm(request.POST or None, initial=start)
    if form.is_valid():
        kept = form.cleaned_data
        known = {
            "paper": queries.sealed(fragment(_agenda(request, door, one.school, {}))),
            "snapshot": door.facts.id if door.facts else "",
            "on": str(today),
        }

        def act() -> None:
            actions.hold(
                by=request.user, meeting=one, day=kept["day"], agenda=known, note=kept["note"], next_by=kept["next_by"], agreed=form.agreed
            )
            count(by=request.user, door=door, school=one.school, item="attendance_meeting", day=kept["day"], once=f"meeting-{one.pk}")

        if done(request, act, "Written down, with the agenda as it was known today."):
            return redirect("attendance:meeting", pk=pk)
    return _form(request, one, form, f"What came of it: {one}", "Write it down")


def _form(request: HttpRequest, one: Meeting, form: Any, title: str, button: str) -> HttpResponse:
    told = {"form": form, "title": title, "button": button, "school": one.school}
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One more action agreed."""
    one = meeting_or_404(request, pk, P.WORK_ATTENDANCE)
    form = ActionForm(request.POST or None, initial={"owner": "school"})
    if form.is_valid():
        actions.agree_action(by=request.user, meeting=one, **form.cleaned_data)
        messages.success(request, "The action is kept until it is closed.")
        return redirect("attendance:meeting", pk=pk)
    return _form(request, one, form, f"An action from {one}", "Keep it")


@needs(P.SEE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def close_action(request: HttpRequest, pk: int) -> HttpResponse:
    """The team closes any; a head what the school agreed to do."""
    one = Agreed.objects.select_related("meeting__school").filter(pk=pk).first()
    if one is None or not _may_close(request, one):
        raise Http404
    form = WhyForm(request.POST or None)
    form.fields["because"].label = "What came of it"
    if form.is_valid():
        actions.close_action(by=request.user, action=one, outcome=form.cleaned_data["because"][:300])
        messages.success(request, "Closed, with what came of it.")
        return redirect("attendance:meeting", pk=one.meeting_id)
    return _form(request, one.meeting, form, f"Close: {one.what}", "Close it")


def _may_close(request: HttpRequest, one: Agreed) -> bool:
    urn = one.meeting.school_id
    own = one.owner == "school" and bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn))
    return own or bool(may(request.user, P.WORK_ATTENDANCE, urn))


@needs(P.SEE_ATTENDANCE)
@require_GET
def agenda(request: HttpRequest, urn: int) -> HttpResponse:
    """The agenda of a school as of today: made from data, whether or not a meeting is booked."""
    school, door = school_or_404(request, urn, P.SEE_ATTENDANCE), the_door()
    fault, written = None, ""
    try:
        written = mark_safe(fragment(_agenda(request, door, school, request.GET)))  # noqa: S308 - its writer escaped every text
    except HeadwayError as error:
        fault = error
    export = bool(may(request.user, P.EXPORT))
    sees = bool(may(request.user, P.SEE_PUPILS, urn))
    told = {
        "school": school,
        "written": written,
        "fault": fault,
        "export": export and fault is None,
        "sees": sees,
        "numbers": request.GET.get("numbers") == "1",
    }
    return framed(request, door, f"Agenda: {school.name}", body("agenda.html", "attendance", **told))


@needs(P.SEE_ATTENDANCE, recently=True)
@require_GET
@exported
def agenda_file(request: HttpRequest, urn: int, form: str) -> HttpResponse:
    school, door = school_or_404(request, urn, P.SEE_ATTENDANCE), the_door()
    if not may(request.user, P.EXPORT, urn):
        raise Http404
    write, kind = WRITERS[form]
    try:
        made = write(_agenda(request, door, school, request.GET))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="attendance-agenda-{urn}.{form}"'
    return answer


def _agenda(request: HttpRequest, door: Door, school: Establishment, given: Any) -> Paper:
    """Raises H-DATA-73 where the school's registers are not held."""
    viewer, who, today = viewer_of(request), request.user, clock.today()
    actions.look(by=who, at=f"agenda {school.pk}", pupils=viewer.sees_pupils)
    found = one_school(door, viewer, school.pk)
    if found is None:
        raise HeadwayError("H-DATA-73", f"No registers of {school.name} are held.", remedy="Load them: headway attendance load FOLDER.")
    line = next(one for one in schools(door, viewer).lines if one.urn == school.pk)
    pupils, falls, met = _pupils(request, door, school.pk, given)
    lead, held = queries.leads(who).get(school.pk), queries.last_held(who).get(school.pk)
    last = [(one.what, one.get_owner_display(), one.due, one.outcome) for one in held.actions.all()] if held else []
    family, england = ((one.value, one.words) if one else None for one in (line.family, line.england))
    return writing.agenda(
        writing.Agenda(
            school.name,
            area_of(door)[1],
            today,
            found,
            family,
            england,
            pupils,
            falls,
            met,
            lead.lead if lead else "",
            lead.champion if lead else "",
            last,
            rules.due_next(today, lead.weeks if lead else 13, today),
        )
    )


def _pupils(request: HttpRequest, door: Door, urn: int, given: Any) -> tuple[Any, Any, int | None]:
    """Pupils with their plans, groups that fell, thresholds of this week: of who may see pupils."""
    viewer = viewer_of(request)
    if not viewer.sees_pupils:
        return None, (), None
    found, plans = morning(door, viewer), queries.open_plans(request.user)
    own = [one for one in found.watched if one.urn == urn]
    named = numbers(door, viewer, [one.key for one in own]) if given.get("numbers") == "1" else {}
    listed = tuple(writing.Listed(named.get(one.key) or rules.pseudonym(one.key), one, _plan(plans.get((urn, one.key)))) for one in own)
    return (
        listed,
        tuple(one for one in found.falls if one.urn == urn),
        len(found.met.of_schools([urn]).since(found.since)),
    )


def _plan(plan: Any) -> str:
    return f"{plan.get_kind_display()}, review by {writing.said(plan.review_by)}" if plan else "none"
