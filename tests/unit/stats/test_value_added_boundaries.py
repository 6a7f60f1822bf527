"""Cohorts at the edge: no difference between schools, two schools, schools of one pupil; and those that nothing can be said of."""

import numpy as np
import pytest

from headway.stats.value_added import criterion_at, fit, gather


def cohort(sizes, between=0.0, tilt=0.0, seed=5):
    random = np.random.default_rng(seed)
    school = np.repeat(np.arange(len(sizes)), sizes)
    prior = random.normal(size=len(school))
    intercept, slope = between * random.normal(size=len(sizes)), tilt * random.normal(size=len(sizes))
    return prior + intercept[school] + slope[school] * prior + random.normal(size=len(school)), {"prior": prior}, school


def without_differences(schools=20, size=6):
    """Residuals that neither an intercept nor a slope of a school explains anything of: schools differ by less than chance."""
    outcome, covariates, school = cohort([size] * schools)
    for code in range(schools):
        own = school == code
        design = np.column_stack([np.ones(size), covariates["prior"][own]])
        outcome[own] -= design @ (np.linalg.lstsq(design, outcome[own], rcond=None)[0] - [0.0, 1.0])
    return outcome, covariates, school


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_no_difference_is_exactly_none(method):
    found = fit(gather(*without_differences()), method=method)
    assert found.school_variance == 0.0
    assert found.on_boundary
    assert found.vpc() == 0.0
    assert not found.schools.shrunken.any()
    outcome, covariates, _ = without_differences()
    design = np.column_stack([np.ones(120), covariates["prior"]])
    assert found.coefficients == pytest.approx(np.linalg.lstsq(design, outcome, rcond=None)[0], abs=1e-9)


def test_no_difference_of_slope_is_exactly_none():
    outcome, covariates, school = without_differences()
    found = fit(gather(outcome, covariates, school), slope="prior")
    assert found.on_boundary
    assert not found.school_covariance.any()
    assert found.correlation is None
    assert found.criterion == pytest.approx(fit(gather(outcome, covariates, school)).criterion, abs=1e-9)


def test_intercepts_that_differ_with_slopes_that_do_not():
    outcome, covariates, school = cohort([40] * 30, between=1.0)
    for code in range(30):  # give each school the very same slope
        own = school == code
        prior = covariates["prior"][own] - covariates["prior"][own].mean()
        outcome[own] -= (outcome[own] @ prior / (prior @ prior) - 1) * prior
    found = fit(gather(outcome, covariates, school), slope="prior")
    intercept = fit(gather(outcome, covariates, school))
    assert found.school_covariance[1, 1] == pytest.approx(0, abs=1e-3)
    assert found.on_boundary
    assert found.criterion <= intercept.criterion


@pytest.mark.parametrize("sizes", [[3, 4], [1, 9], [1] * 15 + [6], [2] * 30, [1, 500, 3]])
@pytest.mark.parametrize("between", [0.0, 0.5, 30.0])
def test_any_sizes_settle(sizes, between):
    for seed in range(8):
        for method in ("REML", "ML"):
            found = fit(gather(*cohort(sizes, between, seed=seed)), method=method)
            assert np.isfinite(found.criterion)
            assert found.school_variance >= 0
            assert (found.schools.standard_error <= found.school_variance**0.5 + 1e-12).all()


@pytest.mark.parametrize("tilt", [0.0, 0.3, 10.0])
def test_any_sizes_settle_with_slopes(tilt):
    for seed in range(12):
        sizes = np.random.default_rng(seed).integers(1, 12, 15).tolist()
        found = fit(gather(*cohort(sizes, 0.3, tilt, seed)), slope="prior")
        assert np.isfinite(found.criterion)
        assert np.linalg.eigvalsh(found.school_covariance)[0] >= -1e-12


def test_smaller_schools_shrink_more():
    outcome, covariates, school = cohort([2, 200, 50, 50, 50, 50], between=1.0)
    effects = fit(gather(outcome, covariates, school)).schools
    kept = effects.shrunken / effects.raw
    assert kept[0] < kept[2] < kept[1] < 1
    assert effects.standard_error[0] > effects.standard_error[1]
    assert (np.diagonal(effects.with_coefficients, axis1=1, axis2=2) > np.diagonal(effects.comparative, axis1=1, axis2=2)).all()


def test_intercept_at_a_value_of_the_slopes_covariate():
    effects = fit(gather(*cohort([30] * 12, 0.5, 0.5)), slope="prior").schools
    intercept, error = effects.at(0)
    assert intercept == pytest.approx(effects.shrunken)
    assert error == pytest.approx(effects.standard_error)
    assert effects.at(2.0)[0] == pytest.approx(effects.effects[:, 0] + 2 * effects.effects[:, 1])


@pytest.mark.parametrize("options", [{}, {"slope": "prior"}, {"in_areas": True}, {"method": "ML"}])
def test_criterion_at_the_fits_own_variances_is_the_fits(options):
    outcome, covariates, school = cohort([30] * 12, 0.5, 0.5)
    statistics = gather(outcome, {"prior": covariates["prior"] + 50}, school, areas={code: code % 3 for code in range(12)})
    found = fit(statistics, **options)
    again = {"slope": found.slope, "area_variance": found.area_variance, "method": found.method}
    variances = found.school_covariance, found.residual_variance
    assert criterion_at(statistics, *variances, **again) == pytest.approx(found.criterion, abs=1e-7)
    assert criterion_at(statistics, 1.3 * variances[0], variances[1], **again) > found.criterion + 1e-3


def refused(words, outcome, covariates, school, **options):
    with pytest.raises(ValueError, match=words):
        fit(gather(outcome, covariates, school), **options)


def test_what_nothing_can_be_said_of():
    outcome, covariates, school = cohort([6] * 5)
    refused("there is 1 school", outcome, covariates, np.zeros(30))
    refused("leave nothing of the outcome", outcome, covariates, np.arange(30))
    refused("leave nothing of the outcome", 3 * covariates["prior"] + 1, covariates, school)
    refused("leave nothing of the outcome", outcome, covariates, np.repeat(np.arange(15), 2), slope="prior")
    refused("the outcome is the same for every pupil", np.full(30, 7.1), covariates, school)
    refused("3 pupils are too few for 3 coefficients", outcome[:3], {"a": outcome[3:6], "b": outcome[6:9]}, [0, 0, 1])
    refused("REML or ML, not 'EB'", outcome, covariates, school, method="EB")
    refused("'need' is not", outcome, covariates, school, slope="need")
    refused("'intercept' is not", outcome, covariates, school, slope="intercept")


def test_areas_that_nothing_can_be_said_of():
    outcome, covariates, school = cohort([6] * 5)
    plain = gather(outcome, covariates, school)
    cases = [
        ("no school has an area", plain),
        ("there is 1 area", plain.placed_in(dict.fromkeys(range(5), "north"))),
        ("each area has one school", plain.placed_in({code: code for code in range(5)})),
    ]
    for words, statistics in cases:
        with pytest.raises(ValueError, match=words):
            fit(statistics, in_areas=True)
    with pytest.raises(ValueError, match="not fitted together"):
        fit(plain, in_areas=True, slope="prior")


def test_areas_without_differences_are_exactly_none():
    outcome, covariates, school = without_differences()
    statistics = gather(outcome, covariates, school, areas={code: code % 4 for code in range(20)})
    found = fit(statistics, in_areas=True)
    assert (found.area_variance, found.school_variance) == (0.0, 0.0)
    assert found.on_boundary
    assert not found.areas.shrunken.any()


def test_collinear_covariates_are_named():
    outcome, covariates, school = cohort([6] * 5)
    random = np.random.default_rng(1)
    girl, prior = random.random(30) < 0.5, covariates["prior"]
    refused("boy is a combination of girl; leave", outcome, {"prior": prior, "girl": girl, "boy": ~girl}, school)
    refused(
        "sum is a combination of prior, girl",
        outcome,
        {"prior": prior, "girl": girl, "sum": prior - prior.mean() + 2 * (girl - girl.mean())},
        school,
    )
    refused("year is the same for every pupil", outcome, {"prior": prior, "year": np.full(30, 2019.0)}, school)


def test_nearly_collinear_is_fitted():
    outcome, covariates, school = cohort([20] * 10)
    close = covariates["prior"] + 1e-3 * np.random.default_rng(2).normal(size=200)
    assert np.isfinite(fit(gather(outcome, {**covariates, "close": close}, school)).criterion)
