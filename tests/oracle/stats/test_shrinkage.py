"""Shrinkage and ranks against published figures: Efron and Morris's batters, the BCG trials, DfE's rule for ties."""

import json

import numpy as np
import pytest

from headway.stats.ranks import competition, quartile
from headway.stats.shrinkage import shrink, tau_squared


def test_batters_are_drawn_in_as_far_as_james_and_stein_would(shared):
    told = json.loads((shared / "oracles/05_james_stein_baseball.json").read_text())
    early, season = np.array(told["first_45"]), np.array(told["season"])
    mean = early.mean()
    found = shrink(early, np.full(18, mean * (1 - mean) / told["n"]))
    classic = mean + told["published"]["shrinkage_factor_c"] * (early - mean)
    assert np.abs(found.mean - classic).max() < 0.015
    assert ((found.mean - season) ** 2).sum() < 0.4 * ((early - season) ** 2).sum()  # and so they foretell the season better


def test_the_variance_between_trials_is_the_published_one(shared):
    told = json.loads((shared / "oracles/05_random_effects_bcg.json").read_text())
    at = {name: number for number, name in enumerate(told["columns"])}
    values, variances = (np.array([row[at[name]] for row in told["data"]]) for name in ("yi_logRR", "vi"))
    assert tau_squared(values, variances) == pytest.approx(told["reml"]["tau2"], abs=1e-4)
    found = shrink(values, variances)
    assert found.centre == pytest.approx(told["reml"]["mu"], abs=0.02)


def test_ties_and_what_is_missing_rank_as_in_the_interactive_tool(shared):
    told = json.loads((shared / "oracles/05_rank_quartile_dfe_lait.json").read_text())
    for case in told["rank"]:
        assert competition(case["values"], "higher" if case["polarity"] == "High" else "lower") == case["rank"]


def test_quartile_bands_are_those_of_the_interactive_tool(shared):
    told = json.loads((shared / "oracles/05_rank_quartile_dfe_lait.json").read_text())
    edges = list(told["quartile_bands"].values())
    for case in told["quartile"]:
        assert quartile(case["v"], edges, "higher" if case["polarity"] == "High" else "lower") == case["band"]
    for outside in (-1, 101):
        with pytest.raises(ValueError, match="outside"):
            quartile(outside, edges, "lower")
