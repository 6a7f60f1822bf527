"""England's inspection grades at the end of August 2018, from Ofsted's own list, against the shares that Ofsted published.

Ofsted, Changes to statistical reporting of inspection outcomes (2018): counting predecessors' grades, 86% of schools were good or
outstanding, and 76% of secondary schools. (Pupil referral units, 83%, are not on the school list of the year.)
"""

import csv
import json
import lzma
from pathlib import Path

import pytest

from headway.analysis import chains, establishments, inspections
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store import engine, landed, tables, workspace

DATA = (
    "ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv.xz",
    "dfe-performance-tables/2017-18/england_spine.csv.xz",
    "gias/2026-08-21_links_edubasealldata.csv.xz",
)


@pytest.fixture(scope="module")
def shares(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Phase → the share of graded schools that were good or outstanding, in per cent; '' is all."""
    library = library_for()
    home = workspace.create(tmp_path_factory.mktemp("inspections"), ["330"])
    rows = Loader(home, library).load([shared / "data" / name for name in DATA])
    assert [row.outcome for row in rows] == ["landed"] * len(DATA)
    con = engine.working()
    backend, files = engine.expressions(con), landed.landed_files(home)
    tables.record_files(con, files)
    establishments.establishments(backend, files, library.lists["authorities"], library.lists["authority_changes"])
    chains.chains(backend, files)
    inspections.inspections(backend, files, library)
    graded = "FROM standing WHERE year = 2017 AND grade IS NOT NULL"
    found = con.execute(f"SELECT phase, count(*) FILTER (grade <= 2), count(*) {graded} GROUP BY phase").fetchall()
    assert sum(of for *_, of in found) > 20_500
    share = {phase: 100 * good / of for phase, good, of in found}
    ours = f"SELECT count(*) FILTER (grade <= 2), count(*) {graded} AND authority = '330'"
    for name, who in (("330", ""), ("330 maintained", "AND maintained")):
        [(good, of)] = con.execute(f"{ours} {who}").fetchall()
        share[name] = 100 * good / of
    return share | {"": 100 * sum(good for _, good, _ in found) / sum(of for *_, of in found)}


def test_the_share_of_good_and_outstanding_schools_is_ofsteds(shares: dict[str, float], shared: Path) -> None:
    published = json.loads((shared / "oracles/11_ofsted_reference.json").read_text())["method_change_2018"]
    assert shares[""] == pytest.approx(published["new_method_pct"], abs=1)
    assert shares["secondary"] == pytest.approx(published["secondary_new"], abs=1)


def test_birminghams_share_is_what_counting_its_schools_in_ofsteds_list_gives(shares: dict[str, float], shared: Path) -> None:
    """Counted with csv: Ofsted's grades of the schools that the school list of 2017/18 has in Birmingham, 79.4% of 408."""
    grades = {row["URN"]: row["Overall effectiveness"] for row in rows_of(shared / "data" / DATA[0], "cp1252")}
    listed = [row for row in rows_of(shared / "data" / DATA[1], "utf-8-sig") if row["LA"] == "330" and row["URN"] in grades]
    for name, schools in (("330", listed), ("330 maintained", [row for row in listed if "aintained" in row["MINORGROUP"]])):
        told = [grades[row["URN"]] for row in schools]
        assert len(told) > 200
        assert shares[name] == pytest.approx(100 * sum(grade in "12" for grade in told) / len(told), abs=1), name


def rows_of(path: Path, encoding: str) -> list[dict[str, str]]:
    with lzma.open(path, "rt", encoding=encoding, errors="replace") as file:
        return list(csv.DictReader(file))
