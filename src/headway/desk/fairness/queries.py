"""Read how a scheme stands: from the tests kept in the workspace and the sign-offs."""

from datetime import date

from django.db.models import QuerySet

from headway.desk.accounts.models import User
from headway.desk.fairness import rules
from headway.desk.fairness.models import SignOff
from headway.desk.fairness.rules import OPINION, POINTS, Standing
from headway.readings.door import Door
from headway.readings.tier_backtest.keeping import Said, Today, kept_tests, rules_of
from headway.vocabulary import clock

HELD = "held_back"  # stands in the place of a tier that is not shown
HELD_TITLE = "Held back"


def in_force(day: date) -> "QuerySet[SignOff]":
    return SignOff.objects.filter(withdrawn=None, until__gte=day)


def standing_of(door: Door, scheme: str, day: date | None = None) -> Standing:
    """Of a scheme by its id with version. No query where it has no test."""
    tests = kept_tests(door, scheme)
    if not tests:
        return Standing(scheme)
    signed = set(in_force(day or clock.today()).filter(scheme=scheme).values_list("test", flat=True))
    known = door.library.tiers.get(scheme)
    return rules.standing(scheme, rules_of(known) if known else "", tests, signed)


def held_back(door: Door, way: str = POINTS) -> frozenset[str]:
    """The schemes, by id, whose proposals (or second opinion) are shown to nobody today."""
    schemes = {one.scheme for one in kept_tests(door)}
    return frozenset(scheme for scheme in schemes if standing_of(door, scheme).holds_back(way))


def opinion_of(door: Door, scheme: str, urn: int) -> tuple[Today | None, Said | None, bool]:
    """What the second opinion of a scheme says of a school: how it was made, what it says (None: the school is not one of those that it
    is about), and whether it is held back."""
    stands = standing_of(door, scheme)
    newest = next((one.opinion for one in stands.tests if one.opinion is not None), None)
    if newest is None or stands.holds_back(OPINION):
        return newest, None, newest is not None
    return newest, newest.schools.get(urn), False


def once_of(by: User, once: str) -> str:
    return f"{by.pk}-{once}"[:60]
