"""The families of a built snapshot, beside families worked out one school at a time in plain Python from its readings."""

from math import log, sqrt
from pathlib import Path

import pytest

from headway.definitions.families import Families
from headway.definitions.loading import library_for
from headway.store.lookups import Lookup
from headway.store.snapshots import current

TRANSFORMS = {"none": float, "square_root": lambda value: sqrt(max(value, 0)), "log": lambda value: log(max(value, 1))}


@pytest.fixture(scope="module")
def lookup(example: Path) -> Lookup:
    snapshot = current(example)
    assert snapshot is not None
    return Lookup(snapshot)


def intake(lookup: Lookup, rule: Families, urn: int, measure: str, year: int) -> float | None:
    """The mean of a school's newest years, its predecessor's year where it has none; None where no year has a figure."""
    span = (year - rule.years + 1, year)
    of = {str(urn): (0, 9999)} | {
        str(past): (first, last)
        for past, first, last in lookup.rows("SELECT of_urn, from_year, to_year FROM chain WHERE urn = ? ORDER BY to_year DESC", [urn])
    }
    found: dict[int, float] = {}
    for place, (first, last) in of.items():
        rows = lookup.rows(
            "SELECT year, value FROM reading WHERE level = 'school' AND place = ? AND measure = ? AND cut = 'all' AND value IS NOT NULL "
            "AND year BETWEEN ? AND ?",
            [place, measure, *span],
        )
        found = {when: value for when, value in rows if first <= when <= last} | found
    return sum(found.values()) / len(found) if found else None


def test_families_are_those_worked_out_one_by_one(lookup: Lookup) -> None:
    rule = library_for().families["primary"]
    [(year,)] = lookup.rows(
        "SELECT DISTINCT year FROM family WHERE method = 'intake' AND urn IN (SELECT urn FROM family_of WHERE phase = 'primary')"
    )
    used = lookup.rows(
        "SELECT measure, weight FROM family_rule WHERE phase = 'primary' AND method = 'intake' AND year = ? ORDER BY rowid", [year]
    )
    transforms = {one.measure: TRANSFORMS[one.transform] for one in rule.variables}
    schools = lookup.rows(
        "SELECT urn, age_low, age_high FROM establishment WHERE phase = 'primary' AND status = 'open' "
        "AND governance IN ('maintained', 'academy') ORDER BY urn"
    )
    known = {urn: [intake(lookup, rule, urn, measure, year) for measure, _ in used] for urn, _, _ in schools}
    whole = {
        urn: [transforms[measure](value) for (measure, _), value in zip(used, values, strict=True)]
        for urn, values in known.items()
        if None not in values
    }
    assert len(whole) > 50
    means = [sum(column) / len(column) for column in zip(*whole.values(), strict=True)]
    sds = [
        sqrt(sum((value - mean) ** 2 for value in column) / len(column))
        for column, mean in zip(zip(*whole.values(), strict=True), means, strict=True)
    ]
    ages = {urn: rule.age_range(low, high) for urn, low, high in schools}
    for urn in sorted(whole)[::9]:
        others = [other for other in whole if other != urn and ages[other] == ages[urn]]
        far = {
            other: sqrt(sum(w * ((b - a) / sd) ** 2 for (_, w), a, b, sd in zip(used, whole[urn], whole[other], sds, strict=True)))
            for other in others
        }
        [(members, distances)] = lookup.rows("SELECT members, distances FROM family WHERE urn = ? AND method = 'intake'", [urn])
        assert distances == pytest.approx(sorted(far.values())[: rule.members], abs=1e-6)
        assert [far[member] for member in members] == pytest.approx(distances, abs=1e-6)
        [(inside, furthest)] = lookup.rows("SELECT inside_caliper, furthest FROM family_of WHERE urn = ? AND method = 'intake'", [urn])
        assert inside == sum(one <= rule.caliper for one in sorted(far.values())[: rule.members])
        assert (furthest is None) == (inside == 0)


def test_every_open_school_has_a_family_or_a_reason(lookup: Lookup) -> None:
    state = "status = 'open' AND governance IN ('maintained', 'academy')"
    assert lookup.rows(f"SELECT urn FROM establishment WHERE {state} AND urn NOT IN (SELECT urn FROM family_of)") == []
    assert lookup.rows("SELECT urn FROM family_of WHERE members = 0 AND reason = ''") == []
    assert lookup.rows("SELECT count(*) FROM family_of WHERE members > 0 AND phase = 'primary'")[0][0] > 100


def test_a_school_whose_figures_are_withheld_is_in_nobodys_family(lookup: Lookup) -> None:
    """A withheld share is no share of nought: such a school has a reason, and no other school has it for a member."""
    without = [urn for (urn,) in lookup.rows("SELECT urn FROM family_of WHERE reason LIKE 'no figure%' AND method = 'intake'")]
    for urn in without:
        assert lookup.rows("SELECT urn FROM family WHERE list_contains(members, ?) AND method = 'intake'", [urn]) == []


def test_firmness_lies_between_nought_and_one(lookup: Lookup) -> None:
    found = lookup.rows("SELECT overlap_last_year, stability FROM family_of WHERE method = 'intake' AND members > 0")
    assert all(0 <= overlap <= 1 for overlap, _ in found if overlap is not None)
    assert any(overlap is not None and overlap < 1 for overlap, _ in found)
    assert any(stable is not None and 0 < stable < 1 for _, stable in found)


def test_the_lines_of_values_are_the_readings(lookup: Lookup) -> None:
    import numpy as np

    order = [urn for (urn,) in lookup.rows("SELECT DISTINCT urn FROM family_of WHERE phase = 'primary' ORDER BY urn")]
    [(blob,)] = lookup.rows(
        "SELECT readings FROM family_value WHERE phase = 'primary' AND measure = 'context.roll' ORDER BY year DESC LIMIT 1"
    )
    line = np.frombuffer(blob, np.float32)
    assert len(line) == len(order)
    newest = lookup.rows("SELECT max(year) FROM family_value WHERE phase = 'primary' AND measure = 'context.roll'")[0][0]
    told = dict(
        lookup.rows(
            "SELECT place::BIGINT, value FROM reading WHERE level = 'school' AND measure = 'context.roll' AND cut = 'all' AND year = ? "
            "AND value IS NOT NULL",
            [newest],
        )
    )
    assert {urn: value for urn, value in zip(order, line.tolist(), strict=True) if urn in told} == {
        urn: pytest.approx(told[urn]) for urn in order if urn in told
    }
