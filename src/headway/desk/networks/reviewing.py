"""What changes about peer reviews: a cycle with its pairs, days, findings, the host's agreement."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.networks.models import Cycle, Finding, Network, Review
from headway.desk.networks.queries import members, pairs_of, past_pairs
from headway.desk.networks.rules import faults_of_pair, ring
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def begin(*, by: User, network: Network, term: str, focus: str, both_ways: bool, schools: Iterable[int]) -> Cycle:
    """A cycle in which each of these members reviews one and is reviewed by one. Raises H-DESK-91 where no pairs can be made."""
    fresh = Network.objects.select_for_update().get(pk=network.pk)
    wanted = sorted(set(schools) & set(members(fresh, today())))
    pairs = ring(wanted, past_pairs(fresh), both_ways=both_ways)
    if fresh.closed or not pairs:
        raise HeadwayError(
            "H-DESK-91", "No pairs can be made of these schools.", "Two schools could only review one another.",
            "Take three or more, or choose that schools may review one another.",
        )  # fmt: skip
    cycle = Cycle.objects.create(network=fresh, term=term, focus=focus, both_ways=both_ways, made_by=by.label)
    Review.objects.bulk_create(Review(cycle=cycle, reviewer_id=one, host_id=other) for one, other in pairs)
    record(by=by.label, verb="began", target="review cycle", target_id=cycle.pk, after={"term": term, "pairs": [list(p) for p in pairs]})
    return cycle


@transaction.atomic
def add_pair(*, by: User, cycle: Cycle, reviewer: int, host: int) -> Review:
    """One more pair. Raises H-DESK-91 with every fault."""
    fresh = Cycle.objects.select_for_update().get(pk=cycle.pk)
    faults = faults_of_pair(reviewer, host, pairs_of(fresh), both_ways=fresh.both_ways)
    if {reviewer, host} - set(members(fresh.network, today())):
        faults.append("Both are members of the network.")
    if faults:
        raise HeadwayError("H-DESK-91", "This pair cannot be added.", " ".join(faults), "Choose another pair.")
    off = Review.objects.filter(cycle=fresh, reviewer_id=reviewer, host_id=host).first()
    if off is not None:  # called off before: it stands again
        off.called_off = ""
        off.save(update_fields=["called_off"])
    made = off or Review.objects.create(cycle=fresh, reviewer_id=reviewer, host_id=host)
    record(by=by.label, verb="paired", target="peer review", target_id=made.pk, after={"reviewer": reviewer, "host": host})
    return made


@transaction.atomic
def set_day(*, by: User, review: Review, day: date) -> None:
    fresh = _standing(review)
    fresh.day = day
    fresh.save(update_fields=["day"])
    record(by=by.label, verb="booked", target="peer review", target_id=fresh.pk, after={"day": str(day)})


@transaction.atomic
def find(*, by: User, review: Review, text: str) -> None:
    """What was found: a version. The host reads it and agrees."""
    fresh = _standing(review)
    Finding.objects.create(review=fresh, text=text, by=by.label)
    record(by=by.label, verb="wrote findings of", target="peer review", target_id=fresh.pk)


@transaction.atomic
def agree(*, by: User, review: Review) -> None:
    """The host agrees that this is what was found."""
    fresh = _standing(review)
    if not fresh.findings.exists():
        raise HeadwayError("H-DESK-01", "There are no findings to agree to yet.", remedy="Write them first.")
    fresh.agreed, fresh.agreed_by = now(), by.label
    fresh.save(update_fields=["agreed", "agreed_by"])
    record(by=by.label, verb="agreed findings of", target="peer review", target_id=fresh.pk)


@transaction.atomic
def call_off(*, by: User, review: Review, because: str) -> None:
    fresh = _standing(review)
    fresh.called_off = because
    fresh.save(update_fields=["called_off"])
    record(by=by.label, verb="called off", target="peer review", target_id=fresh.pk, after={"because": because})


def _standing(review: Review) -> Review:
    """The review, locked. Raises H-DESK-01 where its findings are agreed or it was called off."""
    fresh = Review.objects.select_for_update().get(pk=review.pk)
    if fresh.agreed or fresh.called_off:
        raise HeadwayError("H-DESK-01", "This review is over.", "Agreed findings are not changed, and nothing is added to one called off.")
    return fresh
