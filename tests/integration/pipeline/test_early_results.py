"""July's results, in the template and through a mapping: landed as early, read as early, and never among the published."""

from pathlib import Path

import pytest

from headway.analysis import build_steps
from headway.definitions.loading import read_library
from headway.pipeline.load import Loader, Row
from headway.store import engine, landed, workspace
from headway.vocabulary.errors import HeadwayError

HEAD = "URN,Academic year,Headway measure,Cut,Numerator,Denominator,Value\n"
MAPPING = """\
title: Assessment system, key stage 2 by school
headers: [DfE URN, School, Pupils, RWM EXS %, PP pupils, PP RWM EXS]
columns: {URN: DfE URN}
constants: {Academic year: 2025/26, Headway measure: ks2.rwm_expected}
rows:
  - columns: {Denominator: Pupils, Value: RWM EXS %}
    constants: {Cut: all}
  - columns: {Denominator: PP pupils, Numerator: PP RWM EXS}
    constants: {Cut: disadvantage=yes}
"""
EXPORT = "DfE URN,School,Pupils,RWM EXS %,PP pupils,PP RWM EXS\n100001,Made-up School,30,60,9,4\n,All schools,30,60,9,4\n"


def readings(home: Path) -> set[tuple[object, ...]]:
    """Every candidate reading of what landed: place, measure, start of the year, cut, value rounded, cohort, release."""
    library = read_library(home / "library")
    backend = engine.expressions(engine.working())
    build_steps.read(backend, landed.landed_files(workspace.open_workspace(home)), library)
    found = set()
    for row in backend.table("candidate").to_pyarrow().to_pylist():
        value = None if row["value"] is None else round(row["value"], 1)
        found.add((row["place"], row["measure"], row["year"], row["cut"], value, row["denominator"], row["release"]))
    return found


def loaded(home: Path, content: str) -> Row:
    space = workspace.create(home, ["201"])
    path = home / "export.csv"
    path.write_text(content)
    [row] = Loader(space, read_library(home / "library")).load([path])
    return row


def test_the_template_gives_early_readings_worked_out_where_only_counts_are_given(tmp_path: Path) -> None:
    row = loaded(
        tmp_path,
        HEAD + "100001,2025/26,ks2.rwm_expected,all,18,30,\n100001,2025/26,ks2.rwm_expected,disadvantage=yes,4,9,44.4\n"
        "100001,2025/26,eyfs.gld,all,,,SUPP\n",
    )
    assert (row.outcome, row.status, row.year, row.recognised_as) == ("landed", "early", "2025/26", "local_pupil.early_results")
    assert readings(tmp_path) == {
        ("100001", "ks2.rwm_expected", 2025, "all", 60.0, 30.0, "early"),
        ("100001", "ks2.rwm_expected", 2025, "disadvantage=yes", 44.4, 9.0, "early"),
        ("100001", "eyfs.gld", 2025, "all", None, None, "early"),
    }


def test_a_mapping_turns_an_export_into_the_template(tmp_path: Path) -> None:
    (tmp_path / "library/mappings").mkdir(parents=True)
    (tmp_path / "library/mappings/export.yaml").write_text(MAPPING)
    row = loaded(tmp_path, EXPORT)
    assert (row.outcome, row.status, row.rows) == ("landed", "early", 2)
    assert readings(tmp_path) == {
        ("100001", "ks2.rwm_expected", 2025, "all", 60.0, 30.0, "early"),
        ("100001", "ks2.rwm_expected", 2025, "disadvantage=yes", 44.4, 9.0, "early"),
    }


def test_without_a_mapping_the_export_is_not_recognised(tmp_path: Path) -> None:
    assert loaded(tmp_path, EXPORT).outcome == "not_recognised"


def test_the_faults_of_a_mapping_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings/export.yaml").write_text(
        MAPPING.replace("{URN: DfE URN}", "{Urn: DfE URN}").replace("Value: RWM EXS %", "Value: RWM")
    )
    with pytest.raises(HeadwayError) as caught:
        read_library(tmp_path)
    assert caught.value.code == "H-LIBRARY-01"
    for fault in ("the template has no column 'Urn'", "'RWM' is not among its headers", "nothing fills the template's column 'URN'"):
        assert fault in str(caught.value)
