"""Our checks of tidy files against the department's own cases: every pair that must pass passes, every other fails for what is wrong."""

import csv
import json
from pathlib import Path

import pytest

from headway.papers import tidy_screening
from headway.papers.tidy_screening import GROUPS, screened

WHY = {
    "fail__indicator_unit_validation": "'$' is no unit", "fail__missing_region_name": "without region_name",
    "fail__label_blank_notNA": "has no label", "fail__indicators_smushed": "holds a filter in its name",
    "fail__whitespace_filters": "a space before", "fail__time_validation": "is not a time of 6 digits",
    "fail__na_geography": "has several names",
}  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{name: value or "" for name, value in row.items()} for row in csv.DictReader(file)]


def test_every_published_pair_passes_or_fails_as_published(shared: Path) -> None:
    folder = shared / "oracles/ees_fixtures"
    cases = read(folder / "expected.csv")
    assert len(cases) == 13
    for case in cases:
        faults = screened(read(folder / case["file"]), read(folder / case["metadata"]))
        assert (not faults) == (case["expected_passed"] == "true"), (case["file"], faults)
        assert not faults or any(WHY[case["file"].removesuffix(".csv")] in fault for fault in faults), faults


ROW = {"time_period": "202526", "time_identifier": "Academic year", "geographic_level": "National", "country_code": "E92000001",
       "country_name": "England", "phase": "Total", "count": "6"}  # fmt: skip
META = [dict(zip(tidy_screening.META, row, strict=True)) for row in (
    ("phase", "Filter", "Phase", "", "", "", "", ""), ("count", "Indicator", "Pupils", "", "", "0", "", ""),
)]  # fmt: skip


def case(check: str, text: str) -> bool:
    """Whether a published case passes."""
    if check == "six" or check.startswith("period_len"):
        digits = 4 if check.endswith("Calendar year") else 6
        values = json.loads(text)
        if check == "six":
            return all(value and (len(value) == 4 or not list(tidy_screening.period_faults(value, 6))) for value in values)
        return not any(fault for value in values for fault in tidy_screening.period_faults(value, digits))
    if check == "time_id_mix":
        return any(set(json.loads(text)) <= set(group) for group in GROUPS)
    if check == "ob_unit_total":
        return not screened([ROW | {"country_name": text.split("=")[1]}], META)
    if check == "indicator_entry":
        return not screened([ROW | {"count": text}], META)
    if check == "null_symbol":
        return not screened([ROW | {"phase": "NULL"}], META)
    if check == "duplicate_rows":
        return not screened([ROW, dict(ROW)], META)
    if check == "geog_completed":
        return not screened([ROW | {"geographic_level": "Regional", "region_code": "", "region_name": "North East"}], META)
    return True  # what only advises: snake case


def test_the_published_cases(shared: Path) -> None:
    assert screened([ROW], META) == []
    for row in read(shared / "oracles/10_ees_check_cases.csv"):
        assert case(row["check"], row["input"]) == (row["expect"] != "FAIL"), row


@pytest.mark.parametrize("broken", ["time_identifier", "country_code"])
def test_a_column_that_is_lacking_is_named(broken: str) -> None:
    assert screened([{name: value for name, value in ROW.items() if name != broken}], META) == [f"no column {broken}"]
