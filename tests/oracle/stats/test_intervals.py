"""Intervals against published tables: the health agency's worked files, and Newcombe's two papers of 1998."""

import csv
import json
from statistics import NormalDist, fmean

import pytest

from headway.stats.intervals import byar, mean_limits, newcombe, student, wilson


def worked(shared, method):
    """(x, n, z, limits) of every row of a method, at each level of confidence that the file has."""
    with (shared / "oracles/05_intervals_ukhsa.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == method]
    assert len(rows) >= 3
    for row in rows:
        z = NormalDist().inv_cdf((1 + float(row["confidence"])) / 2)
        yield float(row["x"]), row["n"], z, (float(row["lower"]), float(row["upper"]))


def test_wilson_is_the_health_agencys(shared):
    for x, n, z, limits in worked(shared, "wilson"):
        assert wilson(x, float(n), z) == pytest.approx(limits, abs=1e-9)


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
    for x, _, z, limits in worked(shared, "byars"):
        assert byar(x, z) == pytest.approx(limits, rel=1e-9)
    assert byar(0)[0] == 0


def test_limits_of_a_mean_are_the_health_agencys(shared):
    told = json.loads((shared / "oracles/05_mean_t_interval.json").read_text())
    wanted, values = told["expect_area1"], told["values_area1"]
    assert fmean(values) == pytest.approx(wanted["value"])
    for level, name in ((0.95, "95_0"), (0.998, "99_8")):
        assert mean_limits(values, level) == pytest.approx((wanted[f"lower{name}cl"], wanted[f"upper{name}cl"]), rel=1e-12)


@pytest.mark.parametrize(("free", "t"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980), (10**6, 1.960)])
def test_students_table(free, t):
    """The 95% column as every book prints it."""
    assert student(0.95, free) == pytest.approx(t, abs=5.1e-4)


def test_the_short_series_joins_the_sum():
    assert student(0.95, 301) == pytest.approx(student(0.95, 300), rel=2e-5)
    assert student(0.998, 301) < student(0.998, 300)


@pytest.mark.parametrize(("level", "free"), [(0.0, 3), (1.0, 3), (0.95, 0)])
def test_what_is_no_level_or_no_freedom_is_refused(level, free):
    with pytest.raises(ValueError, match="degree of freedom"):
        student(level, free)


def test_one_value_has_no_limits():
    assert mean_limits([3.0]) is None
