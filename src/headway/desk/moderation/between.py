"""Between meetings: another tier in writing. Here and not among tiers, since a yearly return that is late counts as at a meeting."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from headway.definitions.tiers import Scheme
from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.duties import late
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import nothing_yet, the_door
from headway.desk.tiers import deciding, queries
from headway.desk.tiers.forms import MoveForm
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.DECIDE_TIERS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, urn: int) -> HttpResponse:
    """Another tier between meetings, with what services said and what did not come in time. It too goes by call and letter."""
    school, door = known_or_404(urn), the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    scheme = scheme_named(door)
    form = MoveForm(request.POST or None, initial={"since": clock.today(), "once": secrets.token_hex(8)}, scheme=scheme, urn=urn)
    if form.is_valid():
        try:
            _moved(request, door, scheme, school, form.cleaned_data)
        except HeadwayError as fault:
            form.add_error("despite" if fault.code == "H-DESK-46" else "tier", f"{fault.what} {fault.why}")
        else:
            messages.success(request, "Decided. The head is rung next; the letter goes after that.")
            return redirect("tiers:of_school", urn=urn)
    lacks = queries.lacks_to_leave(school, scheme, clock.today(), door.library)
    caution = f"Before a lighter tier its tier asks for: {'; '.join(lacks)}." if lacks else ""
    told = {"form": form, "title": f"Move between meetings: {school.name}", "button": "Decide", "caution": caution,
            "crumb": (f"Tiers: {school.name}", reverse("tiers:of_school", args=[urn]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@transaction.atomic
def _moved(request: HttpRequest, door: Door, scheme: Scheme, school: Establishment, given: dict[str, Any]) -> None:
    """What did not come is written down with the decision that rests on it, or not at all."""
    late.feed(by=request.user, library=door.library, schools=[school], today=clock.today())
    deciding.move(by=request.user, door=door, viewer=viewer_of(request), scheme=scheme, school=school, **given)
