"""Schools beside each other: order and limits, pairs, and raw beside contextual."""

import numpy as np
import pytest

from headway.stats.value_added import Effects, caterpillar, differ, fit, gather, side_by_side


def effects(values, errors):
    """Of made-up schools A, B, …, with these shrunken residuals and comparative standard errors."""
    spread = (np.array(errors) ** 2)[:, None, None]
    codes = np.array([chr(65 + at) for at in range(len(values))])
    return Effects(codes, np.full(len(values), 30), np.array(values), np.array(values)[:, None], spread, spread)


def intakes(effect_of_poverty):
    """Schools of unlike intake that teach alike: what poverty takes away shows as a difference between schools only when raw."""
    random = np.random.default_rng(8)
    school = np.repeat(np.arange(40), 60)
    poor = random.random(len(school)) < np.linspace(0.05, 0.8, 40)[school]
    prior = random.normal(size=len(school)) - 0.3 * poor
    outcome = 0.6 * prior - effect_of_poverty * poor + 0.1 * random.normal(size=40)[school] + 0.7 * random.normal(size=len(school))
    return gather(outcome, {"prior": prior, "poor": poor}, school)


def test_in_order_with_both_kinds_of_limit():
    plot = caterpillar(effects([0.3, -0.5, 0.1, -0.5], [0.1, 0.2, 0.1, 0.3]))
    assert plot.codes.tolist() == ["B", "D", "C", "A"]  # ties by code
    assert plot.lower == pytest.approx([-0.892, -1.088, -0.096, 0.104], abs=1e-4)
    assert plot.upper == pytest.approx([-0.108, 0.088, 0.296, 0.496], abs=1e-4)
    assert plot.pair_upper - plot.shrunken == pytest.approx(1.386 * plot.standard_error, abs=1e-4)
    assert plot.above.tolist() == [False, False, False, True]
    assert plot.below.tolist() == [True, False, False, False]
    assert plot.pairs == 6


def test_short_limits_tell_of_pairs_with_errors_alike():
    values = np.linspace(0, 1, 12)
    made = effects(values, [0.11] * 12)
    plot = caterpillar(made)
    verdicts = {(a, b): differ(made, made.codes[a], made.codes[b]) for a in range(12) for b in range(a)}
    assert verdicts == {(a, b): bool(plot.pair_lower[a] > plot.pair_upper[b]) for a, b in verdicts}
    assert set(verdicts.values()) == {True, False}


def test_pairs_with_unlike_errors_go_by_the_difference_itself():
    assert differ(effects([0.0, 0.5], [0.05, 0.24]), "A", "B")  # 0.5 > 1.96 × 0.245
    assert not differ(effects([0.0, 0.5], [0.05, 0.26]), "A", "B")
    with pytest.raises(ValueError, match="Z is not among the schools"):
        differ(effects([0.0, 0.5], [0.1, 0.1]), "A", "Z")


def test_order_at_a_value_of_the_slopes_covariate():
    random = np.random.default_rng(3)
    school = np.repeat(np.arange(10), 50)
    prior = random.normal(size=500)
    outcome = prior + random.normal(size=10)[school] * prior + random.normal(size=500)
    found = fit(gather(outcome, {"prior": prior}, school), slope="prior").schools
    low, high = caterpillar(found, at=-2.0), caterpillar(found, at=2.0)
    assert low.codes[0] == high.codes[-1]
    assert (np.diff(low.shrunken) >= 0).all()


def test_raw_and_contextual_from_the_same_sums():
    summed = intakes(0.8)
    both = side_by_side(summed, prior=["prior"], context=["poor"])
    assert both.raw.names == ("intercept", "prior")
    assert both.contextual.names == ("intercept", "prior", "poor")
    assert both.raw.schools.codes.tolist() == both.contextual.schools.codes.tolist()
    assert both.accounted_for > 0.5
    assert both.moved[:10].mean() < 0 < both.moved[-10:].mean()  # poor intakes stand higher, given context
    assert both.contextual.criterion == fit(summed).criterion
    assert abs(side_by_side(intakes(0.0), prior=["prior"], context=["poor"]).accounted_for) < 0.2


def test_what_is_not_side_by_side_is_refused():
    summed = intakes(0.8)
    for prior, context, words in ((["prior"], [], "without covariates of context"), (["prior"], ["prior"], "prior is given as prior")):
        with pytest.raises(ValueError, match=words):
            side_by_side(summed, prior=prior, context=context)
