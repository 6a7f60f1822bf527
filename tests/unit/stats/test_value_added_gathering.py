"""The pass over the pupils: the sums are right in any order, and what cannot be summed is refused in words."""

import numpy as np
import pytest

from headway.stats.value_added import INTERCEPT, fit, gather, gathering, load, save


def cohort(schools=8, size=12, seed=3):
    random = np.random.default_rng(seed)
    school = np.repeat(np.arange(schools) + 900100, size)
    prior, need = random.normal(100, 10, len(school)), random.random(len(school)) < 0.3
    outcome = prior / 2 - need + random.normal(size=schools)[school - 900100] + random.normal(size=len(school))
    return outcome, {"prior": prior, "need": need}, school


def test_sums_are_those_of_the_pupils():
    outcome, covariates, school = cohort()
    weights = np.linspace(0.5, 2, len(outcome))
    order = np.random.default_rng(1).permutation(len(outcome))
    mixed = {name: column[order] for name, column in covariates.items()}
    found = gather(outcome[order], mixed, school[order], weights=weights[order])
    assert found.names == (INTERCEPT, "prior", "need")
    assert found.pupils.tolist() == [12] * 8
    rows = np.column_stack([np.ones(len(outcome)), *covariates.values(), outcome]) - found.centre
    for number, code in enumerate(found.schools):
        own = school == code
        assert found.cross[number] == pytest.approx(rows[own].T @ np.diag(weights[own]) @ rows[own])
        assert found.log_weights[number] == pytest.approx(np.log(weights[own]).sum())


def test_order_and_kind_of_code_do_not_matter():
    outcome, covariates, school = cohort()
    order = np.random.default_rng(2).permutation(len(outcome))
    mixed = {name: column[order] for name, column in covariates.items()}
    plain = fit(gather(outcome, covariates, school))
    for codes in (school[order], school[order].astype(str), school[order].astype(object), school[order].astype(np.int64) * 10**9):
        again = fit(gather(outcome[order], mixed, codes))
        assert again.criterion == pytest.approx(plain.criterion, abs=1e-9)
        assert again.schools.shrunken == pytest.approx(plain.schools.shrunken, abs=1e-9)


def test_more_pupils_than_the_buffer_holds():
    random = np.random.default_rng(4)
    school = np.concatenate([np.full(20_000, 1), random.integers(2, 40, 5_000)])
    found = gather(random.normal(size=25_000), {"prior": random.normal(size=25_000)}, random.permutation(school))
    assert found.pupils.tolist() == np.bincount(school)[1:].tolist()
    assert found.cross[:, 0, 0].tolist() == found.pupils.tolist()


@pytest.mark.parametrize("mixed", [True, False])
def test_many_blocks_and_chunks(monkeypatch, mixed):
    for name, size in (("BLOCK", 64), ("CHUNK", 16), ("STRETCH", 8)):
        monkeypatch.setattr(gathering, name, size)
    random = np.random.default_rng(6)
    school = np.sort(random.integers(0, 30, 700))
    if mixed:
        school = random.permutation(school)
    outcome, prior, weights = random.normal(size=700), random.normal(size=700), random.uniform(0.5, 2, 700)
    found = gather(outcome, {"prior": prior}, school, weights=weights)
    rows = np.column_stack([np.ones(700), prior, outcome]) - found.centre
    twin = [(rows[school == code].T * weights[school == code]) @ rows[school == code] for code in range(30)]
    assert found.cross == pytest.approx(np.array(twin))
    assert found.log_weights == pytest.approx(np.array([np.log(weights[school == code]).sum() for code in range(30)]))


def test_fewer_covariates_from_the_same_sums():
    outcome, covariates, school = cohort()
    kept = gather(outcome, covariates, school).keeping(["prior"])
    alone = gather(outcome, {"prior": covariates["prior"]}, school)
    assert kept.names == alone.names
    assert kept.cross == pytest.approx(alone.cross)
    with pytest.raises(ValueError, match="'sex' was not gathered; there are: intercept, prior, need"):
        gather(outcome, covariates, school).keeping(["sex"])


def test_a_school_drawn_twice_counts_twice():
    outcome, covariates, school = cohort()
    drawn = gather(outcome, covariates, school).of(np.array([0, 0, 1, 2, 5]))
    rows = np.concatenate([np.flatnonzero(school == code) for code in (900100, 900100, 900101, 900102, 900105)])
    names = np.repeat(np.arange(5), 12)
    twin = gather(outcome[rows], {name: column[rows] for name, column in covariates.items()}, names)
    assert fit(drawn).criterion == pytest.approx(fit(twin).criterion, abs=1e-8)


def test_missing_covariates_are_named_and_counted():
    outcome, covariates, school = cohort()
    holed = {"prior": covariates["prior"].copy(), "need": covariates["need"].astype(float)}
    holed["prior"][:5], holed["need"][3:5] = np.nan, np.inf
    with pytest.raises(ValueError) as refused:
        gather(outcome, holed, school)
    assert str(refused.value) == "prior: 5 of 96 pupils have no value; need: 2 of 96 pupils have no value"
    with pytest.raises(ValueError, match="outcome: 1 of 96 pupils have no value"):
        gather(np.append(np.nan, outcome[1:]), covariates, school, missing="indicator")


def test_missing_covariates_as_an_indicator():
    outcome, covariates, school = cohort()
    holed = {"prior": covariates["prior"].copy(), "early": covariates["prior"] ** 2, "need": covariates["need"].astype(float)}
    holed["prior"][:5] = holed["early"][:5] = holed["need"][9] = np.nan
    found = gather(outcome, holed, school, missing="indicator")
    assert found.names == (INTERCEPT, "prior", "early", "need", "prior, early missing", "need missing")
    lacking = np.isnan(holed["prior"])
    filled = np.where(lacking, np.nanmean(holed["prior"]), holed["prior"])
    twin = gather(outcome, {"prior": filled, "lacking": lacking}, school)
    alone = found.keeping(["prior", "prior, early missing"])
    assert alone.cross == pytest.approx(twin.cross)
    with pytest.raises(ValueError, match="need: no pupil has a value"):
        gather(outcome, {"need": np.full(96, np.nan)}, school, missing="indicator")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": []}, "there are no pupils"),
        ({"school": [1, 2]}, r"school has the shape \(2,\); the outcome has 96 pupils"),
        ({"weights": np.zeros(96)}, "weights: 96 of 96 pupils have a weight that is not above 0"),
        ({"weights": np.ones(95)}, "weights has the shape"),
        ({"covariates": {"prior": ["high"] * 96}}, "prior holds something that is not a number"),
        ({"covariates": {"intercept": np.ones(96)}}, "is added by itself"),
        ({"school": np.full(96, np.nan)}, "school: 96 of 96 pupils have no value"),
        ({"missing": "drop"}, "'refuse' or 'indicator', not 'drop'"),
        ({"areas": {900100: 1}}, "7 of 8 schools have no area, the first is 900101"),
    ],
)
def test_what_cannot_be_summed_is_refused(change, words):
    outcome, covariates, school = cohort()
    with pytest.raises(ValueError, match=words):
        gather(**{"outcome": outcome, "covariates": covariates, "school": school, **change})


def test_kept_statistics_come_back_whole(tmp_path):
    outcome, covariates, school = cohort()
    areas = {code: f"area {code % 3}" for code in school.tolist()}
    gathered = gather(outcome, covariates, school.astype(str), areas={str(code): area for code, area in areas.items()})
    save(gathered, tmp_path / "kept.npz")
    back = load(tmp_path / "kept.npz")
    assert back.names == gathered.names
    assert np.array_equal(back.cross, gathered.cross)
    assert back.schools.tolist() == gathered.schools.tolist()
    assert back.areas.tolist() == gathered.areas.tolist()


def test_other_files_are_refused(tmp_path):
    np.savez(tmp_path / "other.npz", cross=np.zeros(3))
    np.savez(tmp_path / "later.npz", format=np.asarray(99))
    (tmp_path / "torn.npz").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "text.npz").write_text("school,pupils\n")
    for name in ("other", "torn", "text"):
        with pytest.raises(ValueError, match=f"{name}.npz does not hold the statistics"):
            load(tmp_path / f"{name}.npz")
    with pytest.raises(ValueError, match=r"later.npz holds statistics of another format \(99\)"):
        load(tmp_path / "later.npz")
