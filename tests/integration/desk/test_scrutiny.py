"""The report to scrutiny: each promise with verdict, sentence, number, margin and release, in every format, of published figures only."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx as word
import pypdf
import pytest
from typer.testing import CliRunner

from headway.cli.main import app
from headway.desk.accounts.permissions import Role
from headway.desk.scrutiny.writing import About, paper, standing, trail_of
from headway.language.ambitions import heading
from headway.papers.annex import xlsx
from headway.papers.council import MUST
from headway.papers.html import fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from headway.readings.ambitions import Answer, verdicts
from headway.readings.door import open_door
from headway.vocabulary.viewer import PUBLIC

DAY = date(2025, 9, 30)


@pytest.fixture
def found(example: Path) -> list[Answer]:
    answers = verdicts(open_door(example), PUBLIC, as_of=DAY)
    if not answers:
        pytest.fail("the example area has no ambition")
    return answers


def written(example: Path, found: list[Answer]) -> Any:
    return paper(About("A plan", "Wrenford", DAY, open_door(example).facts), found)


def test_each_promise_has_its_verdict_and_its_number_a_trail(example: Path, found: list[Answer]) -> None:
    made = written(example, found)
    document = word.Document(io.BytesIO(docx(made)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [part.value for part in MUST if part.value not in headings] == []
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    assert [(row[1], row[-1]) for row in rows] == [(one.title, heading(one)) for one in found]
    text = "\n".join(one.text for one in document.paragraphs)
    for one in found:
        if one.latest is not None:
            assert " ".join(trail_of(one, one.latest).split()) in text
            assert f"Release: {one.latest.release.words}." in text
        for missing in one.missing:
            assert missing.series in text


def test_every_format_is_written_and_is_the_same_each_time(example: Path, found: list[Answer]) -> None:
    for write in (docx, pdf, xlsx, fragment):
        assert write(written(example, found)) == write(written(example, found))  # type: ignore[operator]
    root = pypdf.PdfReader(io.BytesIO(pdf(written(example, found)))).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_how_they_stand_is_counted_in_the_words_of_the_table(found: list[Answer]) -> None:
    said = standing(found)
    for words in {heading(one).lower() for one in found}:
        assert f"{sum(heading(one).lower() == words for one in found)} {words}" in said
    assert standing([]) == "No promise is made in it yet."


def test_the_command_writes_the_kind_that_the_name_says(example: Path, found: list[Answer], tmp_path: Path) -> None:
    of = found[0].set
    for name, begins in (("a.pdf", b"%PDF"), ("a.docx", b"PK"), ("a.xlsx", b"PK"), ("a.html", b"<!doctype html>")):
        done = CliRunner().invoke(app, ["scrutiny", of, "--out", str(tmp_path / name), "--home", str(example), "--as-of", str(DAY)])
        assert done.exit_code == 0, done.output
        assert (tmp_path / name).read_bytes().startswith(begins)
    done = CliRunner().invoke(app, ["scrutiny", of, "--out", str(tmp_path / "a.txt"), "--home", str(example)])
    assert "H-USAGE-86" in str(done.exception)


@pytest.mark.django_db
def test_who_may_read_the_strategy_reads_the_report(
    example: Path, settings: Any, own_home: Path, client: Any, person: Callable[..., Any], browser_of: Callable[..., Any]
) -> None:
    from headway.desk.strategy import actions

    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    given = {"title": "A plan", "summary": "What we mean to do.", "owner": "The council", "audience": "everybody"}
    one = actions.begin(by="test", starts=date(2025, 9, 1), ends=date(2028, 8, 31), **given)
    assert client.get(f"/scrutiny/{one.pk}/").content == client.get("/scrutiny/999999/").content  # a draft is the team's
    head = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    page = head.get(f"/scrutiny/{one.pk}/").content.decode()
    assert "Recommendations" in page
    assert " style=" not in page
    for form in ("docx", "pdf", "xlsx"):
        answer = head.get(f"/scrutiny/{one.pk}/report.{form}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
    assert browser_of(person(Role.ADMINISTRATOR)).get(f"/scrutiny/{one.pk}/report.pdf").status_code == 403
