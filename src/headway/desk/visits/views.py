"""The pages of visits: a person's day, the visits of an area or a school, one visit from booking to an agreed note."""

import secrets
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of, viewer_of
from headway.desk.accounts.sealing import opened
from headway.desk.entitlements.counting import count
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing import post
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.visits import actions, pages, queries, rules, telling
from headway.desk.visits.briefing import briefing as briefing_of
from headway.desk.visits.forms import BookForm, CallForm, ChangeForm, CloseForm, FollowUpForm, WhyForm
from headway.desk.visits.models import FollowUp, State, Visit
from headway.readings.calendar import half_term_ends, holidays, term_of
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission


@needs(P.SEE_SUPPORT)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What this person owes, or what their school is asked for."""
    door, day, named = the_door(), clock.today(), pages.titles(the_door())
    of_school = queries.of_school_only(request.user)
    if of_school:
        owed = queries.owed_by_school(request.user, day, named)
    else:
        owed = queries.owed_by(request.user, day, lambda name: pages.kind_of(door, name))
    found = rules.in_order(owed, day, half_term_ends(day, door.library))
    told = {"day": found, "today": day, "term": term_of(day, door.library), "due": rules.due_words, "of_school": of_school}
    told |= {"tiers": bool(may(request.user, P.SEE_TIERS)), "schools": sorted(patch_of(request.user) or ()) if of_school else []}
    told["engaged"] = bool(may(request.user, P.SEE_ENGAGEMENTS))
    return framed(request, door, "Today", body("today.html", "visits", answer=rules.day_sentence(found), **told))


def visit_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_SUPPORT) -> Visit:
    """A visit to a school of this person's; another's is as one that does not exist."""
    visit = queries.visit_for(request.user, pk)
    if visit is None or not may(request.user, permission, visit.school_id):
        raise Http404
    return visit


@needs(P.SEE_SUPPORT)
@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = visit_or_404(request, pk), the_door()
    shown = pages.shown(door, one, request.user, clock.today())
    writes = bool(may(request.user, P.WRITE_SUPPORT, one.school_id))
    told: dict[str, Any] = {
        "csrf": get_token(request),
        "writes": writes,
        "answers": bool(may(request.user, P.ANSWER_FOR_SCHOOL, one.school_id)),
    }
    told["prepared"] = pages.prepared(door, one, viewer_of(request)) if writes and one.state in (State.BOOKED, State.DRAFT) else None
    told["mailed"] = telling.said_of(one) if writes and one.state == State.AGREED else ""
    told["mends"] = rules.may_move(one.state, State.DRAFT, shown.kind.by) and one.state == State.SHARED
    return framed(request, door, str(one), body("visit.html", "visits", shown=shown, today=clock.today(), **told))


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, urn: int) -> HttpResponse:
    school, door = school_or_404(request, urn, P.WRITE_SUPPORT), the_door()
    start = {"adviser": request.user.pk, "day": clock.today(), "kind": request.GET.get("kind", "")}
    form = BookForm(request.POST or None, initial=start, kinds=door.library.visit_kinds, urn=urn)
    if form.is_valid():
        weighs = pages.weighs(door, school, pages.kind_of(door, form.cleaned_data["kind"]), clock.today())
        one = actions.book(by=request.user, school=school, weighs=weighs, **form.cleaned_data)
        others = queries.same_week(urn, one.day, one.pk)
        also = f" The school has {len(others)} other{'' if len(others) == 1 else 's'} that week." if others else ""
        past = " That day is over: write its note, or say why it was not held." if one.day < clock.today() else ""
        messages.success(request, f"Booked for {one.day:%A} {one.day.day} {one.day:%B %Y}.{past}{also}")
        return redirect("visits:visit", pk=one.pk)
    told = {"form": form, "title": f"Book a visit to {school.name}", "button": "Book it", "kinds": door.library.visit_kinds.values()}
    return render(request, "visits/form.html", told, status=422 if form.is_bound else 200)


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = visit_or_404(request, pk, P.WRITE_SUPPORT)
    if one.state not in (State.BOOKED, State.DRAFT):
        raise Http404
    start = {"day": one.day, "begins": one.begins, "adviser": one.adviser_id, "purpose": one.purpose}
    form = ChangeForm(request.POST or None, initial=start, kinds={}, urn=one.school_id)
    if form.is_valid():
        actions.change(by=request.user, visit=one, **form.cleaned_data)
        messages.success(request, "Changed. The reason is kept.")
        return redirect("visits:visit", pk=pk)
    return render(request, "visits/form.html", {"form": form, "title": f"Change: {one}", "button": "Save", "visit": one},
                  status=422 if form.is_bound else 200)  # fmt: skip


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one = visit_or_404(request, pk, P.WRITE_SUPPORT)
    form = WhyForm(request.POST or None)
    if form.is_valid() and done(
        request, lambda: actions.cancel(by=request.user, visit=one, because=form.cleaned_data["because"]), "Cancelled."
    ):
        return redirect("visits:visit", pk=pk)
    return render(request, "visits/form.html", {"form": form, "title": f"Cancel: {one}", "button": "Cancel the visit", "visit": one},
                  status=422 if form.is_bound else 200)  # fmt: skip


@needs(P.WRITE_SUPPORT)
@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Share, take back, agree, or mark as done."""
    one, door = visit_or_404(request, pk, P.WRITE_SUPPORT), the_door()
    way, who = pages.kind_of(door, one.kind).by, request.user
    moves = {
        "share": (lambda: actions.share(by=who, visit=one, way=way, holidays=holidays(door.library)), "The school has the note."),
        "take-back": (lambda: actions.take_back(by=who, visit=one), "The note is back with you."),
        "agree": (lambda: _agreed(who, door, one), "The note is agreed; head and governors can read it."),
        "held": (lambda: actions.hold(by=who, visit=one, way=way), "Marked as done."),
    }
    if done(request, *moves[act]) and act == "agree":
        with suppress(*post.FAULTS):  # it goes with the next run of the timer
            telling.tell(by=who.label, visit=one)
    return redirect("visits:visit", pk=pk)


@transaction.atomic
def _agreed(who: Any, door: Door, one: Visit) -> None:
    """With the note agreed the governors have their copy, which some tiers promise."""
    actions.agree(by=who, visit=one)
    count(by=who, door=door, school=one.school, item="governors_copy", day=clock.today(), once=f"copy-{one.pk}")


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """A call, in half a minute."""
    sent = queries.call_sent(request.user, request.POST.get("once", ""))
    if sent:
        return redirect("visits:of_school", urn=sent.school_id)
    urn, counts = request.GET.get("urn", ""), request.GET.get("counts_as", "")
    start = {"school": urn, "spoke_to": "head", "counts_as": counts, "owner": "school", "once": secrets.token_hex(8)}
    form = CallForm(request.POST or None, initial=start, user=request.user, waiting=_waiting(request, request.POST.get("school", urn)))
    if form.is_valid():
        given = form.cleaned_data
        one = queries.visit_for(request.user, int(given["counts_as"])) if given["counts_as"] else None
        call = actions.log_call(
            by=request.user, school=given["school"], spoke_to=given["spoke_to"], said=given["said"], restricted=given["restricted"],
            counts_as=one, way=pages.kind_of(the_door(), one.kind).by if one else "", once=given["once"], day=given["day"],
        )  # fmt: skip
        if given["what"]:
            actions.promise(by=request.user, school=given["school"], what=given["what"], owner=given["owner"], due=given["due"], call=call)
        messages.success(request, f"The call with {given['school'].name} is written down.")
        return redirect("visits:of_school", urn=given["school"].pk)
    return render(request, "visits/call.html", {"form": form, "title": "Log a call"}, status=422 if form.is_bound else 200)


def _waiting(request: HttpRequest, school: str) -> list[tuple[str, str]]:
    """This person's booked calls to a school, for one of which a call may count."""
    urn = number_in(school)
    if urn is None:
        return []
    door = the_door()
    booked = Visit.objects.filter(adviser=request.user, school_id=urn, state=State.BOOKED)
    ways = {one: pages.kind_of(door, one.kind) for one in booked}
    return [(str(one.pk), f"{kind.title}, {one.day.day} {one.day:%B}") for one, kind in ways.items() if kind.by == "call"]


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """Every visit and call of a school, whoever of the council comes, and what is still to be done."""
    school, door, named = school_or_404(request, urn, P.SEE_SUPPORT), the_door(), pages.titles(the_door())
    hidden = queries.of_school_only(request.user)
    visits = [
        (one, named.get(one.kind, one.kind)) for one in queries.visits_for(request.user).filter(school_id=urn).order_by("-day", "-pk")
    ]
    may_read = bool(may(request.user, P.SEE_RESTRICTED, urn))
    calls = [(one, _said(one, hidden, may_read)) for one in queries.calls_for(request.user).filter(school_id=urn)]
    told = {
        "visits": visits,
        "calls": calls,
        "follow_ups": queries.follow_ups_for(request.user).filter(school_id=urn),
        "today": clock.today(),
    }
    told |= {"writes": bool(may(request.user, P.WRITE_SUPPORT, urn)), "of_school": hidden}
    return framed(request, door, f"Visits and calls: {school.name}", body("of_school.html", "visits", school=school, **told))


def _said(call: Any, of_school: bool, may_read: bool) -> str:
    """What was said in a call, for the council's people; a restricted one for those who may read it."""
    if of_school:
        return ""
    if not call.restricted:
        return str(call.said)
    return opened(call.said, queries.NOTE) if may_read and call.said else "Restricted: for the adviser team only."


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """An action that came out of a visit."""
    one = visit_or_404(request, pk, P.WRITE_SUPPORT)
    form = FollowUpForm(request.POST or None, initial={"owner": "school"})
    if form.is_valid() and form.cleaned_data["what"]:
        actions.promise(by=request.user, school=one.school, visit=one, **form.cleaned_data)
        messages.success(request, "The action is kept until it is closed.")
        return redirect("visits:visit", pk=pk)
    return render(request, "visits/form.html", {"form": form, "title": f"An action from {one}", "button": "Keep it", "visit": one},
                  status=422 if form.is_bound else 200)  # fmt: skip


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The council's people close any; a head closes what the school promised."""
    one = queries.follow_ups_for(request.user).filter(pk=pk).first()
    if one is None or not _may_close(request, one):
        raise Http404
    form = CloseForm(request.POST or None)
    if form.is_valid():
        actions.close(by=request.user, follow_up=one, outcome=form.cleaned_data["outcome"])
        messages.success(request, "Closed, with what came of it.")
        return redirect("visits:of_school", urn=one.school_id)
    return render(request, "visits/form.html", {"form": form, "title": f"Close: {one.what}", "button": "Close it"},
                  status=422 if form.is_bound else 200)  # fmt: skip


def _may_close(request: HttpRequest, one: FollowUp) -> bool:
    if may(request.user, P.WRITE_SUPPORT, one.school_id):
        return True
    return one.owner == "school" and bool(may(request.user, P.ANSWER_FOR_SCHOOL, one.school_id))


@needs(P.SEE_SUPPORT)
@require_GET
def briefing(request: HttpRequest, urn: int) -> HttpResponse:
    """“Ofsted rang”: the school on one page."""
    school, door = school_or_404(request, urn, P.SEE_SUPPORT), the_door()
    today = clock.today()
    found = briefing_of(door, school, request.user, viewer_of(request), today)
    told = {"school": school, "found": found, "today": today, "sees_tiers": bool(may(request.user, P.SEE_TIERS, urn))}
    return framed(request, door, f"Briefing: {school.name}", body("briefing.html", "visits", **told))
