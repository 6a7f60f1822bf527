"""Pairs of files that DfE's own screener passes or fails, and its single cases."""

import csv
import json
from pathlib import Path

import pytest

from headway.desk.publication.paging.ees_checks import faults, time_faults, valid_indicator, warnings

GOOD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,kind,many\n"
META = "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column\n"
DESCRIBED = (META + "kind,Filter,Kind,,,,,\nmany,Indicator,How many,,,0,,\n").encode()


def test_whole_pairs_pass_or_fail_as_the_screener_has_them(shared: Path) -> None:
    folder = shared / "oracles/ees_fixtures"
    wrong = []
    for row in csv.DictReader((folder / "expected.csv").read_text(encoding="utf-8-sig").splitlines()):
        found = faults((folder / row["file"]).read_bytes(), (folder / row["metadata"]).read_bytes())
        if (not found) != (row["expected_passed"] == "true"):
            wrong.append((row["file"], found))
    assert wrong == []


def test_single_cases_pass_or_fail_as_the_screener_has_them(shared: Path) -> None:
    wrong = []
    for row in csv.DictReader((shared / "oracles/10_ees_check_cases.csv").read_text().splitlines()):
        if _outcome(row["check"], row["input"]) != row["expect"]:
            wrong.append(row)
    assert wrong == []


def _outcome(check: str, given: str) -> str:
    if check == "six":
        kind = "Academic year" if len(json.loads(given)[0]) == 6 else "Calendar year"
        return "FAIL" if list(time_faults(kind, json.loads(given))) else "PASS"
    if check.startswith("period_len"):
        return "FAIL" if list(time_faults(check.partition(":")[2], json.loads(given))) else "PASS"
    if check == "indicator_entry":
        return "PASS" if valid_indicator(given) else "FAIL"
    if check == "snake_case":
        return "WARNING" if warnings(b"", (META + f"{given},Indicator,x,,,,,\n").encode()) else "PASS"
    return "FAIL" if faults(GOOD.encode() + _rows(check, given).encode(), DESCRIBED) else "PASS"


def _rows(check: str, given: str) -> str:
    row = "202122,Academic year,National,E92000001,England,,,Total,5\n"
    if check == "time_id_mix":
        return "".join(row.replace("Academic year", kind).replace("Total", f"k{at}") for at, kind in enumerate(json.loads(given))).replace(
            "202122,Calendar", "2021,Calendar"
        )
    changed = {
        "ob_unit_total": row.replace("England", given.partition("=")[2]), "null_symbol": row.replace("Total", "NULL"),
        "duplicate_rows": row + row, "geog_completed": row.replace("National", "Regional"),
    }  # fmt: skip
    return changed[check]


@pytest.mark.parametrize("row", ["202122,Academic year,National,E92000001,England,,,Total,5\n"])
def test_a_good_pair_passes(row: str) -> None:
    assert faults((GOOD + row).encode(), DESCRIBED) == []
