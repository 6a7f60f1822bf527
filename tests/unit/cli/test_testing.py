"""How `headway test` adds its parts up and what it says at the end."""

import pytest

from headway.cli.testing import Tally, _close


def tally(passed: int = 3, failed: int = 0, error: int = 0, left_out: dict[str, int] | None = None) -> Tally:
    made = Tally()
    made.add({"passed": passed, "failed": failed, "error": error}, left_out or {})
    return made


def test_parts_are_added_up(capsys: pytest.CaptureFixture[str]) -> None:
    both = tally(passed=3)
    both.add({"passed": 4, "failed": 1, "error": 1}, {})
    both.failed_parts.append("quick tests")
    assert _close(both, all_required=False) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 2 failed, 0 skipped"


def test_what_was_left_out_is_named_with_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert _close(tally(left_out={"no Chromium is here; apt-get install chromium": 12}), all_required=False) == 0
    said = capsys.readouterr().out
    assert "12 × no Chromium is here; apt-get install chromium" in said
    assert said.splitlines()[-1] == "3 passed, 0 failed, 12 skipped"


def test_nothing_left_out_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    _close(tally(), all_required=False)
    assert "Nothing was left out." in capsys.readouterr().out


def test_a_run_without_a_test_is_no_success() -> None:
    assert _close(tally(passed=0), all_required=False) == 1


def test_a_failed_lint_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    linted = tally()
    linted.failed_parts.append("types below the desk (mypy)")
    assert _close(linted, all_required=False) == 1
    assert "FAILED types below the desk (mypy)" in capsys.readouterr().out
