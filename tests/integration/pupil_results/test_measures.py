"""Measures of schools and the area from pupils: against a count pupil by pupil, for the right viewer, with small groups withheld."""

import csv
import json
from collections.abc import Callable
from math import sqrt
from pathlib import Path
from statistics import stdev

import pytest
import yaml
from typer.testing import CliRunner, Result

from headway.cli.main import app
from headway.example import pupils
from headway.pupil_results.template import Stage
from headway.readings import pupil_results
from headway.readings.door import open_door
from headway.stats.intervals import student, wilson
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import PUBLIC, Viewer
from tests.integration.pupil_results.conftest import AREA, YEAR

ME = Viewer("ada", sees_early=True, at_keyboard=True)


def told(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def grade(row: dict[str, str], name: str) -> float | None:
    return None if not row[name] else 0.0 if row[name] in "UX" else float(row[name])


def by_hand(row: dict[str, str]) -> float:
    """Attainment 8 of one made-up pupil, with a pencil."""
    language, literature, maths = (grade(row, name) or 0 for name in ("english_language", "english_literature", "maths"))
    academic = [grade(row, name) for name in ("biology", "chemistry", "physics", "computer_science", "history", "geography", "language_1")]
    if row["combined_science"]:
        academic += [sum(map(float, row["combined_science"].split("-"))) / 2] * 2
    ranked = sorted((one for one in academic if one is not None), reverse=True)
    rest = [*ranked[3:], min(language, literature), *(grade(row, f"open_{n}") or 0 for n in range(1, 7))]
    return 2 * max(language, literature) + 2 * maths + sum(ranked[:3]) + sum(sorted(rest, reverse=True)[:3])


def test_attainment8_of_each_school_is_the_mean_by_hand(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    found = told(run("measures", "--viewer", "me", "--measure", "ks4.attainment8", "--format", "json"))
    assert len(found) == 3
    for cell in found:
        mine = [by_hand(row) for row in rows_of(ks4) if row["urn"] == cell["place"]]
        assert cell["denominator"] == len(mine)
        assert cell["value"] == pytest.approx(sum(mine) / len(mine))
        # the department publishes no spread of Attainment 8: its margin is Student's, by the school's own pupils
        half = student(0.95, len(mine) - 1) * stdev(mine) / sqrt(len(mine))
        assert (cell["lower"], cell["upper"]) == pytest.approx((cell["value"] - half, cell["value"] + half))
        assert cell["release"] == "early" and not cell["band"]


def test_progress8_is_over_those_with_a_start_and_carries_its_interval(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    (cell,) = told(run("measures", "--viewer", "me", "--measure", "ks4.progress8", "--level", "authority", "--format", "json"))
    with_start = [row for row in rows_of(ks4) if row["ks2_reading"]]
    assert cell["denominator"] == len(with_start) < len(rows_of(ks4))
    assert cell["upper"] - cell["value"] == pytest.approx(1.96 * 1.41628 / len(with_start) ** 0.5)
    assert cell["band"]


def test_schools_and_groups_add_up_where_nothing_is_withheld(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    ask = ("measures", "--viewer", "me", "--measure", "ks4.attainment8", "--format", "json", "--cut", "*")
    schools, (area, *cuts) = told(run(*ask)), told(run(*ask, "--level", "authority"))
    for cut in ("sex=girls", "disadvantage=yes", "all"):
        parts = [cell for cell in schools if cell["cut"] == cut]
        whole = next(cell for cell in (area, *cuts) if cell["cut"] == cut)
        assert {cell["status"] for cell in parts} == {"published"}
        assert sum(cell["denominator"] for cell in parts) == whole["denominator"]
        assert sum(cell["numerator"] for cell in parts) == pytest.approx(whole["numerator"])


def test_key_stage_2(run: Callable[..., Result], tmp_path: Path, schools: Callable[[str, int], list[int]]) -> None:
    path = tmp_path / "ks2.csv"
    pupils.write(path, Stage.KS2, schools("primary", 4), YEAR, pupils=45)
    run("load", str(path))
    ask = ("measures", "--viewer", "me", "--stage", "ks2", "--level", "authority", "--format", "json", "--measure")
    rows = rows_of(path)
    met = [r for r in rows if r["reading"].isdigit() and r["maths"].isdigit() and int(r["reading"]) >= 100 <= int(r["maths"])]
    (cell,) = told(run(*ask, "ks2.rwm_expected"))
    assert (cell["numerator"], cell["denominator"]) == (sum(row["writing"] in ("EXS", "GDS") for row in met), len(rows))
    low, high = wilson(cell["numerator"], cell["denominator"])
    assert (cell["lower"], cell["upper"]) == pytest.approx((100 * low, 100 * high))
    scores = [int(row["reading"]) for row in rows if row["reading"].isdigit()]
    (cell,) = told(run(*ask, "ks2.reading_score"))
    assert cell["denominator"] == len(scores)
    assert cell["value"] == pytest.approx(sum(scores) / len(scores))


def test_withheld_cells_have_no_number_and_cannot_be_subtracted(run: Callable[..., Result], ks4: Path) -> None:
    """Three of one school's pupils have a plan: theirs goes, another group's of that school, and another school's of that group."""
    rows = rows_of(ks4)
    few = rows[0]["urn"]
    for at, row in enumerate(rows):
        row["sen"] = "E" if (at < 3 if row["urn"] == few else at % 5 == 0) else "K" if at % 7 == 0 else "N"
    with ks4.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    run("load", str(ks4))
    found = told(run("measures", "--viewer", "me", "--measure", "ks4.attainment8", "--cut", "*", "--format", "json"))
    gone = [cell for cell in found if cell["status"] == "suppressed"]
    for cell in gone:
        assert {cell[name] for name in ("value", "numerator", "denominator", "lower", "upper")} == {None}
        assert not cell["band"]
    assert {cell["cut"] for cell in gone if cell["place"] == few} > {"sen=ehcp"}
    assert len({cell["place"] for cell in gone if cell["cut"] == "sen=ehcp"}) > 1
    shares = told(run("measures", "--viewer", "me", "--measure", "ks4.basics_94", "--cut", "*", "--format", "json"))
    assert {(c["place"], c["cut"]) for c in gone} <= {(c["place"], c["cut"]) for c in shares if c["status"] == "suppressed"}


@pytest.mark.parametrize("viewer", [None, PUBLIC, Viewer("ada"), Viewer("", sees_early=True)])
def test_nobody_reads_without_being_named_and_allowed(run: Callable[..., Result], home: Path, ks4: Path, viewer: Viewer | None) -> None:
    run("load", str(ks4))
    with pytest.raises(HeadwayError) as fault:
        pupil_results.measures(open_door(home), viewer, stage=Stage.KS4)
    assert fault.value.code == "H-ACCESS-42"
    for words in ((), ("--viewer", "somebody else")):
        result = run("measures", *words)
        assert isinstance(result.exception, HeadwayError)
        assert result.exception.code == "H-ACCESS-42"
        assert not result.stdout


def test_a_viewer_with_a_patch_gets_their_schools_and_no_area(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    run("load", str(ks4))
    mine = int(rows_of(ks4)[0]["urn"])
    head = Viewer("head", urns=frozenset({mine}), sees_early=True)
    door = open_door(home)
    assert {row.place for row in pupil_results.measures(door, head, stage=Stage.KS4)} == {str(mine)}
    assert pupil_results.measures(door, head, stage=Stage.KS4, level=Level.AUTHORITY) == []


def test_each_reading_is_written_down(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    run("load", str(ks4))
    pupil_results.measures(open_door(home), ME, stage=Stage.KS4)
    last = json.loads((home / "pupil_results/access.log").read_text().splitlines()[-1])
    assert (last["verb"], last["viewer"], last["stage"], last["year"]) == ("read", "ada", "ks4", "2023/24")
    assert last["os_user"]


def test_reading_stops_when_the_papers_run_out(run: Callable[..., Result], home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("load", str(ks4))
    settings = yaml.safe_load((home / "area.yaml").read_text())
    (home / "area.yaml").write_text(yaml.safe_dump({**settings, "example": False}))
    with pytest.raises(HeadwayError) as fault:
        pupil_results.measures(open_door(home), ME, stage=Stage.KS4)
    assert fault.value.code == "H-ACCESS-40"


def test_a_year_without_progress8_gives_the_rest_and_says_why(
    run: Callable[..., Result], home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]]
) -> None:
    path = tmp_path / "later.csv"
    pupils.write(path, Stage.KS4, schools("secondary", 2), AcademicYear.parse("2024/25"), pupils=30)
    assert run("load", str(path)).exit_code == 0
    result = run("measures", "--viewer", "me", "--format", "json")
    names = {cell["measure"] for cell in json.loads(result.stdout)}
    assert "ks4.attainment8" in names
    assert not any("progress8" in name for name in names)
    assert "There is no Progress 8 for 2024/25." in result.stderr
    with pytest.raises(HeadwayError) as fault:
        pupil_results.measures(open_door(home), ME, stage=Stage.KS4, measure="ks4.progress8")
    assert fault.value.code == "H-VALIDITY-10"


def test_the_local_rank_gap_is_of_the_area_and_says_what_it_is_not(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    (cell,) = told(run("measures", "--viewer", "me", "--level", "authority", "--measure", "local_rank_gap", "--format", "json"))
    assert "not the Department's gap index" in cell["title"]
    assert cell["place"] == AREA
    marks = {"yes": [], "no": []}
    for row in rows_of(ks4):
        best = max(grade(row, "english_language") or 0, grade(row, "english_literature") or 0)
        marks["yes" if row["disadvantaged"] == "Y" else "no"].append((best + (grade(row, "maths") or 0)) / 2)
    above = [(one > two) + (one == two) / 2 for one in marks["no"] for two in marks["yes"]]
    assert cell["value"] == pytest.approx(10 * (2 * sum(above) / len(above) - 1))


def test_a_stage_that_was_never_loaded_is_told(home: Path) -> None:
    with pytest.raises(HeadwayError) as fault:
        pupil_results.measures(open_door(home), ME, stage=Stage.KS2)
    assert fault.value.code == "H-DATA-63"


def test_nothing_of_it_is_in_a_snapshot_or_a_page(run: Callable[..., Result], home: Path, ks4: Path) -> None:

    run("load", str(ks4))
    asked = (
        "readings",
        "--measure",
        "ks4.attainment8",
        "--urn",
        rows_of(ks4)[0]["urn"],
        "--early",
        "--format",
        "json",
        "--home",
        str(home),
    )
    shown = CliRunner().invoke(app, asked)
    mine = told(run("measures", "--viewer", "me", "--measure", "ks4.attainment8", "--format", "json"))
    assert not {cell["value"] for cell in mine} & {cell["value"] for cell in json.loads(shown.stdout)}


def test_an_outcome_without_a_published_score_is_outside_progress8_and_said(run: Callable[..., Result], ks4: Path) -> None:
    """PKG has a score in the tests of 2017 and none in those of 2019, which these pupils took unless the file says otherwise."""
    rows = rows_of(ks4)
    sat = [row for row in rows if row["ks2_reading"]]
    for at, row in enumerate(sat[:20]):
        row["ks2_reading"] = "PKG"
        row["ks2_summer"] = "2017" if at < 12 else ""
    with ks4.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    run("load", str(ks4))
    result = run("measures", "--viewer", "me", "--measure", "ks4.progress8", "--level", "authority", "--format", "json")
    assert json.loads(result.stdout)[0]["denominator"] == len(sat) - 8
    assert "8 pupils have an outcome at key stage 2 that the tables hold no score for" in result.stderr


def test_the_release_of_the_tables_can_be_named(run: Callable[..., Result], ks4: Path) -> None:
    run("load", str(ks4))
    assert run("measures", "--viewer", "me", "--tables", "revised", "--measure", "ks4.progress8").exit_code == 0
    other = run("measures", "--viewer", "me", "--tables", "provisional", "--measure", "ks4.attainment8")
    assert isinstance(other.exception, HeadwayError)
    assert other.exception.code == "H-VALIDITY-11"


def test_another_user_of_the_machine_is_told_so(run: Callable[..., Result], ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may open everything, so the refusal of the operating system is played."""
    run("load", str(ks4))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "Canarywright")

    monkeypatch.setattr(pupil_results.access.private_files, "closed", refuse)
    for words in (("measures", "--viewer", "me"), ("load", str(ks4))):
        result = run(*words)
        assert isinstance(result.exception, HeadwayError)
        assert result.exception.code == "H-ACCESS-45"
        assert "Canarywright" not in f"{result.output}{result.exception}"
