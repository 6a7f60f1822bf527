"""Read networks: which a person may see, from inside or outside, and which they run."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.accounts.queries import may, patch_of
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.staying import members_on
from headway.desk.networks.models import Cycle, Meeting, Membership, Minute, Network, Paper, Promise, Review
from headway.desk.networks.rules import Pair

P = Permission


def _here(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def keeps_all(user: User) -> bool:
    """Whether a person is of the team that looks after every network."""
    return bool(may(user, P.ADD_LEARNING))


def networks_for(user: User, day: date) -> "QuerySet[Network]":
    """Every network for those who work with the whole area; for the others those of their schools, and what they convene."""
    found = Network.objects.select_related("convenor").prefetch_related("memberships__school")
    patch = patch_of(user)
    if patch is None or keeps_all(user):
        return found
    theirs = Membership.objects.filter(_here(day), network=OuterRef("pk"), school_id__in=patch)
    return found.filter(Exists(theirs) | Q(convenor=user))


def network_for(user: User, pk: int, day: date) -> Network | None:
    return networks_for(user, day).filter(pk=pk).first()


def members(network: Network, day: date) -> tuple[int, ...]:
    """The URNs of a network's schools on a day."""
    return members_on(network.memberships.all(), day)


def schools(network: Network, day: date) -> list[Establishment]:
    """A network's schools on a day, by name."""
    return list(Establishment.objects.filter(pk__in=members(network, day)))


def newest_change(network: Network) -> date | None:
    """The last day on which a school came in or went out."""
    found = network.memberships.aggregate(into=Max("since"), out=Max("until"))
    return max((day for day in found.values() if day), default=None)


def runs(user: User, network: Network) -> bool:
    """Whether a person runs this network: its convenor, and who runs them all."""
    return bool(may(user, P.RUN_LEARNING)) or (network.convenor_id == user.pk and bool(may(user, P.SEE_LEARNING)))


def own_members(user: User, network: Network, day: date) -> frozenset[int]:
    """A person's own schools among the members; empty for those who work with the whole area."""
    return frozenset(members(network, day)) & (patch_of(user) or frozenset())


def inside(user: User, network: Network, day: date) -> bool:
    """Whether a person reads what a network keeps to itself: its minutes, papers, promises and reviews."""
    return keeps_all(user) or runs(user, network) or bool(own_members(user, network, day))


def answers_for(user: User, school_id: int) -> bool:
    """Whether a person says for a school that findings are agreed: its head."""
    return bool(may(user, P.ANSWER_FOR_SCHOOL, school_id))


def minutes_of(meeting: Meeting) -> Minute | None:
    """The newest version."""
    return meeting.minutes.filter(correction=False).last()


def findings_of(review: Review) -> str:
    newest = review.findings.last()
    return newest.text if newest else ""


def reads_findings(user: User, review: Review, day: date) -> bool:
    """Before they are agreed: the two schools and who runs the network. Then: everybody inside."""
    network = review.cycle.network
    own = patch_of(user) or frozenset()
    if runs(user, network) or {review.reviewer_id, review.host_id} & own:
        return True
    return bool(review.agreed) and inside(user, network, day)


def writes_findings(user: User, review: Review) -> bool:
    return runs(user, review.cycle.network) or answers_for(user, review.reviewer_id)


def past_pairs(network: Network) -> list[Pair]:
    """Who reviewed whom in earlier cycles, as often as they did."""
    found = Review.objects.filter(cycle__network=network, called_off="")
    return list(found.values_list("reviewer_id", "host_id"))


def pairs_of(cycle: Cycle) -> list[Pair]:
    return list(cycle.reviews.filter(called_off="").values_list("reviewer_id", "host_id"))


def late(network: Network, day: date) -> int:
    return network.promises.filter(closed=None, due__lt=day).count()


def open_promises(user: User, day: date) -> "QuerySet[Promise]":
    """What is still promised in the networks a person reads from inside, the soonest first."""
    found = Promise.objects.filter(closed=None, network__closed=None).select_related("network", "school")
    if keeps_all(user):
        return found
    patch = patch_of(user) or frozenset()
    theirs = Membership.objects.filter(_here(day), network=OuterRef("network"), school_id__in=patch)
    return found.filter(Exists(theirs) | Q(network__convenor=user))


def closes(user: User, promise: Promise) -> bool:
    """Who runs the network closes any; a head what the own school promised."""
    return runs(user, promise.network) or (promise.school_id is not None and answers_for(user, promise.school_id))


def next_meeting(network: Network, day: date) -> Meeting | None:
    return network.meetings.filter(day__gte=day, held=False, called_off="").order_by("day").first()


def papers_of(network: Network) -> "QuerySet[Paper]":
    return network.papers.filter(taken_down=None, document__archived=None, document__erased=None).select_related("document")


def unplaced(schools: Iterable[Establishment], kind: str, day: date) -> list[Establishment]:
    """Of these schools, those that are in no open network of a kind on a day (of any kind, where it is empty)."""
    here = Membership.objects.filter(_here(day), network__closed=None)
    if kind:
        here = here.filter(network__kind=kind)
    placed = set(here.values_list("school_id", flat=True))
    return [one for one in schools if one.pk not in placed]


def of_school(urn: int) -> list[Membership]:
    """A school's memberships, those that stand first, then the newest."""
    found = Membership.objects.filter(school_id=urn).select_related("network")
    return sorted(found, key=lambda one: (one.until is not None, -one.since.toordinal()))


def convenors() -> "QuerySet[User]":
    """Who may be named as convenor: people who can open a network's page."""
    roles = [role for role in Role if P.SEE_LEARNING in role.permissions]
    return User.objects.filter(is_active=True, holdings__role__in=roles).distinct().order_by("name", "email")
