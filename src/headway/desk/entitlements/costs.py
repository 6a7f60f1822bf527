"""What support costs: adviser days and pounds by financial year, as a Schools Forum asks. It names no person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.entitlements import actions, money, pages, queries
from headway.desk.entitlements.forms import CostForm
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission
BACK, AHEAD = 3, 1  # financial years to choose from


def chosen(request: HttpRequest, door: Door) -> money.FinancialYear:
    """The council's financial year that the address asks for, or the one that today lies in."""
    calendar = door.library.calendar
    begins = calendar.financial_years["maintained"].begins if calendar else "04-01"
    now = money.financial_year(clock.today(), begins)
    asked = number_in(request.GET.get("year", ""))
    if asked is not None and now.begins - BACK <= asked <= now.begins + AHEAD:
        return money.financial_year(now.first.replace(year=asked), begins)
    return now


def _spent(request: HttpRequest, door: Door, year: money.FinancialYear) -> list[money.Spent]:
    return pages.spent(door, pages.held(door, clock.today()), year)


@needs(P.VIEW_COSTS)
@require_GET
def costs(request: HttpRequest) -> HttpResponse:
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    year, cost = chosen(request, door), queries.day_costs()
    spent, line = _spent(request, door, year), cost.get(year.begins)
    pounds = float(line.pounds) if line else None
    tiers = queries.tier_titles(door) | {"": pages.NO_TIER}
    told: dict[str, Any] = {
        "year": year,
        "line": line,
        "all": money.total("All schools", spent, pounds),
        "plans": bool(may(request.user, P.PLAN_SUPPORT)),
    }
    told["groups"] = [
        ("Who runs the school", money.totals(spent, lambda one: one.run, money.RUN, pounds)),
        ("Phase", money.totals(spent, lambda one: one.phase, {}, pounds)),
    ]
    if may(request.user, P.WRITE_SUPPORT):  # tiers are the team's to know
        told["groups"].append(("Support now", money.totals(spent, lambda one: one.tier, tiers, pounds)))
    told["crossed"] = [
        (money.RUN[run], money.totals([one for one in spent if one.run == run], lambda one: one.phase, {}, pounds))
        for run in money.RUN if any(one.run == run for one in spent)
    ]  # fmt: skip
    told |= {
        "years": [money.financial_year(year.first.replace(year=begins), f"{year.first:%m-%d}") for begins in _years()],
        "today": clock.today(),
    }
    told |= {
        "export": bool(may(request.user, P.EXPORT) and may(request.user, P.WRITE_SUPPORT)),
        "pounds": pages.pounds,
        "answer": pages.cost_answer(told["all"], year, clock.today()),
    }
    return framed(request, door, "What support costs", body("costs.html", "entitlements", **told))


def _years() -> range:
    this = clock.today().year
    return range(this - BACK, this + AHEAD)


@needs(P.WRITE_SUPPORT, recently=True)
@require_GET
@exported
def costs_file(request: HttpRequest, form: str) -> HttpResponse:
    """A row for each school that the person works with; sums over them give the page's totals of the whole area."""
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    year, tiers = chosen(request, door), queries.tier_titles(door)
    line = queries.day_costs().get(year.begins)
    mine = {one.pk for one in queries.schools_for(request.user)}
    head = ["URN", "School", "Phase", "Run by", "Support now", "Pupils", "Adviser days given", "Adviser days still owed",
            "Cost of days given, pounds",
            "Bought of the traded offer, pounds"]  # fmt: skip
    table: list[list[Cell]] = [list(head)]
    for one in _spent(request, door, year):
        if one.urn in mine:
            cost = round(one.given * float(line.pounds), 2) if line else "no cost of a day is set"
            table.append([one.urn, one.name, one.phase, money.RUN[one.run], tiers.get(one.tier, pages.NO_TIER),
                          one.pupils if one.pupils is not None else "not known", one.given, one.owed, cost, one.sold])  # fmt: skip
    return sent(table, form, f"what-support-costs-{year.begins}")


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def day_cost(request: HttpRequest) -> HttpResponse:
    now = chosen(request, the_door())
    years = [(begins, f"{begins}–{(begins + 1) % 100:02d}") for begins in range(now.begins - 1, now.begins + 3)]
    form = CostForm(request.POST or None, initial={"year": now.begins}, years=years)
    if form.is_valid():
        actions.set_day_cost(by=request.user, **form.cleaned_data)
        messages.success(request, "Set. The figure before it stays in the audit.")
        return redirect("entitlements:costs")
    told = {"form": form, "title": "What an adviser’s day costs", "button": "Set it", "school": None}
    return render(request, "entitlements/form.html", told, status=422 if form.is_bound else 200)
