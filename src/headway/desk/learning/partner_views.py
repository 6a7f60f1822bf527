"""Partners outside the schools, what they offer to schools and pupils, and what is taken up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.doing import done, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.learning import partnering, queries, rules
from headway.desk.learning.forms import MoveForm, OfferForm, PartnerForm, TakeUpForm, WhyForm, of_day
from headway.desk.learning.models import Partner, PartnerKind, PartnerOffer, TakeUp, TakeUpState
from headway.desk.learning.opening import asked, one_of
from headway.vocabulary import clock

P = Permission


@needs(P.SEE_LEARNING)
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    user, kind = request.user, request.GET.get("kind", "")
    kind = kind if kind in PartnerKind.values else ""
    offers = queries.offers(clock.today())
    offers = offers.filter(partner__kind=kind) if kind else offers
    told: dict[str, Any] = {"offers": list(offers), "kind": kind, "kinds": PartnerKind.choices, "priced": partnering.priced}
    told |= {"partners": list(queries.partners()), "runs": bool(may(user, P.RUN_LEARNING)), "words": rules.pupils_words}
    told |= {"taken": list(queries.taken_for(user)[:60]), "keeps": queries.keeps(user), "books": bool(queries.own_schools(user))}
    told |= {"export": bool(may(user, P.EXPORT))}
    return framed(request, the_door(), "Partners", body("partners.html", "learning", **told))


@needs(P.SEE_LEARNING)
@require_GET
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    one: Partner = one_of(Partner.objects.all(), pk)
    told: dict[str, Any] = {"one": one, "offers": list(queries.offers(clock.today()).filter(partner=one)), "priced": partnering.priced}
    told |= {"runs": bool(may(request.user, P.RUN_LEARNING)), "books": bool(queries.own_schools(request.user)), "csrf": get_token(request)}
    return framed(request, the_door(), one.name, body("partner.html", "learning", **told))


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def new_partner(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        made = partnering.make_partner(by=request.user, **form.cleaned_data)
        messages.success(request, f"{made.name} is a partner. Write down what it offers.")
        return redirect("learning:partner", pk=made.pk)
    return asked(request, form, "A new partner", "Add it", (reverse("learning:partners"), "Partners"))


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def end_partner(request: HttpRequest, pk: int) -> HttpResponse:
    one: Partner = one_of(Partner.objects.filter(ended=None), pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        partnering.end_partner(by=request.user, partner=one, **form.cleaned_data)
        messages.success(request, "The partnership has ended. What was taken up is kept.")
        return redirect("learning:partners")
    return asked(request, form, f"{one.name} is no partner any more", "End it", (reverse("learning:partner", args=[pk]), one.name))


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def new_offer(request: HttpRequest, pk: int) -> HttpResponse:
    one: Partner = one_of(Partner.objects.filter(ended=None), pk)
    form = OfferForm(request.POST or None, initial=of_day(clock.today()))
    if form.is_valid():
        partnering.offer(by=request.user, partner=one, **form.cleaned_data)
        messages.success(request, "Schools can take it up.")
        return redirect("learning:partner", pk=pk)
    return asked(request, form, f"What {one.name} offers", "Offer it", (reverse("learning:partner", args=[pk]), one.name))


@needs(P.RUN_LEARNING)
@require_POST
def withdraw_offer(request: HttpRequest, pk: int) -> HttpResponse:
    one: PartnerOffer = one_of(PartnerOffer.objects.all(), pk)
    partnering.withdraw(by=request.user, offer=one)
    messages.success(request, "It is not offered any more.")
    return redirect("learning:partner", pk=one.partner_id)


@needs(P.BOOK_LEARNING)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """A school takes up what is offered."""
    one: PartnerOffer = one_of(queries.offers(clock.today()), pk)
    schools = [school for school in queries.own_schools(request.user) if school.phase in one.phases]
    if not schools:
        raise Http404
    form = TakeUpForm(request.POST or None, schools=schools)
    said = "Asked for. The partner is asked, and you read here when it is agreed."
    if form.is_valid() and tried(request, form, lambda: partnering.take_up(by=request.user, offer=one, **form.cleaned_data), said):
        return redirect("learning:partners")
    back = (reverse("learning:partner", args=[one.partner_id]), one.partner.name)
    return asked(request, form, f"Take up: {one.title}", "Ask for it", back, f"{one.what} ({partnering.priced(one.price)})")


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed, took place, not taken up: by the team, or by the school's head."""
    one: TakeUp = one_of(queries.taken_for(request.user), pk)
    if not (queries.keeps(request.user) or may(request.user, P.ANSWER_FOR_SCHOOL, one.school_id)) or not rules.MOVES[one.state]:
        raise Http404
    form = MoveForm(request.POST or None, states=[(to, TakeUpState(to).label) for to in rules.MOVES[one.state]], initial={"day": one.day})
    if form.is_valid() and done(request, lambda: partnering.move(by=request.user, taken=one, **form.cleaned_data), "Written down."):
        return redirect("learning:partners")
    return asked(request, form, f"{one.offer.title}: {one.school.name}", "Save", (reverse("learning:partners"), "Partners"))


@needs(P.SEE_LEARNING, recently=True)
@require_GET
@exported
def offers_file(request: HttpRequest, form: str) -> HttpResponse:
    """What is offered, and to how many schools; no school is named."""
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [
        ["Partner", "Kind", "Offer", "For whom", "Phases", "Price", "From", "Until", "Schools that have it", "Took place"]
    ]
    for one in queries.offers(clock.today()):
        head: list[Cell] = [one.partner.name, one.partner.get_kind_display(), one.title, one.get_for_whom_display(), ", ".join(one.phases)]
        table.append([*head, float(one.price), str(one.starts), str(one.ends or ""), one.schools, one.done])
    return sent(table, form, "partners")
