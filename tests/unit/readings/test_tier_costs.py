"""What schemes take of advisers' days, and who would move."""

import pytest

from headway.definitions.loading import library_for
from headway.definitions.tiers import NOT_ENOUGH
from headway.readings.tier_proposal.answers import Proposal, Proposals
from headway.readings.tier_proposal.comparing import compare, cost

LIBRARY = library_for()
OURS, THEIRS = LIBRARY.tiers["aiming_higher.v1"], LIBRARY.tiers["worcestershire_2017.v1"]
PLANS = LIBRARY.entitlements[OURS.entitlement], LIBRARY.entitlements[THEIRS.entitlement]


def answered(scheme: str, tiers: dict[int, str]) -> Proposals:
    every = tuple(
        Proposal(urn, f"School {urn}", "primary", "maintained", "Maintained", True, tier, "points", 0, (), tier, tier, (), ())
        for urn, tier in tiers.items()
    )
    return Proposals(scheme, scheme, None, None, every)  # type: ignore[arg-type]


def test_days_are_those_of_the_plan_and_undecided_schools_are_counted_apart() -> None:
    found = cost(OURS, PLANS[0], ["secure", "secure", "focus", NOT_ENOUGH])
    assert found.plan_days == 1 + 1 + 9
    assert found.undecided == 1
    assert found.advisers == pytest.approx(11 / 140)
    assert {one.tier: one.schools for one in found.tiers}["focus"] == 1
    assert all(one.fewest_days <= one.plan_days <= one.most_days for one in found.tiers)


def test_who_moves_and_what_it_takes() -> None:
    first = answered(OURS.id, {1: "secure", 2: "focus", 3: NOT_ENOUGH, 4: "intensive"})
    second = answered(THEIRS.id, {1: "secure", 2: "light_touch", 3: "secure", 4: "focus"})
    found = compare(first, second, (OURS, THEIRS), PLANS)
    assert found.stay == 1
    assert [(one.before.urn, one.days) for one in found.moves] == [(2, 2 - 9), (3, None), (4, 8 - 18)]
    assert (found.first.plan_days, found.second.plan_days) == (1 + 9 + 18, 0.75 + 2 + 0.75 + 8)
