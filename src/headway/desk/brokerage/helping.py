"""Help that was agreed: its agreement, the days given, how it goes, how it ends, what it cost, and what came of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.brokerage import actions, deploying, queries, rules
from headway.desk.brokerage.asking import asked, one_of, titles
from headway.desk.brokerage.forms import AgreementForm, DayForm, ReviewForm, ThanksForm, WhyForm
from headway.desk.brokerage.models import DayGiven, Deployment, DeploymentState, Match, MatchState
from headway.desk.entitlements.counting import count
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.language.brokerage import effect_sentence
from headway.readings.door import Door
from headway.readings.strengths import since
from headway.vocabulary import clock

P = Permission


def _sides(request: HttpRequest, match: Match) -> tuple[str, ...]:
    return queries.sides_of(request.user, match)


def _writes(request: HttpRequest, match: Match) -> bool:
    """The broker of the school, and those who answer for either side."""
    return bool(may(request.user, P.BROKER, match.need.school_id)) or bool(_sides(request, match))


def help_or_404(request: HttpRequest, pk: int, *, writes: bool = True) -> Deployment:
    one: Deployment = one_of(queries.deployments_for(request.user), pk)
    if writes and not _writes(request, one.match):
        raise Http404
    return one


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Written once both heads have agreed."""
    match = one_of(queries.matches_for(request.user), pk)
    if match.state != MatchState.AGREED or not _writes(request, match) or hasattr(match, "deployment"):
        raise Http404
    form = AgreementForm(request.POST or None, initial={"aim": match.need.objective, "starts": clock.today()})
    if form.is_valid():
        made = done(request, lambda: deploying.deploy(by=request.user, match=match, **form.cleaned_data), "The agreement is written down.")
        if made:  # support from another school is what some tiers promise
            count(by=request.user, door=the_door(), school=match.need.school, item="brokered_support", day=clock.today(),
                  once=f"help-{made.pk}")  # fmt: skip
        return redirect("brokerage:deployment", pk=made.pk) if made else redirect("brokerage:match", pk=pk)
    price = f" at £{match.offer.price:,.2f} a day" if match.offer.price else " without charge"
    note = f"{match.offer.provider.name} gives {match.days} {'day' if match.days == 1 else 'days'}{price}."
    return asked(request, form, f"Agreement: {match.offer.provider.name} and {match.need.school.name}", "Write it down", note)


@needs(P.SEE_SUPPORT)
@require_GET
def deployment(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = help_or_404(request, pk, writes=False), the_door()
    log = list(one.log.all())
    counted = [(line.day, line.share) for line in log if not line.struck]
    told: dict[str, Any] = {"one": one, "match": one.match, "titles": titles(door), "log": log, "given": queries.given(one)}
    told |= {"costs": rules.cost_by_year(counted, one.price), "plain": rules.plain, "reviews": list(one.reviews.all())}
    told |= {"writes": _writes(request, one.match), "sides": _sides(request, one.match), "csrf": get_token(request), "today": clock.today()}
    told["names"] = names_of({line.by for line in (*log, *told["reviews"])})
    told["effects"] = effects(door, one)
    title = f"{one.match.offer.provider.name} helps {one.match.need.school.name}"
    return framed(request, door, title, body("help.html", "brokerage", **told))


def effects(door: Door, one: Deployment) -> list[tuple[str, str, Any]]:
    """(who, sentence, what it rests on) for the school that was helped and the school that helped, on the measure that should move."""
    measure, provider = one.match.need.measure, one.match.offer.provider
    if door.facts is None or measure not in door.library.measures:
        return []
    near = Deployment.objects.filter(starts__year__gte=one.starts.year - 2, starts__year__lte=one.starts.year + 2)
    urns = near.values_list("match__need__school_id", "match__offer__provider__school_id")
    helped = frozenset(urn for pair in urns for urn in pair if urn)
    sides = [(one.match.need.school.name, one.match.need.school_id)]
    if provider.kind == "school" and provider.school_id and provider.school.phase == one.match.need.school.phase:
        sides.append((provider.name, provider.school_id))
    made = [(who, since(door, urn, measure, one.starts, helped)) for who, urn in sides]
    return [(who, effect_sentence(found.effect, found.measure.unit, found.measure.better, who), found) for who, found in made]


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, pk: int) -> HttpResponse:
    one = help_or_404(request, pk)
    form = DayForm(request.POST or None)
    if form.is_valid() and done(request, lambda: deploying.log_day(by=request.user, deployment=one, **form.cleaned_data), "Written down."):
        return redirect("brokerage:deployment", pk=pk)
    left = one.days - queries.given(one)
    note = f"{rules.plain(left)} of {one.days} days are left."
    return asked(request, form, f"A day of help: {one.match.need.school.name}", "Write it down", note)


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike out a day that was written by mistake."""
    line: DayGiven = one_of(DayGiven.objects.filter(deployment__in=queries.deployments_for(request.user), struck=""), pk)
    if not _writes(request, line.deployment.match):
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"][:200]
        done(request, lambda: deploying.strike(by=request.user, day=line, because=because), "Struck out; it stays to be read.")
        return redirect("brokerage:deployment", pk=line.deployment_id)
    return asked(request, form, f"Strike out {line.day.day} {line.day:%B %Y}", "Strike it out")


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A line or two by one side; a broker writes for a provider without a head."""
    one = help_or_404(request, pk)
    sides = _sides(request, one.match)
    if not sides:
        raise Http404
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        side = request.POST.get("side", sides[0])
        given = {"side": side if side in sides else sides[0], **form.cleaned_data}
        done(request, lambda: deploying.review(by=request.user, deployment=one, **given), "Kept. The other side reads it too.")
        return redirect("brokerage:deployment", pk=pk)
    who = one.match.offer.provider.name if sides[0] == "giver" else one.match.need.school.name
    return asked(request, form, f"How it goes, for {who}", "Keep it")


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    one = help_or_404(request, pk)
    if one.state != DeploymentState.RUNNING:
        raise Http404
    form = ThanksForm(request.POST or None)
    if form.is_valid():
        thanks = form.cleaned_data["thanks"]
        done(request, lambda: deploying.complete(by=request.user, deployment=one, thanks=thanks), "Completed, with thanks.")
        return redirect("brokerage:deployment", pk=pk)
    return asked(request, form, f"{one.match.offer.provider.name} has done what it came for", "Complete it")


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    one = help_or_404(request, pk)
    if one.state != DeploymentState.RUNNING:
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        done(
            request,
            lambda: actions.stop(by=request.user, deployment=one, because=because),
            "Stopped. The need is open again for the days not given.",
        )
        return redirect("brokerage:deployment", pk=pk)
    return asked(
        request,
        form,
        f"Stop the help for {one.match.need.school.name}",
        "Stop it",
        "The need opens again for the days that were not given.",
    )
