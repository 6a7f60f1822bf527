"""The pages of a meeting on tiers: called, who is there, school by school, confirmed and closed."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.definitions.tiers import NOT_ENOUGH, PHASES, Scheme
from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of, person_named, viewer_of
from headway.desk.duties import late
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import in_patch
from headway.desk.fairness import queries as fairness
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.interests.queries import kept_from
from headway.desk.moderation import pages, rows
from headway.desk.moderation.forms import MeetingForm, OpinionForm, OutcomeForm, PresenceForm
from headway.desk.self_evaluation.queries import own_views
from headway.desk.tiers import actions, queries
from headway.desk.tiers.evidence import signals, title_of
from headway.desk.tiers.models import Moderation, Presence
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.SEE_TIERS)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    door = the_door()
    calls = bool(may(request.user, P.DECIDE_TIERS))
    return framed(
        request, door, "Meetings on tiers", body("meetings.html", "moderation", meetings=list(queries.meetings(request.user)), calls=calls)
    )


@needs(P.DECIDE_TIERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A meeting is called: each school's proposal is made and kept."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    form = MeetingForm(request.POST or None, initial={"day": clock.today(), "once": secrets.token_hex(8), "scheme": scheme_named(door).id},
                       schemes=[(one.id, one.title) for one in door.library.tiers.values()], phases=list(PHASES))  # fmt: skip
    if form.is_valid():
        try:
            made = _called(request, door, form.cleaned_data)
        except HeadwayError as fault:
            form.add_error("urns", fault.sentence)
        else:
            messages.success(request, f"Called, with {made.items.count()} schools. Each proposal is kept with what it rests on.")
            return redirect("moderation:meeting", pk=made.pk)
    told = {"form": form, "title": "Call a meeting on tiers", "button": "Call it and propose"}
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


def _called(request: HttpRequest, door: Door, given: dict[str, Any]) -> Moderation:
    schools = in_patch(request.user).filter(status="open")
    schools = schools.filter(pk__in=given["urns"]) if given["urns"] else schools
    if given["phases"] and not given["urns"]:
        schools = schools.filter(phase__in=given["phases"])
    scheme = scheme_named(door, given["scheme"])
    told = {name: given[name] for name in ("title", "day", "once", "days_at_hand")}
    late.feed(by=request.user, library=door.library, schools=schools, today=clock.today())
    return actions.call_meeting(by=request.user, door=door, viewer=viewer_of(request), scheme=scheme, schools=schools, **told)


def meeting_or_404(request: HttpRequest, pk: int) -> Moderation:
    found = queries.meeting_for(request.user, pk)
    if found is None:
        raise Http404
    return found


def rows_of(request: HttpRequest, meeting: Moderation) -> list[rows.Row]:
    """The schools before a meeting that the person works with, in the order asked for."""
    items = list(queries.items_for(request.user, meeting))
    own = own_views([item.school_id for item in items], str(AcademicYear.of(meeting.day)))
    held = fairness.standing_of(the_door(), meeting.scheme).holds_back()
    found = [rows.row_of(item, own[item.school_id].tier if item.school_id in own else "", held) for item in items]
    return rows.in_order(found, request.GET.get("order", "name"), scheme_of(meeting))


def scheme_of(meeting: Moderation) -> Scheme:
    return scheme_named(the_door(), meeting.scheme)


@needs(P.SEE_TIERS)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting at its first school that is still open."""
    one = meeting_or_404(request, pk)
    listed = rows_of(request, one)
    first = next((row for row in listed if row.outcome is None), listed[0] if listed else None)
    if first is None:
        return framed(request, the_door(), str(one), body("empty.html", "moderation", meeting=one))
    return redirect(f"{reverse('moderation:school', args=[pk, first.urn])}?{request.GET.urlencode()}")


@needs(P.SEE_TIERS)
@require_http_methods(["GET", "POST"])
def school(request: HttpRequest, pk: int, urn: int) -> HttpResponse:
    """One school before the meeting: the list on the left, all that is known on the right, what is settled below."""
    one = meeting_or_404(request, pk)
    listed = rows_of(request, one)
    row = next((row for row in listed if row.urn == urn), None)
    if row is None:
        raise Http404
    scheme = scheme_of(one)
    if request.method == "GET":
        return _page(request, one, scheme, listed, row)
    if not may(request.user, P.MODERATE_TIERS, urn):
        raise Http404
    lacks = queries.lacks_to_move(row.item.school, scheme, request.POST.get("tier", ""), one.day, the_door().library)
    form = OutcomeForm(request.POST, scheme=scheme, proposed=row.proposed, lacks=lacks)
    if not form.is_valid():
        return _page(request, one, scheme, listed, row, form=form, status=422)
    try:
        actions.settle(by=request.user, item=row.item, scheme=scheme, tier=form.cleaned_data["tier"],
                       reason=form.cleaned_data["reason"].strip(), began_from=form.cleaned_data["began_from"], lacks=lacks)  # fmt: skip
    except HeadwayError as fault:
        fresh = next(again for again in rows_of(request, one) if again.urn == urn)
        return _page(request, one, scheme, rows_of(request, one), fresh, form=form, fault=fault, status=409)
    following = rows.next_open(rows_of(request, one), urn)
    said = f"{row.name}: {title_of(scheme, form.cleaned_data['tier'])}."
    messages.success(request, f"{said} {following.name} is next." if following else f"{said} Nothing is left open.")
    where = reverse("moderation:school", args=[pk, following.urn if following else urn])
    return redirect(f"{where}?order={request.GET.get('order', 'name')}")


def _page(request: HttpRequest, one: Moderation, scheme: Scheme, listed: list[rows.Row], row: rows.Row, *, form: OutcomeForm | None = None,
          fault: HeadwayError | None = None, status: int = 200) -> HttpResponse:  # fmt: skip
    door, order = the_door(), request.GET.get("order", "name")
    shown, begins, total = rows.page_of(listed, row.urn)
    before, after = rows.neighbours(listed, row.urn)
    present = list(one.present.select_related("interest_in"))
    told: dict[str, Any] = {"meeting": one, "scheme": scheme, "rows": shown, "begins": begins, "total": total, "row": row, "order": order}
    told |= {"orders": rows.ORDERS, "titles": rows.titles(scheme, listed), "answer": rows.answer_words(listed), "listed": listed}
    told |= {"before": before, "after": after, "cost": rows.planned(door, scheme, listed), "days": rows.days_of(door, scheme)}
    told |= {"found": pages.analysis(door, request.user, viewer_of(request), row.urn), "shown": (shown := row.shown)}
    told |= {"met": signals(shown, "met"), "unknown": signals(shown, "unknown"), "fair": fairness.standing_of(door, one.scheme)}
    told |= {"second": fairness.opinion_of(door, one.scheme, row.urn)}
    told |= {"not_met": signals(shown, "not_met"), "present": present, "fault": fault, "not_enough": NOT_ENOUGH}
    told["lacks"] = queries.lacks_to_leave(row.item.school, scheme, one.day, door.library)
    told |= {"interests": interested(present, row.urn), "csrf": get_token(request)}
    told["own"] = own_views([row.urn], str(AcademicYear.of(one.day))).get(row.urn)
    told |= {"form": form, "typed": _typed(form, row), "by": _by(row), "decides": bool(may(request.user, P.DECIDE_TIERS))}
    told |= {"writes": bool(may(request.user, P.MODERATE_TIERS, row.urn)) and not one.closed and not row.confirmed}
    return framed(request, door, f"{row.name}: {one}", body("school.html", "moderation", **told), status)


def interested(present: Iterable[Presence], urn: int) -> list[tuple[str, str]]:
    """Who of those present has an interest in a school: as declared in the meeting, or in the register, whose words stay sealed."""
    found = {who.name: who.interest for who in present if who.interest_in_id == urn}
    there = {who.user_id: who.name for who in present if who.user_id}
    for one in kept_from(urn, clock.today()).filter(person__in=there):
        found.setdefault(there[one.person_id], "in the register of interests")
    return list(found.items())


def _typed(form: OutcomeForm | None, row: rows.Row) -> dict[str, str]:
    """What the form shows: what was typed, else the outcome that stands."""
    if form is not None:
        return {name: form.data.get(name, "") for name in ("tier", "reason")}
    return {"tier": row.outcome.tier if row.outcome else "", "reason": row.outcome.reason if row.outcome else ""}


def _by(row: rows.Row) -> str:
    return names_of({row.outcome.by}).get(row.outcome.by, "somebody") if row.outcome else ""


@needs(P.MODERATE_TIERS)
@require_POST
def reopen(request: HttpRequest, pk: int, urn: int) -> HttpResponse:
    """A school is left open again; what was said of it stays."""
    one = meeting_or_404(request, pk)
    row = next((row for row in rows_of(request, one) if row.urn == urn), None)
    if row is None:
        raise Http404
    try:
        actions.settle(by=request.user, item=row.item, scheme=scheme_of(one), tier="", reason="", began_from=row.number)
    except HeadwayError as fault:
        messages.error(request, f"{fault.what} {fault.remedy}")
    else:
        messages.success(request, f"{row.name} is left open.")
    return redirect("moderation:school", pk=pk, urn=urn)


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int, urn: int) -> HttpResponse:
    """How the adviser sees the school."""
    one = meeting_or_404(request, pk)
    row = next((row for row in rows_of(request, one) if row.urn == urn), None)
    if row is None or one.closed:
        raise Http404
    scheme = scheme_of(one)
    choices = [(tier, title_of(scheme, tier)) for tier in (*scheme.tiers, NOT_ENOUGH)]
    start = {"view": row.opinion.tier, "line": row.opinion.line} if row.opinion else {}
    form = OpinionForm(request.POST or None, initial=start, titles=choices)
    if form.is_valid():
        actions.opine(by=request.user, item=row.item, tier=form.cleaned_data["view"], line=form.cleaned_data["line"])
        messages.success(request, "Kept beside the proposal.")
        return redirect("moderation:school", pk=pk, urn=urn)
    told = {"form": form, "title": f"Your view: {row.name}", "button": "Keep it",
            "crumb": (str(one), reverse("moderation:school", args=[pk, urn])), "visible": "those who sort schools."}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, and what they declare."""
    one = meeting_or_404(request, pk)
    form = PresenceForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        actions.attend(by=request.user, meeting=one, name=given["name"].strip(), part=given["part"], interest=given["interest"],
                       interest_in=given["school"], user=person_named(given["name"]))  # fmt: skip
        messages.success(request, f"{given['name']} is down as present.")
        return redirect("moderation:present", pk=pk)
    listed = body("present.html", "moderation", meeting=one, present=list(one.present.select_related("interest_in")))
    told = {"form": form, "title": f"Who is present: {one}", "button": "Add", "listed": listed,
            "crumb": (str(one), reverse("moderation:meeting", args=[pk]))}  # fmt: skip
    return render(request, "moderation/presence.html", told, status=422 if form.is_bound else 200)


@needs(P.DECIDE_TIERS)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose anew for the schools of which nothing is settled, with what was returned since."""
    one, door = meeting_or_404(request, pk), the_door()
    schools = Establishment.objects.filter(moderated__moderation=one)
    late.feed(by=request.user, library=door.library, schools=schools, today=clock.today())
    many = actions.put_before(by=request.user, door=door, viewer=viewer_of(request), scheme=scheme_of(one), meeting=one, schools=schools)
    messages.success(request, f"Proposed anew for {many} schools. What was settled stays as it was.")
    return redirect("moderation:meeting", pk=pk)
