"""What changes about help that was agreed: the agreement, days given, reviews, how it ends."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.brokerage import rules
from headway.desk.brokerage.models import (
    DayGiven,
    Deployment,
    DeploymentState,
    Match,
    MatchState,
    Need,
    NeedState,
    ShortReview,
)  # fmt: skip
from headway.desk.brokerage.queries import given, given_by_day
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def deploy(*, by: User, match: Match, **agreed: Any) -> Deployment:
    """Write the agreement of a match that both heads agreed to: aim, dates, cost, what is shared, how it ends."""
    fresh = Match.objects.select_for_update().select_related("offer").get(pk=match.pk)
    if fresh.state != MatchState.AGREED or Deployment.objects.filter(match=fresh).exists():
        raise HeadwayError("H-DESK-01", "There is no agreement to be written.", "Both heads agree first, and it is written once.")
    made = Deployment.objects.create(match=fresh, days=fresh.days, price=fresh.offer.price, made_by=by.label, **agreed)
    told = {"days": made.days, "starts": str(made.starts), "ends": str(made.ends), "price": str(made.price)}
    record(by=by.label, verb="agreed", target="deployment", target_id=made.pk, after=told)
    return made


@transaction.atomic
def log_day(*, by: User, deployment: Deployment, day: date, share: Decimal, what: str) -> DayGiven:
    """A day that was given. Raises H-DESK-87 with every fault."""
    fresh = _running(deployment)
    left = Decimal(fresh.days) - given(fresh)
    faults = rules.faults_of_day(day, share, fresh.starts, today(), given_by_day(fresh), left)
    if faults:
        raise HeadwayError("H-DESK-87", "This day cannot be written down.", " ".join(faults))
    made = DayGiven.objects.create(deployment=fresh, day=day, share=share, what=what, by=by.label)
    record(by=by.label, verb="logged", target="day of help", target_id=made.pk, after={"day": str(day), "share": str(share)})
    return made


@transaction.atomic
def strike(*, by: User, day: DayGiven, because: str) -> None:
    """Strike out a day that was written by mistake; it stays to be read."""
    _running(day.deployment)
    DayGiven.objects.filter(pk=day.pk).update(struck=because)
    record(by=by.label, verb="struck out", target="day of help", target_id=day.pk, after={"because": because})


@transaction.atomic
def review(*, by: User, deployment: Deployment, side: str, going: str, text: str) -> ShortReview:
    made = ShortReview.objects.create(deployment=_running(deployment), side=side, going=going, text=text, by=by.label)
    record(by=by.label, verb="reviewed", target="deployment", target_id=deployment.pk, after={"side": side, "going": going})
    return made


@transaction.atomic
def complete(*, by: User, deployment: Deployment, thanks: str) -> None:
    """The help has done what it was for; the need is met."""
    fresh = _running(deployment)
    fresh.state, fresh.ended, fresh.thanks = DeploymentState.COMPLETED, today(), thanks
    fresh.save(update_fields=["state", "ended", "thanks"])
    Need.objects.filter(pk=fresh.match.need_id, state=NeedState.PLACED).update(state=NeedState.MET)
    record(by=by.label, verb="completed", target="deployment", target_id=fresh.pk, after={"days_given": str(given(fresh))})


def _running(deployment: Deployment) -> Deployment:
    """The deployment, locked. Raises H-DESK-01 where it has ended."""
    fresh = Deployment.objects.select_for_update().get(pk=deployment.pk)
    if fresh.state != DeploymentState.RUNNING:
        raise HeadwayError("H-DESK-01", f"This help is {fresh.get_state_display()}.", "Nothing is written to what has ended.")
    return fresh
