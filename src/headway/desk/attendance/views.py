"""Monday, a school's attendance, and the honest actions that take a flag down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, pages, queries, rules
from headway.desk.attendance.forms import LeadForm, OfficialForm
from headway.desk.attendance.lists import Beside, beside, lists_of
from headway.desk.attendance.tables import DEFAULT, SORTS, Asked, cell, narrowed, rows, signed
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import sent
from headway.language.attendance import many, monday_sentence, sending_sentence, together_words
from headway.language.early import NOT_ALONE
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.schools import Schools, of_morning, schools
from headway.readings.calendar import term_of
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
FIRST, PUPILS, MOST = 25, 5, 300  # schools, pupils shown before “show all”; what a page can hold


def told_or_fault(request: HttpRequest, door: Door) -> tuple[Morning | None, Schools | None, HeadwayError | None]:
    """Registers as this person may have them; what is not there, or papers that lack, are told on the page."""
    viewer = viewer_of(request)
    try:
        actions.look(by=request.user, at="monday", pupils=viewer.sees_pupils)
        if viewer.sees_pupils:
            found = morning(door, viewer)
            return found, of_morning(door, found, exact=True), None
        return None, schools(door, viewer), None
    except HeadwayError as fault:
        return None, None, fault


@needs(P.SEE_ATTENDANCE)
@require_GET
def monday(request: HttpRequest) -> HttpResponse:
    """What needs doing this week. The page is never kept, only lists by whose they are: a page could be shown to another."""
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    found, table, fault = told_or_fault(request, door)
    told: dict[str, Any] = {"today": today, "term": term_of(today, door.library), "fault": fault, "found": found, "table": table}
    told |= {
        "works": bool(may(request.user, P.WORK_ATTENDANCE)),
        "export": bool(may(request.user, P.EXPORT)),
        "area": bool(may(request.user, P.VIEW_AREA)),
        "due": rules.days_words,
    }
    if table is not None:
        told |= _schools(request, table, beside(door, table, request.user, today))
    if found is not None:
        told |= _pupils(request, door, found)
    return framed(request, door, "What needs doing this week?", body("monday.html", "attendance", **told))


def _schools(request: HttpRequest, table: Schools, others: Beside) -> dict[str, Any]:
    asked, leads = Asked.of(request.GET), others.leads
    listed = narrowed(table, asked, leads)
    shown = listed if asked.everything else [one for one in listed if one.rates is not None][:FIRST]
    behind = sum(1 for one in table.lines if one.rates is not None and one.behind > 0)
    england = {one.england.value for one in table.lines if one.england and one.rates}
    one_phase = next(iter(england)) if len(england) == 1 else None
    return {
        "asked": asked,
        "lines": shown,
        "listed": len(listed),
        "leads": leads,
        "meetings": others.meetings,
        "strategies": others.strategies,
        "sorts": SORTS,
        "default": DEFAULT,
        "cell": cell,
        "signed": signed,
        "said": together_words(table, one_phase),
        "sent": sending_sentence(table.sending, len(table.lines), behind, table.data_to),
        "silent": [one for one in table.lines if one.rates is None or one.behind > 5],
        "query": request.GET.urlencode(),
        "phases": sorted({one.phase for one in table.lines if one.phase}),
        "beside": sorted(
            {one.england.words for one in table.lines if one.england}
            | {f"similar schools: {one.family.words}" for one in table.lines if one.family}
        ),
    }


def _pupils(request: HttpRequest, door: Door, found: Morning) -> dict[str, Any]:
    """The lists of pupils and what goes with them; of a long one the first, or as many as a page can hold."""
    who, everything = request.user, request.GET.get("pupils") == "all"
    own = lists_of(door, found, who, clock.today())
    many_shown = MOST if everything else PUPILS
    severe, drops = own.severe[:many_shown], own.drops[:many_shown]
    recent = pages.met(own.week[:MOST], who) if everything else own.recent
    keys = [row.watched.key for row in (*severe, *drops)] + [row.met.key for row in recent]
    keys += [row.one.key for rows in (own.drifts, own.patterns) for row in rows[:PUPILS]]
    without, nobody = sum(row.plan is None for row in own.severe), sum(one.acts is None for one in own.falls)
    return {
        "severe": severe, "severe_all": len(own.severe), "severe_of": own.severe_of, "without": without, "drops": drops,
        "drops_all": len(own.drops), "falls": own.falls, "recent": recent, "recent_all": len(own.week), "waiting": own.undecided,
        "numbers": _numbers(request, door, keys), "dues": own.dues, "returns": own.returns,
        "missing_late": queries.reviews_overdue(who, clock.today()),
        "answer": monday_sentence(without, len(own.falls), nobody), "everything": everything, "many": many,
        "early": own.early, "drifts": own.drifts, "patterns": own.patterns, "pupils_shown": PUPILS, "chance": NOT_ALONE,
        "done": dict(rules.HONEST), "clusters": own.clusters,
    }  # fmt: skip


def _numbers(request: HttpRequest, door: Door, keys: list[str]) -> dict[str, str]:
    """The schools' own numbers of the pupils shown, for who asked to see them; that is an event."""
    if request.GET.get("numbers") != "1":
        return {}
    named = numbers(door, viewer_of(request), keys)
    actions.look(by=request.user, at="numbers of pupils", many=len(named))
    return named


@needs(P.SEE_ATTENDANCE, recently=True)
@require_GET
@exported
def schools_file(request: HttpRequest, form: str) -> HttpResponse:
    """The table as seen, every school that fits."""
    door = the_door()
    if not may(request.user, P.EXPORT) or door.facts is None:
        raise Http404
    _, table, fault = told_or_fault(request, door)
    if table is None:
        raise Http404(fault.what if fault else "")
    leads = queries.leads(request.user)
    return sent(rows(narrowed(table, Asked.of(request.GET), leads), leads), form, f"attendance-{table.year}-to-{table.data_to}")


@needs(P.SEE_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def official(request: HttpRequest, urn: int) -> HttpResponse:
    """The department's expectation, shared by the school's head or written down by the team for it."""
    school = school_or_404(request, urn, P.SEE_ATTENDANCE)
    if not any(may(request.user, permission, urn) for permission in (P.WORK_ATTENDANCE, P.ANSWER_FOR_SCHOOL)):
        raise PermissionDenied("The school’s head or the attendance team shares it.")
    one = queries.official_of(urn)
    form = OfficialForm(request.POST or None, initial={"year": one.year, "figure": one.figure, "said": one.said} if one else {})
    if form.is_valid():
        actions.share_official(by=request.user, school=school, **form.cleaned_data)
        messages.success(request, "Written down, beside what goes with such pupils.")
        return redirect("attendance:school", urn=urn)
    told = {"form": form, "title": f"The department’s expectation of {school.name}", "button": "Share it", "school": school}
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, urn: int) -> HttpResponse:
    """Who leads attendance at a school."""
    school = school_or_404(request, urn, P.WORK_ATTENDANCE)
    one = queries.leads(request.user).get(urn)
    start = {"lead": one.lead, "champion": one.champion, "weeks": one.weeks} if one else {"weeks": 13}
    form = LeadForm(request.POST or None, initial=start)
    if form.is_valid():
        actions.name_lead(by=request.user, school=school, **form.cleaned_data)
        messages.success(request, "Written down; who led before is kept.")
        return redirect("attendance:school", urn=urn)
    told = {"form": form, "title": f"Who leads attendance at {school.name}", "button": "Save", "school": school}
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)
