"""Advisers: who is named for which school, what each has time for, and which schools they keep away from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.entitlements import actions, pages, queries
from headway.desk.entitlements.forms import DiaryForm, NameForm
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.interests import queries as interests
from headway.vocabulary import clock

P = Permission


@needs(P.WRITE_SUPPORT)
@require_GET
def advisers(request: HttpRequest) -> HttpResponse:
    """Days available against days owed, adviser by adviser."""
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    kept = pages.held(door, today)
    loads, nobodys = pages.workloads(door, kept)
    told: dict[str, Any] = {
        "loads": loads,
        "nobodys": nobodys,
        "year": queries.year_of(door, today),
        "plans": bool(may(request.user, P.PLAN_SUPPORT)),
    }
    told |= {"unnamed": [one for urn, one in kept.schools.items() if urn not in kept.named], "field_days": kept.entitlement.field_days}
    told |= {
        "without": [one for one in queries.advisers() if one.pk not in {load.adviser.pk for load in loads}],
        "export": bool(may(request.user, P.EXPORT)),
    }
    return framed(
        request, door, "Days owed and available", body("advisers.html", "entitlements", answer=pages.days_answer(loads, nobodys), **told)
    )


@needs(P.WRITE_SUPPORT, recently=True)
@require_GET
@exported
def advisers_file(request: HttpRequest, form: str) -> HttpResponse:
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    table: list[list[Cell]] = [["Adviser", "Schools", "Days available", "Days given", "Days still owed", "Days left over", "Lines overdue"]]
    loads, nobodys = pages.workloads(door, pages.held(door, clock.today()))
    for one in loads:
        days: list[Cell] = [one.days if one.days is not None else "no diary kept", one.given, one.owed]
        table.append([str(one.adviser), one.schools, *days, one.free if one.free is not None else "no diary kept", one.overdue])
    return sent([*table, ["Nobody named", "", "", "", nobodys, "", ""]], form, "days-owed-and-available")


@needs(P.WRITE_SUPPORT)
@require_GET
def adviser(request: HttpRequest, pk: int) -> HttpResponse:
    """One adviser's year, school by school, with what is owed next."""
    who, door, today = _adviser_or_404(pk), the_door(), clock.today()
    kept, tiers = pages.held(door, today), queries.tier_titles(the_door())
    mine = sorted(
        (urn for urn, one in kept.named.items() if one.pk == pk and urn in kept.ledgers),
        key=lambda urn: (-kept.ledgers[urn].overdue, kept.schools[urn].name),
    )
    titled = queries.titles(door)
    listed = [(kept.schools[urn], kept.ledgers[urn], tiers.get(kept.ledgers[urn].tier, pages.NO_TIER)) for urn in mine]
    loads = {one.adviser.pk: one for one in pages.workloads(door, kept)[0]}
    plans = bool(may(request.user, P.PLAN_SUPPORT))
    apart = [
        (one, interests.what_of(one) if interests.may_read(request.user, one) else "") for one in interests.apart(today).filter(person=who)
    ]
    told: dict[str, Any] = {
        "who": who,
        "listed": listed,
        "load": loads.get(pk),
        "apart": apart,
        "plans": plans,
        "today": today,
        "words": pages.owed_words,
    }
    told |= {
        "titled": titled,
        "title_of": pages.title_of,
        "own": request.user.pk == pk,
        "csrf": get_token(request),
        "year": queries.year_of(door, today),
    }
    return framed(request, door, f"Days owed: {who}", body("adviser.html", "entitlements", **told))


def _adviser_or_404(pk: int) -> User:
    who = next((one for one in queries.advisers() if one.pk == pk), None)
    if who is None:
        raise Http404
    return who


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, urn: int) -> HttpResponse:
    """Who is named for a school."""
    school = school_or_404(request, urn, P.PLAN_SUPPORT)
    barred = {one.person_id: "interest" for one in interests.kept_from(urn, clock.today())}
    now = queries.named_now([urn]).get(urn)
    form = NameForm(request.POST or None, initial={"since": clock.today(), "adviser": now.pk if now else None}, urn=urn, barred=barred)
    if form.is_valid():
        actions.name(by=request.user, school=school, **form.cleaned_data)
        who = form.cleaned_data["adviser"]
        messages.success(request, f"{who} is named for {school.name}." if who else f"Nobody is named for {school.name} now.")
        return redirect("entitlements:of_school", urn=urn)
    return _form(request, form, f"Who is named for {school.name}", "Save", school)


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def diary(request: HttpRequest, pk: int) -> HttpResponse:
    """What an adviser has time for this school year."""
    who, door = _adviser_or_404(pk), the_door()
    year = queries.year_of(door, clock.today())
    now = queries.diaries(year.name).get(pk)
    facts = pages.held(door, clock.today()).facts
    phases = sorted({one.phase for one in facts.values() if one.phase})
    start = {"days": now.days if now else queries.entitlement_of(door).field_days, "phases": now.phases if now else []}
    form = DiaryForm(request.POST or None, initial=start, phases=phases)
    if form.is_valid():
        given = form.cleaned_data
        near = pages.place_of(facts, given["place"])
        if given["place"] and near is None:
            form.add_error("place", "No school of the area has that URN, or only one such name. Give the URN.")
        else:
            latitude, longitude = near or ((now.latitude, now.longitude) if now else (None, None))
            actions.keep_diary(
                by=request.user,
                adviser=who,
                year=year.name,
                days=given["days"],
                phases=given["phases"],
                latitude=latitude,
                longitude=longitude,
            )
            messages.success(request, f"{given['days']} days in {year.name} for {who}.")
            return redirect("entitlements:adviser", pk=pk)
    return _form(request, form, f"Diary of {who}, {year.name}", "Save")


def _form(request: HttpRequest, form: Any, title: str, button: str, school: Any = None) -> HttpResponse:
    told = {"form": form, "title": title, "button": button, "school": school}
    return render(request, "entitlements/form.html", told, status=422 if form.is_bound else 200)
