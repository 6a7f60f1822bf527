"""The same made-up cohorts fitted by R's lme4, in one process for all: coefficients, effects, and a criterion no worse than its."""

import csv
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from headway.stats.value_added import fit, gather

SCRIPT = Path(__file__).with_name("lme4.R")
FORMULAS = {
    "intercept": "y ~ prior + need + (1 | school)",
    "slope": "y ~ prior + need + (1 + prior | school)",
    "areas": "y ~ prior + need + (1 | area) + (1 | school)",
}
OPTIONS = {"intercept": {}, "slope": {"slope": "prior"}, "areas": {"in_areas": True}}


def cohort(sizes, between, tilt=0.0, area=0.0, weighted=False, middle=0.0, seed=11):
    random = np.random.default_rng(seed)
    schools, n = len(sizes), int(sum(sizes))
    school, place = np.repeat(np.arange(schools), sizes), np.arange(schools) % 6
    prior, need = random.normal(size=n), (random.random(n) < 0.3).astype(float)
    intercept, slope = between * random.normal(size=schools), tilt * random.normal(size=schools)
    outcome = 0.6 * prior - 0.3 * need + (intercept + (area * random.normal(size=6))[place])[school] + slope[school] * prior
    weights = random.uniform(0.3, 2, n) if weighted else np.ones(n)
    columns = {"y": outcome + random.normal(size=n), "prior": prior + middle, "need": need, "w": weights}
    return {**columns, "school": school, "area": place[school]}


def without_differences():
    """Each school's mean residual is the same, so that the variance between schools is 0."""
    made = cohort([15] * 30, 0.0)
    residual = made["y"] - 0.6 * made["prior"] + 0.3 * made["need"]
    made["y"] = made["y"] - (np.bincount(made["school"], residual) / 15)[made["school"]]
    return made


UNLIKE = np.random.default_rng(1).integers(1, 120, 50).tolist()
TINY = np.random.default_rng(2).integers(1, 4, 80).tolist()
COHORTS = {
    "alike": cohort([30] * 40, 0.4, 0.15, 0.3),
    "unlike": cohort(UNLIKE, 0.3, 0.2, 0.1),
    "weighted": cohort(UNLIKE, 0.5, 0.3, 0.3, weighted=True),
    "tiny": cohort(TINY, 0.6, 0.0, 0.5),
    "far_apart": cohort(UNLIKE, 8.0, 1.0, 5.0),
    "off_centre": cohort(UNLIKE, 0.4, 0.2, 0.2, middle=4.0),
    "no_slopes": cohort([40] * 30, 0.5, 0.0, 0.0),
    "none": without_differences(),
    "two": cohort([30, 50], 0.5),
}
NOT_ASKED = {("two", "areas"), ("two", "slope"), ("tiny", "slope")}  # too few areas, schools or pupils to tell the variances apart
MODELS = [(name, model, method) for name in COHORTS for model in FORMULAS if (name, model) not in NOT_ASKED for method in ("REML", "ML")]


@pytest.fixture(scope="module")
def theirs(lme4, tmp_path_factory):
    """What lme4 found: model → kind → name → value."""
    folder = tmp_path_factory.mktemp("lme4")
    for name, columns in COHORTS.items():
        with (folder / f"{name}.csv").open("w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))
    with (folder / "models.csv").open("w", newline="") as out:
        rows = [
            (f"{name} {model} {method}", f"{name}.csv", FORMULAS[model], str(method == "REML").upper()) for name, model, method in MODELS
        ]
        csv.writer(out).writerows([("model", "cohort", "formula", "REML"), *rows])
    done = subprocess.run([lme4, "--vanilla", SCRIPT, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = defaultdict(lambda: defaultdict(dict))
    with (folder / "found.csv").open() as file:
        for row in csv.DictReader(file):
            found[row["model"]][row["kind"]][row["name"]] = float(row["value"])
    return found


@pytest.mark.parametrize(("name", "model", "method"), MODELS)
def test_agrees_with_lme4(theirs, name, model, method):
    made = COHORTS[name]
    areas = dict(zip(made["school"].tolist(), made["area"].tolist(), strict=True))
    covariates = {"prior": made["prior"], "need": made["need"]}
    ours = fit(gather(made["y"], covariates, made["school"], weights=made["w"], areas=areas), method=method, **OPTIONS[model])
    other = theirs[f"{name} {model} {method}"]
    assert other["criterion"][""] - 1e-3 <= ours.criterion <= other["criterion"][""] + 1e-6
    assert ours.coefficients == pytest.approx(list(other["coefficient"].values()), abs=1e-6)
    assert ours.standard_errors == pytest.approx(list(other["standard_error"].values()), abs=1e-5)
    assert ours.residual_variance == pytest.approx(other["residual"][""], rel=1e-5)
    effects = {"school": ours.schools} | ({"area": ours.areas} if ours.areas else {})
    for group, own in effects.items():
        assert [str(code) for code in own.codes.tolist()] == list(other[f"{group}_intercept"])
        assert own.shrunken == pytest.approx(list(other[f"{group}_intercept"].values()), abs=1e-4)
        assert own.comparative[:, 0, 0] == pytest.approx(list(other[f"{group}_comparative"].values()), abs=1e-4)
    if model == "slope":
        assert ours.schools.effects[:, 1] == pytest.approx(list(other["school_slope"].values()), abs=1e-4)
        assert ours.schools.comparative[:, 0, 1] == pytest.approx(list(other["school_covaries"].values()), abs=1e-4)
