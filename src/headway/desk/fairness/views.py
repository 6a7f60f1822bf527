"""The page of fairness: how each scheme stands, what its tests found, who answers for it; and signing off."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.fairness import actions, queries
from headway.desk.fairness.forms import HALF_A_YEAR, SignOffForm, WithdrawForm
from headway.desk.fairness.models import SignOff
from headway.desk.fairness.rules import OPINION, Standing
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.language.backtests import gap_sentences, group_words
from headway.readings.door import Door
from headway.readings.tier_backtest.keeping import Kept
from headway.readings.tier_proposal.proposing import scheme_named
from headway.stats.group_gaps import EVENTS, UNITS, WIDE
from headway.vocabulary import clock
from headway.vocabulary.number import shown

P = Permission
WAYS = {"points": "Points", "second_opinion": "Second opinion"}


@needs(P.SEE_TIERS)
@require_GET
def fairness(request: HttpRequest) -> HttpResponse:
    """The scheme in use first, then every other that was tested."""
    door = the_door()
    listed = schemes(door)
    signed = list(SignOff.objects.filter(scheme__in=[one.scheme for one in listed]))
    told: dict[str, Any] = {"listed": listed, "signed": signed, "names": names_of({one.by for one in signed}), "today": clock.today()}
    told |= {"titles": {one: scheme.title for one, scheme in door.library.tiers.items()}, "ways": WAYS, "opinion": OPINION}
    told |= {"points": points, "sentences": sentences, "group": group_words, "may_sign": bool(may(request.user, P.SIGN_OFF_TIERS))}
    told |= {"units": UNITS, "events": EVENTS, "wide": round(100 * WIDE)}
    return framed(request, door, "Is the tier scheme fair?", body("fairness.html", "fairness", **told))


def points(share: float, sign: bool = False) -> str:
    """A difference of shares in whole points, nought without a sign."""
    return shown(100 * share, "count", sign=sign)


def schemes(door: Door) -> list[Standing]:
    used = scheme_named(door).id if door.facts else ""
    known = dict.fromkeys([used, *(one.scheme for one in queries.kept_tests(door))] if used else [])
    return [queries.standing_of(door, one) for one in known]


def sentences(standing: Standing, test: Kept) -> list[str]:
    """The gaps of one test that stand, in words."""
    return gap_sentences([one for each, one in standing.gaps if each.id == test.id])


@needs(P.SIGN_OFF_TIERS, recently=True)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, test: str) -> HttpResponse:
    """Answer for the gaps of one test."""
    door = the_door()
    found = next(((stands, one) for stands in schemes(door) for one in stands.to_sign if one.id == test), None)
    if found is None:
        raise Http404
    stands, kept = found
    form = SignOffForm(request.POST or None, initial={"until": clock.today() + HALF_A_YEAR, "once": secrets.token_hex(8)})
    if form.is_valid():
        given = {"door": door, "scheme": stands.scheme, "test": test, **form.cleaned_data}
        if tried(request, form, lambda: actions.sign_off(by=request.user, **given), "Signed off. The proposals are shown again."):
            return redirect("fairness:fairness")
    told = {"gaps": sentences(stands, kept), "test": kept, "back": reverse("fairness:fairness")}
    return form_on("fairness/sign.html", request, form, f"Answer for {kept.title}", "Sign it off", **told)


@needs(P.SIGN_OFF_TIERS, recently=True)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sign-off back."""
    one = SignOff.objects.filter(pk=pk, withdrawn=None).first()
    if one is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    said = "Withdrawn. What it let through is held back."
    if form.is_valid() and tried(request, form, lambda: actions.withdraw(by=request.user, one=one, **form.cleaned_data), said):
        return redirect("fairness:fairness")
    told = {"gaps": one.gaps, "test": None, "back": reverse("fairness:fairness")}
    return form_on("fairness/sign.html", request, form, "Withdraw the sign-off", "Withdraw it", **told)
