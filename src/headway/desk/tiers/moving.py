"""Between meetings: another tier in writing, and the reviews on which a school leaves its tier."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.establishments.finding import known_or_404
from headway.desk.framing.pages import nothing_yet, the_door
from headway.desk.tiers import deciding, queries, rules
from headway.desk.tiers.forms import MoveForm, ReviewForm
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.DECIDE_TIERS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, urn: int) -> HttpResponse:
    """Another tier between meetings. It too goes by call and letter."""
    school, door = known_or_404(urn), the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    scheme, now = scheme_named(door), queries.tier_now([school], clock.today()).get(urn)
    form = MoveForm(request.POST or None, initial={"since": clock.today(), "once": secrets.token_hex(8)}, scheme=scheme, urn=urn)
    if form.is_valid():
        try:
            deciding.move(by=request.user, door=door, viewer=viewer_of(request), scheme=scheme, school=school, **form.cleaned_data)
        except HeadwayError as fault:
            form.add_error("despite" if fault.code == "H-DESK-46" else "tier", f"{fault.what} {fault.why}")
        else:
            messages.success(request, "Decided. The head is rung next; the letter goes after that.")
            return redirect("tiers:of_school", urn=urn)
    rule = scheme.tiers[now.tier].leaving if now and now.tier in scheme.tiers else None
    lacks = rules.lacks_to_leave(rule, queries.reviews_in(now), door.library) if now else ()
    caution = f"Before a lighter tier its tier asks for: {'; '.join(lacks)}." if lacks else ""
    told = {"form": form, "title": f"Move between meetings: {school.name}", "button": "Decide", "caution": caution,
            "crumb": (f"Tiers: {school.name}", reverse("tiers:of_school", args=[urn]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, urn: int) -> HttpResponse:
    """The overall word of a review of the school's support."""
    school = known_or_404(urn)
    form = ReviewForm(request.POST or None, initial={"day": clock.today(), "once": secrets.token_hex(8)})
    if form.is_valid():
        deciding.review(by=request.user, school=school, **form.cleaned_data)
        messages.success(request, "The review is kept.")
        return redirect("tiers:of_school", urn=urn)
    told = {"form": form, "title": f"Review of support: {school.name}", "button": "Keep the review",
            "crumb": (f"Tiers: {school.name}", reverse("tiers:of_school", args=[urn])),
            "visible": "those who work with the school, and the school."}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)
