"""What the pages of networks share: the network that an address names, and whether this person runs it or reads it from inside."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from headway.desk.framing.doing import form_on
from headway.desk.networks import queries
from headway.desk.networks.models import Cycle, Meeting, Network, Review
from headway.vocabulary import clock


def network_or_404(request: HttpRequest, pk: int, *, runs: bool = False, inside: bool = False) -> Network:
    """A network that this person sees; with `runs` or `inside` one that they run, or read from inside."""
    one = queries.network_for(request.user, pk, clock.today())
    if one is None or (runs and not queries.runs(request.user, one)):
        raise Http404
    if inside and not queries.inside(request.user, one, clock.today()):
        raise Http404
    return one


def meeting_or_404(request: HttpRequest, pk: int, *, runs: bool = False) -> Meeting:
    one: Meeting = found(Meeting.objects.select_related("network"), pk)
    network_or_404(request, one.network_id, runs=runs, inside=True)
    return one


def cycle_or_404(request: HttpRequest, pk: int, *, runs: bool = False) -> Cycle:
    one: Cycle = found(Cycle.objects.select_related("network"), pk)
    network_or_404(request, one.network_id, runs=runs, inside=True)
    return one


def review_or_404(request: HttpRequest, pk: int) -> Review:
    one: Review = found(Review.objects.select_related("cycle__network", "reviewer", "host"), pk)
    network_or_404(request, one.cycle.network_id, inside=True)
    return one


def found(among: "QuerySet[Any]", pk: int) -> Any:
    one = among.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def asked(
    request: HttpRequest, form: Any, title: str, button: str, network: Network | None, note: str = "", visible: str = ""
) -> HttpResponse:
    """A form on a page of its own."""
    return form_on("networks/form.html", request, form, title, button, network=network, note=note, visible=visible)
