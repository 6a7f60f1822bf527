"""The allocation of advisers to schools in the desk: asked, settled by hand and asked again, adopted."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.audit.actions import record
from headway.desk.entitlements import actions, pages, queries
from headway.desk.entitlements.allocating import CHANGE, Adviser, Allocated, HeldTooMuch, Line, School, Wishes, allocate, changes
from headway.desk.entitlements.models import Allocation
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.interests import queries as interests
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.clock import now

P = Permission
LEAST = 0.25  # days that a school takes at least, for a call
MOST = 2000  # kilometres that keeping an adviser may be worth


def to_allocate(door: Door, kept: pages.Held) -> tuple[list[School], list[Adviser]]:
    """The schools with the days of the year that they are owed or had, and the advisers whose diary is kept."""
    year = queries.year_of(door, kept.today)
    schools = []
    for urn, one in sorted(kept.schools.items()):
        facts, ledger = kept.facts.get(urn), kept.ledgers[urn]
        place = (facts.latitude, facts.longitude) if facts and facts.latitude is not None and facts.longitude is not None else None
        who = kept.named.get(urn)
        schools.append(School(urn, one.name, one.phase, max(LEAST, ledger.days_owed + ledger.days_given), place, who.pk if who else None))
    diaries = queries.diaries(year.name).values()
    advisers = [
        Adviser(one.adviser_id, str(one.adviser), float(one.days), frozenset(one.phases),
                (one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else None)
        for one in diaries if one.adviser.is_active
    ]  # fmt: skip
    return schools, advisers


def wishes_of(told: dict[str, Any], apart: frozenset[tuple[int, int]]) -> Wishes:
    held, barred = (frozenset((int(urn), int(pk)) for urn, pk in told.get(name, [])) for name in ("held", "barred"))
    return Wishes(int(told.get("change", CHANGE)), apart, held, barred)


def ask(*, by: User, door: Door, told: dict[str, Any], after: Allocation | None = None) -> Allocation:
    """Solve it and keep what came out. Raises HeldTooMuch.

    It is solved outside of any transaction: that may take half a minute, for which nobody else could otherwise save anything.
    """
    kept = pages.held(door, clock.today())
    schools, advisers = to_allocate(door, kept)
    apart = frozenset((one.school_id or 0, one.person_id) for one in interests.apart(kept.today))
    found = allocate(schools, advisers, wishes_of(told, apart))
    year = queries.year_of(door, kept.today).name
    counted = {"schools": len(schools), "advisers": len(advisers), "held": len(told.get("held", [])), "gap": round(found.gap, 6)}
    with transaction.atomic():
        made = Allocation.objects.create(year=year, after=after, asked=told, result=_plain(found, advisers), by=by.label)
        record(by=by.label, verb="allocated", target="advisers", target_id=made.pk, after=counted)
    return made


def _plain(found: Allocated, advisers: list[Adviser]) -> dict[str, Any]:
    return {
        "lines": [vars(line) for line in found.lines], "total": found.total, "bound": found.bound, "proven": found.proven,
        "loads": {str(one.pk): [one.name, one.days, found.loads.get(one.pk, 0.0)] for one in advisers},
    }  # fmt: skip


@transaction.atomic
def adopt(*, by: User, one: Allocation) -> int:
    """Name whom it proposes; how many schools have somebody else now. Adopted twice it is adopted once."""
    fresh = Allocation.objects.select_for_update().get(pk=one.pk)
    if fresh.adopted:
        return 0
    named = {urn: who.pk for urn, who in queries.named_now().items()}
    kept = {user.pk: user for user in queries.advisers()}
    schools = {school.pk: school for school in queries.schools_for(by)}
    many = 0
    for urn, pk in changes((Line(**line) for line in fresh.result["lines"]), named):
        if urn in schools and pk in kept:
            actions.name(by=by, school=schools[urn], adviser=kept[pk], since=clock.today(), because="By the allocation of the year.")
            many += 1
    fresh.adopted, fresh.adopted_by = now(), by.label
    fresh.save(update_fields=["adopted", "adopted_by"])
    record(by=by.label, verb="adopted", target="allocation", target_id=fresh.pk, after={"changed": many})
    return many


@needs(P.PLAN_SUPPORT)
@require_GET
def allocation(request: HttpRequest) -> HttpResponse:
    """The newest allocation, line by line; or how to have the first."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    one = Allocation.objects.filter(year=queries.year_of(door, clock.today()).name).first()
    kept = pages.held(door, clock.today())
    told: dict[str, Any] = {"one": one, "csrf": get_token(request), "change": one.asked.get("change", CHANGE) if one else CHANGE}
    if one is not None:
        names = {pk: told_of[0] for pk, told_of in ((int(key), value) for key, value in one.result["loads"].items())}
        show = request.GET.get("show", "changes")
        lines = [(line, kept.schools[line["urn"]]) for line in one.result["lines"] if line["urn"] in kept.schools]
        shown = [(line, school) for line, school in lines if show == "all" or line["change"] or line["adviser"] is None or line["held"]]
        told |= {"lines": shown, "names": names, "loads": sorted(one.result["loads"].values()), "show": show, "every": lines}
        told |= {
            "unmet": sum(line["adviser"] is None for line, _ in lines),
            "now": kept.named,
            "moved": sum(line["change"] for line, _ in lines),
        }
        told["gap"] = (one.result["total"] - one.result["bound"]) / one.result["total"] if one.result["total"] else 0.0
        told["export"] = bool(may(request.user, P.EXPORT))
    return framed(request, door, "Who might be named for whom", body("allocation.html", "entitlements", **told))


@needs(P.PLAN_SUPPORT)
@require_POST
def solve_again(request: HttpRequest) -> HttpResponse:
    """Solve it, with what was settled by hand so far and, where the form says so, one pair more.

    It goes on from the newest, which somebody else may have made since the page was loaded: what either settled is kept.
    """
    door = the_door()
    if door.facts is None:
        raise Http404
    last = Allocation.objects.filter(year=queries.year_of(door, clock.today()).name).first()
    told = _wished(request.POST, last)
    if told is None:
        messages.error(request, f"What keeping an adviser is worth is a whole number of kilometres from 0 to {MOST}. Nothing was changed.")
        return redirect("entitlements:allocation")
    if _kept_apart(request.POST):
        messages.error(request, "A conflict of interest keeps the two apart. Nothing was changed.")
        return redirect("entitlements:allocation")
    try:
        ask(by=request.user, door=door, told=told, after=last)
    except HeldTooMuch:
        messages.error(request, "What is settled by hand asks somebody for more days than they have. Nothing was changed.")
    else:
        meanwhile = last is not None and str(last.pk) != request.POST.get("after", "")
        more = " Somebody had worked it out since you loaded the page; what they settled by hand is in it too." if meanwhile else ""
        messages.success(request, f"Solved again.{more}" if last else "Solved.")
    return redirect("entitlements:allocation")


def _kept_apart(form: QueryDict) -> bool:
    pair = number_in(form.get("urn", "")), number_in(form.get("adviser", ""))
    return any((one.school_id, one.person_id) == pair for one in interests.apart(clock.today()))


def _wished(form: QueryDict, last: Allocation | None) -> dict[str, Any] | None:
    """What was asked for last, with what the form asks for; None where a number cannot be read."""
    told: dict[str, Any] = dict(last.asked) if last else {"held": [], "barred": []}
    if "change" in form:
        worth = number_in(form["change"].strip())
        if worth is None or worth > MOST:
            return None
        told["change"] = worth
    urn, pk = number_in(form.get("urn", "")), number_in(form.get("adviser", ""))
    if urn is not None:
        told["held"] = [pair for pair in told.get("held", []) if pair[0] != urn] + ([[urn, pk]] if pk is not None else [])
    return told


@needs(P.PLAN_SUPPORT)
@require_POST
def adopted(request: HttpRequest, pk: int) -> HttpResponse:
    one = Allocation.objects.filter(pk=pk).first()
    if one is None:
        raise Http404
    many = adopt(by=request.user, one=one)
    messages.success(request, f"Adopted: {many} {'school has' if many == 1 else 'schools have'} another adviser from today.")
    return redirect("entitlements:advisers")


@needs(P.PLAN_SUPPORT, recently=True)
@require_GET
@exported
def allocation_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    one = Allocation.objects.filter(pk=int(pk)).first()
    if one is None or not may(request.user, P.EXPORT):
        raise Http404
    kept, names = pages.held(the_door(), clock.today()), {int(key): value[0] for key, value in one.result["loads"].items()}
    table: list[list[Cell]] = [["URN", "School", "Phase", "Adviser days", "Adviser", "Named now", "Kilometres one way", "Why"]]
    for line in one.result["lines"]:
        school = kept.schools.get(line["urn"])
        km: Cell = round(line["km"], 1) if line["km"] is not None else "not known"
        table.append([line["urn"], school.name if school else "", school.phase if school else "", line["days"],
                      names.get(line["adviser"], "nobody"), str(kept.named.get(line["urn"], "nobody")), km, line["why"]])  # fmt: skip
    return sent(table, form, "who-might-be-named-for-whom")
