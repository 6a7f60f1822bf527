"""Value added beside a twin that inverts the covariance of all pupils: same criterion, nowhere a better one, same effects."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.value_added import fit, gather
from tests.property.stats.dense import Dense, Pupils, dense


@st.composite
def cohorts(draw, areas=False) -> Pupils:
    """Some schools of unlike sizes, some of one pupil; no difference between them, a little, or a great deal."""
    seed = draw(st.integers(0, 2**32 - 1))
    sizes = draw(st.lists(st.integers(1, 9), min_size=6 if areas else 3, max_size=10))
    between, tilt = draw(st.sampled_from([0.0, 0.3, 3.0])), draw(st.sampled_from([0.0, 0.2, 2.0]))
    weighted, middle = draw(st.booleans()), draw(st.sampled_from([0.0, 100.0]))
    random = np.random.default_rng(seed)
    school = np.repeat(np.arange(len(sizes)) * 7 + 100, [size + 4 for size in sizes[:3]] + sizes[3:])
    number, n = (school - 100) // 7, len(school)
    prior, need = random.normal(size=n), (random.random(n) < 0.4).astype(float)
    area = {int(code): place % 3 for place, code in enumerate(np.unique(school))}
    intercept, slope = between * random.normal(size=len(sizes)), tilt * random.normal(size=len(sizes))
    shared = random.normal(size=3)[[area[int(code)] for code in school]] if areas else 0
    outcome = 50 + prior - 0.5 * need + intercept[number] + slope[number] * prior + shared + random.normal(size=n)
    weights = random.uniform(0.2, 3, n) if weighted else np.ones(n)
    order = random.permutation(n)
    columns = {"prior": middle + prior[order], "need": need[order]}
    return Pupils(outcome[order], columns, school[order], weights[order], area)


def gathered(pupils: Pupils, areas=False):
    return gather(pupils.outcome, pupils.covariates, pupils.school, weights=pupils.weights, areas=pupils.area_of if areas else None)


def twin(pupils: Pupils, found, between=None, residual=None, area=None) -> Dense:
    return dense(
        pupils,
        found.residual_variance if residual is None else residual,
        found.school_covariance if between is None else between,
        found.area_variance if area is None else area,
        found.slope,
        found.method == "REML",
    )


def same(found, other: Dense) -> None:
    assert found.criterion == pytest.approx(other.criterion, abs=1e-6)
    assert found.coefficients == pytest.approx(other.coefficients, rel=1e-6, abs=1e-6)
    assert found.coefficient_covariance == pytest.approx(other.covariance, rel=1e-5, abs=1e-7)
    q = len(found.school_covariance)
    count = len(found.schools.codes) * q
    assert found.schools.effects.ravel() == pytest.approx(other.effects[:count], rel=1e-5, abs=1e-5)
    for mine, whole in ((found.schools.comparative, other.comparative), (found.schools.with_coefficients, other.with_coefficients)):
        blocks = [whole[at : at + q, at : at + q] for at in range(0, count, q)]
        assert mine == pytest.approx(np.array(blocks), rel=1e-5, abs=1e-5)
    if found.areas is not None:
        assert found.areas.shrunken == pytest.approx(other.effects[count:], rel=1e-5, abs=1e-5)
        assert found.areas.comparative[:, 0, 0] == pytest.approx(np.diag(other.comparative)[count:], rel=1e-5, abs=1e-5)
        assert found.areas.with_coefficients[:, 0, 0] == pytest.approx(np.diag(other.with_coefficients)[count:], rel=1e-5, abs=1e-5)


@given(cohorts(), st.sampled_from(["REML", "ML"]))
def test_intercepts_as_the_twin_has_them_and_nowhere_better(pupils, method):
    found = fit(gathered(pupils), method=method)
    same(found, twin(pupils, found))
    for share in (0.0, 1e-4, 0.01, 0.1, 0.5, 0.9, 1.1, 2, 10, 1e3):
        for residual in (0.7, 1.0, 1.4):
            between = np.array([[share * (found.school_variance or found.residual_variance)]])
            other = twin(pupils, found, between, residual * found.residual_variance)
            assert found.criterion <= other.criterion + 1e-7


@pytest.mark.slow
@given(cohorts(), st.sampled_from(["REML", "ML"]), st.integers(0, 2**32 - 1))
def test_slopes_as_the_twin_has_them_and_nowhere_better(pupils, method, seed):
    found = fit(gathered(pupils), slope="prior", method=method)
    same(found, twin(pupils, found))
    assert found.criterion <= fit(gathered(pupils), method=method).criterion + 1e-8
    random, middle = np.random.default_rng(seed), float(pupils.covariates["prior"].mean())
    towards = np.array([[1.0, -middle], [0.0, 1.0]])  # tried around the covariate's mean, where the numbers are of one size
    for _ in range(40):
        root = np.tril(random.normal(size=(2, 2))) * 10 ** random.uniform(-2, 0.7)
        between = found.residual_variance * towards @ root @ root.T @ towards.T
        assert found.criterion <= twin(pupils, found, between).criterion + 1e-6
    for _ in range(40):
        nudge = np.eye(2) + 0.1 * random.normal(size=(2, 2))
        between = towards @ nudge @ np.linalg.inv(towards) @ found.school_covariance @ np.linalg.inv(towards).T @ nudge.T @ towards.T
        assert found.criterion <= twin(pupils, found, between, found.residual_variance * random.uniform(0.9, 1.1)).criterion + 1e-6


@given(cohorts(areas=True), st.sampled_from(["REML", "ML"]))
def test_schools_in_areas_as_the_twin_has_them_and_nowhere_better(pupils, method):
    found = fit(gathered(pupils, areas=True), in_areas=True, method=method)
    same(found, twin(pupils, found))
    unit = found.residual_variance
    for own in (0.0, 1e-3, 0.1, 0.9, 1.1, 5):
        for area in (0.0, 1e-3, 0.1, 0.9, 1.1, 5):
            between, beyond = np.array([[own * (found.school_variance or unit)]]), area * (found.area_variance or unit)
            assert found.criterion <= twin(pupils, found, between, area=beyond).criterion + 1e-7


@given(cohorts(), st.sampled_from([None, "prior"]))
def test_raw_is_the_pupils_mean_residual(pupils, slope):
    found = fit(gathered(pupils), slope=slope)
    residual = pupils.outcome - pupils.design @ found.coefficients
    means = [np.average(residual[pupils.school == code], weights=pupils.weights[pupils.school == code]) for code in found.schools.codes]
    assert found.schools.raw == pytest.approx(np.array(means), abs=1e-8)
