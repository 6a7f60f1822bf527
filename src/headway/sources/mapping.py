"""Turns another system's export into the early results template, as one of the area's own mappings says."""

from collections.abc import Iterator

from headway.definitions.loading import Library
from headway.definitions.mappings import template_columns
from headway.definitions.schemas import Mapping, TemplateRow
from headway.sources.recognising import normal
from headway.sources.tables import Table


def mapped_tables(tables: list[Table], library: Library) -> list[Table]:
    """The template's rows made from the first table that a mapping knows; an empty list when none does.

    Of two mappings that know a table the one with more headers is meant.
    """
    template = template_columns(library.tables)
    for mapping in sorted(library.mappings.values(), key=lambda mapping: -len(mapping.headers)):
        wanted = {normal(header) for header in mapping.headers}
        for table in tables:
            for at, row in enumerate(table.sample):
                if wanted <= {normal(cell) for cell in row if cell}:
                    return [_mapped(table, at, row, mapping, template)]
    return []


def _mapped(table: Table, at: int, header: list[str], mapping: Mapping, template: tuple[str, ...]) -> Table:
    place = {normal(cell): position for position, cell in reversed(list(enumerate(header)))}
    records = list(_records(table, at, place, mapping, template))
    sample = [list(template), *[[record[name] for name in template] for record in records[:20]]]
    return Table(table.file, sample, records=records)


def _records(table: Table, at: int, place: dict[str, int], mapping: Mapping, template: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Rows of theirs with nothing in the column of the URN are headings and totals, and are passed over."""
    for row in table.rows(at):
        for part in mapping.rows:
            record = _record(row, place, mapping, part, template)
            if record["URN"]:
                yield record


def _record(row: list[str], place: dict[str, int], mapping: Mapping, part: TemplateRow, template: tuple[str, ...]) -> dict[str, str]:
    constants = {**mapping.constants, **part.constants}
    columns = {**{name: theirs for name, theirs in mapping.columns.items() if name not in part.constants}, **part.columns}
    record = {}
    for name in template:
        text = constants.get(name, "")
        if name in columns:
            position = place[normal(columns[name])]
            text = row[position].strip() if position < len(row) else ""
        record[name] = mapping.values.get(name, {}).get(text, text)
    return record
