"""Progress 8 against what the Department publishes: estimates, constants, a pupil, the bands, the cap."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headway.definitions.loading import library_for
from headway.definitions.progress8 import Progress8, tables_for
from headway.pupil_results import outlier_cap
from headway.pupil_results.attainment8 import Elements
from headway.pupil_results.prior_attainment import average, groups
from headway.pupil_results.progress8 import Band, band, half_width, scores
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.number import shown
from headway.vocabulary.status import Release

LIBRARY = library_for()


def tables(summer: int) -> Progress8:
    return tables_for(LIBRARY.progress8, LIBRARY.progress8_gaps, AcademicYear.ending(summer), Release.REVISED)


def told(shared: Path, name: str) -> Any:
    return json.loads((shared / "oracles" / name).read_text())


@pytest.mark.parametrize("summer", [2022, 2024])
def test_the_estimates_are_the_published_ones(shared: Path, summer: int) -> None:
    with (shared / f"oracles/03_p8_estimates_{summer}.csv").open() as file:
        published = list(csv.DictReader(file))
    names = ("ks2_to", "p8est", "p8esteng", "p8estmat", "p8estebac", "p8estopen")
    assert [tuple(float(row[name]) for name in names) for row in published] == list(tables(summer).groups)


@pytest.mark.parametrize("summer", [2022, 2024])
def test_every_average_falls_in_the_group_that_is_published_for_it(shared: Path, summer: int) -> None:
    bounds = np.array([group[0] for group in tables(summer).groups])
    with (shared / f"oracles/03_p8_estimates_{summer}.csv").open() as file:
        for row in csv.DictReader(file):
            halves = np.arange(float(row["ks2_from"]), float(row["ks2_to"]) + 0.25, 0.5)
            assert set(groups(halves, bounds)) == {int(row["ks2emss_grp"])}


@pytest.mark.parametrize("summer", [2022, 2024])
def test_the_spread_and_the_nominal_scores_are_the_published_ones(shared: Path, summer: int) -> None:
    published, ours = told(shared, "03_p8_model_constants.json"), tables(summer)
    spread = published["national_sd"][f"{summer}_revised"]
    names = ("p8stdev", "p8engstdev", "p8matstdev", "p8ebacstdev", "p8openstdev")
    assert [spread[name] for name in names] == list(ours.spread.model_dump().values())
    for name, score in published["ks2_nominal_scores"].items():
        if name[:4].isdigit():
            assert ours.points(name.split()[-1], int(name[:4])) == score
    assert ours.points("N", 2019) == published["ks2_nominal_scores"]["test outcome N"]
    assert ours.points("PKG", 2019) is None
    assert [group[0] for group in ours.groups] == published["pag_upper_bounds_inclusive"]


def test_the_published_pupil(shared: Path) -> None:
    for case in told(shared, "03_p8_cases.json")["pupil_cases"]:
        table, wanted = tables(case["year"]), case["expect"]
        tests = [np.array([table.points(case[name], 2019)]) for name in ("ks2_reading", "ks2_maths")]
        start = average(*tests)
        attained = Elements(*(np.array([part]) for part in (case["a8"], 0.0, 0.0, 0.0)))
        found = scores(attained, start, table)
        assert start[0] == wanted["ks2_average"]
        assert found.group[0] == wanted["pag"]
        assert table.groups[0][1] == wanted["estimated_a8"]
        assert 10 * found.progress8[0] == pytest.approx(wanted["value_added_total"])
        assert float(shown(found.progress8[0], "progress").replace("−", "-")) == wanted["p8_displayed_2dp"]


def test_the_published_schools_mean_and_interval(shared: Path) -> None:
    """The input is published; the interval follows from the published formula and national spread."""
    case = told(shared, "03_p8_cases.json")["school_input"]
    mine = [score for score, counts in zip(case["adjusted_p8"], case["included"], strict=True) if counts]
    assert sum(mine) / len(mine) == pytest.approx(2.05 / 9)
    assert half_width(tables(2024).spread.progress8, 9) == pytest.approx(1.96 * 1.41628 / 3)
    assert half_width(tables(2024).spread.progress8, 150) == pytest.approx(0.227, abs=0.0005)
    assert half_width(tables(2024).spread.progress8, 25) == pytest.approx(0.555, abs=0.0005)


def test_the_five_bands(shared: Path) -> None:
    published = told(shared, "03_p8_bandings_2019.json")
    assert [rule["band"] for rule in published["rules"]] == [name.value for name in Band]
    cases = [(0.5, Band.WELL_ABOVE), (0.49, Band.ABOVE), (-0.5, Band.BELOW), (-0.51, Band.WELL_BELOW), (0.49999, Band.ABOVE)]
    for score, wanted in cases:
        assert band(score, score - 0.1, score + 0.1) == wanted
    for score, lower, upper in ((0.6, 0.0, 1.2), (-0.6, -1.2, 0.0), (0.0, -0.1, 0.1), (0.6, -0.1, 1.3)):
        assert band(score, lower, upper) is Band.AVERAGE


def test_the_cap_takes_its_cut_as_the_department_does(shared: Path) -> None:
    """One in a hundred of 542,600 pupils is the published 5,426; its cut times a group's spread is that group's least."""
    published = told(shared, "03_p8_outlier_cap_2022.json")["values_2022"]
    rng = np.random.default_rng(20221)
    group = rng.integers(1, 35, 542_600)
    progress = rng.normal(0, 1 + group / 30) - 2 * rng.random(len(group)) ** 8
    found = outlier_cap.find(progress, group)
    mean = {name: progress[group == name].mean() for name in range(1, 35)}
    spread = {name: round(float(progress[group == name].std(ddof=1)), 6) for name in range(1, 35)}
    z = sorted((score - mean[name]) / spread[name] for score, name in zip(progress, group, strict=True))
    assert found.cut == round(float(z[published["one_percent_of_pupils"] - 1]), 10)
    assert (z < np.float64(found.cut)).sum() in (published["one_percent_of_pupils"] - 1, published["one_percent_of_pupils"])
    assert list(found.lowest) == pytest.approx([spread[name] * found.cut for name in range(1, 35)])
    assert round(published["z_cut_exact"], 10) == published["z_cut_used"]


@pytest.mark.parametrize(
    ("year", "code"),
    [("2024/25", "H-VALIDITY-10"), ("2025/26", "H-VALIDITY-10"), ("2019/20", "H-VALIDITY-10"), ("2022/23", "H-VALIDITY-11")],
)
def test_a_year_without_progress8_is_refused_with_the_reason(year: str, code: str) -> None:
    with pytest.raises(HeadwayError) as fault:
        tables_for(LIBRARY.progress8, LIBRARY.progress8_gaps, AcademicYear.parse(year))
    assert fault.value.code == code
    assert year in fault.value.what
