"""In which tier of support a school is: a giver in great need itself is not asked to give."""

from headway.desk.establishments.models import Establishment
from headway.desk.fairness.queries import held_back
from headway.desk.framing.pages import area_of
from headway.desk.tiers.queries import tier_now
from headway.readings.door import Door
from headway.readings.tier_proposal import proposing
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC


def tiers(door: Door, urns: list[int]) -> dict[int, str]:
    """URN → its tier: the one that was decided, else the one that is proposed, unless that is held back. Of a school that nothing is known
    of there is none."""
    decided = tier_now(Establishment.objects.filter(pk__in=urns), clock.today())
    silent = bool(held_back(door)) and proposing.scheme_named(door).id in held_back(door)
    return {**({} if silent else _proposed(door)), **{urn: one.tier for urn, one in decided.items()}}


def _proposed(door: Door) -> dict[int, str]:
    """Kept with the snapshot and the day."""
    if door.facts is None:
        return {}
    code = area_of(door)[0]
    key = ("proposed tiers", code, clock.today())
    if key not in door.kept:
        try:
            found = proposing.propose(door, PUBLIC, authority=code, evidence=False).proposals
        except HeadwayError:
            found = ()
        door.kept[key] = {one.urn: one.tier for one in found}
    kept: dict[int, str] = door.kept[key]
    return kept
