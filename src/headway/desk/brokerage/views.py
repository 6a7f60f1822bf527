"""The pages of brokerage: where things stand, a need with who could help it, a match on which two heads decide."""

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
from headway.desk.brokerage.forms import AnswerForm, CloseForm, NeedForm, WhyForm
from headway.desk.brokerage.matching import SHOWN, Register
from headway.desk.brokerage.models import DeploymentState, MatchState, Need, NeedState, Offer, OfferState
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.interests.queries import is_kept_from
from headway.language.boards import needs_sentence
from headway.vocabulary import clock
from headway.vocabulary.number import shown

P = Permission
EVERYBODY_ELSE = "Visible to: brokers and the two schools. Nobody else knows of it before both heads agree."


@needs(P.SEE_SUPPORT)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where brokerage stands; for a school: what it is helped with, what it gives, what waits for its word."""
    door, user = the_door(), request.user
    told: dict[str, Any] = {"titles": titles(door), "brokers": queries.brokers(user), "answers": bool(may(user, P.ANSWER_FOR_SCHOOL))}
    counts = queries.standing(user)
    waiting = [(one, queries.sides_of(user, one)) for one in queries.matches_for(user).filter(state=MatchState.ASKED)]
    told |= {
        "answer": needs_sentence(**counts),
        "wait": queries.days_to_match(queries.matches_for(user).filter(need__in=queries.needs_for(user))),
        "needs": queries.needs_for(user).filter(state=NeedState.OPEN)[:12],
        "waiting": waiting,
        "to_write": queries.matches_for(user).filter(state=MatchState.AGREED, deployment=None),
        "running": queries.deployments_for(user).filter(state=DeploymentState.RUNNING),
        "to_confirm": queries.offers_for(user).filter(state=OfferState.OFFERED),
        "own": queries.offers_for(user).filter(provider__in=queries.providers_for(user)).exclude(state=OfferState.WITHDRAWN),
    }
    return framed(request, door, "Brokerage", body("home.html", "brokerage", **told))


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def new_need(request: HttpRequest) -> HttpResponse:
    """A broker writes one down, or a school refers itself."""
    user = request.user
    if not (queries.brokers(user) or may(user, P.ANSWER_FOR_SCHOOL)):
        raise Http404
    given = {name: request.GET.get(name, "") for name in ("area", "measure", "source", "serves")}
    own = queries.own_schools(user) or frozenset()
    school = request.GET.get("urn", "") or (str(min(own)) if len(own) == 1 else "")
    start = {**{name: value for name, value in given.items() if value}, "school": school, "urgency": 2}
    form = NeedForm(request.POST or None, initial=start, library=the_door().library, user=user)
    if form.is_valid():
        made = done(request, lambda: actions.need(by=user, **form.cleaned_data), "The need is written down.")
        return redirect("brokerage:need", pk=made.pk)
    visible = "Visible to: brokers, and the school’s head and governors."
    return asked(request, form, "What help is wanted?", "Write it down", visible=visible)


def need_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_SUPPORT) -> Need:
    one: Need = one_of(queries.needs_for(request.user), pk)
    if not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_SUPPORT)
@require_GET
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """A need; for a broker with the best three offers and why, and why not for any other."""
    one, door, user = need_or_404(request, pk), the_door(), request.user
    told: dict[str, Any] = {"one": one, "titles": titles(door), "csrf": get_token(request), "brokers": queries.brokers(user)}
    told["measure"] = door.library.measures[one.measure].title if one.measure in door.library.measures else ""
    told["matches"] = queries.matches_for(user).filter(need=one)
    told["figure"] = lambda value: shown(value, door.library.measures[one.measure].unit) if told["measure"] else ""
    told["may_close"] = queries.brokers(user) or bool(may(user, P.ANSWER_FOR_SCHOOL, one.school_id))
    told |= _suggested(request, one) if queries.brokers(user) and one.state == NeedState.OPEN else {"suggested": None}
    told["apart"] = is_kept_from(user, [one.school_id], clock.today()) if told["brokers"] else []
    return framed(request, door, f"{titles(door).get(one.area, one.area)}: {one.school.name}", body("need.html", "brokerage", **told))


def _suggested(request: HttpRequest, one: Need) -> dict[str, Any]:
    register = Register(the_door())
    found = register.ranked(one)
    text = request.GET.get("why_not", "").strip()[:120]
    others = Register(the_door(), _named(text)) if text else None
    why = [others.suggestion(one, offer) for offer in others.offers] if others else []
    many = len(found) if request.GET.get("all") else SHOWN
    return {"suggested": found[:many], "more": len(found) - many, "looked": len(register.offers), "why_not": text, "why": why}


def _named(text: str) -> "list[Offer]":
    """Offers of providers of that name, on the register or not."""
    found = Offer.objects.select_related("provider", "provider__school").filter(provider__name__icontains=text)
    return list(found.exclude(state=OfferState.WITHDRAWN)[:10])


@needs(P.BROKER)
@require_POST
def ask(request: HttpRequest, pk: int, offer: int) -> HttpResponse:
    """Put a match to both heads."""
    one = need_or_404(request, pk, P.BROKER)
    chosen = one_of(queries.offers_for(request.user), offer)
    suggestion = Register(the_door(), [chosen]).suggestion(one, chosen)
    if suggestion.barred:
        raise Http404
    made = done(
        request, lambda: actions.ask(by=request.user, need=one, offer=chosen, reasons=suggestion.told),
        "Both heads are asked. Its days are kept while they decide.",
    )  # fmt: skip
    return redirect("brokerage:match", pk=made.pk) if made else redirect("brokerage:need", pk=pk)


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def close_need(request: HttpRequest, pk: int) -> HttpResponse:
    one = need_or_404(request, pk)
    if not (queries.brokers(request.user) or may(request.user, P.ANSWER_FOR_SCHOOL, one.school_id)):
        raise Http404
    form = CloseForm(request.POST or None)
    if form.is_valid():
        met, because = form.cleaned_data["met"] == "yes", form.cleaned_data["because"]
        done(request, lambda: actions.close_need(by=request.user, need=one, met=met, because=because), "The need is closed.")
        return redirect("brokerage:need", pk=pk)
    return asked(request, form, f"Close the need of {one.school.name}", "Close it")


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """A match: why these two; each head says yes or no."""
    one, door, user = one_of(queries.matches_for(request.user), pk), the_door(), request.user
    sides = queries.sides_of(user, one) if one.state == MatchState.ASKED else ()
    named = {"giver": one.offer.provider.name, "receiver": one.need.school.name}
    open_to = tuple((side, named[side]) for side in sides if getattr(one, f"{side}_agreed") is None)
    form = AnswerForm(request.POST or None, sides=open_to) if open_to else None
    if form is not None and form.is_valid():
        _answered(request, one, **form.cleaned_data)
        return redirect("brokerage:match", pk=pk)
    told = {"one": one, "titles": titles(door), "form": form, "brokers": queries.brokers(user), "csrf": get_token(request)}
    told |= {
        "today": clock.today(),
        "agreement": getattr(one, "deployment", None),
        "who": names_of({one.made_by}).get(one.made_by, "a broker"),
    }
    status = 422 if form is not None and form.is_bound else 200
    title = f"{one.offer.provider.name} and {one.need.school.name}"
    return framed(request, door, title, body("match.html", "brokerage", visible=EVERYBODY_ELSE, **told), status)


def _answered(request: HttpRequest, one: Any, side: str, agrees: str, because: str) -> None:
    user = request.user
    if agrees == "no":
        done(request, lambda: actions.decline(by=user, match=one, side=side, because=because), "Declined. The broker has your reason.")
    else:
        done(request, lambda: actions.agree(by=user, match=one, side=side), "Your yes is written down.")


@needs(P.BROKER)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    one = one_of(queries.matches_for(request.user), pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        done(request, lambda: actions.take_back(by=request.user, match=one, because=because), "Taken back. The days are free again.")
        return redirect("brokerage:match", pk=pk)
    return asked(request, form, f"Take back: {one.offer.provider.name} and {one.need.school.name}", "Take it back")
