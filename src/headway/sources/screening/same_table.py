"""The same table in another container: the csv, the workbook and the Parquet of one release land once."""

from headway.definitions.loading import Library
from headway.sources.landing import Landing
from headway.sources.screening.columns_used import marked_columns
from headway.sources.screening.likeness import plain
from headway.store import engine
from headway.store.landed import LandedFile


def same_table(landing: Landing, library: Library, earlier: list[LandedFile]) -> LandedFile | None:
    """The landed file of the same year and release whose keys and measured cells are all the same, if any.

    Only files with as many rows are looked at, so that it costs nothing where there is none.
    """
    definition = landing.recognised.definition
    for file in earlier:
        alike = (file.table, file.rows, file.release, file.year) == (definition.id, landing.rows, landing.release, landing.year)
        if alike and file.path.exists() and {name.lower() for name in file.columns} == {name.lower() for name in landing.columns}:
            keys = [*definition.key.values(), *marked_columns(library, definition.id)]
            mine = fingerprint(str(landing.cells), landing.columns, keys)
            if mine == fingerprint(str(file.path), list(file.columns), keys):
                return file
    return None


def fingerprint(path: str, columns: list[str], keys: list[str]) -> tuple[int, ...]:
    """Of the key and measured columns, else of all: the sum of the rows' hashes, so that their order does not matter."""
    actual = {name.lower(): name for name in columns}
    chosen = list(dict.fromkeys(actual[key.lower()] for key in keys if key.lower() in actual)) or columns
    cells = ", ".join(plain(engine.named(name)) for name in sorted(chosen, key=str.lower))
    con, _ = engine.passing()
    [row] = con.execute(f"SELECT count(*), sum(hash({cells})::HUGEINT), bit_xor(hash({cells})) FROM read_parquet(?)", [path]).fetchall()
    return tuple(int(value or 0) for value in row)
