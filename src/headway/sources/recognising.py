"""Says which published table a file is, from its headers alone. Names of files decide nothing but the year."""

import re
from dataclasses import dataclass
from datetime import date

from headway.definitions.loading import Library
from headway.definitions.schemas import Layout, SourceTable
from headway.sources.tables import Table
from headway.vocabulary.academic_year import AcademicYear

_SPACES = re.compile(r"[\s_]+")
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)[-_/ ]?(\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")


def normal(header: str) -> str:
    """A header for comparison: no byte-order mark, lower case, runs of spaces and underscores as one space."""
    return _SPACES.sub(" ", header.replace("\ufeff", "").strip()).lower()


@dataclass(frozen=True)
class Recognised:
    """A table found in a file: its definition and layout, and where its header stands."""

    definition: SourceTable
    layout: Layout
    table: Table
    header_at: int
    header: tuple[str, ...]

    def canonical(self) -> list[str]:
        """The columns under their canonical names, in the file's order; twice the same gets a number."""
        ours = {normal(published): name for name, published in self.layout.columns.items()}
        taken = {"row": 1}  # the number of each landed row has that name
        names = []
        for position, header in enumerate(self.header):
            name = ours.get(normal(header)) or header.replace("\ufeff", "").strip() or f"column_{position + 1}"
            taken[name.lower()] = taken.get(name.lower(), 0) + 1
            names.append(name if taken[name.lower()] == 1 else f"{name} ({taken[name.lower()]})")
        return names


class Recogniser:
    """Holds every layout's headers in normal form, made once for a library."""

    def __init__(self, library: Library) -> None:
        self.layouts = [
            (frozenset(map(normal, layout.headers)), frozenset(map(normal, layout.without)), definition, layout)
            for definition in library.tables.values()
            for layout in definition.layouts
        ]
        documents = library.lists.get("documentation") or {}
        self.signatures = [frozenset(map(normal, signature)) for signature in documents.get("signatures", [])]
        self.phrases = [phrase.lower() for phrase in documents.get("phrases", [])]
        self.not_ours = [(frozenset(map(normal, item["headers"])), item["reason"]) for item in library.lists.get("not_ours") or []]

    def best(self, tables: list[Table]) -> Recognised | None:
        """The layout that most headers of any row near the top of any table agree with."""
        found: Recognised | None = None
        score = 0
        for table in tables:
            for at, row in enumerate(table.sample):
                names = {normal(cell) for cell in row if cell}
                for headers, without, definition, layout in self.layouts:
                    if len(headers) > score and headers <= names and not (without & names) and layout.sheet in (None, table.sheet):
                        found, score = Recognised(definition, layout, table, at, tuple(row)), len(headers)
        return found

    def documentation(self, tables: list[Table]) -> bool:
        """Whether the file explains the columns of others."""
        for table in tables:
            for row in table.sample:
                names = {normal(cell) for cell in row if cell}
                if any(signature <= names for signature in self.signatures):
                    return True
        text = " ".join(cell for table in tables for row in table.sample for cell in row).lower()
        return any(phrase in text for phrase in self.phrases)

    def speaks_of_columns(self, text: str) -> bool:
        return any(phrase in text.lower() for phrase in self.phrases)

    def foreign(self, tables: list[Table]) -> str:
        """Why a known file is not one of ours, or nothing."""
        for table in tables:
            for row in table.sample[:3]:
                names = {normal(cell) for cell in row if cell}
                for headers, reason in self.not_ours:
                    if headers <= names:
                        return str(reason)
        return ""


def year_in(path: str) -> AcademicYear | None:
    """The academic year that a folder's or a file's name tells, the one nearest to the file's end."""
    undated = _DAY.sub(" ", path)
    years = [AcademicYear(int(start)) for start, end in _YEAR.findall(undated) if (int(start) + 1) % 100 == int(end)]
    return years[-1] if years else None


def day_in(path: str) -> date | None:
    found = _DAY.findall(path)
    if not found:
        return None
    year, month, day = map(int, found[-1])
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
