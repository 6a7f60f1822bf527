"""Tables as seen, to take away: csv and xlsx. Cells that a spreadsheet would run as a formula are escaped."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from headway.papers.characters import safe as as_text

Cell = str | float | int | None
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def safe(cell: Cell) -> Cell:
    """A text that starts like a formula gets an apostrophe before it; numbers stay numbers."""
    return as_text(cell) if isinstance(cell, str) else cell


def sent(table: Sequence[Iterable[Cell]], form: str, name: str) -> HttpResponse:
    made = _xlsx(table) if form == "xlsx" else _csv(table)
    response = HttpResponse(made, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{"".join(mark if mark.isalnum() else "-" for mark in name)}.{form}"'
    return response


def _csv(table: Sequence[Iterable[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["" if cell is None else safe(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _xlsx(table: Sequence[Iterable[Cell]]) -> bytes:
    import xlsxwriter  # here, so that pages do not pay for it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet("Headway"), book.add_format({"bold": True})
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write(number, column, safe(cell), bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()
