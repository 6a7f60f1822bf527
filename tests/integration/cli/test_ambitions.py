"""The commands of ambitions, on the example area and its made-up plan."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from headway.cli.main import app
from headway.vocabulary.errors import HeadwayError

FIELDS = {
    "id", "verdict", "since", "baseline", "latest", "distance", "distance_unit", "probability", "no_forecast_because", "missing", "due",
    "path", "parts", "now", "choice", "sentence", "promise", "as_of", "newer", "latest_age_in_days",
}  # fmt: skip


@pytest.fixture
def run(example: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("HEADWAY_TODAY", "2026-11-25")

    def command(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--home", str(example)], catch_exceptions=True)

    return command


def told(result: Result) -> dict[str, dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return {row["id"]: row for row in json.loads(result.stdout)}


def code(result: Result) -> str:
    assert isinstance(result.exception, HeadwayError), result.output
    return result.exception.code


def test_every_ambition_of_the_area_and_every_blueprint(run: Callable[..., Result]) -> None:
    rows = told(run("ambitions", "--format", "json"))
    assert {name.split(".")[0] for name in rows} == {"wrenford_learns", "attendance_strategy"}
    assert all(set(row) >= FIELDS for row in rows.values())
    assert {row["verdict"] for row in rows.values()} <= {"met", "on course", "at risk", "off course", "too early", "cannot tell"}
    lacking = rows["wrenford_learns.school_to_school"]
    assert lacking["verdict"] == "cannot tell"
    assert lacking["missing"][0]["series"].startswith("Support brokered between schools in Wrenford")
    assert all(row["probability"] is not None or row["no_forecast_because"] for row in rows.values())


def test_a_decided_one_is_told_with_where_it_stands_now(run: Callable[..., Result]) -> None:
    row = told(run("ambitions", "--set", "wrenford_learns", "--format", "json"))["wrenford_learns.good_schools"]
    assert row["decided"] and row["past_due"]
    assert row["latest"]["year"] == "2023/24"
    assert row["latest"]["below"] > 0
    assert row["sentence"].startswith("Missed: ")


def test_as_of_an_earlier_day_knows_less(run: Callable[..., Result]) -> None:
    then = told(run("ambitions", "--as-of", "2024-06-30", "--set", "wrenford_learns", "--format", "json"))
    now = told(run("ambitions", "--set", "wrenford_learns", "--format", "json"))
    assert then["wrenford_learns.key_stage_2"]["latest"]["year"] == "2022/23"
    assert now["wrenford_learns.key_stage_2"]["latest"]["year"] == "2024/25"
    assert all(row["as_of"] == "2024-06-30" for row in then.values())
    early = told(run("ambitions", "--as-of", "2022-06-30", "--set", "wrenford_learns", "--format", "json"))
    assert early["wrenford_learns.key_stage_2"]["verdict"] == "too early"


def test_words_can_be_read_otherwise(run: Callable[..., Result]) -> None:
    name = "wrenford_learns.disadvantage_gap"
    by = {
        choice: told(run("ambitions", "--set", "wrenford_learns", "--read", f"{name}={choice}", "--format", "json"))[name]
        for choice in ("points", "per_cent")
    }
    assert by["points"]["choice"] == "points"
    assert by["per_cent"]["latest"]["target"] > by["points"]["latest"]["target"]


def test_explain_tells_figures_sources_and_the_other_reading(run: Callable[..., Result]) -> None:
    text = run("ambition", "explain", "wrenford_learns.disadvantage_gap").stdout
    assert "“We will bring disadvantaged pupils to within 10 % of the Wrenford average" in text
    assert "Read as ten percentage points" in text
    assert "Read instead as ten per cent of the average" in text
    assert "within 10 points of Wrenford’s average by 31 August 2025" in text
    rows = json.loads(run("ambition", "explain", "wrenford_learns.disadvantage_gap", "--format", "json").stdout)
    assert [row["choice"] for row in rows] == ["points", "per_cent"]
    assert {reading["cut"] for reading in rows[0]["readings"]} == {"disadvantage=yes", "all"}
    assert all(reading["source_file"] for reading in rows[0]["readings"])


def test_the_table_and_csv_hold_a_line_each(run: Callable[..., Result]) -> None:
    table = run("ambitions", "--set", "wrenford_learns")
    assert table.exit_code == 0
    assert len(table.stdout.splitlines()) >= 8
    lines = run("ambitions", "--set", "wrenford_learns", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("authority,id,verdict,since,baseline,latest")
    assert any("wrenford_learns.ready_to_learn.phonics" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ambitions", "--set", "nobody"), "H-USAGE-97"),
        (("ambitions", "--read", "wrenford_learns.disadvantage_gap=other"), "H-USAGE-61"),
        (("ambition", "explain", "nobody.nothing"), "H-USAGE-62"),
        (("ambition", "explain", "wrenford_learns.disadvantage_gap", "--read", "other"), "H-USAGE-61"),
        (("ambitions", "--as-of", "last summer"), "H-USAGE-63"),
        (("ambitions", "--read", "points"), "H-USAGE-64"),
        (("ambitions", "--authority", "Birmingham"), "H-USAGE-02"),
        (("ambitions", "--authority", "999"), "H-USAGE-06"),
    ],
)
def test_what_cannot_be_asked_has_a_code(run: Callable[..., Result], words: tuple[str, ...], expected: str) -> None:
    assert code(run(*words)) == expected


def test_check_tells_every_fault_with_file_and_line(run: Callable[..., Result], tmp_path: Path) -> None:
    library = Path(__file__).parents[3] / "src/headway/library/ambitions/birmingham_2015"
    assert run("ambition", "check", *map(str, sorted(library.glob("*.yaml")))).exit_code == 0
    path = tmp_path / "bad.yaml"
    text = (library / "fsm_gap.yaml").read_text()
    path.write_text(text.replace("due: 2017-08-31", "due: 2015-08-31").replace("amount: 5", "amount: -5"))
    found = run("ambition", "check", str(path))
    assert code(found) == "H-LIBRARY-02"
    lines = path.read_text().splitlines()
    for words in ("due: 2015-08-31", "amount: -5"):
        line = next(number for number, one in enumerate(lines, 1) if words in one)
        assert f"{path}:{line}: " in str(found.exception)
