"""The example area's files: complete, the same each time, and true to the pupils they were made from."""

import csv
import hashlib
import json
from collections import defaultdict
from pathlib import Path

import pytest

from headway.example import ExampleFacts, generate

AREAS = {"ks2": {"3", "4", "5"}, "ks4": {"4", "5", "7"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("example")


@pytest.fixture(scope="module")
def facts(folder: Path) -> ExampleFacts:
    return generate(folder, schools=700)


def table(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def results(folder: Path, year: str, name: str) -> list[dict[str, str]]:
    return table(folder / "performance-tables" / year / f"england_{name}.csv")


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    few = (2022, 2023, 2024)
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        generate(tmp_path / name, schools=200, seed=seed, years=few)
    first, second, other = (digests(tmp_path / name) for name in "abc")
    assert first == second
    assert first.keys() == other.keys()
    assert not [name for name in first if first[name] == other[name]]


def test_it_says_what_it_made(folder: Path, facts: ExampleFacts) -> None:
    assert (facts.area_code, facts.area_name) == ("150", "Wrenford")
    assert facts.files == len([path for path in folder.rglob("*") if path.is_file()])
    register = table(next(folder.glob("gias/*_edubasealldata.csv")))
    assert len(register) == facts.establishments == len({row["URN"] for row in register})
    assert facts.schools >= 700
    assert 150 <= sum(row["LA (code)"] == "150" and row["EstablishmentStatus (name)"] == "Open" for row in register) <= 400


def test_every_row_is_as_wide_as_its_header(folder: Path, facts: ExampleFacts) -> None:
    for path in folder.rglob("*.csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            widths = {len(row) for row in csv.reader(file, strict=True)}
        assert len(widths) == 1, path


def test_years_without_a_publication_have_no_file_and_no_column(folder: Path, facts: ExampleFacts) -> None:
    tables = folder / "performance-tables"
    assert sorted(path.name for path in tables.iterdir()) == [f"{year}-{(year + 1) % 100:02d}" for year in range(2015, 2025)]
    for year in ("2019-20", "2020-21"):
        assert not list((tables / year).glob("*ks[245]*final.csv"))
    assert not (tables / "2019-20" / "england_abs.csv").exists()
    assert "READPROG" in results(folder, "2022-23", "ks2final")[0]
    assert "READPROG" not in results(folder, "2023-24", "ks2final")[0]
    assert "P8MEA" in results(folder, "2023-24", "ks4final")[0]
    assert "P8MEA" not in results(folder, "2024-25", "ks4final")[0]
    assert "PNUMFSM" in results(folder, "2017-18", "census")[0] and "PNUMFSM" not in results(folder, "2018-19", "census")[0]


@pytest.mark.parametrize(("stage", "size", "state"), [("ks2", "TELIG", "5"), ("ks4", "TPUP", "7")])
def test_areas_are_the_sums_of_their_schools(folder: Path, facts: ExampleFacts, stage: str, size: str, state: str) -> None:
    rows = results(folder, "2018-19", f"{stage}final")
    authority = "3" if stage == "ks2" else "4"
    independent = {row["URN"] for row in rows if row.get("P8MEA") == "NP"}
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        if row["RECTYPE"] in ("1", "2") and row["URN"] not in independent:
            sums[row["LEA"]] += int(row[size])
            sums["all"] += int(row[size])
    hidden = {row["LEA"] for row in rows if row["RECTYPE"] in ("1", "2") and row.get("P8MEA") == "SUPP"}  # may be independent or not
    for row in rows:
        if row["RECTYPE"] == authority and row["LEA"] not in (hidden if stage == "ks4" else set()):
            assert int(row[size]) == sums[row["LEA"]]
    if stage == "ks2":
        assert next(int(row[size]) for row in rows if row["RECTYPE"] == state) == sums["all"]


def test_a_published_area_rate_is_its_schools_weighted(folder: Path, facts: ExampleFacts) -> None:
    rows = results(folder, "2018-19", "ks2final")
    wrenford = [row for row in rows if row["LEA"] == "150"]
    schools = [row for row in wrenford if row["RECTYPE"] != "3" and row["PTRWM_EXP"].endswith("%")]
    pupils = sum(int(row["TELIG"]) for row in schools)
    worked_out = sum(int(row["TELIG"]) * float(row["PTRWM_EXP"][:-1]) for row in schools) / pupils
    published = next(float(row["PTRWM_EXP"][:-1]) for row in wrenford if row["RECTYPE"] == "3")
    assert worked_out == pytest.approx(published, abs=0.8)  # rounding and the few suppressed


def test_the_series_agrees_with_the_school_tables(folder: Path, facts: ExampleFacts) -> None:
    series = {(row["Short Desc"], row["Years"], row["LA Number"]): row["Values"] for row in table(folder / "lait/lait_bds_long.csv")}
    rows = {row["LEA"]: row for row in results(folder, "2021-22", "ks2final") if row["RECTYPE"] == "3"}
    for code, row in rows.items():
        assert series["KS2RWM_Expected_STD", "2022", f"{code}.0"] + "%" == row["PTRWM_EXP"]
        assert float(series["KS2R_AVG_Scaled_Score", "2022", f"{code}.0"]) == float(row["READ_AVERAGE"])
    england = next(row for row in results(folder, "2021-22", "ks4final") if row["RECTYPE"] == "7")
    assert float(series["AVG_Attain8_Score", "2022", "970.0"]) == float(england["ATT8SCR"])
    assert series["TotAbs", "2020", "970.0"] == "-"


@pytest.mark.parametrize(("stage", "size"), [("ks2", "TELIG"), ("ks4", "TPUP")])
def test_small_cohorts_are_suppressed_in_schools_and_never_in_areas(folder: Path, facts: ExampleFacts, stage: str, size: str) -> None:
    headline = "PTRWM_EXP" if stage == "ks2" else "ATT8SCR"
    small = 0
    for year in ("2015-16", "2018-19", "2021-22", "2024-25"):
        for row in results(folder, year, f"{stage}final"):
            if row["RECTYPE"] not in AREAS[stage] or (stage == "ks2" and row["RECTYPE"] == "2"):
                if 0 < int(row[size]) < 6:
                    small += 1
                    assert row[headline] == "SUPP"
                else:
                    assert row[headline] != "SUPP"
            else:
                assert "SUPP" not in row.values()
    assert small


def test_rates_lie_within_their_bounds(folder: Path, facts: ExampleFacts) -> None:
    for path in folder.glob("performance-tables/*/*.csv"):
        for row in table(path):
            for name, cell in row.items():
                if cell.endswith("%"):
                    assert 0 <= float(cell[:-1]) <= 100, (path, name)
    for row in results(folder, "2023-24", "ks4final"):
        if row["P8MEA"] not in ("SUPP", "NP", "LOWCOV", "NA"):
            assert float(row["P8CILOW"]) <= float(row["P8MEA"]) <= float(row["P8CIUPP"])


def test_links_join_establishments_of_the_register(folder: Path, facts: ExampleFacts) -> None:
    register = {row["URN"]: row for row in table(next(folder.glob("gias/*_edubasealldata.csv")))}
    links = table(next(folder.glob("gias/*links_edubasealldata.csv")))
    assert {row["LinkType"] for row in links} == {"Predecessor", "Successor", "Predecessor - amalgamated", "Successor - amalgamated"}
    for row in links:
        ours, other = register[row["URN"]], register[row["LinkURN"]]
        assert row["LinkName"] == other["EstablishmentName"]
        assert f"{row['LinkURN']} {row['LinkType']}" in ours["Linked establishments"]
        if "amalgamated" not in row["LinkType"]:
            assert (ours["LA (code)"], ours["EstablishmentNumber"]) == (other["LA (code)"], other["EstablishmentNumber"])
    groups = {row["Group UID"] for row in table(next(folder.glob("gias/*allgroupsdata.csv")))}
    members = table(next(folder.glob("gias/*group_links.csv")))
    assert {row["Group UID"] for row in members} <= groups and {row["URN"] for row in members} <= register.keys()


def test_the_register_names_no_person(folder: Path, facts: ExampleFacts) -> None:
    for row in table(next(folder.glob("gias/*_edubasealldata.csv"))):
        assert not (row["HeadTitle (name)"] or row["HeadFirstName"] or row["HeadLastName"])


def test_inspections_come_on_the_scale_of_their_day(folder: Path, facts: ExampleFacts) -> None:
    history = table(folder / "ofsted/2018_ofsted_ratings_history_derived.csv")
    for row in history:
        assert row["Rating"] != ("Requires improvement" if row["Inspection Date"] < "20120901" else "Satisfactory")
    assert {row["Rating"] for row in history} == {"Outstanding", "Good", "Satisfactory", "Requires improvement", "Inadequate"}
    newer = table(folder / "ofsted/2026-06-30_inspections_by_area.csv")
    assert {row["Scale"] for row in newer} == {"four_judgements_2024", "report_card_2025"}
    for row in newer:
        assert "2024-09-01" <= row["Inspection start date"] < "2026-07-01"
        assert (row["Inspection start date"] >= "2025-11-10") == (row["Scale"] == "report_card_2025")
        assert "Overall" not in row["Area"]


def test_early_results_are_wrenfords_alone_in_our_template(folder: Path, facts: ExampleFacts) -> None:
    own = {
        row["URN"]
        for row in table(next(folder.glob("gias/*_edubasealldata.csv")))
        if row["LA (code)"] == "150" and row["EstablishmentStatus (name)"] == "Open"
    }
    measures = set()
    for path in folder.glob("early/*.csv"):
        rows = table(path)
        assert list(rows[0]) == ["URN", "Academic year", "Headway measure", "Cut", "Numerator", "Denominator", "Value"]
        for row in rows:
            measures.add(row["Headway measure"])
            assert row["URN"] in own and row["Academic year"] == "2025/26" and row["Cut"] in ("all", "disadvantage=yes")
            if row["Numerator"]:
                assert float(row["Value"]) == pytest.approx(100 * int(row["Numerator"]) / int(row["Denominator"]), abs=0.051)
    assert measures == {"eyfs.gld", "phonics.year1", "ks2.rwm_expected", "ks2.rwm_higher", "ks2.reading_score", "ks2.maths_score"}


def _over_time(folder: Path, urn: int, measure: str) -> list[float]:
    stage, column = ("ks2final", "PTRWM_EXP") if measure.startswith("ks2") else ("ks4final", "ATT8SCR")
    values = []
    for year in ("2016-17", "2017-18", "2018-19", "2021-22", "2022-23", "2023-24", "2024-25"):
        row = next(row for row in results(folder, year, stage) if row["URN"] == str(urn))
        values.append(float(row[column].rstrip("%")))
    return values


def test_planted_truths_show_in_the_numbers(folder: Path, facts: ExampleFacts) -> None:
    told = json.loads(facts.truths.read_text())
    kinds = [truth["kind"] for truth in told["truths"]]
    assert (kinds.count("improving"), kinds.count("declining"), kinds.count("data_fault")) == (3, 2, 1)
    for truth in told["truths"]:
        if truth["kind"] == "data_fault":
            continue
        values = _over_time(folder, truth["urn"], truth["measure"])
        change = sum(values[-3:]) / 3 - sum(values[:3]) / 3
        least = 12 if truth["measure"].startswith("ks2") else 5
        assert change > least if truth["kind"] == "improving" else change < -least, truth


def test_the_planted_fault_is_one_column_of_one_school_in_one_year(folder: Path, facts: ExampleFacts) -> None:
    truth = next(truth for truth in json.loads(facts.truths.read_text())["truths"] if truth["kind"] == "data_fault")
    rates = {}
    for year in ("2021-22", "2022-23", "2023-24"):
        rates[year] = next(row for row in results(folder, year, "abs") if row["URN"] == str(truth["urn"]))
    assert float(rates["2022-23"]["PERCTOT"]) > 6 * float(rates["2021-22"]["PERCTOT"])
    assert float(rates["2022-23"]["PERCTOT"]) > 6 * float(rates["2023-24"]["PERCTOT"])
    assert float(rates["2022-23"]["PPERSABS10"]) < 2 * float(rates["2021-22"]["PPERSABS10"]) + 5
