"""Files taken in: which are refused, where they lie, how they are given out, when they are erased."""

import io
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.desk.accounts.permissions import Role
from headway.papers.word import docx
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from tests.unit.papers.making import PAPER

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%made up"


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("CT", "[Content_Types].xml"), content)
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("word/media")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc")
    return out.getvalue()


def keep(content: bytes, **given: Any) -> Any:
    from headway.desk.documents import actions

    return actions.keep(by="test", chunks=[content], **{"title": "A paper", "retention": "working", **given})


def files(home: Path) -> list[Path]:
    return [path for path in (home / "documents").rglob("*") if path.is_file()]


def test_a_file_lies_under_its_hash_for_its_owner_only(own_home: Path) -> None:
    first, second = keep(PDF), keep(PDF, title="The same again")
    assert first.media == "application/pdf"
    (path,) = files(own_home)
    assert path.name == first.sha256 == second.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((own_home / "documents").stat().st_mode) == 0o700


def test_our_own_papers_are_taken() -> None:
    assert keep(docx(PAPER)).ending == "docx"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>", "kind that is not taken"),
        (b"", "kind that is not taken"),
        (b"MZ\x90\x00", "kind that is not taken"),
        (b"PK\x03\x04 cut off", "damaged"),
        (packed(CT=b"", word__document=b""), "no office file"),
        (packed(**{"CT": b"", "word__document.xml": b"", "word__vbaProject.bin": b""}), "macros"),
        (packed(**{"CT": b"", "word__document.xml": b"", "..__..__etc": b""}), "leads out"),
        (packed(**{f"m{number}": b"" for number in range(1001)}), "too much"),
        (linked(), "leads out"),
        (b"one column\nonly\n", "columns with commas"),
        (b'Area,Where we are\nReading,"never ends\n', "does not end"),
        (b"Area,Where we are\nReading,=HYPERLINK(A1)\n", "is a formula"),
        (b"Area,Where we are\nReading,+cmd|' /C calc'!A0\n", "is a formula"),
        (b"Area,Where we are\nReading,-2+SUM(A1)\n", "is a formula"),
    ],
)
def test_what_is_not_taken_leaves_nothing(content: bytes, said: str, own_home: Path) -> None:
    from headway.desk.documents.models import Document

    with pytest.raises(HeadwayError) as caught:
        keep(content)
    assert caught.value.code == "H-DATA-95"
    assert said in caught.value.why
    assert not files(own_home)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"Area,Where we are\nReading,- Fluency (Year 2) is better\nNumber,-3.5 points\n",
        "\ufeffArea,Where we are\nReading,“Good”\n".encode(),
        "Area,Where we are\nReading,“Good” – as Windows writes it\n".encode("cp1252"),
        b'Area,Where we are\nReading,"Two lines\nin a cell"\n',
    ],
)
def test_a_table_without_a_mark_of_its_own_is_taken_by_its_lines(content: bytes) -> None:
    kept = keep(content)
    assert (kept.ending, kept.media) == ("csv", "text/csv")


def test_it_is_given_out_as_an_attachment_and_marked_as_not_scanned(
    person: Callable[..., Any], browser_of: Callable[..., Any], own_home: Path
) -> None:
    head = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    file = SimpleUploadedFile("../../evil.pdf", PDF, content_type="text/html")
    assert head.post("/documents/", {"title": "A <b>paper</b>", "file": file, "retention": "pack"}).status_code == 302
    assert "not scanned" in head.get("/documents/").content.decode()
    from headway.desk.documents.models import Document

    answer = head.get(f"/documents/{Document.objects.get().pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == PDF
    refused = head.post("/documents/", {"title": "Kept words", "file": SimpleUploadedFile("a.pdf", b"no"), "retention": "pack"})
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()


def test_what_is_over_is_erased_unless_another_still_needs_it(own_home: Path) -> None:
    from headway.desk.documents import actions
    from headway.desk.documents.models import Document

    first, second = keep(PDF), keep(PDF, retention="pack")
    Document.objects.filter(pk=first.pk).update(keep_until=today() - timedelta(days=1))
    assert actions.erase_due(by="test") == 1
    assert len(files(own_home)) == 1
    Document.objects.filter(pk=second.pk).update(keep_until=today() - timedelta(days=1))
    assert actions.erase_due(by="test") == 1
    assert actions.erase_due(by="test") == 0


def test_archived_with_a_reason(person: Callable[..., Any], browser_of: Callable[..., Any], own_home: Path) -> None:
    head, one = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)), keep(PDF)
    head.post(f"/documents/{one.pk}/archive/", {"reason": " "})
    given = head.get(f"/documents/{one.pk}/")
    assert b"".join(given.streaming_content) == PDF
    head.post(f"/documents/{one.pk}/archive/", {"reason": "A newer one is kept"})
    assert head.get(f"/documents/{one.pk}/").status_code == 404
