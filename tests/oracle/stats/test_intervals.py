"""Intervals against published tables: the health agency's worked file, and Newcombe's two papers of 1998."""

import csv
import json

import pytest

from headway.stats.intervals import byar, newcombe, wilson


def test_wilson_is_the_health_agencys(shared):
    with (shared / "oracles/05_intervals_ukhsa.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "wilson" and float(row["confidence"]) == 0.95]
    assert len(rows) >= 4
    for row in rows:
        assert wilson(float(row["x"]), float(row["n"])) == pytest.approx((float(row["lower"]), float(row["upper"])), abs=1e-9)


def test_wilson_and_the_difference_are_newcombes(shared):
    published = json.loads((shared / "oracles/05_newcombe_1998.json").read_text())
    for successes, n, lower, upper in published["single_proportion_wilson_95"]:
        assert wilson(successes, n) == pytest.approx((lower, upper), abs=5.1e-5)
    for row in published["difference_p2_minus_p1_95"]:
        found = newcombe(row["x2"], row["n2"], row["x1"], row["n1"])
        assert found == pytest.approx((row["lower"], row["upper"]), abs=5.1e-5)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 10), (11, 10)])
def test_what_is_no_proportion_is_refused(successes, n):
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(successes, n)


def test_limits_of_counts_are_the_health_agencys(shared):
    with (shared / "oracles/05_intervals_ukhsa.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "byars" and float(row["confidence"]) == 0.95]
    assert len(rows) >= 3
    for row in rows:
        assert byar(float(row["x"])) == pytest.approx((float(row["lower"]), float(row["upper"])), rel=1e-9)
    assert byar(0)[0] == 0
