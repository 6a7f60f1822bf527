"""A table that lands without giving a reading says so."""

from pathlib import Path

from headway.definitions.loading import library_for
from headway.pipeline.load import KEPT_ONLY, Loader
from headway.store import workspace


def test_trusts_tables_land_and_say_that_no_measure_takes_their_figures(shared: Path, tmp_path: Path) -> None:
    tables = shared / "data/dfe-performance-tables/2016-17"
    home = workspace.create(tmp_path / "area", ["330"])
    trusts, school = Loader(home, library_for()).load([tables / "england_ks4-mats-performance.csv", tables / "england_ks4provisional.csv"])
    assert (trusts.recognised_as, trusts.outcome) == ("performance_tables.trusts", "landed")
    assert trusts.reason.endswith(KEPT_ONLY)  # after the remark on the one row that is longer than its header
    assert (school.recognised_as, school.outcome, school.reason) == ("performance_tables.ks4", "landed", "")
