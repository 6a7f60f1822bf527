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
from headway.desk.attendance import actions, ahead, pages, queries, rules
from headway.desk.attendance.forms import LeadForm, OfficialForm
from headway.desk.attendance.tables import DEFAULT, SORTS, Asked, cell, narrowed, rows, signed
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import sent
from headway.desk.strategy.attendance_results import PACKAGE
from headway.desk.strategy.queries import visible_to
from headway.language.attendance import attendance_sentence, many, monday_sentence, sending_sentence
from headway.language.early import NOT_ALONE
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.schools import Schools, of_morning, schools
from headway.readings.calendar import term_of
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
FIRST, PUPILS, MET, MOST = 25, 5, 10, 300  # schools, pupils, thresholds shown before “show all”; what a page can hold


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
    """What needs doing this week. Never kept: what is kept could be shown to another."""
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
        told |= _schools(request, table)
        told["meetings"] = pages.meetings(request.user, table.lines, today)
        told["strategies"] = [one for one in visible_to(request.user) if one.source.startswith(PACKAGE)]
    if found is not None:
        told |= _pupils(request, door, found)
    return framed(request, door, "What needs doing this week?", body("monday.html", "attendance", **told))


def _schools(request: HttpRequest, table: Schools) -> dict[str, Any]:
    asked, leads = Asked.of(request.GET), queries.leads(request.user)
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
        "sorts": SORTS,
        "default": DEFAULT,
        "cell": cell,
        "signed": signed,
        "said": attendance_sentence(table.total, england=one_phase),
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
    today, who, everything = clock.today(), request.user, request.GET.get("pupils") == "all"
    severe, of = pages.severe(found, who, today)
    falls, told = pages.falls(found, who, today), ahead.early(door, found, who, today)
    standing = {(row.one.urn, row.one.key) for row in told.of(("drop",))} | pages.of_figures(found, who, today)
    drops = pages.drops(found, queries.open_plans(who), standing)
    week = found.met.since(found.since)
    recent = pages.met(week[: MOST if everything else MET], who)
    many_shown = MOST if everything else PUPILS
    shown = severe[:many_shown], drops[:many_shown]
    drifts, patterns = (told.of(kinds) for kinds in (ahead.DRIFTS, ahead.PATTERNS))
    keys = [row.watched.key for part in shown for row in part] + [row.met.key for row in recent]
    keys += [row.one.key for rows in (drifts, patterns) for row in rows[:PUPILS]]
    without = sum(row.plan is None for row in severe)
    nobody = sum(one.acts is None for one in falls)
    return {
        "severe": shown[0], "severe_all": len(severe), "severe_of": of, "without": without, "drops": shown[1], "drops_all": len(drops),
        "falls": falls, "recent": recent, "recent_all": len(week), "waiting": len(pages.undecided(found.met, who)),
        "numbers": _numbers(request, door, keys), "dues": pages.dues(who, today), "returns": pages.returns(who),
        "answer": monday_sentence(without, len(falls), nobody), "everything": everything, "many": many,
        "early": told, "drifts": drifts, "patterns": patterns, "pupils_shown": PUPILS, "chance": NOT_ALONE, "done": dict(rules.HONEST),
        "clusters": _clusters(told, falls),
    }  # fmt: skip


def _clusters(told: ahead.Early, falls: list[pages.FallRow]) -> list[ahead.SchoolRow]:
    """Year groups that are not on the page already for having fallen."""
    shown = {(row.fall.urn, f"Year {row.fall.year_group}") for row in falls}
    return [row for row in told.groups if (row.urn, row.what) not in shown]


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
