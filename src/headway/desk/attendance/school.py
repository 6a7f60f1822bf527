"""A school's page of attendance, for its officer and for its own head; its pupils, for those who may see them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.charts.sessions import sessions
from headway.charts.weeks import Point, Shaded, weeks
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of, viewer_of
from headway.desk.attendance import actions, ahead, pages, queries, rules
from headway.desk.attendance.tables import signed
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.attendance import DIFFERS, attendance_sentence, expectation_sentence, reason_words
from headway.readings.attendance.expectation import expectation
from headway.readings.attendance.few import Rates
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.one_pupil import OnePupil, one_pupil
from headway.readings.attendance.one_school import OneSchool, one_school
from headway.readings.attendance.rights import rights
from headway.readings.attendance.schools import SchoolLine, schools
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
TABLED = ("attendance", "change", "authorised", "unauthorised", "persistent", "severe")


@needs(P.SEE_ATTENDANCE)
@require_GET
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """How a school's attendance stands: to date, by week, by year group, by who the pupils are, and why they were away."""
    one, door, viewer = school_or_404(request, urn, P.SEE_ATTENDANCE), the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    found, line, fault = _asked(request, door, urn)
    leads, held = queries.leads(request.user).get(urn), queries.last_held(request.user).get(urn)
    told: dict[str, Any] = {
        "school": one,
        "found": found,
        "line": line,
        "fault": fault,
        "lead": leads,
        "held": held,
        "differs": DIFFERS,
        "reason": reason_words,
        "works": bool(may(request.user, P.WORK_ATTENDANCE, urn)),
        "export": bool(may(request.user, P.EXPORT)),
        "sees": viewer.sees_pupils,
        "meetings": queries.meetings_for(request.user).filter(school_id=urn).order_by("-offered", "-pk")[:8],
        "brings": bool(may(request.user, P.WORK_ATTENDANCE)) and patch_of(request.user) is None,
        "tabled": TABLED,
        "signed": signed,
        "today": clock.today(),
    }
    if found is not None:
        told["said"] = attendance_sentence(found.whole, _value(line, "england"), _value(line, "family"))
        told["chart"] = _weeks(found, urn, one.name)
    told["expected"] = expected = expectation(door, urn)
    told["expected_said"] = expectation_sentence(expected) if expected else ""
    told["official"] = queries.official_of(urn)
    told["shares"] = any(may(request.user, permission, urn) for permission in (P.WORK_ATTENDANCE, P.ANSWER_FOR_SCHOOL))
    return framed(request, door, f"Attendance: {one.name}", body("school.html", "attendance", **told))


def _asked(request: HttpRequest, door: Door, urn: int) -> tuple[OneSchool | None, SchoolLine | None, HeadwayError | None]:
    viewer = viewer_of(request)
    try:
        actions.look(by=request.user, at=f"school {urn}", pupils=viewer.sees_pupils)
        line = next((one for one in schools(door, viewer).lines if one.urn == urn), None)
        return one_school(door, viewer, urn), line, None
    except HeadwayError as fault:
        return None, None, fault


def _value(line: SchoolLine | None, name: str) -> float | None:
    beside = getattr(line, name) if line else None
    return beside.value if beside else None


def _weeks(found: OneSchool, urn: int, name: str) -> Any:
    points = [Point(one.monday, one.place, one.attendance, one.before, one.settled) for one in found.weeks]
    shocks = queries.shocks_of(urn, points[0].monday, found.data_to) if points else []
    return weeks(points, [Shaded(one.begins, one.ends, one.title) for one in shocks], "weeks", f"{name}: attendance by week")


@needs(P.SEE_ATTENDANCE, recently=True)
@require_GET
@exported
def school_file(request: HttpRequest, urn: int, form: str) -> HttpResponse:
    """Every table of the page, one under another."""
    one, door = school_or_404(request, urn, P.SEE_ATTENDANCE), the_door()
    found, _, fault = _asked(request, door, urn) if door.facts else (None, None, None)
    if found is None or not may(request.user, P.EXPORT, urn):
        raise Http404(fault.what if fault else "")
    table: list[list[Cell]] = [["Of", "Which", "Enrolments", *TABLED]]
    parts = (("School", (found.whole,)), ("Year group", found.year_groups), ("Weekday", found.weekdays), *found.groups)
    for title, lines in parts:
        table += [_row(title, line) for line in lines]
    for week in found.weeks:
        change = week.attendance - week.before if week.attendance is not None and week.before is not None else None
        table.append(["Week", str(week.monday), "", *(round(value, 4) if value is not None else "" for value in (week.attendance, change))])
    return sent(table, form, f"attendance-{one.pk}-to-{found.data_to}")


def _row(title: str, one: Rates) -> list[Cell]:
    values: list[Cell] = []
    for name in TABLED:
        value = getattr(one, name)
        values.append(round(value, 4) if value is not None else "fewer than six pupils" if name in one.few else "")
    return [title, one.label, one.enrolments, *values]


@needs(P.SEE_PUPILS)
@require_GET
def pupils(request: HttpRequest, urn: int) -> HttpResponse:
    """The pupils of a school who miss a tenth or more, or fell sharply; with their plans."""
    one, door = school_or_404(request, urn, P.SEE_PUPILS), the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    actions.look(by=request.user, at=f"pupils of {urn}")
    try:
        found = morning(door, viewer_of(request))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    kind = request.GET.get("kind", "")
    listed = [item for item in found.watched if item.urn == urn and (kind in ("", item.kind))]
    plans = queries.open_plans(request.user)
    named = numbers(door, viewer_of(request), [item.key for item in listed]) if request.GET.get("numbers") == "1" else {}
    rows = [(item, rules.pseudonym(item.key), plans.get((urn, item.key))) for item in listed]
    told = {
        "school": one,
        "rows": rows,
        "kind": kind,
        "numbers": named,
        "today": clock.today(),
        "due": rules.days_words,
        "to": found.data_to,
        "works": bool(may(request.user, P.WORK_ATTENDANCE, urn)),
    }
    return framed(request, door, f"Pupils: {one.name}", body("pupils.html", "attendance", **told))


@needs(P.SEE_PUPILS)
@require_GET
def pupil(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    """One pupil: sessions of the last twelve school weeks, thresholds met, plans, notices, returns and steps."""
    one, door = school_or_404(request, urn, P.SEE_PUPILS), the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    found = pupil_or_404(request, door, urn, key)
    named = numbers(door, viewer_of(request), [key]) if request.GET.get("numbers") == "1" else {}
    who = request.user
    told: dict[str, Any] = {
        "school": one,
        "found": found,
        "sign": rules.pseudonym(key),
        "chart": _strip(found),
        "numbers": named,
        "today": clock.today(),
        "plans": queries.plans_for(who).filter(school_id=urn, pupil=key).order_by("-begins"),
        "met": pages.met(found.met, who, 0),
        "notices": queries.notices_for(who).filter(pupil=key),
        "periods": queries.periods_for(who).filter(school_id=urn, pupil=key),
        "returns": queries.returns_for(who).filter(school_id=urn, pupil=key),
        "records": queries.missing_for(who).filter(school_id=urn, pupil=key),
        "steps": queries.steps_for(who).filter(school_id=urn, pupil=key),
        "tried": queries.tried(who, urn, key),
        "reason": reason_words,
        "works": bool(may(who, P.WORK_ATTENDANCE, urn)),
        "duties": door.library.attendance.duties,
        "export": bool(may(who, P.EXPORT)),
    }
    works = told["works"]
    told |= {"shared": queries.shared_of(who, urn, key) if works else [], "stands": _stands(door, request, key)}
    told["rights"] = queries.rights_for(who).filter(school_id=urn, pupil=key) if works else []
    told |= _early(request, door, urn, key)
    return framed(request, door, f"Pupil {rules.pseudonym(key)}", body("pupil.html", "attendance", **told))


def _stands(door: Door, request: HttpRequest, key: str) -> str:
    """What the family asked for and was granted, in a sentence; nothing where nothing stands."""
    held = rights(door, viewer_of(request))
    if key in held.restricted:
        return f"Use is restricted since {_said(held.restricted[key])}: only what the law asks for; in no list of whom to look at."
    return f"The family objected on {_said(held.objected[key])}: in no early warning and no chance." if key in held.objected else ""


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _early(request: HttpRequest, door: Door, urn: int, key: str) -> dict[str, Any]:
    """The flags of the pupil that stand, and brothers and sisters of concern."""
    found, today = morning(door, viewer_of(request)), clock.today()
    flags = ahead.standing(door, found, request.user, today).get((urn, key), [])
    row = ahead.EarlyRow(tuple(flags), None, ()) if flags else None
    return {"flags": row.reasons if row else [], "say": row.next[1] if row else "", "family": ahead.family_of(found.ahead, key)}


def pupil_or_404(request: HttpRequest, door: Door, urn: int, key: str) -> OnePupil:
    """A pupil of a school of this person's; another's is as one that does not exist. The look is written down."""
    try:
        actions.look(by=request.user, at=f"pupil {rules.pseudonym(key)}")
        found = one_pupil(door, viewer_of(request), urn, key)
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    if found is None:
        raise Http404
    return found


SHOWN_WEEKS = 12


def _strip(found: OnePupil) -> Any:
    mondays = sorted({queries.week_of(day)[0] for day, _ in found.marks})[-SHOWN_WEEKS:]
    marks = {session: code for session, code in found.marks.items() if mondays and session[0] >= mondays[0]}
    counted = {(item.date, item.session) for one in found.met for item in one.sessions}
    young = {(item.date, item.session) for one in found.met if one.provisional for item in one.sessions if item.code == "N"}
    return sessions(marks, counted & marks.keys(), young, "pupil", f"The last {len(mondays)} weeks of marks")
