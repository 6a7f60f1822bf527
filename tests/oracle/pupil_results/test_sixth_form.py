"""Value added at 16 to 18 against the lines that the Department publishes, repeated nodes and all."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.pupil_results.sixth_form import NODES, Line, estimates, pooled, value_added


def lines(shared: Path) -> list[tuple[dict[str, str], Line]]:
    with (shared / "oracles/03_ks5_va_bands_2025.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 10
    return [
        (
            row,
            Line(
                *(np.array([float(row[f"{axis}_{node}"]) for node in range(NODES)]) for axis in "xy"),
                float(row["size"]),
                float(row["sd_suqu"]),
            ),
        )
        for row in rows
    ]


def test_at_each_node_the_estimate_is_that_of_the_last_of_its_repeats(shared: Path) -> None:
    for row, line in lines(shared):
        last = dict(zip(line.x.tolist(), line.y.tolist(), strict=True))
        found = estimates(line, np.array(list(last)))
        assert found == pytest.approx(list(last.values()), abs=1e-9), row["subject_name"]


def test_between_nodes_it_is_as_the_algorithm_is_written(shared: Path) -> None:
    """The lower node has the smallest x − x_k that is not negative, the last of equal ones; at x_21 nodes 20 and 21 are used."""
    chance = np.random.default_rng(0)
    for _, line in lines(shared):
        x, y = line.x.tolist(), line.y.tolist()
        for start in chance.uniform(x[0], x[-1], 50).tolist():
            k = max(node for node in range(NODES) if x[node] <= start)
            k = NODES - 2 if start == x[-1] else k
            wanted = y[k] + (start - x[k]) / (x[k + 1] - x[k]) * (y[k + 1] - y[k])
            assert estimates(line, np.array([start]))[0] == pytest.approx(wanted, abs=1e-9)


def test_outside_the_nodes_nobody_is_estimated(shared: Path) -> None:
    for _, line in lines(shared):
        assert np.isnan(estimates(line, np.array([line.x[0] - 0.01, line.x[-1] + 0.01]))).all()
        assert value_added(line, np.array([line.x[0] - 1]), np.array([30.0])) is None


def test_a_grade_above_the_line_is_a_grade_of_value_added(shared: Path) -> None:
    points = json.loads((shared / "oracles/03_ks5_points_and_algorithm.json").read_text())["points"]
    a_level, as_level = points["GCE A level (size 1)"], points["GCE AS level not continued to A2 (size 0.5)"]
    assert a_level["A"] - a_level["B"] == 10 and as_level["A"] - as_level["B"] == 5
    for row, line in lines(shared):
        starts = np.full(25, (line.x[5] + line.x[6]) / 2)
        found = value_added(line, starts, estimates(line, starts) + 10 * line.size)
        assert found is not None
        assert found.grades == pytest.approx(1.0), row["subject_name"]
        assert found.error == pytest.approx(line.spread / 5)
        assert found.limits == pytest.approx((1 - 1.96 * line.spread / 5, 1 + 1.96 * line.spread / 5))


def test_subjects_of_one_size_pool_by_their_students(shared: Path) -> None:
    (_, one), (_, other), *_ = lines(shared)
    starts = np.full(30, 6.5)
    found = [value_added(line, starts[:n], np.full(n, 40.0)) for line, n in ((one, 10), (other, 30))]
    assert found[0] and found[1]
    together = pooled([found[0], found[1]], [1.0, 1.0])
    assert together.students == 40
    assert together.grades == pytest.approx((10 * found[0].grades + 30 * found[1].grades) / 40)
    assert together.error**2 == pytest.approx((found[0].error * 10 / 40) ** 2 + (found[1].error * 30 / 40) ** 2)
    with pytest.raises(ValueError, match="no subjects"):
        pooled([], [])


@given(st.lists(st.floats(0, 10), min_size=NODES, max_size=NODES), st.lists(st.floats(0, 60), min_size=NODES, max_size=NODES))
def test_an_estimate_never_leaves_the_range_of_the_nodes(x: list[float], y: list[float]) -> None:
    line = Line(np.array(sorted(x)), np.array(y), 1.0, 1.0)
    found = estimates(line, np.linspace(min(x), max(x), 40))
    assert not np.isnan(found).any()
    assert (found >= min(y) - 1e-9).all() and (found <= max(y) + 1e-9).all()


def test_a_line_that_turns_back_is_refused() -> None:
    with pytest.raises(ValueError, match="never falls"):
        Line(np.arange(NODES)[::-1].astype(float), np.zeros(NODES), 1.0, 1.0)
