"""The reviews on which a school leaves its tier."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.establishments.finding import known_or_404
from headway.desk.tiers import deciding
from headway.desk.tiers.forms import ReviewForm
from headway.vocabulary import clock

P = Permission


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
