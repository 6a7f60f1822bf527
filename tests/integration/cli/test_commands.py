"""Every command that asks the one door, in every form, on a published example area."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from headway.cli.main import app

MEASURE = "ks2.rwm_expected"
FIELDS = {
    "level", "urn", "measure", "year", "cut", "value", "numerator", "denominator", "status", "unit", "better", "source_file", "source_row",
    "release", "snapshot",
}  # fmt: skip


@pytest.fixture
def run(example: Path) -> Callable[..., Result]:
    def command(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--home", str(example)], catch_exceptions=True)

    return command


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def a_school(run: Callable[..., Result]) -> dict[str, Any]:
    rows = told(run("readings", "--measure", MEASURE, "--authority", "150", "--level", "school", "--year", "2018/19", "--format", "json"))
    return next(row for row in rows if row["value"] is not None)


def test_a_reading_says_what_it_is_and_where_it_came_from(run: Callable[..., Result]) -> None:
    row = a_school(run)
    assert set(row) >= FIELDS
    assert row["numerator"] is None
    assert row["numerator_status"] == "not_published"
    assert row["year"] == "2018/19"


def test_each_selector_of_readings(run: Callable[..., Result]) -> None:
    urn = str(a_school(run)["urn"])

    def rows(*words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = told(run("readings", "--measure", MEASURE, "--format", "json", *words))
        return found

    assert {row["urn"] for row in rows("--urn", urn)} == {int(urn)}
    assert {row["level"] for row in rows("--england")} == {"england"}
    assert {row["authority"] for row in rows("--authority", "150")} == {"150"}
    assert {row["year"] for row in rows("--england", "--from", "2016/17", "--to", "2018/19")} == {"2016/17", "2017/18", "2018/19"}
    assert len({row["place"] for row in rows("--level", "authority", "--year", "2018/19")}) > 10
    assert {row["level"] for row in rows("--level", "region", "--year", "2018/19")} == {"region"}
    assert {row["cut"] for row in rows("--england", "--cut", "disadvantage=yes")} == {"disadvantage=yes"}
    assert len({row["cut"] for row in rows("--england", "--cut", "*")}) > 2


@pytest.mark.parametrize(
    "words",
    [
        ("readings", "--measure", MEASURE, "--authority", "150", "--level", "school"),
        ("search", "school"),
        ("compare", "150", "england", "--measure", MEASURE),
        ("readings", "--measure", MEASURE, "--authority", "150", "--authority", "101", "--england", "--year", "2018/19"),
        ("measures",),
        ("reconcile",),
        ("status",),
    ],
    ids=lambda words: words[0],
)
def test_every_form_gives_the_same_rows(run: Callable[..., Result], words: tuple[str, ...], tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    rows = told(run(*words, "--format", "json"))
    assert rows
    table = run(*words)
    assert table.exit_code == 0
    assert table.stdout.strip()
    keys = {key for row in rows for key in row}
    as_csv = csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout))
    assert len(list(as_csv)) == len(rows)
    assert set(as_csv.fieldnames or ()) == keys
    out = tmp_path / "rows.parquet"
    assert run(*words, "--format", "parquet", "--out", str(out)).exit_code == 0
    table_of = pq.read_table(out)
    assert (table_of.num_rows, set(table_of.column_names)) == (len(rows), keys)


def test_a_table_goes_to_the_file_that_is_named(run: Callable[..., Result], tmp_path: Path) -> None:
    out = tmp_path / "table.txt"
    result = run("readings", "--measure", MEASURE, "--england", "--out", str(out))
    assert not result.stdout.strip()
    assert "2018/19" in out.read_text()


def test_show_and_explain_tell_of_one_school(run: Callable[..., Result]) -> None:
    row = a_school(run)
    shown = run("show", str(row["urn"]))
    assert row["place_name"] in shown.stdout
    why = run("explain", str(row["urn"]), MEASURE, "2018/19").stdout
    for said in ("What it is", "Where it came from", row["source_file"], f"Row {row['source_row']} under the header", "What is withheld"):
        assert said in why
    [explained] = told(run("explain", str(row["urn"]), MEASURE, "2018/19", "--format", "json"))
    assert explained["reading"]["value"] == row["value"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("readings", "--measure", "ks2.rwm"), "H-USAGE-05"),
        (("readings", "--measure", MEASURE, "--year", "2018"), "H-USAGE-03"),
        (("readings", "--measure", MEASURE, "--authority", "999"), "H-USAGE-06"),
        (("readings", "--measure", MEASURE, "--urn", "123456"), "H-USAGE-06"),
        (("readings", "--measure", MEASURE, "--urn", "12"), "H-USAGE-01"),
        (("readings", "--measure", MEASURE, "--year", "2019/20", "--england"), "H-VALIDITY-02"),
        (("explain", "123456", "ks2", "2018/19"), "H-USAGE-05"),
        (("show", "123456"), "H-USAGE-06"),
        (("explain", "123456", MEASURE, "2018/19"), "H-USAGE-06"),
        (("compare", "123456", "england", "--measure", MEASURE), "H-USAGE-06"),
        (("compare", "150", "england", "--measure", MEASURE, "--cut", "hair=red"), "H-USAGE-04"),
        (("readings", "--measure", MEASURE, "--england", "--from", "2018/19", "--to", "2016/17"), "H-USAGE-03"),
        (("readings", "--measure", MEASURE, "--authority", "150", "--level", "region"), "H-USAGE-13"),
        (("readings", "--measure", MEASURE, "--england", "--level", "school"), "H-USAGE-13"),
    ],
)
def test_a_slip_of_the_pen_gets_a_code(run: Callable[..., Result], words: tuple[str, ...], code: str) -> None:
    fault = run(*words).exception
    assert getattr(fault, "code", "") == code


def test_places_of_several_levels_stand_beside_each_other(run: Callable[..., Result]) -> None:
    urn = a_school(run)["urn"]
    whose = ("--urn", str(urn), "--authority", "150", "--authority", "101", "--england")
    rows = told(run("readings", "--measure", MEASURE, *whose, "--year", "2018/19", "--format", "json"))
    assert [row.get("urn") or row.get("authority") or row["place_name"] for row in rows] == [urn, "150", "101", "England"]


def test_a_year_without_a_figure_is_explained_as_one(run: Callable[..., Result]) -> None:
    row = a_school(run)
    first = run("explain", str(row["urn"]), MEASURE, "2030/31").stdout.splitlines()[0]
    assert first.startswith(f"{row['place_name']}, ")
    assert first.endswith(", 2030/31: no figure")


def test_an_area_that_no_source_publishes_says_how_it_was_added_up(run: Callable[..., Result]) -> None:
    """And a figure that is worked out from a column does not pass for the column itself."""
    asked = ("readings", "--authority", "150", "--level", "school", "--year", "2018/19", "--format", "json", "--measure")
    schools = [row for row in told(run(*asked, "context.eal")) if row["value"] is not None]
    why = run("explain", "150", "context.eal", "2018/19").stdout
    added, independent = (
        int(found[1]) if (found := re.search(words, why)) else 0 for words in (r"from (\d+) schools", r"(\d+) independent")
    )
    assert added + independent == len(schools)
    assert "each school's value by its cohort" in why
    paid = next(row for row in told(run(*asked, "finance.income_per_pupil")) if row["value"] is not None)
    why = run("explain", str(paid["urn"]), "finance.income_per_pupil", "2018/19").stdout
    assert "Headway divides it by the roll" in why
    assert "as it is" not in why


def test_a_cut_is_explained_by_its_own_column(run: Callable[..., Result]) -> None:
    urn = str(a_school(run)["urn"])
    whole, cut = (run("explain", urn, MEASURE, "2018/19", "--cut", name).stdout for name in ("all", "disadvantage=yes"))
    assert "'PTRWM_EXP'" in whole
    assert "'PTRWM_EXP_FSM6CLA1A'" in cut


def test_names_are_found_without_their_marks_and_a_long_answer_says_so(run: Callable[..., Result]) -> None:
    [hit] = told(run("search", str(a_school(run)["urn"]), "--format", "json"))
    marked = "".join(f"{letter}'" for letter in hit["name"].upper())
    assert hit["urn"] in [found["urn"] for found in told(run("search", marked, "--most", "50", "--format", "json"))]
    long = run("search", "school", "--most", "3")
    assert len(long.stdout.splitlines()) == 4
    assert "More than 3 schools fit" in long.stderr


def test_a_school_in_the_terminal_has_whole_names_and_grades_in_words(run: Callable[..., Result]) -> None:
    text = " ".join(run("show", str(a_school(run)["urn"])).stdout.split())
    assert "Pupils meeting the expected standard in reading, writing and maths" in text
    assert "four_grades" not in text
    assert "overall effectiveness" in text


def test_reconciliation_counts_by_measure_and_then_names_each_figure(run: Callable[..., Result]) -> None:
    rows = told(run("reconcile", "--measure", MEASURE, "--format", "json"))
    agreeing = sum(row["within"] for row in rows)
    line = next(line for line in run("reconcile").stdout.splitlines() if line.startswith(MEASURE))
    assert line.split()[1:3] == [str(len(rows)), str(agreeing)]
    assert all(row["within"] or row["reason"] for row in rows)


def test_publishing_tells_the_desk_which_schools_there_are(example: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(example, home)

    def command(*words: str) -> None:
        subprocess.run([sys.executable, "-m", "headway", *words, "--home", str(home)], check=True, capture_output=True)

    def named() -> list[tuple[str]]:
        with sqlite3.connect(home / "desk.sqlite3") as con:
            return con.execute("SELECT DISTINCT snapshot FROM establishments_establishment WHERE listed").fetchall()

    command("publish")
    assert not (home / "desk.sqlite3").exists()
    command("audit", "verify")
    current = (home / "snapshots" / "current").read_text().strip()
    assert named() == [(current,)]
    with sqlite3.connect(home / "desk.sqlite3") as con:
        con.execute("UPDATE establishments_establishment SET snapshot = 'an older one'")
    command("publish")
    assert named() == [(current,)]


def test_an_older_release_stays_askable(run: Callable[..., Result]) -> None:
    def asked(*words: str) -> dict[int, float]:
        whose = ("--authority", "150", "--level", "school", "--year", "2024/25")
        rows = told(run("readings", "--measure", "ks4.attainment8", *whose, "--format", "json", *words))
        assert all(row["release"] == words[-1] for row in rows if words)
        return {row["urn"]: row["value"] for row in rows if row["value"] is not None}

    newest, final, provisional = asked(), asked("--release", "final"), asked("--release", "provisional")
    assert final == newest
    assert provisional.keys() & final.keys()
    assert provisional != final


def test_early_results_are_asked_for_by_name_and_never_given_to_whoever_may_not_see_them(run: Callable[..., Result], example: Path) -> None:
    from headway.readings.asking import Asked, readings
    from headway.readings.door import open_door
    from headway.vocabulary.place import Level
    from headway.vocabulary.status import Release
    from headway.vocabulary.viewer import PUBLIC

    whose = ("--authority", "150", "--level", "school")
    early = told(run("readings", "--measure", MEASURE, *whose, "--release", "early", "--format", "json"))
    assert early
    assert {row["release"] for row in early} == {"early"}
    plain = told(run("readings", "--measure", MEASURE, *whose, "--format", "json"))
    assert not {row["year"] for row in early} & {row["year"] for row in plain}
    asked = Asked(MEASURE, authority="150", level=Level.SCHOOL, release=Release.EARLY)
    assert readings(open_door(example), asked, PUBLIC) == []
