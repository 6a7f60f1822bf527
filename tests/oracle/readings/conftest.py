"""Three areas with their real files, loaded once for the oracles of ambitions."""

from pathlib import Path

import pytest

from headway.pipeline.running import load
from headway.readings.door import Door, open_door
from headway.store import workspace

TABLES = "dfe-performance-tables"
FILES = (
    "dfe-lait/lait_bds_long.csv.xz",
    "dfe-lait/sn_model_2025_wide.csv",
    "dfe-school-profile-json/Establishment.json.xz",
    "ees-la/absence_la.csv.xz",
    "ees-la/eyfsp_key_measures_la_2013_2019.csv",
    "gias/2026-08-21_links_edubasealldata.csv.xz",
    "ofsted/2013-12-31_ofsted_mi_schools_provisional.zip",
    "ofsted/2015-02-28_ofsted_mi_schools.xlsx",
    "ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv.xz",
    "ofsted/2018_ofsted_ratings_history_derived.csv.xz",
    "ofsted/2023-08-31_ofsted_state_funded_schools_WEST_MIDLANDS.csv.xz",
    f"{TABLES}/2013-14/england_census.csv.xz",
    f"{TABLES}/2015-16/england_spine.csv.xz",
    f"{TABLES}/2015-16/england_ks5.csv.xz",
    f"{TABLES}/2016-17/england_spine.csv.xz",
    f"{TABLES}/2016-17/england_ks4provisional.csv",
    f"{TABLES}/2016-17/england_ks5final.csv.xz",
    f"{TABLES}/2017-18/england_spine.csv.xz",
    f"{TABLES}/2017-18/england_ks4provisional.csv",
    f"{TABLES}/2021-22/england_school_information.csv.xz",
)


@pytest.fixture(scope="session")
def promised(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The door of a workspace of Birmingham, Stoke-on-Trent and Worcestershire."""
    space = workspace.create(tmp_path_factory.mktemp("promised"), ["330", "861", "885"])
    done = load(space, [shared / "data" / name for name in FILES])
    assert {row.path: row.reason for row in done.rows if row.outcome != "landed"} == {}
    return open_door(space.home)
