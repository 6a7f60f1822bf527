"""The figures of a paper as a workbook: a sheet for each table and each picture, what it is and where the numbers come from."""

import io
from datetime import datetime
from typing import Any

from headway.papers.blocks import Paper
from headway.papers.characters import safe
from headway.papers.checking import checked
from headway.papers.outline import Outline, outline
from headway.papers.packing import repacked

LONGEST_NAME, WIDEST = 31, 60
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def xlsx(paper: Paper) -> bytes:
    """Numbers are unrounded; texts can never run as formulas. Raises H-USAGE-80 for a paper with faults."""
    import xlsxwriter  # here, so that pages do not pay for it

    made, out = outline(checked(paper)), io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": made["title"], "company": made["body"], "created": datetime(*made["issued"])})  # noqa: DTZ001 - a day
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    names: set[str] = set()
    tables = [table for table in map(_table_of, made["blocks"]) if table]
    _about(book.add_worksheet(_named("About", names)), made, tables, bold, wrapped)
    for table in tables:
        _sheet(book.add_worksheet(_named(table["caption"], names)), table, bold)
    if made["trails"]:
        _trails(book.add_worksheet(_named(made["trails_title"], names)), made, bold, wrapped)
    book.close()
    return repacked(out.getvalue())


def _table_of(block: Outline) -> Outline | None:
    if block["kind"] == "picture":
        return block["table"]  # type: ignore[no-any-return]
    return block if block["kind"] == "table" else None


def _named(wanted: str, taken: set[str]) -> str:
    """A name that a workbook allows, and once only: its upper and lower case count as the same."""
    plain = " ".join(wanted.translate(NOT_IN_A_NAME).split()) or "Table"
    name, number = _cut(plain, LONGEST_NAME), 1
    while name.lower() in taken or name.lower() == "history":  # a name that Excel keeps for itself
        number += 1
        name = f"{_cut(plain, LONGEST_NAME - 4)} {number}"
    taken.add(name.lower())
    return name


def _cut(name: str, most: int) -> str:
    """At most so many units of UTF-16, which is how Excel counts."""
    return name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip()


def _about(sheet: Any, made: Outline, tables: list[Outline], bold: Any, wrapped: Any) -> None:
    lines = [("Paper", made["title"]), ("Of", made["body"]), ("Edition", made["line"]), ("Note", made["foot"])]
    lines += [("Visible to", block["who"]) for block in made["blocks"] if block["kind"] == "visible_to"]
    lines += [("Table", table["caption"]) for table in tables]
    for number, (name, words) in enumerate((name, words) for name, words in lines if words):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, safe(words), wrapped)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)


def _sheet(sheet: Any, table: Outline, bold: Any) -> None:
    """The caption, a line left free, the headings in the third row, then the rows, and the note under them."""
    sheet.write_string(0, 0, safe(table["caption"]), bold)
    widths = []
    for place, column in enumerate(table["columns"]):
        sheet.write_string(2, place, safe(column["heading"]), bold)
        widths.append(len(column["heading"]))
    for number, row in enumerate(table["rows"], 3):
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], _cell(sheet, number, place, cell))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(WIDEST, width + 2))
    if table["note"]:
        sheet.write_string(len(table["rows"]) + 4, 0, safe("".join(run["words"] for run in table["note"])))
    sheet.freeze_panes(3, 1)


def _cell(sheet: Any, number: int, place: int, cell: list[Outline]) -> int:
    """Writes it; how many characters it takes."""
    shown = "".join(run["words"] for run in cell)
    if len(cell) == 1 and cell[0].get("value") is not None:
        sheet.write_number(number, place, cell[0]["value"])
    else:
        sheet.write_string(number, place, safe(shown))
    return len(shown)


def _trails(sheet: Any, made: Outline, bold: Any, wrapped: Any) -> None:
    sheet.write_string(0, 0, "Number", bold)
    sheet.write_string(0, 1, made["trails_title"], bold)
    for row, one in enumerate(made["trails"], 1):
        sheet.write_number(row, 0, one["number"])
        sheet.write_string(row, 1, safe(one["words"]), wrapped)
    sheet.set_column(1, 1, 110)
    sheet.freeze_panes(1, 0)
