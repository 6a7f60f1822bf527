"""Early warning on pages: who is drifting away, what clears a flag, who may be persistently absent by the end of the year."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, ahead, queries, rules
from headway.desk.attendance.forms import ClearForm
from headway.desk.attendance.lists import early_of
from headway.desk.establishments.finding import school_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.early import CHECKS, KIND_TITLES, ahead_answer, ahead_basis
from headway.language.early_chances import prediction_words, predictions_basis, validation_lines
from headway.readings.attendance.early.asking import Asked
from headway.readings.attendance.early.predicted import predicted
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.morning_answers import Morning
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
FIRST, MOST = 25, 300  # pupils shown before “show all”; what a page can hold


def _morning(request: HttpRequest, at: str) -> Morning:
    """Raises 404 where no registers are held. The look is written down."""
    actions.look(by=request.user, at=at)
    try:
        return morning(the_door(), viewer_of(request))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault


def _asked(request: HttpRequest) -> tuple[str, str]:
    kind = request.GET.get("kind", "")
    return kind if kind in rules.EARLY_FLAGS else "", request.GET.get("text", "").strip()[:120]


def _listed(told: ahead.Early, kind: str, text: str) -> list[ahead.EarlyRow]:
    rows = told.of([kind]) if kind else told.stand
    return [row for row in rows if not text or text.lower() in row.one.school.lower() or text == str(row.one.urn)]


@needs(P.SEE_PUPILS)
@require_GET
def early(request: HttpRequest) -> HttpResponse:
    """Every flag that stands, each with what it rests on; families, year groups, schools' use of codes."""
    door, today, (kind, text) = the_door(), clock.today(), _asked(request)
    if door.facts is None:
        return nothing_yet(request, door)
    found = _morning(request, "early warning")
    told = early_of(door, found, request.user, today)
    listed = _listed(told, kind, text)
    shown = listed[: MOST if request.GET.get("all") == "1" else FIRST]
    named = numbers(door, viewer_of(request), [row.one.key for row in shown]) if request.GET.get("numbers") == "1" else {}
    given: dict[str, Any] = {
        "told": told, "rows": shown, "listed": len(listed), "kind": kind, "text": text, "numbers": named, "to": found.data_to,
        "kinds": {name: KIND_TITLES[name] for name in rules.EARLY_FLAGS}, "basis": ahead_basis(found.ahead),
        "said": ahead_answer(len(told.stand), found.ahead.pupils, len(told.families), len(told.attended)),
        "works": bool(may(request.user, P.WORK_ATTENDANCE)), "export": bool(may(request.user, P.EXPORT)), "done": dict(rules.HONEST),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return framed(request, door, "Who is drifting away?", body("early.html", "attendance", **given))


@needs(P.SEE_PUPILS, recently=True)
@require_GET
@exported
def early_file(request: HttpRequest, form: str) -> HttpResponse:
    """The pupils as listed, a row a flag. Pupils by their signs."""
    door, (kind, text) = the_door(), _asked(request)
    if not may(request.user, P.EXPORT) or door.facts is None:
        raise Http404
    found = _morning(request, "early warning, a file")
    table: list[list[Cell]] = [["Pupil", "Year", "URN", "School", "What", "Since", "Sessions possible", "Sessions missed", "It rests on"]]
    for row in _listed(early_of(door, found, request.user, clock.today()), kind, text):
        for flag, (title, words) in zip(row.flags, row.reasons, strict=True):
            table.append(
                [row.sign.replace("\N{NO-BREAK SPACE}", " "), flag.year_group, flag.urn, flag.school, title, str(flag.since),
                 flag.possible, flag.absent, words]
            )  # fmt: skip
    return sent(table, form, f"early-warning-to-{found.data_to}")


@needs(P.SEE_PUPILS)
@require_GET
def year_end(request: HttpRequest) -> HttpResponse:
    """Who may be persistently absent by the end of the year, how likely that is, why, and how far such chances held before."""
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    actions.look(by=request.user, at="chances at the end of the year")
    done = tuple(one for listed in ahead.done_about(request.user, today, ahead.YEARS_BACK).values() for one in listed)
    try:
        found = predicted(door, viewer_of(request), Asked(done=done, most=FIRST))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    plans = queries.open_plans(request.user)
    named = numbers(door, viewer_of(request), [one.key for one in found.listed]) if request.GET.get("numbers") == "1" else {}
    rows = [(one, rules.pseudonym(one.key), prediction_words(one), plans.get((one.urn, one.key))) for one in found.listed]
    given: dict[str, Any] = {
        "found": found, "rows": rows, "basis": predictions_basis(found), "numbers": named, "checked": found.validation,
        "lines": validation_lines(found.validation) if found.validation else [],
    }  # fmt: skip
    return framed(request, door, "Who may be persistently absent by the end of the year?", body("year_end.html", "attendance", **given))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def clear(request: HttpRequest, urn: int, flag: str, who: str) -> HttpResponse:
    """An honest action on a flag: of a pupil, of brothers and sisters, of a year group, of a use of codes."""
    school = school_or_404(request, urn, P.WORK_ATTENDANCE)
    of_school = flag in ("fall", rules.CODES)
    if (not of_school and not re.fullmatch("[0-9a-f]{32}", who)) or (flag == rules.CODES and who not in CHECKS):
        raise Http404
    form = ClearForm(request.POST or None)
    if form.is_valid():
        for one, pupil in _whom(request, school, flag, who):
            group = "" if pupil or who == "none" else who
            actions.clear(by=request.user, school=one, flag=flag, pupil=pupil, group=group, **form.cleaned_data)
        messages.success(request, f"Written down. {'It stays down for 28 days.' if of_school or flag == rules.SIBLINGS else STAYS}")
        return redirect("attendance:monday")
    told = {"form": form, "title": f"What was done about {_named(flag, who)}, {school.name}?", "button": "Write it down", "school": school}
    return render(request, "attendance/form.html", told | {"before": _because(request, flag, who)}, status=422 if form.is_bound else 200)


STAYS = "The flag stays down for thirty school days, unless four more sessions are missed."


def _named(flag: str, who: str) -> str:
    if flag == "fall":
        return f"year {who}" if who != "none" else "pupils whose year nobody told"
    if flag == rules.CODES:
        return CHECKS[who]
    return f"{rules.pseudonym(who)} and brothers and sisters" if flag == rules.SIBLINGS else rules.pseudonym(who)


def _whom(request: HttpRequest, school: Establishment, flag: str, who: str) -> list[tuple[Establishment, str]]:
    """(school, pupil) of everybody that the action is about: of a family each at a school where this person works."""
    if flag in ("fall", rules.CODES):
        return [(school, "")]
    if flag != rules.SIBLINGS:
        return [(school, who)]
    found = _morning(request, f"siblings of {rules.pseudonym(who)}").ahead
    family = next((family for family in found.families if any(one.key == who for one in family)), ())
    own = [one for one in family if one.why and may(request.user, P.WORK_ATTENDANCE, one.urn)]
    schools = Establishment.objects.in_bulk([one.urn for one in own])
    return [(schools[one.urn], one.key) for one in own if one.urn in schools] or [(school, who)]


def _because(request: HttpRequest, flag: str, who: str) -> str:
    """Why a pupil is flagged, above the form."""
    if flag not in rules.EARLY_FLAGS:
        return ""
    found = _morning(request, f"pupil {rules.pseudonym(who)}").ahead
    rows = [ahead.EarlyRow((one.flag,), None, ()) for one in found.raised if one.flag.key == who]
    return " ".join(f"{title}: {words}" for row in rows for title, words in row.reasons)
