"""Thresholds to be considered, the decision with its sessions, notices and Notices to Improve. Met is a duty to consider, not to issue."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, legal_actions, pages, queries, rules, writing
from headway.desk.attendance.cases import takes
from headway.desk.attendance.legal_forms import ConsiderForm, IssueForm, OutcomeForm, PaidForm, PeriodForm
from headway.desk.attendance.models import Consideration, Notice
from headway.desk.attendance.plans import WHO
from headway.desk.attendance.school import pupil_or_404
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.language.attendance import sessions_words
from headway.readings.attendance.answers import Threshold
from headway.readings.attendance.morning import morning
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.notice_history import Allowed, Issued, allowed
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

P = Permission
IMPROVES = (("improved", "Attendance improved"), ("not_improved", "It did not"), ("stopped", "Stopped early, with the reason in the plan"))
LISTED = 50  # thresholds on one page
SIX_WEEKS = timedelta(weeks=6)
DUTY = "Met is a duty to consider a notice, not to issue one. Support comes first."


@needs(P.SEE_PUPILS)
@require_GET
def considerations(request: HttpRequest) -> HttpResponse:
    """Every threshold met: those that wait for a decision, then what was decided."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    told: dict[str, Any] = {"fault": None, "waiting": [], "total": 0, "works": bool(may(request.user, P.WORK_ATTENDANCE))}
    told["takes"] = takes(request)
    try:
        actions.look(by=request.user, at="thresholds")
        told |= _waiting(request, morning(door, viewer_of(request)))
    except HeadwayError as fault:
        told["fault"] = fault
    decided = queries.mine(request.user, Consideration.objects.select_related("school").order_by("-at"))[:100]
    words = dict(rules.DECISIONS)
    told["decided"] = [(one, rules.pseudonym(one.pupil), words.get(one.decision, one.decision)) for one in decided]
    return framed(request, door, "Notices to consider", body("considerations.html", "attendance", **told))


def _waiting(request: HttpRequest, found: Morning) -> dict[str, Any]:
    """Those of this year that wait, of every school or of one; with ?years=all those of the years before too."""
    every = pages.undecided(found.met, request.user)
    this_year, whole = every.since(AcademicYear.parse(found.year).first_day), request.GET.get("years") == "all"
    among = every if whole else this_year
    wanted, schools = request.GET.get("school", ""), among.by_school()
    shown = among.of_schools([urn for urn, _, _ in schools if str(urn) == wanted]) if wanted else among
    return {
        "waiting": pages.met(shown[:LISTED], request.user, 0), "total": len(shown), "year": found.year, "whole": whole, "school": wanted,
        "earlier": len(every) - len(this_year), "schools": schools,
    }  # fmt: skip


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def consider(request: HttpRequest, urn: int, key: str) -> HttpResponse:
    """What follows from the newest threshold of a pupil that nobody has decided on: with the very sessions and what was tried."""
    school, door = school_or_404(request, urn, P.WORK_ATTENDANCE), the_door()
    found = pupil_or_404(request, door, urn, key)
    decided = queries.considered(request.user)
    waiting = [one for one in found.met if (one.urn, one.key, one.first_met) not in decided] or list(found.met)
    if not waiting:
        raise Http404
    one, tried = waiting[0], queries.tried(request.user, urn, key)
    form = ConsiderForm(request.POST or None)
    if form.is_valid() and _decidable(request, door, form, one, tried):
        kept = form.cleaned_data
        made = legal_actions.consider(
            by=request.user, school=school, pupil=key, first_met=one.first_met, sessions=[_plain(item) for item in one.sessions],
            provisional=one.provisional, known=_known(door, one), support=tried, decision=kept["decision"], reason=kept["reason"],
        )  # fmt: skip
        return redirect("attendance:consideration", pk=made.pk)
    before = body("consider.html", "attendance", row=pages.met([one], request.user)[0], tried=tried, duty=DUTY)
    sign = rules.pseudonym(key)
    told = {
        "form": form,
        "title": f"What follows for {sign}, {school.name}?",
        "button": "Decide",
        "school": school,
        "pupil": key,
        "sign": sign,
        "before": before,
        "visible": WHO,
    }
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


def _plain(item: Any) -> dict[str, Any]:
    return {"date": str(item.date), "session": item.session, "code": item.code, "urn": item.urn}


def _known(door: Door, one: Threshold) -> dict[str, Any]:
    facts = door.facts
    return {"on": str(clock.today()), "snapshot": facts.id if facts else "", "library": facts.library_digest if facts else "",
            "age_known": one.age_known, "notices": one.notices}  # fmt: skip


def _decidable(request: HttpRequest, door: Door, form: ConsiderForm, one: Threshold, tried: Sequence[rules.Tried]) -> bool:
    """A notice needs a parent's reference and room for one. It and a Notice to Improve come after support, or after the reason why none."""
    decision, reason, parent = (form.cleaned_data[name] for name in ("decision", "reason", "parent"))
    if decision == "notice" and not parent.strip():
        form.add_error("parent", "Give the parent’s reference: it decides whether a notice may be issued at all.")
        return False
    room = decision != "notice" or next_for(request, door, one.urn, one.key, parent, clock.today()).allowed
    for fault in rules.faults_of_decision(decision, room, one.provisional, one.age_known):
        form.add_error("decision", fault)
    if decision in rules.AFTER_SUPPORT:
        for fault in rules.faults_of_step(True, tried, reason):
            form.add_error("reason", fault)
    return not form.errors


def next_for(request: HttpRequest, door: Door, urn: int, child: str, parent: str, *days: date) -> Allowed:
    """What may be issued on all of these days to a parent for a child: the notices of every school count, of one's own patch or not."""

    def issued(keys: frozenset[str]) -> list[Issued]:
        found = Notice.objects.filter(pupil__in=keys)
        return [Issued(one.school_id, one.pupil, one.parent, one.issued, one.withdrawn, one.paid) for one in found]

    return allowed(door, viewer_of(request), urn, child, legal_actions.parent_key(parent), days, issued)


def consideration_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_PUPILS) -> Consideration:
    one = queries.mine(request.user, Consideration.objects.select_related("school")).filter(pk=pk).first()
    if one is None or not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_PUPILS)
@require_GET
def consideration(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision, with the sessions as they stood and what was tried before."""
    one = consideration_or_404(request, pk)
    actions.look(by=request.user, at=f"consideration {pk}")
    words = sessions_words([(date.fromisoformat(item["date"]), item["session"], item["code"]) for item in one.sessions])
    told = {
        "one": one, "sign": rules.pseudonym(one.pupil), "words": words, "reason": queries.text_of(one.reason), "duty": DUTY,
        "decision": dict(rules.DECISIONS).get(one.decision, one.decision), "notices": one.notices.all(), "periods": one.periods.all(),
        "works": bool(may(request.user, P.WORK_ATTENDANCE, one.school_id)), "tried": writing.tried_words(one.support),
        "known": writing.kept_day(str(one.known.get("on", ""))),
    }  # fmt: skip
    return framed(request, the_door(), "Decision on a notice", body("consideration.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice to one parent, with its amounts and dates by the rule in force."""
    one, door = consideration_or_404(request, pk, P.WORK_ATTENDANCE), the_door()
    form = IssueForm(request.POST or None, initial={"issued": clock.today()})
    if form.is_valid():
        kept = form.cleaned_data
        room = next_for(request, door, one.school_id, one.pupil, kept["parent"], kept["issued"], clock.today())
        if not room.allowed or room.number is None or room.pounds is None:
            form.add_error("parent", rules.faults_of_decision("notice", False, False, True)[0])
        else:
            number, pounds = room.number, room.pounds

            def act() -> None:
                legal_actions.issue(
                    by=request.user,
                    consideration=one,
                    parent=kept["parent"],
                    issued=kept["issued"],
                    number=number,
                    pounds=pounds,
                    pounds_if_early=room.pounds_if_early,
                    early_days=room.early_days,
                )

            if done(request, act, f"Written down as notice number {number} of {room.years} years."):
                return redirect("attendance:consideration", pk=pk)
    return _form(request, one, form, "A penalty notice for", "Write it down")


def _form(request: HttpRequest, one: Any, form: Any, what: str, button: str) -> HttpResponse:
    sign = rules.pseudonym(one.pupil)
    told = {
        "form": form,
        "title": f"{what} {sign}, {one.school.name}",
        "button": button,
        "school": one.school,
        "pupil": one.pupil,
        "sign": sign,
        "caution": "For legal check before use.",
        "visible": WHO,
    }
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def improve(request: HttpRequest, pk: int) -> HttpResponse:
    """A Notice to Improve: how long it runs is the council's to say."""
    one, today = consideration_or_404(request, pk, P.WORK_ATTENDANCE), clock.today()
    form = PeriodForm(request.POST or None, initial={"begins": today, "ends": today + SIX_WEEKS})
    if form.is_valid():
        legal_actions.begin_period(by=request.user, consideration=one, **form.cleaned_data)
        return redirect("attendance:consideration", pk=pk)
    return _form(request, one, form, "A Notice to Improve for", "Begin it")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a Notice to Improve."""
    one = queries.periods_for(request.user).filter(pk=pk, outcome="").first()
    if one is None:
        raise Http404
    form = OutcomeForm(request.POST or None, choices=IMPROVES)
    if form.is_valid() and done(
        request, lambda: legal_actions.end_period(by=request.user, period=one, outcome=form.cleaned_data["outcome"]), "Written down."
    ):
        return redirect("attendance:consideration", pk=one.consideration_id)
    return _form(request, one, form, "What came of the Notice to Improve for", "Write it down")


@needs(P.SEE_PUPILS)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice: paid, withdrawn, or neither yet."""
    one = queries.notices_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.SEE_PUPILS, one.school_id):
        raise Http404
    works = bool(may(request.user, P.WORK_ATTENDANCE, one.school_id))
    form = PaidForm(request.POST or None, initial={"act": "paid", "paid": clock.today()})
    if request.method == "POST" and not works:
        raise Http404
    if form.is_valid():
        kept = form.cleaned_data
        paid = kept["act"] == "paid"
        act = (lambda: legal_actions.pay(by=request.user, notice=one, paid=kept["paid"])) if paid else (
            lambda: legal_actions.withdraw(by=request.user, notice=one, because=kept["because"]))  # fmt: skip
        if done(request, act, "Written down."):
            return redirect("attendance:notice", pk=pk)
    actions.look(by=request.user, at=f"notice {pk}")
    sign = rules.pseudonym(one.pupil)
    told = {
        "one": one,
        "form": form,
        "sign": sign,
        "works": works,
        "parent": queries.text_of(one.parent_sealed) if works else "kept by the attendance team",
        "title": f"Penalty notice: {sign}",
    }
    return render(request, "attendance/notice.html", told, status=422 if form.is_bound else 200)
