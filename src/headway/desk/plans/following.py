"""A school became another, by conversion or merger: its engagement goes with it, and the open plan and board go along."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.audit.actions import record
from headway.desk.engagements import actions as engaging
from headway.desk.engagements import pages
from headway.desk.engagements.forms import FollowForm
from headway.desk.engagements.models import Engagement
from headway.desk.engagements.views import engagement_or_404, form_page
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import tried
from headway.desk.framing.pages import the_door
from headway.desk.plans.models import Plan, ProjectBoard
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


@transaction.atomic
def go_with(*, by: User, engagement: Engagement, school: Establishment, route: str, day: date, because: str) -> None:
    """All or nothing. Raises H-DESK-71 or H-DESK-77 where the school that follows has open work of its own."""
    before = engagement.school_id
    engaging.follow(by=by, engagement=engagement, school=school, route=route, day=day, because=because)
    for kind, found in (("plan", Plan.objects.filter(engagement=engagement, closed=None)),
                        ("project board", ProjectBoard.objects.filter(school_id=before, closed=None))):  # fmt: skip
        for one in found:
            if type(one).objects.filter(school=school, closed=None).exists():
                raise HeadwayError("H-DESK-77", f"{school.name} has an open {kind} of its own.", remedy="Close one of the two first.")
            one.school = school
            one.save(update_fields=["school"])
            record(by=by.label, verb="followed", target=kind, target_id=one.pk, before={"urn": before}, after={"urn": school.pk})


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The school became another: the engagement goes with it, and its powers change."""
    one, door = engagement_or_404(request, pk, P.LEAD_ENGAGEMENTS), the_door()
    routes = {str(urn): route for urn, _, route in pages.after(door, one.school_id)}
    known = {str(school.pk): school for school in Establishment.objects.filter(pk__in=routes)}
    choices = [(urn, f"{known[urn]}: {'maintained' if routes[urn] == 'maintained' else 'academy'}") for urn in routes if urn in known]
    form = FollowForm(request.POST or None, initial={"day": clock.today()}, after=choices)
    if form.is_valid():
        given = form.cleaned_data
        school = known[given["school"]]
        if tried(request, form, lambda: go_with(
            by=request.user, engagement=one, school=school, route=routes[given["school"]], day=given["day"], because=given["because"]
        ), f"The engagement is now with {school.name}."):  # fmt: skip
            return redirect("engagements:engagement", pk=pk)
    return form_page(request, form, "Go with the school that follows", "Go with it", engagement=one)
