"""Peer reviews of a network: cycles, pairs, days, findings that the host agrees to, what follows from them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import names_of
from headway.desk.framing.doing import done, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.networks import actions, queries, reviewing, rules
from headway.desk.networks.forms import CycleForm, DayForm, PairForm, PromiseForm, TextForm, WhyForm
from headway.desk.networks.making import terms
from headway.desk.networks.models import Review
from headway.desk.networks.opening import asked, cycle_or_404, network_or_404, review_or_404
from headway.vocabulary import clock

P = Permission
HELD_CLOSE = (
    "Visible to: the two schools and the convenor; once the host has agreed, everybody in the network. "
    "Findings are for learning: no tier or decision reads them."
)


def _stands(one: Review) -> str:
    return rules.review_stands(one.day, bool(one.findings.all()), bool(one.agreed), one.called_off, clock.today())


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reviews whom is proposed; pairs can be called off and added after."""
    one, day = network_or_404(request, pk, runs=True), clock.today()
    there = queries.schools(one, day)
    form = CycleForm(request.POST or None, initial={"schools": [each.pk for each in there]}, schools=there, terms=terms(the_door()))
    if form.is_valid() and tried(
        request, form, lambda: reviewing.begin(by=request.user, network=one, **form.cleaned_data),
        "The pairs are made. Change them below where people know better.",
    ):  # fmt: skip
        return redirect("networks:cycle", pk=one.cycles.first().pk)
    note = "Each school reviews one and is reviewed by one; pairs of earlier cycles are avoided where that is possible."
    return asked(request, form, f"Begin peer reviews: {one.name}", "Make the pairs", one, note)


@needs(P.SEE_LEARNING)
@require_GET
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    one = cycle_or_404(request, pk)
    rows = [(each, _stands(each)) for each in one.reviews.select_related("reviewer", "host").prefetch_related("findings")]
    told: dict[str, Any] = {"one": one, "rows": rows, "runs": queries.runs(request.user, one.network)}
    title = f"Peer reviews, {one.term}: {one.network.name}"
    return framed(request, the_door(), title, body("cycle.html", "networks", **told))


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    one = cycle_or_404(request, pk, runs=True)
    form = PairForm(request.POST or None, schools=queries.schools(one.network, clock.today()))
    if form.is_valid() and tried(
        request, form, lambda: reviewing.add_pair(by=request.user, cycle=one, **form.cleaned_data), "The pair is added."
    ):
        return redirect("networks:cycle", pk=pk)
    return asked(request, form, f"One more pair, {one.term}", "Add it", one.network)


@needs(P.SEE_LEARNING)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, day = review_or_404(request, pk), request.user, clock.today()
    reads = queries.reads_findings(user, one, day)
    versions = list(one.findings.all()) if reads else []
    over = bool(one.agreed or one.called_off)
    told: dict[str, Any] = {"one": one, "stands": _stands(one), "reads": reads, "versions": versions, "over": over, "today": day}
    told |= {"writes": queries.writes_findings(user, one), "runs": queries.runs(user, one.cycle.network), "csrf": get_token(request)}
    told |= {"agrees": queries.answers_for(user, one.host_id), "names": names_of({each.by for each in versions}), "visible": HELD_CLOSE}
    told["promises"] = [(each, queries.closes(user, each)) for each in one.promises.select_related("school", "network")] if reads else []
    title = f"{one.reviewer.name} reviews {one.host.name}"
    return framed(request, the_door(), title, body("review.html", "networks", **told))


def _writable(request: HttpRequest, pk: int) -> Review:
    one = review_or_404(request, pk)
    if not queries.writes_findings(request.user, one):
        raise Http404
    return one


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def review_day(request: HttpRequest, pk: int) -> HttpResponse:
    one = _writable(request, pk)
    form = DayForm(request.POST or None, initial={"day": one.day})
    if form.is_valid() and done(request, lambda: reviewing.set_day(by=request.user, review=one, **form.cleaned_data), "The day is set."):
        return redirect("networks:review", pk=pk)
    return asked(request, form, f"The day at {one.host.name}", "Set it", one.cycle.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    one = _writable(request, pk)
    form = TextForm(
        request.POST or None, initial={"text": queries.findings_of(one)}, label="What was found",
        help_text="What works, what to look at, what others may take up. No names of pupils or staff.",
    )  # fmt: skip
    if form.is_valid() and tried(
        request, form, lambda: reviewing.find(by=request.user, review=one, **form.cleaned_data), "Kept. The host reads it and agrees."
    ):
        return redirect("networks:review", pk=pk)
    return asked(
        request, form, f"Findings at {one.host.name}: {one.cycle.focus}", "Send to the host", one.cycle.network, visible=HELD_CLOSE
    )


@needs(P.ANSWER_FOR_SCHOOL)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The host's head agrees."""
    one = review_or_404(request, pk)
    if not queries.answers_for(request.user, one.host_id):
        raise Http404
    done(request, lambda: reviewing.agree(by=request.user, review=one), "Agreed. The network can read the findings.")
    return redirect("networks:review", pk=pk)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def review_off(request: HttpRequest, pk: int) -> HttpResponse:
    one = review_or_404(request, pk)
    network_or_404(request, one.cycle.network_id, runs=True)
    form = WhyForm(request.POST or None)
    if form.is_valid() and done(request, lambda: reviewing.call_off(by=request.user, review=one, **form.cleaned_data), "Called off."):
        return redirect("networks:cycle", pk=one.cycle_id)
    return asked(request, form, f"Call off: {one.reviewer.name} at {one.host.name}", "Call it off", one.cycle.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What follows from a review, promised by one of the two schools or the convenor."""
    one = _writable(request, pk)
    form = PromiseForm(request.POST or None, schools=(one.host, one.reviewer), initial={"school": one.host_id})
    if form.is_valid():
        given = {"network": one.cycle.network, "review": one, **form.cleaned_data}
        done(request, lambda: actions.promise(by=request.user, **given), "It is followed until it is closed.")
        return redirect("networks:review", pk=pk)
    return asked(request, form, f"What follows from the review at {one.host.name}", "Keep it", one.cycle.network)
