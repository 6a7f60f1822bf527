"""What happens in networks and sessions: a place that came free, findings to agree to, what was promised."""

from collections.abc import Iterator

from django.db.models import Q

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import patch_of
from headway.desk.framing.addresses import address
from headway.desk.learning import queries as learning
from headway.desk.networks.models import Promise, Review
from headway.desk.overview.happenings.council import day_of
from headway.desk.overview.happenings.kinds import Asker, Happened, Kind

P = Permission


def of_learning(who: Asker) -> Iterator[Happened]:
    """For a school's own people, and for who convenes a network."""
    if not who.may(P.SEE_LEARNING):
        return
    yield from _promises(who)
    if patch_of(who.user) is not None and not who.may(P.ADD_LEARNING):
        yield from _places(who)
        yield from _findings(who)


def _places(who: Asker) -> Iterator[Happened]:
    for one in learning.bookings_for(who.user).filter(moved_up__date__gte=who.since):
        yield Happened(f"place:{one.pk}", Kind.ANSWERED, one.moved_up.date(), f"You have a place now: {one.session}",
                       address("learning:session", one.session_id), urn=one.school_id, school=one.school.name)  # fmt: skip


def _findings(who: Asker) -> Iterator[Happened]:
    if not who.may(P.ANSWER_FOR_SCHOOL):
        return
    found = Review.objects.filter(host_id__in=patch_of(who.user) or (), called_off="", findings__isnull=False).distinct()
    for one in found.select_related("host", "reviewer"):
        newest = one.findings.last()
        yield Happened(f"findings:{one.pk}", Kind.NOTE, newest.at.date(), f"Read what {one.reviewer.name} found, and agree",
                       address("networks:review", one.pk), task=True, done=day_of(one.agreed), urn=one.host_id,
                       school=one.host.name)  # fmt: skip


def _promises(who: Asker) -> Iterator[Happened]:
    """What the own school promised in a network, for its head; what the convenor promised, for the convenor."""
    mine = Q(school=None, network__convenor=who.user)
    if who.may(P.ANSWER_FOR_SCHOOL):
        mine |= Q(school_id__in=patch_of(who.user) or ())
    for one in Promise.objects.filter(mine).select_related("network", "school"):
        yield Happened(f"network-promise:{one.pk}", Kind.PROMISE, one.made.date(), f"{one.what} ({one.network.name})",
                       address("networks:network", one.network_id), task=True, done=day_of(one.closed), due=one.due,
                       urn=one.school_id, school=one.school.name if one.school else "")  # fmt: skip
