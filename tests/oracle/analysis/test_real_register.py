"""Schools of the whole country's list of 2021/22 and the register's links of August 2026: who has closed since, and who stands instead."""

from pathlib import Path
from typing import Any

import pytest

from headway.analysis import chains, establishments
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store import engine, landed, tables, workspace

DATA = ("dfe-performance-tables/2021-22/england_school_information.csv.xz", "gias/2026-08-21_links_edubasealldata.csv.xz")


@pytest.fixture(scope="module")
def con(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    library = library_for()
    home = workspace.create(tmp_path_factory.mktemp("register"), ["330"])
    rows = Loader(home, library).load([shared / "data" / name for name in DATA])
    assert [row.outcome for row in rows] == ["landed"] * len(DATA)
    made = engine.working()
    backend, files = engine.expressions(made), landed.landed_files(home)
    tables.record_files(made, files)
    establishments.establishments(backend, files, library.lists["authorities"], library.lists["authority_changes"])
    chains.chains(backend, files)
    return made


def count(con: Any, sql: str) -> int:
    [(found,)] = con.execute(f"SELECT count(*) FROM {sql}").fetchall()
    return int(found)


def test_schools_that_converted_since_the_list_have_closed_and_their_successors_stand(con: Any) -> None:
    closed = "establishment WHERE status = 'closed' AND closed > DATE '2022-07-31'"
    assert count(con, closed) > 1_000
    both = "chain c JOIN establishment n ON n.urn = c.urn JOIN establishment o ON o.urn = c.of_urn"
    told_by_one_side = count(con, f"{both} WHERE o.status = 'open' AND n.status = 'open'")
    assert told_by_one_side < 5
    successors = f"{both} WHERE o.closed > DATE '2022-07-31' AND n.opened = o.closed AND n.authority = o.authority"
    assert count(con, successors) > 1_000


def test_codes_are_those_of_the_year_where_one_alone_is_possible(con: Any) -> None:
    assert count(con, "establishment_year WHERE authority = '838' AND year < 2019") == 0
    assert count(con, "establishment_year WHERE authority IN ('940', '941') AND year < 2021") == 0
    assert count(con, "establishment_year WHERE authority = '928' AND year BETWEEN 2016 AND 2020 AND open") > 5 * 300
    assert count(con, "establishment_year WHERE authority IN ('836', '837') AND year >= 2019 AND open") == 0
