"""Which files are taken, told by their first bytes, a table by its lines; how long each kind is kept, and why. No database here."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta

LARGEST = 100 * 2**20  # bytes as sent
UNPACKED = 2 * 2**30
MEMBERS = 1_000
LARGEST_TABLE = 10 * 2**20  # bytes of a csv: it is read whole
TABLE = "text/csv"
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
TAKEN = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), csv, PNG and JPEG"
ENDINGS = {media: ending for media, (_, ending) in KINDS.items()} | {TABLE: "csv"}
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What a spreadsheet works out when it opens the file: a formula, a call, a link to another program. “- Reading (Year 2)” is none.
WORKED_OUT = re.compile(r"\s*(=|@|[+-].*\|.*!|[+-][\s\d.+*/-]*[A-Za-z][\w.]*\()")


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


def fault_of_table(content: bytes) -> str:
    """Why bytes without a mark of their own are not taken as a csv; empty where they are. UTF-8, or as Windows writes it."""
    if len(content) > LARGEST_TABLE:
        return "as a table it is larger than 10 MB"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if UNSEEN.search(text) or "\ufffd" in text or text.lstrip().startswith("<"):
        return "it is of a kind that is not taken"
    try:
        rows = [row for row in csv.reader(text.splitlines(), strict=True) if any(cell.strip() for cell in row)]
    except csv.Error:
        return "it is no table: a row of it does not end"
    if len(rows) < 2 or len(rows[0]) < 2:
        return "it is of a kind that is not taken: a csv has a row of headings and columns with commas between"
    if any(WORKED_OUT.match(cell) for row in rows for cell in row):
        return "a cell in it is a formula: send the values, or the workbook"
    return ""


def office_kind(names: set[str]) -> str:
    """The media type of a packed file by its members; empty for one that is no office file, or that carries macros."""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or "[Content_Types].xml" not in names:
        return ""
    return next((OFFICE + kind for part, kind in MAIN_PARTS.items() if part in names), "")


def keep_until(retention: str, day: date) -> date:
    return day + timedelta(days=RETENTIONS[retention].days)
