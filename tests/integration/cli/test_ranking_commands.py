"""`headway rank` and `headway claim` as a script asks them: the fields that are promised, and a verdict that agrees with its chance."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headway.cli.main import app

PROMISED = {"authority", "change", "shrunken_change", "p_rise", "rank", "rank_low", "rank_high", "p_top_10"}
SPAN = ("--improved-from", "2016/17", "--to", "2018/19")
CLAIMS = (
    "top ten most improved at KS2 since 2017", "most improved at KS2 since 2017", "top half most improved at key stage 2 since 2017",
    "improved at KS2 since 2017", "top ten at KS2", "above England at KS2", "above similar areas for attendance",
)  # fmt: skip


def told(example: Path, *words: str) -> Any:
    done = CliRunner().invoke(app, [*words, "--home", str(example), "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_who_improved_most_has_the_fields_that_are_promised(example: Path) -> None:
    rows = told(example, "rank", "ks2.rwm_expected", "--level", "authority", *SPAN)
    assert len(rows) >= 10
    for place, row in enumerate(rows, 1):
        assert set(row) >= PROMISED
        assert row["rank"] == place
        assert row["rank_low"] <= row["rank"] <= row["rank_high"] or row["rank_low"] == row["rank_high"]
        assert 0 <= row["p_rise"] <= 1 and 0 <= row["p_top_10"] <= 1
        assert row["change"] == row["last"] - row["first"]
    assert sum(row["p_top_10"] for row in rows) == pytest.approx(10, abs=0.05)


def test_who_stands_where_has_its_quartile_by_the_published_figures(example: Path) -> None:
    rows = told(example, "rank", "ks2.rwm_expected", "--level", "authority")
    by_value = sorted(rows, key=lambda row: -row["value"])
    assert [row["quartile"] for row in by_value] == sorted(row["quartile"] for row in rows)  # A is the best
    assert {row["quartile"] for row in rows} == set("ABCD")


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_verdict_agrees_with_its_chance_and_shows_its_evidence(example: Path, claim: str) -> None:
    [found] = told(example, "claim", claim)
    p, verdict = found["p"], found["verdict"]
    if p is None:
        assert verdict == "cannot_tell" and found["why"]
        return
    assert verdict == ("true" if p >= 0.9 else "false" if p < 0.1 else "not_shown")
    assert found["read_as"].startswith("Read as: ") and found["why"]
    if "most improved" in claim:
        assert "Even if every authority had changed exactly alike" in found["how_many"]
        assert found["instead"] and found["checked"]


def test_what_cannot_be_read_as_a_claim_says_what_is_missing(example: Path) -> None:
    done = CliRunner().invoke(app, ["claim", "we are wonderful", "--home", str(example)])
    assert done.exit_code != 0 and "H-USAGE-22" in str(done.exception or done.output)
