"""The traded offer: the catalogue, what schools order of it, and the balance of each order."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.entitlements import queries, selling
from headway.desk.entitlements.forms import OfferForm, OrderForm, WhyForm
from headway.desk.entitlements.models import Offer, Order, UseState
from headway.desk.establishments.models import Establishment
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.vocabulary.errors import HeadwayError

P = Permission


@dataclass(frozen=True)
class Balance:
    """One order: what it costs in all, the adviser days bought, had and left."""

    order: Order
    pounds: Decimal
    days: Decimal
    had: Decimal

    @property
    def left(self) -> Decimal:
        return self.days - self.had


def balances(orders: "list[Order]") -> list[Balance]:
    had = dict(
        Order.objects.filter(pk__in=[one.pk for one in orders], uses__state=UseState.DELIVERED)
        .annotate(had=Sum("uses__days")).values_list("pk", "had")
    )  # fmt: skip
    return [Balance(one, one.units * one.pounds, one.units * one.days, had.get(one.pk) or Decimal(0)) for one in orders]


def of_school(school: Establishment) -> list[Balance]:
    return balances(list(Order.objects.filter(school=school).select_related("offer", "school")))


@needs(P.SEE_SUPPORT)
@require_GET
def offer(request: HttpRequest) -> HttpResponse:
    """What schools can buy, and what those of this person's patch have ordered."""
    writes, plans = bool(may(request.user, P.WRITE_SUPPORT)), bool(may(request.user, P.PLAN_SUPPORT))
    listed = balances(list(queries.orders_for(request.user)))
    told = {"offers": Offer.objects.filter(archived=None), "orders": listed, "writes": writes, "plans": plans, "csrf": get_token(request)}
    told |= {
        "export": bool(may(request.user, P.EXPORT)),
        "pounds": sum((one.pounds for one in listed if one.order.state in ("agreed", "done")), Decimal(0)),
    }
    told |= {
        "days": sum((one.left for one in listed if one.order.state == "agreed"), Decimal(0)),
        "asks": bool(may(request.user, P.ANSWER_FOR_SCHOOL)),
    }
    told |= {"mine": list(queries.schools_for(request.user)[:2])}
    return framed(request, the_door(), "The traded offer", body("offer.html", "entitlements", **told))


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def orders_file(request: HttpRequest, form: str) -> HttpResponse:
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [["URN", "School", "What", "Units", "Pounds", "Adviser days", "Days had", "Days left", "Asked", "Stands"]]
    for one in balances(list(queries.orders_for(request.user))):
        order = one.order
        table.append([order.school_id, order.school.name, order.offer.title, float(order.units), float(one.pounds), float(one.days),
                      float(one.had),
                      float(one.left), str(order.asked), order.get_state_display()])  # fmt: skip
    return sent(table, form, "orders")


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST or None)
    if form.is_valid():
        made = selling.offer(by=request.user, **form.cleaned_data)
        messages.success(request, f"{made} is in the offer.")
        return redirect("entitlements:offer")
    return _form(request, form, "Add to the traded offer", "Add it")


def _open(pk: int) -> Offer:
    one = Offer.objects.filter(pk=pk, archived=None).first()
    if one is None:
        raise Http404
    return one


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = _open(pk)
    start = {name: getattr(one, name) for name in ("title", "what", "unit", "pounds", "days")}
    form = OfferForm(request.POST or None, initial=start)
    if form.is_valid():
        selling.change_offer(by=request.user, one=one, **form.cleaned_data)
        messages.success(request, "Changed. Orders keep the price at which they were asked for.")
        return redirect("entitlements:offer")
    return _form(request, form, f"Change: {one}", "Save")


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = _open(pk), WhyForm(request.POST or None)
    if form.is_valid():
        selling.archive_offer(by=request.user, one=one, because=form.cleaned_data["because"])
        messages.success(request, f"{one} is no longer offered. What was ordered of it stays.")
        return redirect("entitlements:offer")
    return _form(request, form, f"No longer offer: {one}", "Take it out of the offer")


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, urn: int) -> HttpResponse:
    """A head, or the council's people for a school, orders something."""
    school = Establishment.objects.filter(pk=urn).first()
    if school is None or not (may(request.user, P.ANSWER_FOR_SCHOOL, urn) or may(request.user, P.WRITE_SUPPORT, urn)):
        raise Http404
    form = OrderForm(request.POST or None, initial={"offer": request.GET.get("offer", ""), "units": 1})
    if form.is_valid():
        given = form.cleaned_data
        selling.order(by=request.user, school=school, one=given["offer"], units=given["units"], wish=given["wish"])
        messages.success(request, "Asked for. The adviser team answers.")
        return redirect("entitlements:of_school", urn=urn)
    return _form(request, form, f"Order for {school.name}", "Ask for it", school)


@needs(P.WRITE_SUPPORT)
@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """An order is agreed, delivered in full, taken up again or cancelled."""
    one = queries.orders_for(request.user).filter(pk=pk).first()
    if one is None or not may(request.user, P.WRITE_SUPPORT, one.school_id):
        raise Http404
    words = {"agreed": "agreed", "done": "delivered in full", "cancelled": "cancelled"}[act]
    try:
        selling.move_order(by=request.user, one=one, to=act)
    except HeadwayError as fault:
        messages.error(request, f"{fault.what} {fault.why} {fault.remedy}")
    else:
        messages.success(request, f"{one}: {words}.")
    return redirect("entitlements:offer")


def _form(request: HttpRequest, form: object, title: str, button: str, school: Establishment | None = None) -> HttpResponse:
    told = {"form": form, "title": title, "button": button, "school": school}
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, "entitlements/form.html", told, status=status)
