"""The pages of the ledger: what is owed in all, each line, and one school's year."""

import secrets
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.definitions.entitlements import Entitlement
from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.entitlements import actions, offers, pages, queries, rules
from headway.desk.entitlements.forms import HAPPENINGS, LASTING, DoneForm, EnterForm, HappenedForm, WaiveForm, WhyForm
from headway.desk.entitlements.models import Happening, Order, Use
from headway.desk.entitlements.rules import State
from headway.desk.establishments.finding import school_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.framing import doing
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission
SHOWN = 100
FILTERS = ("text", "item", "state", "tier", "phase", "adviser")


@needs(P.WRITE_SUPPORT)
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """What is owed in all, by tier and by item."""
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    kept = pages.held(door, today)
    listed = pages.rows(door, kept, request.user)
    tiers, items = pages.by_tier(door, kept, request.user), pages.by_item(listed)
    told: dict[str, Any] = {"tiers": tiers, "items": items, "year": queries.year_of(door, today), "entitlement": kept.entitlement}
    told |= {"answer": pages.ledger_answer(tiers), "export": bool(may(request.user, P.EXPORT)), "states": pages.COUNTED}
    return framed(request, door, "What schools are owed", body("ledger.html", "entitlements", **told))


@needs(P.WRITE_SUPPORT, recently=True)
@require_GET
@exported
def ledger_file(request: HttpRequest, form: str) -> HttpResponse:
    """By tier, as seen."""
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    table: list[list[Cell]] = [
        ["Tier", "Schools", *(state.value.capitalize() for state in pages.COUNTED), "Adviser days given", "Adviser days still owed"]
    ]
    for one in pages.by_tier(door, pages.held(door, clock.today()), request.user):
        table.append([one.title, one.schools, *(one.states.get(state.value, 0) for state in pages.COUNTED), one.given, one.owed])
    return sent(table, form, "what-schools-are-owed")


def asked(request: HttpRequest) -> tuple[list[pages.Row], dict[str, str]]:
    """The lines that fit what the address asks for."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in FILTERS}
    door = the_door()
    return pages.narrowed(pages.rows(door, pages.held(door, clock.today()), request.user), given), given


@needs(P.WRITE_SUPPORT)
@require_GET
def lines(request: HttpRequest) -> HttpResponse:
    """Each line, to narrow, take away, and write down for many schools at once."""
    door, (found, given) = the_door(), asked(request)
    if door.facts is None:
        return nothing_yet(request, door)
    kept = pages.held(door, clock.today())
    told: dict[str, Any] = {"rows": found[:SHOWN], "total": len(found), "given": given, "today": kept.today, "words": pages.owed_words}
    told |= {
        "items": queries.titles(door),
        "tiers": [*queries.tier_titles(door).values(), pages.NO_TIER],
        "states": pages.COUNTED,
    }
    told |= {
        "phases": sorted({one.phase for one in kept.schools.values()}),
        "advisers": queries.advisers(),
        "query": request.GET.urlencode(),
    }
    told |= {"csrf": get_token(request), "once": secrets.token_hex(8), "export": bool(may(request.user, P.EXPORT)), "open": rules.OPEN}
    return framed(request, door, "Lines of the ledger", body("lines.html", "entitlements", **told))


@needs(P.WRITE_SUPPORT, recently=True)
@require_GET
@exported
def lines_file(request: HttpRequest, form: str) -> HttpResponse:
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [
        ["URN", "School", "Phase", "Tier", "What", "Why", "Due", "Stands", "Day", "Adviser days", "Named adviser", "Reason"]
    ]
    for row in asked(request)[0]:
        entry = row.line.entry
        table.append([
            row.school.pk, row.school.name, row.school.phase, row.tier, row.title, row.line.why.replace("_", " "), str(row.line.due),
            row.line.state.value, str(entry.day) if entry else "", row.line.days, str(row.adviser or "nobody"),
            entry.because if entry else "",
        ])  # fmt: skip
    return sent(table, form, "lines-of-the-ledger")


@needs(P.WRITE_SUPPORT)
@require_POST
def for_many(request: HttpRequest) -> HttpResponse:
    """One item written down as delivered for each school ticked; those of another patch are not touched."""
    door, item = the_door(), request.POST.get("item", "")
    known = queries.entitlement_of(door).items.get(item)
    ticked = [urn for one in request.POST.getlist("urn") if (urn := number_in(one)) is not None]
    schools = list(queries.schools_for(request.user).filter(pk__in=ticked))
    day = _day(request.POST.get("day", ""))
    if known is None or not schools or day is None or day > clock.today():
        messages.error(request, "Choose one item, tick the schools that had it, and give a day up to today. Nothing was written down.")
    else:
        days = Decimal(str(known.days)) if known.by == "adviser" else Decimal(0)
        many = actions.enter_for_many(
            by=request.user, schools=schools, item=item, day=day, days=days, once=request.POST.get("once", "")[:24]
        )
        messages.success(request, f"{known.title}: written down for {many} school{'' if many == 1 else 's'}.")
    return redirect(f"{request.POST.get('back', '')}" if request.POST.get("back", "").startswith("/support/") else "entitlements:lines")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """A school's year: what it is owed and had, who is named for it, what it ordered. Head and governors see the same lines."""
    school, door, today = school_or_404(request, urn, P.SEE_SUPPORT), the_door(), clock.today()
    writes = bool(may(request.user, P.WRITE_SUPPORT, urn))
    year = queries.year_of(door, today, request.GET.get("year", ""))
    shown = pages.of_school(door, school, today, year, seen_by_school=not writes)
    told: dict[str, Any] = {"school": school, "shown": shown, "today": today, "year": year, "writes": writes, "words": pages.owed_words}
    told |= {"orders": offers.of_school(school), "asks": bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn)) or writes}
    told |= {"plans": bool(may(request.user, P.PLAN_SUPPORT, urn)), "happenings": HAPPENINGS, "lasting": LASTING, "state": State}
    return framed(request, door, f"What {school.name} is owed", body("of_school.html", "entitlements", **told))


def _given(door: Door, school: Establishment) -> Entitlement:
    """What the school's own scheme gives."""
    return queries.ledgers(door, [school], clock.today())[school.pk].entitlement


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, urn: int) -> HttpResponse:
    """Write down what the school had, or book it."""
    school, door = school_or_404(request, urn, P.WRITE_SUPPORT), the_door()
    start = {"item": request.GET.get("item", ""), "day": clock.today(), "adviser": request.user.pk, "once": secrets.token_hex(8)}
    running = [(str(one.pk), str(one.offer)) for one in Order.objects.filter(school=school, state="agreed").select_related("offer")]
    form = EnterForm(request.POST or None, initial=start, entitlement=_given(door, school), urn=urn, orders=running)
    if form.is_valid():
        given = form.cleaned_data
        order = Order.objects.filter(pk=given.pop("order") or None).first()
        once = f"{request.user.pk}-{given.pop('once')}"
        state = "booked" if given["day"] > clock.today() else "delivered"
        actions.enter(by=request.user, school=school, state=state, order=order, once=once, **given)
        messages.success(request, "Booked." if state == "booked" else "Written down.")
        return redirect("entitlements:of_school", urn=urn)
    return _form(request, form, f"Write down support: {school.name}", "Write it down", school)


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, urn: int, item: str, due: str) -> HttpResponse:
    """One occasion is not given, with the reason."""
    school, door, day = school_or_404(request, urn, P.WRITE_SUPPORT), the_door(), _day(due)
    found = queries.ledgers(door, [school], clock.today())[school.pk]
    line = next((one for one in found.lines if one.item == item and one.due == day and one.state in rules.OPEN), None)
    if line is None:
        raise Http404
    form = WaiveForm(request.POST or None)
    title = queries.titles(door).get(item, item)
    if form.is_valid():
        actions.waive(by=request.user, school=school, item=item, for_due=line.due, because=form.cleaned_data["because"])
        messages.success(request, f"{title}: waived, with the reason.")
        return redirect("entitlements:of_school", urn=school.pk)
    return _form(request, form, f"Waive: {title}, due {line.due.day} {line.due:%B %Y}", "Waive it", school)


def use_or_404(request: HttpRequest, pk: int) -> Use:
    use = queries.uses_for(request.user).filter(pk=pk).first()
    if use is None or not may(request.user, P.WRITE_SUPPORT, use.school_id):
        raise Http404
    return use


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was booked has been held."""
    use = use_or_404(request, pk)
    form = DoneForm(request.POST or None, initial={"day": min(use.day, clock.today())})
    if form.is_valid():
        doing.done(request, lambda: actions.deliver(by=request.user, use=use, **form.cleaned_data), "Written down as delivered.")
        return redirect("entitlements:of_school", urn=use.school_id)
    return _form(request, form, f"Delivered: {_named(use)}", "Write it down", use.school)


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancelled, or entered by mistake; a waiver taken back is owed again."""
    use = use_or_404(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        doing.done(
            request,
            lambda: actions.withdraw(by=request.user, use=use, because=form.cleaned_data["because"]),
            "Taken back. It stays in the history.",
        )
        return redirect("entitlements:of_school", urn=use.school_id)
    return _form(request, form, f"Take back: {_named(use)}", "Take it back", use.school)


def _named(use: Use) -> str:
    title = queries.titles(the_door()).get(use.item, use.what or use.item)
    return f"{title}, {use.day.day} {use.day:%B %Y}"


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def happened(request: HttpRequest, urn: int) -> HttpResponse:
    """Something that brings an entitlement about."""
    school, door = school_or_404(request, urn, P.WRITE_SUPPORT), the_door()
    start = {"since": clock.today(), "kind": request.GET.get("kind", "")}
    form = HappenedForm(request.POST or None, initial=start, entitlement=_given(door, school))
    if form.is_valid():
        actions.happened(by=request.user, school=school, **form.cleaned_data)
        messages.success(request, f"Noted: {HAPPENINGS[form.cleaned_data['kind']].lower()}. What follows from it is in the list.")
        return redirect("entitlements:of_school", urn=urn)
    return _form(request, form, f"Something has happened: {school.name}", "Note it", school)


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def no_longer(request: HttpRequest, pk: int) -> HttpResponse:
    """A condition no longer holds, or an event was noted by mistake."""
    one = Happening.objects.filter(pk=pk, withdrawn=False, ended_because="").select_related("school").first()
    if one is None or not may(request.user, P.WRITE_SUPPORT, one.school_id):
        raise Http404
    mistaken, form = one.kind not in LASTING, WhyForm(request.POST or None)
    if form.is_valid():
        actions.no_longer(by=request.user, happening=one, until=clock.today(), because=form.cleaned_data["because"], mistaken=mistaken)
        messages.success(request, "Noted, with the reason.")
        return redirect("entitlements:of_school", urn=one.school_id)
    title = f"{'Noted by mistake' if mistaken else 'It no longer holds'}: {HAPPENINGS.get(one.kind, one.kind)}"
    return _form(request, form, title, "Note it", one.school)


def _form(request: HttpRequest, form: Any, title: str, button: str, school: Establishment | None = None) -> HttpResponse:
    told = {"form": form, "title": title, "button": button, "school": school}
    return render(request, "entitlements/form.html", told, status=422 if form.is_bound else 200)
