"""Which files are taken, told by their first bytes; how long each kind of document is kept, and why. No database here."""

from dataclasses import dataclass
from datetime import date, timedelta

LARGEST = 100 * 2**20  # bytes as sent
UNPACKED = 2 * 2**30
MEMBERS = 1_000
OFFICE = "application/vnd.openxmlformats-officedocument."
ZIP = b"PK\x03\x04"
KINDS = {  # media type → (first bytes, ending)
    "application/pdf": (b"%PDF-", "pdf"),
    "image/png": (b"\x89PNG\r\n\x1a\n", "png"),
    "image/jpeg": (b"\xff\xd8\xff", "jpg"),
    f"{OFFICE}wordprocessingml.document": (ZIP, "docx"),
    f"{OFFICE}spreadsheetml.sheet": (ZIP, "xlsx"),
    f"{OFFICE}presentationml.presentation": (ZIP, "pptx"),
}
MAIN_PARTS = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet",
              "ppt/presentation.xml": "presentationml.presentation"}  # fmt: skip
TAKEN = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), PNG and JPEG"


@dataclass(frozen=True)
class Retention:
    """How long a kind of document is kept, from the day it came. `purpose` and `basis` as the record of processing has them."""

    title: str
    purpose: str
    basis: str
    days: int
    method: str = "The file is erased; that it was there, its hash and who kept it stay."


RETENTIONS = {
    "pack": Retention("Board pack", "What a board had before it when it decided", "public task", 365 * 7),
    "strategy": Retention("Strategy or report on it", "What was published or decided", "public task", 365 * 7),
    "letter": Retention("Letter to a school", "What a school was told", "public task", 365 * 6),
    "self_evaluation": Retention("A school’s self-evaluation", "A school’s own view before a visit", "public task", 365 * 3),
    "working": Retention("Working paper", "Work in hand", "public task", 365),
}


def kind_of(head: bytes) -> str:
    """The media type by the first bytes, "zip" for what is packed and must be looked into; empty for what is not taken."""
    if head.startswith(ZIP):
        return "zip"
    return next((media for media, (mark, _) in KINDS.items() if head.startswith(mark)), "")


def office_kind(names: set[str]) -> str:
    """The media type of a packed file by its members; empty for one that is no office file, or that carries macros."""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or "[Content_Types].xml" not in names:
        return ""
    return next((OFFICE + kind for part, kind in MAIN_PARTS.items() if part in names), "")


def keep_until(retention: str, day: date) -> date:
    return day + timedelta(days=RETENTIONS[retention].days)
