"""The texts that measures ask of a landed file: one row for each wanted measure, cut and row of the file.

Texts of all files are gathered first and cleaned together (readings.clean): an expression costs as much to
put together as a small file costs to read.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.supplies import Want, wants
from headway.definitions.loading import Library
from headway.sources import rows
from headway.store.landed import LandedFile
from headway.vocabulary.status import Release

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

PARTS = ("value", "numerator", "denominator", "lower", "upper")
ABSENT = "\x01"  # stands for a part that the source does not have; no file holds it
SCHEMA = ibis.schema(
    {
        "row": "int64", "level": "string", "place": "string", "phase_cut": "string", "first_year": "int64", "own_cut": "string",
        **dict.fromkeys(PARTS, "string"), "want": "int64", "file_id": "string",
    }
)  # fmt: skip


@dataclass
class Wanted:
    """Every want of a build by its number, which is its place in the list."""

    listed: list[Want] = field(default_factory=list)

    def numbered(self, asked: list[Want]) -> list[tuple[int, Want]]:
        first = len(self.listed)
        self.listed.extend(asked)
        return list(enumerate(asked, first))

    def facts(self) -> "pa.Table":
        """What cleaning needs to know of each want."""
        import pyarrow as pa

        said = [
            {
                "want": number, "measure": want.measure.id, "cut": want.cut, "percent": want.measure.unit == "percent", "first": want.first,
                "last": want.last, "years_back": want.columns.years_back, "scale": want.columns.scale, "levels": " ".join(want.levels),
                "formula": want.formula or "", "unfilled_at": unfilled_at(want),
            }
            for number, want in enumerate(self.listed)
        ]  # fmt: skip
        kinds = {"want": pa.int64(), "measure": pa.string(), "cut": pa.string(), "percent": pa.bool_(), "first": pa.int64()}
        kinds |= {"last": pa.int64(), "years_back": pa.int64(), "scale": pa.float64(), "levels": pa.string(), "formula": pa.string()}
        kinds |= {"unfilled_at": pa.string()}
        return pa.Table.from_pylist(said, schema=pa.schema(list(kinds.items())))


def unfilled_at(want: Want) -> str:
    """|2015:0|2016:0|: in which years which text is no figure; empty where every text counts."""
    said = [f"{year.start}:{one.holds}" for one in want.unfilled for year in one.years]
    return f"|{'|'.join(said)}|" if said else ""


def file_facts(files: list[LandedFile]) -> "pa.Table":
    """What cleaning needs to know of each file."""
    import pyarrow as pa

    said = [
        {
            "file_id": file.id, "table": file.table, "release": str(file.release), "firmness": file.release.rank, "prefer": file.prefer,
            "landed_at": file.landed_at, "early": file.release is Release.EARLY,
        }
        for file in files
    ]  # fmt: skip
    kinds = {"file_id": pa.string(), "table": pa.string(), "release": pa.string(), "firmness": pa.int16(), "prefer": pa.int16()}
    return pa.Table.from_pylist(said, schema=pa.schema([*kinds.items(), ("landed_at", pa.string()), ("early", pa.bool_())]))


def marker_facts(library: Library) -> "pa.Table":
    """table, marker in lower case, status: the common markers with each table's own over them."""
    import pyarrow as pa

    said = [
        {"table": name, "said": marker.lower(), "state": str(state)}
        for name, definition in library.tables.items()
        for marker, state in {**library.markers, **definition.markers}.items()
    ]
    return pa.Table.from_pylist(said, schema=pa.schema([("table", pa.string()), ("said", pa.string()), ("state", pa.string())]))


def alike(files: list[LandedFile]) -> list[list[LandedFile]]:
    """Files of one table, layout and columns together, ten years of one publication among them."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[LandedFile]] = {}
    for file in files:
        groups.setdefault((file.table, file.layout, file.columns), []).append(file)
    return list(groups.values())


def texts(table: "Table", file: LandedFile, library: Library, wanted: Wanted) -> "Table | None":
    """The texts of landed files that are alike, in the columns of SCHEMA; None when no measure uses them.

    `table` holds their cells as store.tables.cells_together gives them; `file` is any of them. Rows without
    a level, a place or a year give none.
    """
    asked = wants(library, file)
    if not asked:
        return None
    numbered = wanted.numbered(asked)
    definition = library.tables[file.table]
    layout = next(layout for layout in definition.layouts if layout.name == file.layout)
    if all(want.columns.where for want in asked):
        table = table.filter(reduce(or_, (_keeps(table, want) for want in asked)))  # before anything costlier is asked of a row
    at = rows.level(table, definition, layout)
    own_cut = rows.cell(table, definition.own_columns.cut).lower().replace(" ", "") if definition.own_columns else ibis.literal("")
    where = {
        "level": at,
        "place": rows.place(table, definition, library, at),
        "phase_cut": rows.phase_cut(table, definition, layout, at),
        "first_year": rows.first_year(table, definition, layout, table.given_year),
        "own_cut": own_cut,
        "file_id": table.of_file,
    }
    long = _series(table, numbered, where) if definition.kind == "series" else _wide(table, numbered, where)
    kept = long.filter(long.level != "", long.place != "", long.first_year.notnull())
    return kept.cast(dict(SCHEMA.items())).select(*SCHEMA.names)


def _wide(table: "Table", numbered: list[tuple[int, Want]], where: dict[str, Any]) -> "Table":
    """Each row once for each want: an array of structs, so that the file is read once."""
    cells = ibis.array([ibis.struct({**_parts(table, want), "keep": _keeps(table, want), "want": number}) for number, want in numbered])
    long = table.select("row", **where, cells=cells)
    long = long.mutate(cell=long.cells.unnest()).drop("cells")
    named = long.select("row", *where, **{name: long.cell[name] for name in long.cell.names})
    return named.filter(named.keep)


def _series(table: "Table", numbered: list[tuple[int, Want]], where: dict[str, Any]) -> "Table":
    """A long series table holds hundreds of codes: join those that some measure asks for, by the code's column."""
    import pyarrow as pa

    column = next(iter(numbered[0][1].columns.where))
    asked = [{"code": code, "want": number} for number, want in numbered for code in want.columns.where.get(column, ())]
    codes = ibis.memtable(pa.Table.from_pylist(asked, schema=pa.schema([("code", pa.string()), ("want", pa.int64())])))
    coded = table.select("row", **where, **_parts(table, numbered[0][1]), code=rows.cell(table, column))
    return coded.inner_join(codes, "code").drop("code")


def _parts(table: "Table", want: Want) -> dict[str, Any]:
    return {part: rows.cell(table, getattr(want.columns, part)) if getattr(want.columns, part) else ibis.literal(ABSENT) for part in PARTS}


def _keeps(table: "Table", want: Want) -> Any:
    keep: Any = ibis.literal(True)
    for column, allowed in want.columns.where.items():
        keep = keep & rows.cell(table, column).isin(list(allowed))
    return keep
