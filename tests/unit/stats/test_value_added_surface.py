"""The criterion's slopes and curvatures against differences of the criterion itself, and the way down from where both are flat."""

import numpy as np
import pytest

from headway.stats.value_added import fit, gather
from headway.stats.value_added.criterion import Criterion
from headway.stats.value_added.nested import SchoolsInAreas
from headway.stats.value_added.newton import Surface, descend
from headway.stats.value_added.structures import Intercept, InterceptAndSlope

STEP = 1e-4


@pytest.fixture(scope="module")
def summed():
    random = np.random.default_rng(9)
    school = np.repeat(np.arange(24), random.integers(3, 30, 24))
    prior = random.normal(10, 2, len(school))
    spread = random.normal(size=(2, 24))
    outcome = (
        prior + spread[0][school] + 0.2 * spread[1][school] * prior + random.normal(size=4)[school % 4] + random.normal(size=len(school))
    )
    weights = random.uniform(0.5, 2, len(school))
    return gather(outcome, {"prior": prior}, school, weights=weights, areas={code: code % 4 for code in range(24)})


def surface(summed, name, method="REML"):
    kinds = {"intercept": Intercept, "areas": SchoolsInAreas, "slope": lambda statistics: InterceptAndSlope(statistics, "prior")}
    return Surface(kinds[name](summed), Criterion(method == "REML", int(summed.pupils.sum()), float(summed.log_weights.sum())))


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize(
    ("name", "theta"), [("intercept", [0.7]), ("areas", [0.5, 0.9]), ("areas", [1.5, 0.2]), ("slope", [0.8, -0.3, 0.4])]
)
def test_slopes_and_curvatures_are_the_criterions(summed, name, theta, method):
    ground, theta = surface(summed, name, method), np.array(theta)
    point, steps = ground.point(theta), STEP * np.eye(len(theta))
    assert point.value == pytest.approx(ground.values([theta])[0], abs=1e-9)
    above, below = ([ground.point(theta + sign * step) for step in steps] for sign in (1, -1))
    slope = [(up.value - down.value) / (2 * STEP) for up, down in zip(above, below, strict=True)]
    curve = [(up.slope - down.slope) / (2 * STEP) for up, down in zip(above, below, strict=True)]
    assert point.slope == pytest.approx(np.array(slope), rel=1e-5, abs=1e-4)
    assert point.curve == pytest.approx(np.array(curve), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "size", "options"), [("intercept", 1, {}), ("areas", 2, {"in_areas": True}), ("slope", 3, {"slope": "prior"})]
)
def test_leaves_the_flat_top_at_no_difference(summed, name, size, options):
    ground = surface(summed, name)
    assert not ground.point(np.zeros(size)).slope.any()
    assert descend(ground, np.zeros(size)).value == pytest.approx(fit(summed, **options).criterion, abs=1e-7)


def test_few_steps_are_enough(summed):
    assert max(fit(summed, **options).steps for options in ({}, {"in_areas": True}, {"slope": "prior"})) <= 12
