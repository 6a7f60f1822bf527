"""The time machine on real files: what came of the schools is counted anew from the raw lists, and nothing of it was known on the day."""

import csv
import lzma
from datetime import date, timedelta
from pathlib import Path

import pytest

from headway.pipeline.running import load
from headway.readings.door import Door, open_door
from headway.readings.tier_backtest.answers import Backtest
from headway.readings.tier_backtest.running import Test as Asked
from headway.readings.tier_backtest.running import backtest
from headway.readings.tier_proposal.proposing import propose
from headway.store import workspace
from headway.vocabulary.viewer import PUBLIC

THEN, END = date(2017, 1, 31), date(2020, 2, 28)
GOOD, LESS = ("Outstanding", "Good"), ("Requires Improvement", "Inadequate")
YEARS = ("2013-14", "2014-15", "2015-16", "2016-17")


@pytest.fixture(scope="module")
def door(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """Lists of schools, the census, key stages 2 and 4 of 2015/16, links, and every list of grades up to the history."""
    space = workspace.create(tmp_path_factory.mktemp("area"), ["330"])
    data = shared / "data"
    tables, trimmed = data / "dfe-performance-tables", data / "dfe-performance-tables-trimmed"
    files = [data / "dfe-lait/lait_bds_long.csv.xz", trimmed / "ks2_2015-16.csv.xz", trimmed / "ks4_2015-16.csv"]
    files += [path for year in YEARS for kind in ("spine", "census") for path in tables.glob(f"{year}/england_{kind}.csv*")]
    files += [*tables.glob("2017-18/england_spine.csv*"), data / "gias/2026-08-21_links_edubasealldata.csv.xz"]
    files += [path for path in (data / "ofsted").iterdir() if path.name.startswith(("2015-02", "2018"))]
    load(space, files)
    return open_door(space.home)


@pytest.fixture(scope="module")
def found(door: Door) -> Backtest:
    return backtest(door, Asked(THEN, END))


@pytest.fixture(scope="module")
def history(shared: Path) -> dict[int, list[tuple[date, str]]]:
    """URN → (day of the visit, grade) by the derived history of graded inspections, in order."""
    found: dict[int, list[tuple[date, str]]] = {}
    with lzma.open(shared / "data/ofsted/2018_ofsted_ratings_history_derived.csv.xz", "rt", encoding="utf-8-sig") as opened:
        for row in csv.DictReader(opened):
            if row["Inspection Date"].isdigit():
                day = date.fromisoformat(row["Inspection Date"])
                found.setdefault(int(row["URN"]), []).append((day, row["Rating"]))
    return {urn: sorted(visits) for urn, visits in found.items()}


def test_falls_are_those_of_the_raw_history(found: Backtest, history: dict[int, list[tuple[date, str]]]) -> None:
    """Of good or better schools some 1,900 fell; school by school the two agree but where another list tells a day or a grade otherwise."""
    naive: dict[int, bool] = {}
    for urn, visits in history.items():
        known = [(day + timedelta(days=60), grade) for day, grade in visits]
        before = [grade for day, grade in known if day <= THEN]
        later = [grade for day, grade in known if THEN < day <= END]
        if before and before[-1] in GOOD and later:
            naive[urn] = later[0] in LESS
    assert 4_200 < len(naive) < 4_800, "about 4,600 graded inspections of good or better schools"
    assert found.fell == pytest.approx(sum(naive.values()), rel=0.06)
    both = [(one.fell, naive[one.urn]) for one in found.schools if one.fell is not None and one.urn in naive]
    assert len(both) > 0.75 * len(naive), "the history puts a predecessor's grades under an academy's own number, and Headway does not"
    assert sum(mine == theirs for mine, theirs in both) > 0.95 * len(both)


def test_the_points_do_better_than_chance_and_than_the_previous_grade(found: Backtest) -> None:
    points, baseline = (next(one for one in found.ranked if one.name == name) for name in ("points", "previous_grade"))
    share = found.fell / found.labelled
    assert points.at_capacity.precision is not None and baseline.at_capacity.precision is not None
    assert points.at_capacity.precision > 1.5 * share
    assert points.at_capacity.caught > baseline.at_capacity.caught
    assert found.flagged.precision is not None and found.flagged.precision > 2 * share


def test_who_had_gone_by_the_end_is_still_counted(found: Backtest) -> None:
    assert found.closed > 500
    assert found.under_successor > 0


def test_without_the_absence_of_the_year_nobody_is_called_secure(door: Door) -> None:
    """The files hold no absence of 2014/15 or 2015/16: what matters and is unknown stands in the way."""
    tiers = {one.tier for one in propose(door, PUBLIC, as_of=THEN, evidence=False).proposals}
    assert tiers <= {"not_enough_evidence", "light_touch", "focus", "intensive"}
