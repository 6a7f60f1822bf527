"""Pupils by characteristics: cuts add up, levels are met, areas are sums."""

import numpy as np
import pytest

from headway.example.cohorts import CUTS, Effects, attained, compose, cut, scored, with_areas

EFFECTS = Effects(girls=0.3, disadvantaged=-0.6, eal=0.1, support=-1.0, plan=-2.0, low=-2.0, high=1.5, school=0.8)


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def counts(random: np.random.Generator) -> np.ndarray:
    size, share = np.array([0, 5, 30, 60, 200]), np.full(5, 0.3)
    return compose(random, size, share, share, share / 2, share / 10, np.full(5, 0.51))


def test_a_cohort_keeps_its_size_and_every_pair_of_cuts_makes_it_up(counts: np.ndarray) -> None:
    assert cut(counts, "all").tolist() == [0, 5, 30, 60, 200]
    for parts in (
        ("boys", "girls"),
        ("disadvantaged", "others"),
        ("eal", "not_eal"),
        ("no_sen", "support", "plan"),
        ("low", "middle", "high"),
    ):
        assert sum(cut(counts, part) for part in parts).tolist() == [0, 5, 30, 60, 200]


def test_a_standard_is_met_by_no_more_than_there_are_and_at_the_level_asked_for(random: np.random.Generator, counts: np.ndarray) -> None:
    many = counts * 100
    reached = attained(random, many, EFFECTS, np.zeros(5), 0.62)
    assert (reached <= many).all()
    assert reached.sum() / many.sum() == pytest.approx(0.62, abs=0.01)
    higher = attained(random, many, EFFECTS, np.zeros(5), 0.10, of=reached)
    assert (higher <= reached).all()
    assert higher.sum() / many.sum() == pytest.approx(0.10, abs=0.01)


def test_disadvantage_and_quality_work_in_their_direction(random: np.random.Generator, counts: np.ndarray) -> None:
    many = counts * 100
    reached = attained(random, many, EFFECTS, np.array([0.0, 0.0, -2.0, 0.0, 2.0]), 0.6)
    rate = {name: cut(reached, name).sum() / cut(many, name).sum() for name in CUTS}
    assert (
        rate["disadvantaged"] < rate["others"]
        and rate["plan"] < rate["support"] < rate["no_sen"]
        and rate["low"] < rate["middle"] < rate["high"]
    )
    by_school = reached[2:].reshape(3, -1).sum(axis=1) / many[2:].reshape(3, -1).sum(axis=1)
    assert by_school[0] < by_school[1] < by_school[2]


def test_the_mean_score_of_the_schools_counted_is_exactly_the_target(random: np.random.Generator, counts: np.ndarray) -> None:
    kept = np.array([True, True, False, True, True])
    sums = scored(random, counts, EFFECTS, np.zeros(5), 104.4, 7.0, kept)
    assert sums[kept].sum() / counts[kept].sum() == pytest.approx(104.4)
    assert not sums[counts == 0].any()


def test_areas_are_sums_of_state_funded_schools_and_all_england_has_the_rest(counts: np.ndarray) -> None:
    whole = with_areas(counts, np.array([0, 0, 1, 1, 1]), 2, np.array([True, True, True, True, False]))
    assert cut(whole, "all").tolist() == [0, 5, 30, 60, 200, 5, 90, 95, 295]
    assert whole.dtype == counts.dtype
