"""The call before the letter: written down as a call like any other, and the head knows the tier from then on."""

import secrets

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.framing.pages import the_door
from headway.desk.moderation import naming
from headway.desk.tiers import deciding
from headway.desk.tiers.advisers import phone_of
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.forms import CallForm
from headway.desk.tiers.models import State, TierDecision
from headway.desk.tiers.sending import decision_or_404
from headway.desk.visits.actions import log_call
from headway.vocabulary.errors import HeadwayError

P = Permission
NOBODY = "nobody"


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was spoken to and what was said. Where nobody answered, the call is kept and the head is still to be rung."""
    one = decision_or_404(request, pk, P.MODERATE_TIERS)
    if one.state != State.DECIDED:
        messages.info(request, "The head was rung already.")
        return redirect("tiers:of_school", urn=one.school_id)
    named = naming.offered(one.school_id, one.adviser)
    start = {
        "adviser": named.pk if named else None,
        "phone": (one.adviser_phone if named == one.adviser else "") or phone_of(named),
        "once": secrets.token_hex(8),
    }
    form = CallForm(request.POST or None, initial=start, urn=one.school_id)
    if form.is_valid() and _fits(form, one):
        try:
            reached = _logged(request, one, form)
        except HeadwayError as fault:
            messages.error(request, f"{fault.what} {fault.why}")
            return redirect("tiers:of_school", urn=one.school_id)
        messages.success(request, "The call is written down. The school now sees its tier; the letter may go." if reached else
                         "Kept. The head is still to be rung.")  # fmt: skip
        return redirect("tiers:waiting")
    scheme = the_door().library.tiers.get(one.scheme)
    said = f"{title_of(scheme, one.tier)} since {one.since.day} {one.since:%B %Y}. {one.reason}"
    told = {"form": form, "title": f"Ring {one.school.name}", "button": "Save the call", "said": said,
            "crumb": ("To ring and to write", reverse("tiers:waiting")),
            "visible": "the council’s people who work with the school. The school sees that there was a call, and its tier."}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


def _fits(form: CallForm, one: TierDecision) -> bool:
    """Whether the adviser may be named, and the call came after the decision."""
    found = naming.faults(one.school_id, form.cleaned_data["adviser"], form.cleaned_data["because"])
    if form.cleaned_data["day"] < one.made.date():
        found = {**found, "day": f"It was decided on {one.made.day} {one.made:%B %Y}; the call comes after."}
    for field, why in found.items():
        form.add_error(field, why)
    return not found


@transaction.atomic
def _logged(request: HttpRequest, one: TierDecision, form: CallForm) -> bool:
    """Call and decision change together or not at all."""
    given = form.cleaned_data
    log_call(by=request.user, school=one.school, spoke_to=given["whom"], said=given["said"], restricted=given["restricted"], counts_as=None,
             way="", once=given["once"], day=given["day"])  # fmt: skip
    if given["whom"] == NOBODY:
        return False
    naming.keep(by=request.user, school=one.school, adviser=given["adviser"], because=given["because"])
    deciding.tell(by=request.user, decision=one, whom=given["whom"], adviser=given["adviser"], phone=given["phone"],
                  day=given["day"])  # fmt: skip
    return True
