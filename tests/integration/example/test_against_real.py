"""The example area beside the real files: the same headers, like distributions, no name, code or URN of England."""

import csv
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path

import fastexcel
import numpy as np
import pytest

from headway.example import generate

Row = dict[str, str]
PT = "dfe-performance-tables"
LAYOUTS = {  # ours: the real file whose layout it has
    "performance-tables/2017-18/england_spine.csv": f"{PT}/2017-18/england_spine.csv.xz",
    "performance-tables/2021-22/england_school_information.csv": f"{PT}/2021-22/england_school_information.csv.xz",
    "performance-tables/2017-18/england_census.csv": f"{PT}/2017-18/england_census.csv.xz",
    "performance-tables/2020-21/england_census.csv": f"{PT}/2020-21/england_census.csv.xz",
    "performance-tables/2021-22/england_census.csv": f"{PT}/2021-22/england_census.csv.xz",
    "performance-tables/2017-18/england_abs.csv": f"{PT}/2017-18/england_abs.csv",
    "performance-tables/2017-18/england_swf.csv": f"{PT}/2017-18/england_swf.csv.xz",
    "performance-tables/2020-21/england_swf.csv": f"{PT}/2020-21/england_swf.csv.xz",
    "performance-tables/2017-18/england_ks2final.csv": f"{PT}/2017-18/850_ks2final_HAMPSHIRE.csv",
    "performance-tables/2017-18/england_ks4provisional.csv": f"{PT}/2017-18/england_ks4provisional.csv",
    "performance-tables/2017-18/england_ks4-pupdest.csv": f"{PT}/2017-18/england_ks4-pupdest.csv.xz",
    "performance-tables/2016-17/england_ks5final.csv": f"{PT}/2016-17/england_ks5final.csv.xz",
    "performance-tables/2017-18/cfr_income_expenditure_2017-18.csv": "dfe-performance-tables-trimmed/cfr_income_expenditure_2017-18.csv",
    "gias/2026-07-01_edubasealldata.csv": "gias/2022-04-20_edubase_HAMPSHIRE_SURREY.csv.xz",
    "gias/2026-07-01_links_edubasealldata.csv": "gias/2026-08-21_links_edubasealldata.csv.xz",
    "gias/2026-07-01_allgroupsdata.csv": "gias/2026-08-21_allgroupsdata.csv.xz",
    "gias/2026-07-01_group_links.csv": "gias/2022-03_group_links.csv.xz",
    "ees/eyfsp_key_measures_la_to_2019.csv": "ees-la/eyfsp_key_measures_la_2013_2019.csv",
    "ees/eyfsp_headline_measures.csv": "ees-la/1_eyfsp_headline_measures_2022.csv.xz",
    "ees/exclusions_la_to_2017.csv": "ees-la/exclusions_la_2006_2017.csv",
    "ees/pupil_attendance_ytd_2024-25.csv": "ees-la/pupil_attendance_ytd_2024-25.csv",
    "ees/ks4_la.csv": "ees-la/ks4_la.csv",
    "ees/neet_la_2025.csv": "ees-la/neet_la_2025.csv",
    "ees/la_maintained_schools_revenue_reserve.csv": "ees-la/la_maintained_schools_revenue_reserve.csv.xz",
    "lait/lait_bds_long.csv": "dfe-lait/lait_bds_long.csv.xz",
    "lait/sn_model_2025_wide.csv": "dfe-lait/sn_model_2025_wide.csv",
    "ofsted/2018_ofsted_ratings_history_derived.csv": "ofsted/2018_ofsted_ratings_history_derived.csv.xz",
    "ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv": "ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv.xz",
    "ofsted/2023-08-31_ofsted_state_funded_schools.csv": "ofsted/2023-08-31_ofsted_state_funded_schools_WEST_MIDLANDS.csv.xz",
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    generate(folder, schools=1500)
    return folder


def lines(path: Path) -> list[str]:
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    try:
        return raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return raw.decode("cp1252").splitlines()


def table(path: Path) -> Iterator[Row]:
    return csv.DictReader(lines(path))


@pytest.mark.parametrize("ours", LAYOUTS)
def test_headers_are_the_published_ones(example: Path, shared: Path, ours: str) -> None:
    published = next(csv.reader(lines(shared / "data" / LAYOUTS[ours])[:1]))
    written = next(csv.reader(lines(example / ours)[:1]))
    assert not [name for name in written if name not in published]


def test_final_key_stage_4_has_columns_of_its_dictionary(example: Path, shared: Path) -> None:

    known = {cell for line in csv.reader(lines(shared / "data" / PT / "2017-18/ks4_meta.csv")) for cell in line}
    written = next(csv.reader(lines(example / "performance-tables/2017-18/england_ks4final.csv")[:1]))
    assert not [name for name in written if name not in known]


def test_series_codes_are_published_ones(example: Path, shared: Path) -> None:
    published = {row["Short Desc"] for row in table(shared / "data/dfe-lait/lait_bds_long.csv.xz")}
    assert {row["Short Desc"] for row in table(example / "lait/lait_bds_long.csv")} <= published


def test_no_school_authority_or_place_of_england_appears(example: Path, shared: Path) -> None:
    real_schools, real_places, real_urns, real_codes = set(), set(), set(), set()
    for name in ("2015-16/england_spine", "2017-18/england_spine", "2021-22/england_school_information"):
        for row in table(shared / "data" / PT / f"{name}.csv.xz"):
            real_schools.add(row["SCHNAME"].lower())
            real_urns.add(int(row["URN"]))
            real_codes.add(row["LA"])
            real_places |= {row[column].strip().lower() for column in ("TOWN", "LOCALITY", "ADDRESS3")}
            real_places.add(row["POSTCODE"].split(" ")[0].lower())
    for row in table(shared / "data/gias/2026-08-21_links_edubasealldata.csv.xz"):
        real_urns |= {int(row["URN"]), int(row["LinkURN"])}
    codes = fastexcel.read_excel(str(shared / "data/dfe-lait/la_code_list.xlsx")).load_sheet(0).to_polars()
    real_codes |= {str(int(code)) for code in codes["LA Number"].drop_nulls().to_list()}
    real_areas = {str(name).lower() for name in [*codes["LA Name"].to_list(), *codes["Region"].to_list()]}
    register = list(table(next(example.glob("gias/*_edubasealldata.csv"))))
    assert not real_schools & {row["EstablishmentName"].lower() for row in register}
    assert not real_places & {row[column].lower() for row in register for column in ("Town", "Locality")}
    assert not real_places & {row["Postcode"].split(" ")[0].lower() for row in register}
    assert not real_areas & {row[column].lower() for row in register for column in ("LA (name)", "GOR (name)")}
    assert not real_urns & {int(row["URN"]) for row in register}
    assert not real_codes & {row["LA (code)"] for row in register}


def _values(path: Path, column: str, keep: Callable[[Row], bool]) -> np.ndarray:
    found = []
    for row in table(path):
        if keep(row):
            try:
                found.append(float((row[column] or "").strip("£%").replace(",", "")))
            except ValueError:
                continue  # a marker
    return np.array(found)


def _mainstream(row: Row) -> bool:
    return row.get("RECTYPE", "1") == "1" and row.get("P8MEA") not in ("NP", "NA", "")


def _school(row: Row) -> bool:
    return "NAT" not in row.values()


# ours, its column, the real file, its column, rows, how far the means may lie apart, and between which the ratio of spreads may be
LIKE = [
    ("ks2final", "PTRWM_EXP", "dfe-performance-tables-trimmed/ks2_2017-18.csv.xz", "Overall Meet Std", _mainstream, 4.0, (0.65, 1.2)),
    ("ks2final", "READ_AVERAGE", "dfe-performance-tables-trimmed/ks2_2017-18.csv.xz", "Reading Score", _mainstream, 1.0, (0.65, 1.2)),
    ("ks2final", "READPROG", "dfe-performance-tables-trimmed/ks2_2017-18.csv.xz", "Reading Progress", _mainstream, 0.4, (0.65, 1.2)),
    ("ks2final", "TELIG", "dfe-performance-tables-trimmed/ks2_2017-18.csv.xz", "KS2 Pupils", _mainstream, 8.0, (0.75, 1.3)),
    ("ks4provisional", "ATT8SCR", f"{PT}/2017-18/england_ks4provisional.csv", "ATT8SCR", _mainstream, 2.5, (0.6, 1.2)),
    ("ks4provisional", "P8MEA", f"{PT}/2017-18/england_ks4provisional.csv", "P8MEA", _mainstream, 0.15, (0.7, 1.3)),
    ("ks4provisional", "PTL2BASICS_94", f"{PT}/2017-18/england_ks4provisional.csv", "PTL2BASICS_94", _mainstream, 5.0, (0.6, 1.2)),
    ("abs", "PERCTOT", f"{PT}/2017-18/england_abs.csv", "PERCTOT", _school, 0.7, (0.6, 1.6)),
    ("abs", "PPERSABS10", f"{PT}/2017-18/england_abs.csv", "PPERSABS10", _school, 2.0, (0.6, 1.5)),
    ("census", "PNUMFSMEVER", f"{PT}/2017-18/england_census.csv.xz", "PNUMFSMEVER", _school, 5.0, (0.75, 1.25)),
    ("census", "PNUMEAL", f"{PT}/2017-18/england_census.csv.xz", "PNUMEAL", _school, 5.0, (0.75, 1.3)),
    ("census", "PSENELK", f"{PT}/2017-18/england_census.csv.xz", "PSENELK", _school, 3.0, (0.7, 1.4)),
    ("swf", "Pupil:     Teacher Ratio", f"{PT}/2017-18/england_swf.csv.xz", "Pupil:     Teacher Ratio", _school, 1.8, (0.7, 1.5)),
    (
        "swf",
        "Mean Gross FTE Salary of All Teachers (£s)",
        f"{PT}/2017-18/england_swf.csv.xz",
        "Mean Gross FTE Salary of All Teachers (£s)",
        _school,
        1500,
        (0.6, 1.4),
    ),
]


@pytest.mark.parametrize(("name", "column", "real", "theirs", "keep", "apart", "spread"), LIKE, ids=[f"{one[0]} {one[1]}" for one in LIKE])
def test_distributions_are_like_englands(
    example: Path,
    shared: Path,
    name: str,
    column: str,
    real: str,
    theirs: str,
    keep: Callable[[Row], bool],
    apart: float,
    spread: tuple[float, float],
) -> None:
    made = _values(example / f"performance-tables/2017-18/england_{name}.csv", column, keep)
    england = _values(shared / "data" / real, theirs, keep)
    assert abs(made.mean() - england.mean()) < apart
    assert spread[0] < made.std() / england.std() < spread[1]


def test_grades_are_shared_out_like_englands(example: Path, shared: Path) -> None:
    name = "ofsted/2018-07-31_ofsted_schools_overall_effectiveness.csv"
    made, england = ([row["Overall effectiveness"] for row in table(path)] for path in (example / name, shared / "data" / f"{name}.xz"))
    for grade in "1234":
        assert made.count(grade) / len(made) == pytest.approx(england.count(grade) / len(england), abs=0.04)
