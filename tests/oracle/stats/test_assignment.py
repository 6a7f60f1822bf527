"""Worked examples of an optimiser that we did not write: their optima, not their assignments, which may have ties."""

import json
from pathlib import Path

import numpy as np
import pytest

from headway.stats.assignment import branching, problem, solve


@pytest.mark.parametrize("place", [0, 1], ids=["plain", "teams"])
def test_the_published_optimum_is_found_and_proven(shared: Path, place: int) -> None:
    case = json.loads((shared / "oracles" / "12_assignment.json").read_text())["cases"][place]
    cost = np.array(case["cost"])
    workers, tasks = cost.shape
    worker, task = (one.ravel() for one in np.indices(cost.shape))
    teams = {"team": np.arange(workers) % 2, "team_most": [case["team_max"]] * 2} if "team_max" in case else {}
    found = solve(problem(need=task, provider=worker, cost=cost.ravel(), days=np.ones(tasks), capacity=np.ones(workers), **teams))
    assert found.total == found.bound == case["optimum"]
    assert found.optimal and not found.unmet.any()


def test_the_way_of_large_rounds_finds_the_published_optimum_too(shared: Path) -> None:
    """Turned about, tasks being the providers, so that each is done once; whoever is over does a fifth at no cost."""
    case = json.loads((shared / "oracles" / "12_assignment.json").read_text())["cases"][0]
    cost = np.column_stack([np.array(case["cost"]), np.zeros(5, int)])
    worker, task = (one.ravel() for one in np.indices(cost.shape))
    found = branching.cheapest(
        problem(need=worker, provider=task, cost=cost.ravel(), days=np.ones(5), capacity=np.ones(5)), cost.ravel() >= 0, 60
    )
    assert found is not None and found.total == found.bound == case["optimum"]
