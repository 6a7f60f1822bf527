"""Providers and their offers: made, confirmed by a broker with the evidence of that day, changed, withdrawn with the reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.brokerage import actions, queries
from headway.desk.brokerage.asking import asked, one_of, titles
from headway.desk.brokerage.forms import ConflictForm, OfferForm, ProviderForm, WhyForm
from headway.desk.brokerage.matching import Register
from headway.desk.brokerage.models import Offer, Provider
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission


def _writes(request: HttpRequest, provider: Provider) -> bool:
    """A broker, and whoever answers for the school that gives."""
    if queries.brokers(request.user):
        return True
    return provider.school_id is not None and bool(may(request.user, P.ANSWER_FOR_SCHOOL, provider.school_id))


def _giver(request: HttpRequest) -> Provider | Establishment:
    """Whose offer it is to be: a provider by its number, or a school by its URN; a head's own school without either."""
    number, urn = request.GET.get("provider", "")[:9], request.GET.get("urn", "")[:9]
    if number.isdigit():
        found = one_of(queries.providers_for(request.user), int(number))
        if _writes(request, found):
            return found  # type: ignore[no-any-return]
        raise Http404
    own = queries.own_schools(request.user) or frozenset()
    wanted = int(urn) if urn.isdigit() else min(own) if len(own) == 1 else 0
    school = Establishment.objects.filter(pk=wanted).first()
    if school is None or not any(may(request.user, one, wanted) for one in (P.BROKER, P.ANSWER_FOR_SCHOOL)):
        raise Http404
    return school


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def new_offer(request: HttpRequest) -> HttpResponse:
    giver, door = _giver(request), the_door()
    phase = giver.phase if isinstance(giver, Establishment) else giver.school.phase if giver.school else ""
    start = {"starts": clock.today(), "areas": request.GET.getlist("area"), "phases": [phase] if phase else []}
    form = OfferForm(request.POST or None, initial=start, library=door.library)
    if form.is_valid():
        provider = giver if isinstance(giver, Provider) else actions.school_provider(by=request.user, school=giver)
        made = done(
            request, lambda: actions.offer(by=request.user, provider=provider, **form.cleaned_data),
            "Offered. A broker confirms it before anybody is matched with it.",
        )  # fmt: skip
        return redirect("brokerage:offer", pk=made.pk)
    note = _suggested(door, giver)
    return asked(
        request,
        form,
        f"What {giver.name} can give",
        "Offer it",
        note,
        "Visible to: brokers; once confirmed, all schools, without the references.",
    )


def _suggested(door: Door, giver: Provider | Establishment) -> str:
    """Where figures and inspection see strengths, as a suggestion to confirm."""
    urn = giver.pk if isinstance(giver, Establishment) else giver.school_id if giver.kind == "school" else None
    if urn is None or door.facts is None:
        return ""
    register = Register(door, [])
    figures, judged = register.found.of(urn, strong=True) if register.found else ((), ())
    named = titles(door)
    strong = list(dict.fromkeys(named[one.area] for one in (*figures, *judged)))
    return f"Figures and inspection suggest: {'; '.join(strong)}. You know what else there is." if strong else ""


def offer_or_404(request: HttpRequest, pk: int, *, writes: bool = False) -> Offer:
    one: Offer = one_of(queries.offers_for(request.user), pk)
    if writes and not _writes(request, one.provider):
        raise Http404
    return one


@needs(P.SEE_SUPPORT)
@require_GET
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = offer_or_404(request, pk), the_door()
    register = Register(door, [one])
    urn = one.provider.school_id if one.provider.kind == "school" else None
    evidence = [(area, *register.evidence(urn, area)) for area in one.areas] if urn else []
    told: dict[str, Any] = {"one": one, "titles": titles(door), "left": queries.left_of(one), "evidence": evidence}
    told |= {"writes": _writes(request, one.provider), "brokers": queries.brokers(request.user), "csrf": get_token(request)}
    told |= {"helping": register.helping.get(one.provider_id, 0), "today": clock.today()}
    told["who"] = names_of({one.confirmed_by}).get(one.confirmed_by, "a broker") if one.confirmed_by else ""
    told["tier"] = register.tiers.get(urn, "") if urn and told["brokers"] else ""
    told["matches"] = queries.matches_for(request.user).filter(offer=one) if told["writes"] else []
    return framed(request, door, f"Offer of {one.provider.name}", body("offer.html", "brokerage", **told))


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def change_offer(request: HttpRequest, pk: int) -> HttpResponse:
    one = offer_or_404(request, pk, writes=True)
    names = ("areas", "phases", "days", "starts", "ends", "price", "conditions", "release", "references")
    least = one.days - queries.left_of(one)
    form = OfferForm(request.POST or None, initial={name: getattr(one, name) for name in names}, library=the_door().library, least=least)
    if form.is_valid() and done(request, lambda: actions.change_offer(by=request.user, offer=one, **form.cleaned_data), "Changed."):
        return redirect("brokerage:offer", pk=pk)
    return asked(request, form, f"Change the offer of {one.provider.name}", "Save")


@needs(P.BROKER)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = offer_or_404(request, pk), the_door()
    register = Register(door, [one])
    urn = one.provider.school_id if one.provider.kind == "school" else None
    lines = {area: [*figures, *judged] for area in one.areas for figures, judged in [register.evidence(urn, area)]} if urn else {}
    evidence = {"snapshot": door.facts.id if door.facts else "", "library": door.library.digest, "lines": lines}
    done(request, lambda: actions.confirm(by=request.user, offer=one, evidence=evidence), "Confirmed: it is on the register.")
    return redirect("brokerage:offer", pk=pk)


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def withdraw_offer(request: HttpRequest, pk: int) -> HttpResponse:
    one = offer_or_404(request, pk, writes=True)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done(request, lambda: actions.withdraw_offer(by=request.user, offer=one, because=form.cleaned_data["because"]), "Withdrawn.")
        return redirect("brokerage:provider", pk=one.provider_id)
    note = "Matches that wait for the heads’ word are taken back; help that is agreed goes on."
    return asked(request, form, f"Withdraw the offer of {one.provider.name}", "Withdraw it", note)


@needs(P.BROKER)
@require_http_methods(["GET", "POST"])
def new_provider(request: HttpRequest) -> HttpResponse:
    form = ProviderForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        trust = (
            given["school"].trust if given["school"] and given["kind"] == "school" else given["name"] if given["kind"] == "trust" else ""
        )
        made = done(request, lambda: actions.make_provider(by=request.user, trust=trust, **given), f"{given['name']} is a provider.")
        return redirect("brokerage:provider", pk=made.pk)
    return asked(request, form, "A new provider", "Save")


@needs(P.SEE_SUPPORT)
@require_GET
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gives: its offers, what it has given, what came of it, with whom it may not work."""
    one, door = one_of(queries.providers_for(request.user), pk), the_door()
    told: dict[str, Any] = {"one": one, "titles": titles(door), "brokers": queries.brokers(request.user), "writes": _writes(request, one)}
    told["offers"] = [(offer, queries.left_of(offer)) for offer in queries.offers_for(request.user).filter(provider=one)]
    told["given"] = [(found, queries.given(found)) for found in queries.deployments_for(request.user).filter(match__offer__provider=one)]
    told["conflicts"] = one.conflicts.select_related("school") if told["brokers"] else []
    return framed(request, door, one.name, body("provider.html", "brokerage", **told))


@needs(P.BROKER)
@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    one = one_of(queries.providers_for(request.user), pk)
    form = ConflictForm(request.POST or None, user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        done(
            request,
            lambda: actions.declare(by=request.user, provider=one, since=clock.today(), **given),
            "The conflict is kept; they are not matched.",
        )
        return redirect("brokerage:provider", pk=pk)
    return asked(request, form, f"A conflict of interest of {one.name}", "Keep it", visible="Visible to: brokers.")


@needs(P.BROKER)
@require_http_methods(["GET", "POST"])
def withdraw_provider(request: HttpRequest, pk: int) -> HttpResponse:
    one = one_of(queries.providers_for(request.user), pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        done(request, lambda: actions.withdraw_provider(by=request.user, provider=one, because=because), f"{one.name} gives no more help.")
        return redirect("brokerage:provider", pk=pk)
    note = "Its offers leave the register. Help under way stops with this reason, and those needs open again for the days not given."
    return asked(request, form, f"{one.name} gives no more help", "Withdraw it", note)
