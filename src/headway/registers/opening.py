"""Opens a file of registers, of whatever kind schools send, and finds the tables in it that are in a shape we know."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from headway.definitions.attendance_exports import AttendanceExport
from headway.registers import text_tables
from headway.registers.recognising import Recognised, lacking, recognise
from headway.registers.text_tables import Coded, TextTable
from headway.sources.opening import unpack
from headway.sources.tables import Table, tables
from headway.vocabulary.errors import HeadwayError


@dataclass
class Sheet:
    """A table in one of the shapes, its columns by our names. `urn` may be the one that the command gave."""

    known: Recognised
    table: TextTable

    def column(self, name: str) -> Coded:
        """Ours, with the texts that an export has for them renamed; a column of nothing where it is not there."""
        if name not in self.known.places:
            return text_tables.constant("", self.table.rows)
        return self._renamed(self.table.columns[self.known.places[name]], name)

    def session_column(self, at: int) -> Coded:
        return self._renamed(self.table.columns[at], "code")

    def _renamed(self, column: Coded, name: str) -> Coded:
        renames = self.known.values.get(name)
        return Coded([renames.get(text, text) for text in column.values], column.at) if renames else column

    def has(self, name: str) -> bool:
        return name in self.known.places


def sheets(path: Path, scratch: Path, exports: Mapping[str, AttendanceExport], *, urn_given: bool) -> list[Sheet]:
    """Raises H-DATA-01 for what is no file, H-DATA-10 to 12 for one that cannot be read, H-DATA-70 for one in no shape that we know."""
    if not path.is_file():
        raise HeadwayError("H-DATA-01", f"{path} is not a file.", remedy="Give a csv file or workbook, or a folder of them.")
    found: list[Sheet] = []
    headers: list[list[str]] = []
    for file in unpack(path, scratch, path.name):
        for table in tables(file, scratch):
            known = recognise(table.sample, exports, urn_given=urn_given)
            headers += table.sample[:1]
            if known and table.delimiter:
                found.append(Sheet(known, _rows(table, known)))
    if not found:
        raise unknown_shape(path, headers, urn_given)
    return found


def plain_files(path: Path, scratch: Path) -> list[Path]:
    """The plain text files in a file, unpacked."""
    return [file.path for file in unpack(path, scratch, path.name) if file.kind == "text"]


def _rows(table: Table, known: Recognised) -> TextTable:
    width = max(len(known.header), *(at + 1 for at in (*known.places.values(), *known.heads)))
    header = [*known.header, *[""] * (width - len(known.header))]
    return text_tables.read(table.file.path, table.delimiter, known.header_at, header)


def unknown_shape(path: Path, headers: list[list[str]], urn_given: bool) -> HeadwayError:
    shape, missing = lacking(headers[0] if headers else [], urn_given=urn_given)
    return HeadwayError(
        "H-DATA-70",
        f"{path.name} is in no shape of registers that is known here.",
        f"The nearest is that of {shape.value}, and the file is without {', '.join(missing) or 'rows'}.",
        "docs/how-to/load-registers.md has the columns, and how to write down once which of another system’s is which.",
        path.name,
    )
