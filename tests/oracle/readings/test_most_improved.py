"""Authorities ranked from the real series: what is known of it from elsewhere must come out, and DfE's rule for ties must hold."""

import csv
from pathlib import Path

import pytest

from headway.pipeline.running import load
from headway.readings.door import Door, open_door
from headway.readings.ranking.answers import Improved
from headway.readings.ranking.improved import improved
from headway.readings.ranking.standing import standing
from headway.stats.ranks import competition
from headway.store import workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

WHO = Viewer("somebody", at_keyboard=True)


@pytest.fixture(scope="module")
def door(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """Every authority's series, and three years of schools' results that tell how large the cohorts are."""
    space = workspace.create(tmp_path_factory.mktemp("area"), ["330"])
    trimmed = shared / "data/dfe-performance-tables-trimmed"
    spines = [shared / f"data/dfe-performance-tables/{year}/england_spine.csv.xz" for year in ("2016-17", "2017-18")]
    done = load(space, [shared / "data/dfe-lait/lait_bds_long.csv.xz", *spines, *sorted(trimmed.glob("ks2_201*.csv.xz"))])
    assert [row.reason for row in done.rows if row.outcome != "landed"] == []
    return open_door(space.home)


def change(door: Door, measure: str, first: int, last: int) -> Improved:
    return improved(door, WHO, measure=measure, level=Level.AUTHORITY, first=AcademicYear(first), last=AcademicYear(last))


def test_2017_to_2019_has_the_known_ties(door: Door) -> None:
    """147 authorities have both years; 15 of them are at or above the tenth value, for the figures are whole numbers."""
    found = change(door, "ks2.rwm_expected", 2016, 2018)
    assert len(found.lines) == 147
    tenth = sorted((line.change for line in found.lines), reverse=True)[9]
    assert sum(line.change >= tenth for line in found.lines) == 15
    assert found.margin.rounded
    assert "Dorset" in {one.name for one in found.not_ranked}
    birmingham = found.line("330")
    assert birmingham is not None
    assert birmingham.change == 5
    assert birmingham.p_rise > 0.99
    assert birmingham.p_top < 0.9
    assert birmingham.published_rank[0] > 10
    assert found.margin.source == "schools_added_up"
    assert found.england is not None
    assert [reading.value for reading in found.england] == [62, 65]


def test_a_small_authority_has_the_wider_range(door: Door) -> None:
    found = change(door, "ks2.rwm_expected", 2016, 2018)
    rutland, birmingham = found.line("857"), found.line("330")
    assert rutland is not None and birmingham is not None
    assert rutland.rank_high - rutland.rank_low > 1.15 * (birmingham.rank_high - birmingham.rank_low)


def test_across_the_pandemic_is_with_care_and_changes_are_the_sources_own(door: Door, shared: Path) -> None:
    import lzma

    found = change(door, "ks2.rwm_expected", 2016, 2024)
    assert "none were sat" in found.care[0]
    with lzma.open(shared / "data/dfe-lait/lait_bds_long.csv.xz", "rt", encoding="utf-8-sig") as file:
        told = {
            (str(int(float(row["LA Number"] or 0))), row["Years"][:4]): row["Values"]
            for row in csv.DictReader(file)
            if row["Short Desc"] == "KS2RWM_Expected_STD" and row["Years"][:4] in ("2017", "2025")
        }
    assert len(found.lines) > 140
    for line in found.lines:
        assert line.change == float(told[(line.place, "2025")]) - float(told[(line.place, "2017")])


@pytest.mark.parametrize("measure", ["ks2.rwm_expected", "attendance.overall_absence", "eyfs.gld"])
def test_published_ranks_follow_the_departments_rule_for_ties(door: Door, measure: str) -> None:
    found = standing(door, WHO, measure=measure, level=Level.AUTHORITY)
    assert len(found.lines) > 100
    expected = competition([line.reading.value for line in found.lines], found.measure.better)
    assert [line.published_rank[0] for line in found.lines] == expected
