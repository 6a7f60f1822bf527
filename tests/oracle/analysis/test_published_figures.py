"""What the department published, out of the real files, through the same steps that a build takes."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.analysis import build_steps
from headway.analysis.readings import best
from headway.definitions.loading import library_for
from headway.pipeline.load import Loader
from headway.store import engine, landed, workspace
from tests.oracle.analysis.figures import TABLES, TIDY, TOOL, Figure

TABLE, TRIMMED = "dfe-performance-tables", "dfe-performance-tables-trimmed"
FILES = [
    "dfe-lait/lait_bds_long.csv.xz",
    f"{TRIMMED}/ks2_2017-18.csv.xz",
    f"{TRIMMED}/england_ks2_2012-13_selected_columns.csv.xz",
    f"{TRIMMED}/cfr_income_expenditure_2017-18.csv",
    f"{TABLE}/2017-18/england_ks4provisional.csv",
    f"{TABLE}/2017-18/england_ks4-pupdest.csv.xz",
    f"{TABLE}/2016-17/england_ks5final.csv.xz",
    f"{TABLE}/2017-18/england_abs.csv",
    f"{TABLE}/2012-13/england_census.csv.xz",
    f"{TABLE}/2017-18/england_census.csv.xz",
    f"{TABLE}/2017-18/england_swf.csv.xz",
    "ees-la/201819_LA_characteristics_ks4_incl_sen.xlsx",
    "ees-la/exclusions_national_characteristics.csv",
    "ees-la/1_eyfsp_headline_measures_2022.csv.xz",
    "dfe-school-profile-json/LAPerformance.json.xz",
    "dfe-school-profile-json/LAAbsence.json",
]
NOT_IN_THESE = {
    "attendance.overall_absence_year_to_date", "attendance.persistent_absence_year_to_date", "context.idaci", "finance.reserve_percent",
    "ks4.five_ac_em",
}  # fmt: skip


@pytest.fixture(scope="module")
def found(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str, str, int, str], float | None]]:
    """Every reading that the files give for England, Birmingham and two of its schools."""
    home = workspace.create(tmp_path_factory.mktemp("area"), ["330"])
    library = library_for()
    rows = Loader(home, library).load([shared / "data" / name for name in FILES])
    assert [row for row in rows if row.outcome != "landed"] == []  # a remark on a cell is no reason to refuse a file
    backend = engine.expressions(engine.working())
    build_steps.read(backend, landed.landed_files(home), library)
    kept = best(backend.table("candidate"))
    named = kept.filter(kept.place.isin(sorted({figure[2] for figure in [*TOOL, *TABLES, *TIDY]})))
    columns = ("measure", "level", "place", "year", "cut", "value")
    cells = named.select(*columns).to_pyarrow().to_pylist()
    yield {tuple(cell[name] for name in columns[:5]): cell["value"] for cell in cells}  # type: ignore[misc]
    backend.con.close()


def decimals(value: float) -> float:
    """Half of the last decimal that was typed."""
    return 0.5 * 10 ** -len(repr(value).partition(".")[2])


@pytest.mark.parametrize("figures", [TOOL, TABLES, TIDY], ids=["the authorities' tool", "performance tables", "tidy files and profile"])
def test_figures_come_out_as_published(found: dict[tuple[str, str, str, int, str], float | None], figures: list[Figure]) -> None:
    wrong = {}
    for *key, value in figures:
        worked = found.get(tuple(key))  # type: ignore[arg-type]
        if worked is None or not math.isclose(worked, value, abs_tol=decimals(value) + 1e-9, rel_tol=0):
            wrong[" ".join(map(str, key))] = f"{worked}, published {value}"
    assert wrong == {}


def test_every_supplied_measure_has_a_published_figure() -> None:
    supplied = {measure.id for measure in library_for().measures.values() if any(period.supplies for period in measure.periods)}
    assert supplied - {figure[0] for figure in [*TOOL, *TABLES, *TIDY]} == NOT_IN_THESE
