"""Two schemes on the same schools: who would move, and what it takes of advisers' days; and what one scheme takes in all."""

from collections.abc import Iterable
from dataclasses import dataclass

from headway.definitions.entitlements import Entitlement
from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.readings.tier_proposal.answers import Proposal, Proposals


@dataclass(frozen=True)
class TierCost:
    """How many schools a scheme puts into a tier, and the adviser days that its entitlement plans for them and could take."""

    tier: str
    title: str
    schools: int
    plan_days: float
    fewest_days: float
    most_days: float


@dataclass(frozen=True)
class Cost:
    """A scheme's adviser days over all tiers. Schools without a tier have no days: they are counted apart."""

    scheme: str
    tiers: tuple[TierCost, ...]
    undecided: int
    field_days: float  # of one full-time adviser

    @property
    def plan_days(self) -> float:
        return sum(one.plan_days for one in self.tiers)

    @property
    def advisers(self) -> float:
        """Full-time advisers that the planned days come to."""
        return self.plan_days / self.field_days


@dataclass(frozen=True)
class Move:
    """A school that two schemes sort differently. `days` is what the second plans for it more than the first; None without a tier."""

    before: Proposal
    after: Proposal
    days: float | None


@dataclass(frozen=True)
class Compared:
    """Every school that would move, with both costs; `stay` counts the others."""

    first: Cost
    second: Cost
    moves: tuple[Move, ...]
    stay: int


def cost(scheme: Scheme, entitlement: Entitlement, tiers: Iterable[str]) -> Cost:
    """What it takes to give schools in these tiers what the entitlement says."""
    counted: dict[str, int] = dict.fromkeys((*scheme.tiers, NOT_ENOUGH), 0)
    for tier in tiers:
        counted[tier] += 1
    lines = []
    for name, tier_rule in scheme.tiers.items():
        many, (fewest, most) = counted[name], entitlement.days(name)
        planned = entitlement.tiers[name].plan_days
        lines.append(TierCost(name, tier_rule.title, many, many * planned, many * fewest, many * most))
    return Cost(scheme.id, tuple(lines), counted[NOT_ENOUGH], entitlement.field_days)


def compare(first: Proposals, second: Proposals, schemes: tuple[Scheme, Scheme], entitlements: tuple[Entitlement, Entitlement]) -> Compared:
    """Both answers are of the same schools on the same day."""
    costs = [
        cost(scheme, entitlement, [one.tier for one in found.proposals])
        for scheme, entitlement, found in zip(schemes, entitlements, (first, second), strict=True)
    ]
    later = {one.urn: one for one in second.proposals}
    pairs = [(one, later[one.urn]) for one in first.proposals if one.urn in later]
    moves = tuple(Move(one, other, _days(one.tier, other.tier, entitlements)) for one, other in pairs if one.tier != other.tier)
    return Compared(costs[0], costs[1], moves, len(pairs) - len(moves))


def _days(before: str, after: str, entitlements: tuple[Entitlement, Entitlement]) -> float | None:
    if NOT_ENOUGH in (before, after):
        return None
    return entitlements[1].tiers[after].plan_days - entitlements[0].tiers[before].plan_days
