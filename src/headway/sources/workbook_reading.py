"""The process that reads one workbook: `python workbook_reading.py BOOK FOLDER BYTES SECONDS LARGEST`; see guarded.py.

Nothing of Headway is imported here: what is not there cannot be reached through a workbook.
"""

import csv
import json
import resource
import struct
import sys
from pathlib import Path

DIMENSIONS = b"\x00\x02\x10\x00"
ROWS, COLUMNS = 1_048_576, 16_384
SLICE = 20_000


def confine(memory: int, seconds: int, largest: int) -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def typed(cell: str) -> str:
    """A cell as people typed it: dates without midnight, other text on one line."""
    return cell[:-9] if cell.endswith(" 00:00:00") else cell.replace("\r", "").replace("\n", " ")


def write_sheet(book: object, name: str, target: Path) -> int:
    """Every row that is not empty, all of one width; how many."""
    loaded = book.load_sheet(name, header_row=None, dtypes="string")  # type: ignore[attr-defined]
    batch = loaded.to_arrow()
    rows = 0
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for start in range(0, batch.num_rows, SLICE):
            columns = [column.to_pylist() for column in batch.slice(start, SLICE).columns]
            for cells in zip(*columns, strict=True):
                if any(cells):
                    writer.writerow([typed(cell) if cell else "" for cell in cells])
                    rows += 1
    return rows


def mended(path: Path, folder: Path) -> Path:
    """A copy of an old .xls whose records of the used range are long ones, which the reader does not know and does not need."""
    content = bytearray(path.read_bytes())
    at = content.find(DIMENSIONS)
    while at >= 0:
        first, last, left, right = struct.unpack_from("<IIHH", content, at + 4) if at + 16 <= len(content) else (1, 0, 0, 0)
        if first <= last <= ROWS and left <= right <= COLUMNS:
            content[at : at + 2] = b"\xff\x0f"
        at = content.find(DIMENSIONS, at + 4)
    target = folder / f"mended-{path.name}"
    target.write_bytes(content)
    return target


def main(book_path: str, folder: str, *limits: str) -> None:
    confine(*map(int, limits))
    import fastexcel
    import pyarrow  # noqa: F401  (before the first sheet, so that a lack of memory here is told apart)

    try:
        book = fastexcel.read_excel(book_path)
    except fastexcel.FastExcelError as error:
        if "Invalid dimensions" not in str(error):
            raise
        book = fastexcel.read_excel(mended(Path(book_path), Path(folder)))
    found = []
    for position, name in enumerate(book.sheet_names):
        target = Path(folder) / f"{Path(book_path).stem[:80]}-{position}.csv"
        if write_sheet(book, name, target):
            found.append({"name": name, "path": str(target)})
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
