"""The report of a load: whole, escaped, without scripts, and told in the terminal with its remedies."""

import json
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from headway.pipeline.load import Row
from headway.pipeline.report import levels, markers, ordered, terminal, write_report
from headway.store.workspace import create

FAULT = {
    "check": "fractions", "passed": False, "blocking": True, "code": "H-DATA-40",
    "message": "MET holds a percentage and all numbers lie between 0 and 1.", "guidance": "Take the csv.",
}  # fmt: skip
CHANGED = {
    "check": "replaced",
    "passed": True,
    "blocking": False,
    "code": "",
    "message": "Against old.csv: 2 figures changed.",
    "guidance": "",
}
ROWS = [
    Row("2017-18/notes.csv", outcome="documentation", reason="a dictionary of columns"),
    Row(
        "2017-18/ks2.csv", "made.ks2", "2017/18", "final", 16_364, "landed", layout="full",
        rows_by_level={"school": 16_212, "authority": 152}, markers={"SUPP": 114, "NE": 20}, checks=[CHANGED],
    ),
    Row("<script>alert(1)</script>.csv", "made.ks2", "2017/18", "final", 10, "quarantined", FAULT["message"], "H-DATA-40", checks=[FAULT]),
]  # fmt: skip


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_report(create(tmp_path, ["330"]), ROWS, {"snapshot": "20260101T000000Z", "nothing": ""})


def test_the_json_holds_every_row_and_the_facts(page: Path) -> None:
    whole = json.loads(page.with_suffix(".json").read_text())
    assert whole["outcomes"] == {"documentation": 1, "landed": 1, "quarantined": 1}
    assert [file["path"] for file in whole["files"]] == [row.path for row in ROWS]
    assert whole["snapshot"] == "20260101T000000Z"


def test_the_page_is_escaped_and_runs_and_fetches_nothing(page: Path) -> None:
    tags = Tags()
    tags.feed(page.read_text())
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags.seen}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.csv" in page.read_text()
    assert all(str(attributes.get("href", "#")).startswith("#") for _, attributes in tags.seen)


def test_the_page_has_a_language_a_title_one_heading_and_no_jump(page: Path) -> None:
    tags = Tags()
    tags.feed(page.read_text())
    heads = [int(tag[1]) for tag, _ in tags.seen if tag in {"h1", "h2", "h3", "h4"}]
    assert tags.seen[0] == ("html", {"lang": "en-GB"})
    assert heads.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(heads))


def test_the_page_tells_what_was_withheld_what_failed_and_what_changed(page: Path) -> None:
    text = page.read_text()
    for said in (
        "SUPP 114, NE 20",
        "16,364: school 16,212, authority 152",
        "H-DATA-40",
        "Take the csv.",
        "Against old.csv: 2 figures changed.",
    ):
        assert said in text


def test_what_needs_a_person_comes_first() -> None:
    assert [row.outcome for row in ordered(ROWS)] == ["quarantined", "landed", "documentation"]


def test_counts_are_told_shortly() -> None:
    row = Row("x", markers={f"M{number}": 9 - number for number in range(9)}, rows_by_level={"school": 1_200})
    assert markers(row, 2) == "M0 9, M1 8 and 7 more"
    assert levels(row) == "school 1,200"


def test_the_terminal_gives_the_fault_its_code_and_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    terminal(ROWS)
    said = " ".join(capsys.readouterr().out.split())
    assert "H-DATA-40 MET holds a percentage and all numbers lie between 0 and 1. Take the csv." in said
    assert "a dictionary of columns" not in said
