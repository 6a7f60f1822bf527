"""The Exam data of Goldstein et al. (1993), as fitted in a published vignette; and the way through kept statistics."""

import csv
import json

import numpy as np
import pytest

from headway.stats.value_added import fit, gather, load, save


@pytest.fixture(scope="module")
def exam(shared):
    with (shared / "oracles/06_exam_data.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


@pytest.fixture(scope="module")
def models(shared):
    return json.loads((shared / "oracles/06_exam_lmm.json").read_text())["models"]


def gathered(exam, reference):
    """The pupils with a dummy for each level but the reference's, named as the published table names them."""
    covariates = {"standLRT": exam["standLRT"].astype(float)}
    for factor, names in (("sex", ("F", "M")), ("schgend", ("mixed", "boys", "girls"))):
        covariates |= {f"{factor}{level}": exam[factor] == level for level in names if level != reference[factor]}
    return gather(exam["normexam"].astype(float), covariates, exam["school"])


@pytest.mark.parametrize("number", [0, 1])
def test_published_fit(exam, models, number):
    published = models[number]
    found = fit(gathered(exam, published["reference"]))
    # 9347.67346 is what lme4 makes of the rounded file; the vignette's own data had more digits
    assert found.criterion == pytest.approx(published["reml_criterion"], abs=6e-4)
    names = ["(Intercept)" if name == "intercept" else name for name in found.names]
    assert dict(zip(names, found.coefficients, strict=True)) == pytest.approx(published["fixed"], abs=1e-6)
    assert found.school_variance**0.5 == pytest.approx(models[0]["sd_school"], abs=5e-4)
    assert found.residual_variance**0.5 == pytest.approx(models[0]["sd_residual"], abs=5e-4)
    assert len(found.schools.codes) == 65
    assert found.pupils == 4059


def test_one_covariate_as_measured_with_lme4_before(exam):
    found = fit(gathered(exam, {"sex": "F", "schgend": "mixed"}), covariates=["standLRT"])
    assert found.coefficients == pytest.approx([0.00232, 0.56331], abs=5e-6)
    assert (found.school_variance, found.residual_variance) == pytest.approx((0.09384, 0.56587), abs=5e-6)


def test_refit_from_kept_statistics_is_the_fit(exam, tmp_path):
    gathered_now = gathered(exam, {"sex": "F", "schgend": "mixed"})
    save(gathered_now, tmp_path / "exam.npz")
    now, again = (fit(statistics, slope="standLRT") for statistics in (gathered_now, load(tmp_path / "exam.npz")))
    assert again.criterion == now.criterion
    assert np.array_equal(again.schools.effects, now.schools.effects)
    assert np.array_equal(again.schools.codes, now.schools.codes)
