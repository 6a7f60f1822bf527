"""Scores and likelihoods of forecasts beside numbers that others published."""

import json
from pathlib import Path

import numpy as np
import pytest

from headway.stats.forecast.local_level import local_level
from headway.stats.forecast.scoring import crps_normal, crps_student


def test_the_score_of_a_normal(shared: Path) -> None:
    for case in json.loads((shared / "oracles/07_crps_gaussian.json").read_text())["cases"]:
        assert crps_normal(case["y"], case["mean"], case["sd"]) == pytest.approx(case["crps"], abs=1e-8)
        assert crps_student(np.array(case["y"]), case["mean"], case["sd"], 1e6) == pytest.approx(case["crps"], abs=1e-5)


def test_the_likelihood_of_the_nile(shared: Path) -> None:
    oracle = json.loads((shared / "oracles/07_nile_local_level.json").read_text())
    flows, expect = np.array(oracle["data"]["values"], float), oracle["expect"]
    years = np.arange(len(flows), dtype=float)
    found = local_level(flows, years, expect["var_eps"], expect["var_eta"])
    assert found.log_likelihood == pytest.approx(expect["loglik_exact_diffuse"], abs=5e-4)
    for noise in (0.9, 1.0, 1.1):  # nowhere near is it likelier: the surface is flat, so not by much
        for drift in (0.8, 1.0, 1.25):
            other = local_level(flows, years, noise * expect["var_eps"], drift * expect["var_eta"])
            assert other.log_likelihood <= found.log_likelihood + 1e-4
