"""Value added of schools from the pupils stored: the arrays say what they hold, planted schools are found, small ones withheld."""

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

from headway.definitions.loading import library_for
from headway.example import pupils
from headway.pupil_results import stored
from headway.pupil_results.template import Stage
from headway.pupil_results.value_added import arrays
from headway.readings.door import open_door
from headway.readings.pupil_value_added import value_added, withheld_schools
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer
from tests.integration.pupil_results.conftest import YEAR

ME = Viewer("ada", sees_early=True, at_keyboard=True)
TABLES = library_for().progress8["2023_24_revised"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_arrays_are_of_pupils_with_a_start_and_declare_what_is_missing(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    rows = rows_of(ks4)
    for at, row in enumerate(rows):
        row["eal"] = ""
        row["birth_month"] = "" if at % 10 == 0 else "9" if at % 2 else "8"
    rewrite(ks4, rows)
    run("load", str(ks4))
    taken = arrays(stored.read(open_workspace(home), Stage.KS4, YEAR), TABLES)
    inside = [(at, row) for at, row in enumerate(rows) if row["ks2_reading"]]
    assert len(taken.outcome) == len(inside)
    assert taken.without_start == len(rows) - len(inside)
    assert taken.left_out == ("EAL",)
    assert taken.lacking == {"months younger": sum(at % 10 == 0 for at, _ in inside)}
    younger = [math.nan if at % 10 == 0 else 0.0 if at % 2 else 11.0 for at, _ in inside]
    np.testing.assert_array_equal(taken.covariates["months younger"], younger)
    np.testing.assert_array_equal(taken.covariates["disadvantaged"], [float(row["disadvantaged"] == "Y") for _, row in inside])
    np.testing.assert_array_equal(taken.covariates["EHCP"], [float(row["sen"] == "E") for _, row in inside])
    np.testing.assert_array_equal(taken.covariates["prior attainment squared"], taken.covariates["prior attainment"] ** 2)
    scored = [(float(row["ks2_reading"].replace("N", "79")) + float(row["ks2_maths"].replace("N", "79"))) / 2 - 100 for _, row in inside]
    np.testing.assert_allclose(taken.covariates["prior attainment"], scored)


def test_a_school_whose_pupils_did_better_than_their_like_is_found(
    run: Callable[..., Result], home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]]
) -> None:
    """Two grades more in every subject for one school, and raw and contextual beside each other for all."""
    path = tmp_path / "planted.csv"
    urns = schools("secondary", 5)
    pupils.write(path, Stage.KS4, urns, YEAR, pupils=80)
    rows = rows_of(path)
    for row in rows:
        if row["urn"] == str(urns[2]):
            row |= {name: str(min(9, int(row[name].replace("U", "0")) + 2)) for name in ("english_language", "english_literature", "maths")}
    rewrite(path, rows)
    run("load", str(path))
    found = {one.urn: one for one in value_added(open_door(home), ME).schools}
    best = found[urns[2]]
    assert best.contextual == max(one.contextual or 0 for one in found.values())
    assert best.contextual > 3 * (best.contextual_error or 0)
    assert all(one.raw is not None and one.raw_error and one.contextual_error for one in found.values())
    assert sum(one.raw or 0 for one in found.values()) == pytest.approx(0, abs=1e-6)


def test_a_school_with_few_pupils_is_withheld_with_one_beside_it(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    rows = rows_of(ks4)
    few = rows[0]["urn"]
    rows = [row for at, row in enumerate(rows) if row["urn"] != few or at < 8]
    rewrite(ks4, rows)
    run("load", str(ks4))
    found = value_added(open_door(home), ME).schools
    gone = [one for one in found if one.status == "suppressed"]
    assert len(gone) == 2
    assert int(few) in {one.urn for one in gone}
    for one in gone:
        assert {one.pupils, one.raw, one.raw_error, one.contextual, one.contextual_error, one.raw_mean, one.contextual_mean} == {None}


@pytest.mark.parametrize(("sizes", "gone"), [([50, 60], set()), ([9, 60, 50], {0, 2}), ([9, 8, 50], {0, 1}), ([5], {0}), ([10, 10], set())])
def test_one_alone_is_never_withheld_alone(sizes: list[int], gone: set[int]) -> None:
    assert withheld_schools(sizes) == gone


def test_by_command_with_what_must_be_said(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    result = run("value-added", "--viewer", "me", "--format", "json")
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)) == 3
    for words in ("not for publication", "not of England", "prior attainment squared", "without a key stage 2 result are left out"):
        assert words in result.stderr
    drawn = json.loads(run("value-added", "--viewer", "me", "--caterpillar", "--format", "json").stdout)
    assert [one["raw"] for one in drawn] == sorted((one["raw"] for one in drawn), reverse=True)
    for one in drawn:
        wide, narrow = (one[f"raw{kind}_upper"] - one[f"raw{kind}_lower"] for kind in ("", "_pair"))
        assert wide / narrow == pytest.approx(2**0.5) and wide == pytest.approx(2 * 1.959964 * one["raw_error"])
    assert isinstance(run("value-added").exception, HeadwayError)


def test_what_cannot_be_fitted_is_said(
    run: Callable[..., Result], home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]]
) -> None:
    path = tmp_path / "one.csv"
    pupils.write(path, Stage.KS4, schools("secondary", 1), YEAR, pupils=40)
    run("load", str(path))
    with pytest.raises(HeadwayError) as fault:
        value_added(open_door(home), ME)
    assert fault.value.code == "H-VALIDITY-12"
    later = AcademicYear.parse("2025/26")
    pupils.write(path, Stage.KS4, schools("secondary", 2), later, pupils=40)
    run("load", str(path))
    with pytest.raises(HeadwayError) as fault:
        value_added(open_door(home), ME, year=later)
    assert fault.value.code == "H-VALIDITY-10"


def test_without_a_column_of_context_raw_is_not_shown_alone(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    rows = rows_of(ks4)
    for row in rows:
        row |= dict.fromkeys(("sex", "disadvantaged", "eal", "sen", "birth_month"), "")
    rewrite(ks4, rows)
    run("load", str(ks4))
    with pytest.raises(HeadwayError) as fault:
        value_added(open_door(home), ME)
    assert fault.value.code == "H-VALIDITY-12"
    assert "context" in fault.value.why
