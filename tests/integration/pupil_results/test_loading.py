"""A file of pupils lands whole or not at all; faults are told by row and column; nobody's name is found anywhere."""

import csv
import json
import os
import stat
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from headway.pupil_results import landing
from headway.store import workspace
from headway.vocabulary.errors import HeadwayError
from tests.integration.pupil_results.conftest import YEAR

CANARY = "Zebedee Canarywright"
PAPERS = {
    "dpia": "DPIA-1", "sharing_agreement": {"parties": ["A", "B"], "purposes": ["improvement"], "expires": "2099-01-01"},
    "data_protection_officer": "dpo@example", "review_by": "2098-01-01",
}  # fmt: skip


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]], header: list[str] | None = None) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, header or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def told(result: Result) -> dict:
    return json.loads(result.stdout)[0]


def stored(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "pupil_results").glob("*") if path.name != "access.log")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything_written(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".duckdb")


def test_a_good_file_is_stored_where_only_its_owner_reads(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    before = os.umask(0)
    try:
        result = run("load", str(ks4), "--year", "2023/24", "--format", "json")
    finally:
        os.umask(before)
    assert result.exit_code == 0, result.output
    facts = told(result)
    assert facts["stored"]
    assert facts["pupils"] == len(rows_of(ks4))
    assert facts["schools"] == 3
    assert facts["without_prior_attainment"] == sum(not row["ks2_reading"] for row in rows_of(ks4)) > 0
    assert stored(home) == ["ks4-2023_24.parquet"]
    assert {mode(home / "pupil_results"), mode(home / "keys")} == {0o700}
    assert {mode(path) for path in [*(home / "pupil_results").iterdir(), *(home / "keys").iterdir()]} == {0o600}


def test_no_number_of_a_pupil_is_stored(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    run("load", str(ks4))
    import pyarrow.parquet as pq

    table = pq.read_table(home / "pupil_results/ks4-2023_24.parquet").to_pylist()
    numbers = {row["pupil"] for row in rows_of(ks4)}
    assert not numbers & {str(value) for row in table for value in row.values()}
    assert len({row["pupil"] for row in table}) == len(numbers)


def test_the_same_pupil_has_the_same_key_in_one_area_and_another_in_the_next(home: Path) -> None:
    from headway.protected.pupil_keys import pupil_key, secret

    space = workspace.open_workspace(home)
    key = secret(space)
    assert key == secret(space)
    assert pupil_key(key, "a1 234") == pupil_key(key, " A1234")
    assert pupil_key(key, "A1234") != pupil_key(b"another key of some length, given", "A1234")


FAULTS = {
    "urn": ("999999", "no list of schools that was loaded holds this URN"),
    "maths": ("10", "an impossible grade or score"),
    "combined_science": ("9-4", "an impossible grade or score"),
    "open_1": ("11.5", "an impossible grade or score"),
    "ks2_reading": ("121", "not one of the column's codes"),
    "year": ("2022/23", "another year than the rest of the file"),
    "sen": ("statement", "not one of the column's codes"),
    "pupil": ("", "nothing stands here"),
}


def test_all_faults_are_told_at_once_and_nothing_is_stored(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    rows = rows_of(ks4)
    for at, (column, (text, _)) in enumerate(FAULTS.items()):
        rows[2 * at][column] = text
    rows[41]["pupil"] = rows[40]["pupil"].lower()
    result = run("load", str(write(ks4, rows)), "--format", "json")
    assert result.exit_code == 3
    facts = told(result)
    wanted = [{"row": 2 * at + 1, "column": column, "problem": words} for at, (column, (_, words)) in enumerate(FAULTS.items())]
    wanted += [{"row": row, "column": "pupil", "problem": "the pupil stands in the file more than once"} for row in (41, 42)]
    assert facts["faults"] == wanted
    assert not facts["stored"]
    assert stored(home) == []


def test_the_file_before_stays_when_the_next_has_a_fault(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    assert run("load", str(ks4)).exit_code == 0
    before = (home / "pupil_results/ks4-2023_24.parquet").read_bytes()
    rows = rows_of(ks4)
    rows[0]["maths"] = "A*"
    assert run("load", str(write(ks4, rows))).exit_code == 3
    assert (home / "pupil_results/ks4-2023_24.parquet").read_bytes() == before
    rows[0]["maths"] = "9"
    assert "in place of the file before" in run("load", str(write(ks4, rows))).output


def test_one_bad_row_in_forty_thousand_and_no_canary_anywhere(
    run: Callable[..., Result], home: Path, ks4: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A name stands in every column of one row, the grades included, and in a column of its own."""
    rows = rows_of(ks4)
    many = [{**rows[at % len(rows)], "pupil": f"P{at}", "name": CANARY} for at in range(40_000)]
    for at, column in enumerate(rows[0]):
        many[12_345] |= {column: f"{CANARY} {at}"}
    write(ks4, many, [*rows[0], "name"])
    for form in ("table", "json", "csv"):
        result = run("load", str(ks4), "--format", form)
        assert result.exit_code == 3
        assert "12346" in result.output
        assert_no_canary(result.output.encode(), str(result.exception or "").encode(), everything_written(home))
    seen = capfd.readouterr()
    assert_no_canary(seen.out.encode(), seen.err.encode(), caplog.text.encode())
    assert stored(home) == []


def assert_no_canary(*places: bytes) -> None:
    for place in places:
        assert b"zebedee" not in place.lower()
        assert b"canarywright" not in place.lower()


BROKEN = {
    "not utf-8": lambda text: text.replace("2023/24", f"2023/24 {CANARY} é", 1).encode("cp1252"),
    "quotes": lambda text: text.replace("2023/24", f'"{CANARY}" x', 1).encode(),
    "header": lambda text: text.replace("maths", CANARY).encode(),
    "empty": lambda text: text.splitlines()[0].encode() + b"\n",
    "nul": lambda text: text.replace("2023/24", f"{CANARY}\0", 1).encode(),
    "wide": lambda text: text.replace("\r\n", f",{CANARY}\r\n").replace(f",{CANARY}", "", 1).encode(),
    "long cell": lambda text: text.replace("2023/24", CANARY * 20_000, 1).encode(),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_is_refused_without_telling_what_is_in_it(run: Callable[..., Result], home: Path, ks4: Path, how: str) -> None:
    ks4.write_bytes(BROKEN[how](ks4.read_bytes().decode()))
    result = run("load", str(ks4))
    assert result.exit_code != 0
    assert not isinstance(result.exception, UnicodeError | csv.Error | ValueError | AssertionError)
    assert_no_canary(result.output.encode(), repr(result.exception).encode(), everything_written(home))
    assert stored(home) == []


def test_an_unforeseen_fault_does_not_quote_the_cell(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ValueError(f"could not convert {CANARY}")

    monkeypatch.setattr(landing, "check", stumble)
    with pytest.raises(HeadwayError) as fault:
        landing.load(workspace.open_workspace(home), ks4)
    assert fault.value.code == "H-DATA-60"
    assert "ValueError" in fault.value.why
    assert fault.value.__context__ is None
    assert_no_canary("".join(traceback.format_exception(fault.value)).encode())


def test_a_load_that_is_cut_off_leaves_nothing(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(landing.private_files, "put_in_place", cut_off)
        patch.setattr(landing.pupil_keys, "secret", lambda _: b"k" * 40)
        with pytest.raises(KeyboardInterrupt):
            landing.load(workspace.open_workspace(home), ks4)
    assert stored(home) == []


def real_area(home: Path, papers: dict | None) -> None:
    settings = yaml.safe_load((home / "area.yaml").read_text())
    text = yaml.safe_dump({**settings, "example": False, **({"papers": papers} if papers is not None else {})})
    (home / "area.yaml").write_text(text.replace("'2", "2").replace("-01'", "-01"))


@pytest.mark.parametrize("lacking", ["all", *PAPERS])
def test_no_real_pupil_without_papers(home: Path, ks4: Path, lacking: str) -> None:
    real_area(home, None if lacking == "all" else {name: value for name, value in PAPERS.items() if name != lacking})
    with pytest.raises(HeadwayError) as fault:
        landing.load(workspace.open_workspace(home), ks4)
    assert fault.value.code == "H-ACCESS-40"
    wanted = PAPERS if lacking == "all" else [lacking]
    assert all(name in fault.value.why for name in wanted)
    assert not (home / "pupil_results").exists()


def test_papers_outside_their_place_are_said_to_be_there(home: Path, ks4: Path) -> None:
    real_area(home, None)
    path = home / "area.yaml"
    path.write_text(path.read_text() + "dpia: D1\nreview_by: 2027-08-31\n")
    with pytest.raises(HeadwayError) as fault:
        landing.load(workspace.open_workspace(home), ks4)
    assert "dpia, review_by: in the file, but not under papers." in fault.value.why


def test_with_its_papers_a_real_area_may_load_until_they_run_out(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_area(home, PAPERS)
    assert landing.load(workspace.open_workspace(home), ks4, year=YEAR).stored
    for day in ("2098-01-02", "2099-01-02"):
        monkeypatch.setenv("HEADWAY_TODAY", day)
        with pytest.raises(HeadwayError) as fault:
            landing.load(workspace.open_workspace(home), ks4)
        assert fault.value.code == "H-ACCESS-41"


def test_in_production_the_disc_is_said_to_be_encrypted(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_area(home, PAPERS)
    monkeypatch.setenv("HEADWAY_PRODUCTION", "1")
    with pytest.raises(HeadwayError) as fault:
        landing.load(workspace.open_workspace(home), ks4)
    assert "encrypted_volume" in fault.value.why


def test_the_load_is_written_down_without_a_pupil(run: Callable[..., Result], home: Path, ks4: Path) -> None:
    run("load", str(ks4))
    (line,) = (home / "pupil_results/access.log").read_text().splitlines()
    assert json.loads(line)["verb"] == "loaded"
    assert json.loads(line)["os_user"]


def test_a_short_key_of_ones_own_is_refused(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_PUPIL_KEY", "short")
    with pytest.raises(HeadwayError) as fault:
        landing.load(workspace.open_workspace(home), ks4)
    assert fault.value.code == "H-ACCESS-43"
