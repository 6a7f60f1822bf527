"""One's own coming to a school, whatever the service, said in a line: so that nobody has six visitors in a week."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import done
from headway.desk.visits import actions, queries, rules
from headway.desk.visits.forms import ComingForm, WhyForm
from headway.desk.visits.models import State, Visit

P = Permission
KIND = "service_visit"


@needs(P.COME_TO_SCHOOLS)
@require_http_methods(["GET", "POST"])
def come(request: HttpRequest, urn: int) -> HttpResponse:
    """One's own visit: the day, the hour if it is known, and what it is for, which the school reads."""
    school = school_or_404(request, urn, P.COME_TO_SCHOOLS)
    form = ComingForm(request.POST or None)
    if form.is_valid():
        week = queries.same_week(urn, form.cleaned_data["day"]).count()
        also = f" {rules.count_words(week).capitalize()} more {'comes' if week == 1 else 'come'} that week." if week else ""
        done(request, lambda: actions.book(by=request.user, school=school, kind=KIND, adviser=request.user, **form.cleaned_data),
             f"The school knows that you come.{also}")  # fmt: skip
        return redirect("visitors", urn=urn)
    told = {"form": form, "title": f"I come to {school.name}", "button": "Say so",
            "crumb": (f"Who comes to {school.name}", reverse("visitors", args=[urn]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@needs(P.COME_TO_SCHOOLS)
@require_http_methods(["GET", "POST"])
def not_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own visit is called off, with the reason, which the school reads."""
    one = Visit.objects.filter(pk=pk, kind=KIND, adviser=request.user, state=State.BOOKED).select_related("school").first()
    if one is None or not may(request.user, P.COME_TO_SCHOOLS, one.school_id):
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done(request, lambda: actions.cancel(by=request.user, visit=one, **form.cleaned_data), "Called off. The school reads why.")
        return redirect("visitors", urn=one.school_id)
    told = {"form": form, "title": f"Call off: {one.school.name}, {one.day.day} {one.day:%B}", "button": "Call it off",
            "crumb": (f"Who comes to {one.school.name}", reverse("visitors", args=[one.school_id]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)
