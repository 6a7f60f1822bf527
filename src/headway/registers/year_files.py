"""A year of registers as Parquet files: enrolments with their marks, what is limited, calendars, changes. Written whole, never altered."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from headway.protected import private_files
from headway.registers.arrow_columns import column_of, fixed, values_of, words_of
from headway.registers.held import KEY, LIMITED, TEXTS, Calendars, Changes, Enrolments
from headway.registers.slots import Bytes, Slots
from headway.store.engine import THREADS
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    import pyarrow as pa

FACTS = b"headway"
ROWS = 65_536  # of a row group: what is streamed at a time
LEVEL = 3
WIDE = 4  # bytes of the number of a load


def write_enrolments(path: Path, slots: Slots, rows: Enrolments) -> None:
    """One row an enrolment, sorted by school. What is limited goes into a file of its own."""
    columns = {"urn": rows.urns, "pupil": fixed(rows.pupils), "listed": rows.listed}
    if (rows.persons != rows.pupils).any():  # else the key once more would be a third of the file
        columns["person"] = fixed(rows.persons)
    columns |= {f"spell_{at}": rows.spells[:, at] for at in range(rows.spells.shape[1])}
    columns |= {name: _words(rows, name) for name in TEXTS}
    if slots.width:
        columns["marks"] = fixed(rows.marks)
    _write(path, columns, slots)


def read_enrolments(path: Path) -> tuple[Slots, Enrolments]:
    table, slots = _read(path, without="marks")
    spells = [_numbers(table, name) for name in table.column_names if name.startswith("spell_")]
    marks = _marks(path, table.num_rows, slots.width)
    coded = {name: _coded(table, name) for name in TEXTS}
    rows = Enrolments(
        _numbers(table, "urn"), _bytes(table, "pupil", KEY), _bytes(table, "person" if "person" in table.column_names else "pupil", KEY),
        values_of(table.column("listed")).astype(np.bool_), np.stack(spells, axis=1), marks,
        {name: texts for name, (texts, _) in coded.items()}, coded=coded,
    )  # fmt: skip
    return slots, rows


def rows_in(path: Path) -> int:
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def write_limited(path: Path, slots: Slots, rows: Enrolments) -> None:
    _write(path, {name: words_of(rows.limited[name]) for name in LIMITED}, slots)


def read_limited(path: Path) -> dict[str, NDArray[np.str_]]:
    """In the order of the enrolments."""
    table, _ = _read(path)
    return {name: _texts(table, name) for name in LIMITED}


def write_calendars(path: Path, slots: Slots, calendars: Calendars) -> None:
    columns: dict[str, Any] = {"urn": calendars.urns}
    if slots.width:
        columns |= {"state": fixed(calendars.state), "received": fixed(calendars.received.view(np.uint8))}
    _write(path, columns, slots)


def read_calendars(path: Path) -> Calendars:
    table, slots = _read(path)
    if not slots.width:
        return Calendars(_numbers(table, "urn"), np.empty((table.num_rows, 0), np.uint8), np.empty((table.num_rows, 0), np.int32))
    received = np.ascontiguousarray(_bytes(table, "received", WIDE * slots.width)).view(np.int32)
    return Calendars(_numbers(table, "urn"), _bytes(table, "state", slots.width), received)


def write_changes(path: Path, slots: Slots, changes: Changes) -> None:
    columns = {name: getattr(changes, name) for name in ("urn", "day", "session", "before", "after", "load")}
    _write(path, columns | {"pupil": fixed(changes.pupil)}, slots)


def read_changes(path: Path) -> Changes:
    table, _ = _read(path)
    plain = {name: values_of(table.column(name)).copy() for name in ("urn", "day", "session", "before", "after", "load")}
    return Changes(pupil=_bytes(table, "pupil", KEY), **plain)


def _write(path: Path, columns: dict[str, Any], slots: Slots) -> None:
    """Beside its place first, and read back: a file that is named later must be whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    facts = {"year": str(slots.year), "weeks": list(slots.weeks), "days": slots.days}
    whole = {name: column_of(column) if isinstance(column, np.ndarray) else column for name, column in columns.items()}
    table = pa.table(whole).replace_schema_metadata({FACTS: json.dumps(facts).encode()})
    partial = private_files.partial_of(path)
    plain = [name for name in table.column_names if pa.types.is_dictionary(table.schema.field(name).type)]
    pq.write_table(table, partial, compression="zstd", compression_level=LEVEL, row_group_size=ROWS, use_dictionary=plain)
    if pq.read_metadata(partial).num_rows != table.num_rows:
        raise OSError("what was written is not what was read")
    private_files.put_in_place(partial, path)


def _read(path: Path, without: str = "") -> tuple["pa.Table", Slots]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:  # `read_table` would import pandas, which takes as long as a city's year
        table = file.read([name for name in file.schema_arrow.names if name != without])
        return table, slots_of(file.schema_arrow.metadata)


def _marks(path: Path, rows: int, width: int) -> Bytes:
    """Shape (rows, width): a row group at a time into its place, each thread from its own opening of the file."""
    import pyarrow.parquet as pq

    marks = np.empty((rows, width), np.uint8)
    groups = -(-rows // ROWS) if width else 0

    def read(first: int) -> None:
        with pq.ParquetFile(path, memory_map=True) as file:
            starts = np.cumsum([0, *(file.metadata.row_group(at).num_rows for at in range(file.num_row_groups))]).tolist()
            for at in range(first, file.num_row_groups, THREADS):
                chunk = file.read_row_group(at, ["marks"], use_threads=False).column(0).combine_chunks()
                marks[starts[at] : starts[at + 1]] = fixed_bytes(chunk, width)

    if groups > 1:
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(read, range(THREADS)))
    elif groups:
        for first in range(THREADS):
            read(first)
    return marks


def slots_of(metadata: dict[bytes, bytes]) -> Slots:
    facts = json.loads(metadata[FACTS])
    return Slots(AcademicYear.parse(facts["year"]), tuple(facts["weeks"]), facts["days"])


def _words(rows: Enrolments, name: str) -> "pa.DictionaryArray":
    """As it was read, where nobody has given other texts since: a day's marks change none."""
    texts, column = rows.coded.get(name, (None, None))
    return column if texts is rows.texts[name] else words_of(rows.texts[name])


def _texts(table: "pa.Table", name: str) -> NDArray[np.str_]:
    return _coded(table, name)[0]


def _coded(table: "pa.Table", name: str) -> tuple[NDArray[np.str_], "pa.DictionaryArray"]:
    """A column of few distinct texts, each made once; and the column as it is."""
    column = table.column(name).combine_chunks()
    found = column if hasattr(column, "dictionary") else column.dictionary_encode()
    texts = np.array(found.dictionary.to_pylist(), np.str_)[values_of(found.indices)] if len(found) else np.empty(0, np.str_)
    return texts, found


def _numbers(table: "pa.Table", name: str) -> NDArray[np.int32]:
    found: NDArray[np.int32] = values_of(table.column(name)).astype(np.int32)
    return found


def _bytes(table: "pa.Table", name: str, width: int) -> Bytes:
    """Shape (n, width), as the file has it."""
    chunks = [fixed_bytes(chunk, width) for chunk in table.column(name).chunks]
    return np.concatenate(chunks) if chunks else np.empty((0, width), np.uint8)


def fixed_bytes(chunk: "pa.Array", width: int) -> Bytes:
    whole = np.frombuffer(chunk.buffers()[1], np.uint8)
    return whole[chunk.offset * width : (chunk.offset + len(chunk)) * width].reshape(-1, width)
