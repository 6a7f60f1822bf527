"""Birmingham's key stage 2 results, added up from its schools, against the figures that the department published."""

import csv
import lzma
from pathlib import Path
from typing import Any

import pytest

from headway.analysis import build_steps
from headway.analysis.aggregates import aggregate
from headway.analysis.readings import best
from headway.analysis.reconciliation import compared
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store import engine, landed, workspace

YEARS = {2015: "2015-16", 2016: "2016-17", 2017: "2017-18"}


def school_lists(shared: Path) -> list[dict[str, Any]]:
    rows = []
    for start, name in YEARS.items():
        with lzma.open(
            shared / f"data/dfe-performance-tables/{name}/england_spine.csv.xz", "rt", encoding="utf-8-sig", errors="replace"
        ) as file:
            for row in csv.DictReader(file):
                governance = "independent" if "ndependent" in row["MINORGROUP"] else "state"
                phase = "special" if "pecial" in row["MINORGROUP"] else "primary"
                rows.append({"urn": int(row["URN"]), "year": start, "authority": row["LA"], "phase": phase, "governance": governance})
    return rows


@pytest.fixture(scope="module")
def found(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    """Birmingham's pairs of reading, writing and maths by the year's start, each year on its own school list."""
    import pyarrow as pa

    home = workspace.create(tmp_path_factory.mktemp("area"), ["330"])
    library = library_for()
    trimmed = shared / "data/dfe-performance-tables-trimmed"
    rows = Loader(home, library).load([*sorted(trimmed.glob("ks2_201*.csv.xz")), shared / "data/dfe-lait/lait_bds_long.csv.xz"])
    assert [row.outcome for row in rows] == ["landed"] * 4  # a remark on a cell is no reason to refuse a file
    backend = engine.expressions(engine.working())
    build_steps.read(backend, landed.landed_files(home), library)
    candidate = backend.table("candidate")
    backend.create_table("readings", best(candidate.filter(candidate.measure == "ks2.rwm_expected")))
    backend.create_table("lists", pa.Table.from_pylist(school_lists(shared)))
    kept = backend.table("readings")
    rows = compared(aggregate(kept, backend.table("lists")), kept)
    return {row["year"]: row for row in rows if row["place"] == "330"}


@pytest.mark.parametrize(("start", "worked", "published"), [(2017, 61.0, 61.0), (2016, 56.8, 57.0), (2015, 47.3, 47.0)])
def test_the_schools_add_up_to_the_published_figure(found: dict[int, dict[str, Any]], start: int, worked: float, published: float) -> None:
    """2015/16 comes right only on the school list of its own year: on that of 2017/18 it is 48.6."""
    row = found[start]
    assert row["weighted"]
    assert round(row["worked"], 1) == worked
    assert row["published"] == published
    assert row["other_list"] == 0
    assert row["within"], row
