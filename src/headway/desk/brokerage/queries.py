"""Read offers, needs, matches and deployments: what a person may see of them, and what is left of an offer."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Q, QuerySet, Sum

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.brokerage.models import (
    Conflict,
    DayGiven,
    Deployment,
    DeploymentState,
    Match,
    MatchState,
    Need,
    NeedState,
    Offer,
    OfferState,
    Provider,
    Urgency,
)  # fmt: skip

P = Permission
HELD = (MatchState.ASKED, MatchState.AGREED)


def brokers(user: User) -> bool:
    return bool(may(user, P.BROKER))


def own_schools(user: User) -> frozenset[int] | None:
    """The schools that a person answers for; None for nobody's."""
    return patch_of(user) if may(user, P.ANSWER_FOR_SCHOOL) else frozenset()


def providers_for(user: User) -> "QuerySet[Provider]":
    """A broker knows every provider; a school those at home with it."""
    found, patch = Provider.objects.select_related("school"), patch_of(user)
    return found if brokers(user) or patch is None else found.filter(school_id__in=patch)


def offers_for(user: User) -> "QuerySet[Offer]":
    """A broker sees every offer, those who answer for schools their own and the register."""
    found, patch = Offer.objects.select_related("provider", "provider__school"), patch_of(user)
    if brokers(user):
        return found
    return found.filter(Q(state=OfferState.CONFIRMED) | Q(provider__school_id__in=patch or ()))


def needs_for(user: User) -> "QuerySet[Need]":
    found, patch = Need.objects.select_related("school", "serves__plan"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def matches_for(user: User) -> "QuerySet[Match]":
    """What waits for two heads is known to them and to the brokers of the school; to others once both have agreed."""
    found, patch = Match.objects.select_related("need__school", "offer__provider__school"), patch_of(user)
    if patch is not None:
        mine = Q(need__school_id__in=patch)
        found = found.filter(mine if brokers(user) else mine | Q(offer__provider__school_id__in=patch))
    if brokers(user) or may(user, P.ANSWER_FOR_SCHOOL):
        return found
    return found.filter(state=MatchState.AGREED)


def deployments_for(user: User) -> "QuerySet[Deployment]":
    found, patch = Deployment.objects.select_related("match__need__school", "match__offer__provider__school"), patch_of(user)
    if patch is None:
        return found
    return found.filter(Q(match__need__school_id__in=patch) | Q(match__offer__provider__school_id__in=patch))


def sides_of(user: User, match: Match) -> tuple[str, ...]:
    """For which side a person may answer: who gives, who is helped; or both, of a person who answers for both."""
    gives, takes = match.offer.provider.school_id, match.need.school_id
    found = [side for side, urn in (("giver", gives), ("receiver", takes)) if urn and may(user, P.ANSWER_FOR_SCHOOL, urn)]
    if match.offer.provider.kind != "school" and brokers(user) and "giver" not in found:
        found.insert(0, "giver")  # who is no school has no head here: a broker writes down what they said
    return tuple(found)


def promised(offers: Iterable[int]) -> dict[int, int]:
    """Offer → days that are promised: what waits or runs in full, of what has ended what was given, counted up."""
    found: dict[int, int] = {}
    held = Match.objects.filter(offer_id__in=list(offers), state__in=HELD).select_related("deployment")
    for match in held:
        ended = getattr(match, "deployment", None)
        days = match.days if ended is None or ended.state == DeploymentState.RUNNING else -int(-given(ended) // 1)
        found[match.offer_id] = found.get(match.offer_id, 0) + days
    return found


def left_of(offer: Offer) -> int:
    return offer.days - promised([offer.pk]).get(offer.pk, 0)


def given(deployment: Deployment) -> Decimal:
    """Days that were given so far."""
    return DayGiven.objects.filter(deployment=deployment, struck="").aggregate(all=Sum("share"))["all"] or Decimal(0)


def given_by_day(deployment: Deployment) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for one in deployment.log.filter(struck=""):
        found[one.day] = found.get(one.day, Decimal(0)) + one.share
    return found


def helping(providers: Iterable[int]) -> dict[int, int]:
    """Provider → schools that it helps, or is asked to help, now."""
    open_now = Match.objects.filter(offer__provider_id__in=list(providers), state__in=HELD).exclude(
        deployment__state__in=(DeploymentState.COMPLETED, DeploymentState.STOPPED)
    )
    found: dict[int, set[int]] = {}
    for provider, urn in open_now.values_list("offer__provider_id", "need__school_id"):
        found.setdefault(provider, set()).add(urn)
    return {provider: len(urns) for provider, urns in found.items()}


def conflicts(day: date) -> dict[tuple[int, int], str]:
    """(provider, school) → why it may not be, of those that hold on a day."""
    holding = Conflict.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return {(one.provider_id, one.school_id): one.why for one in holding}


def past_links() -> dict[tuple[int, int], tuple[int, bool]]:
    """(provider, school) → how often work together was completed, and whether it ever ended early."""
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    ended = Deployment.objects.exclude(state=DeploymentState.RUNNING)
    for provider, urn, state in ended.values_list("match__offer__provider_id", "match__need__school_id", "state"):
        done, stopped = found.get((provider, urn), (0, False))
        found[(provider, urn)] = (done + (state == DeploymentState.COMPLETED), stopped or state == DeploymentState.STOPPED)
    return found


def declined() -> set[tuple[int, int]]:
    """(need, provider) of matches that one side declined."""
    return set(Match.objects.filter(state=MatchState.DECLINED).values_list("need_id", "offer__provider_id"))


def days_to_match(matches: "QuerySet[Match]") -> float | None:
    """The median of days from a need to the agreement of both heads, of these matches; None before the first."""
    agreed = matches.filter(state=MatchState.AGREED).select_related("need")
    waits = [
        (max(one.giver_agreed, one.receiver_agreed) - one.need.made).days for one in agreed if one.giver_agreed and one.receiver_agreed
    ]
    return median(waits) if waits else None


def standing(user: User) -> dict[str, int]:
    """Counts for the first sentence of the page, of what the person may see."""
    return _counts(needs_for(user), offers_for(user), matches_for(user), deployments_for(user))


def standing_of_all() -> dict[str, int]:
    """The same of the whole area, for a board."""
    return _counts(Need.objects.all(), Offer.objects.all(), Match.objects.all(), Deployment.objects.all())


def _counts(
    needs: "QuerySet[Need]", offers: "QuerySet[Offer]", matches: "QuerySet[Match]", deployments: "QuerySet[Deployment]"
) -> dict[str, int]:
    waits = needs.filter(state=NeedState.OPEN)
    usable = list(offers.filter(state=OfferState.CONFIRMED, provider__withdrawn=None))
    taken = promised(one.pk for one in usable)
    return {
        "open_needs": waits.count(),
        "urgent": waits.filter(urgency=Urgency.NOW).count(),
        "waiting": matches.filter(state=MatchState.ASKED).count(),
        "days": sum(max(0, one.days - taken.get(one.pk, 0)) for one in usable),
        "running": deployments.filter(state=DeploymentState.RUNNING).count(),
    }


def in_patch(user: User) -> "Iterable[int]":
    """The URNs of the schools that a person works with."""
    from headway.desk.establishments.queries import in_patch as schools

    return schools(user).values_list("pk", flat=True)
