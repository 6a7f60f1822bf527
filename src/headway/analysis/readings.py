"""Turns landed cells into readings: one row for each measure, place, year and cut that a file supplies."""

from typing import TYPE_CHECKING, Any

import ibis

from headway.analysis.supplies import Want, wants
from headway.definitions.loading import Library
from headway.sources import rows
from headway.store.landed import LandedFile
from headway.vocabulary.status import Release, Status

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

# Candidates hold every release of every cell; `best` keeps the newest and firmest of each.
SCHEMA = ibis.schema(
    {
        "level": "string", "place": "string", "measure": "string", "year": "int16", "cut": "string",
        "value": "float64", "numerator": "float64", "denominator": "float64", "lower": "float64", "upper": "float64",
        "status": "string", "marker": "string", "release": "string", "firmness": "int16", "prefer": "int16",
        "landed_at": "string", "table": "string", "file_id": "string", "row": "int64",
    }
)  # fmt: skip
PARTS = ("value", "numerator", "denominator", "lower", "upper")
ABSENT = "\x01"


def candidates(table: "Table", file: LandedFile, library: Library, formula: str | None = None) -> "Table | None":
    """The readings of one landed file, in the columns of SCHEMA; None when no measure uses it.

    `table` is the file's Parquet as text cells. Rows without a level, a place or a year give none. With a
    formula: what that formula starts from, with the source's amount as the value.
    """
    definition = library.tables[file.table]
    layout = next(layout for layout in definition.layouts if layout.name == file.layout)
    wanted = [want for want in wants(library, file) if want.formula == formula]
    if not wanted:
        return None
    at = rows.level(table, definition, layout)
    where = {
        "level": at,
        "place": rows.place(table, definition, library, at),
        "phase_cut": rows.phase_cut(table, definition, layout, at),
        "first_year": rows.first_year(table, definition, layout, file.year),
    }
    named = _series(table, wanted, where) if definition.kind == "series" else _wide(table, wanted, where)
    if definition.own_columns:
        named = _own_cuts(named, table, definition.own_columns.cut)
    kept = named.filter(named.keep, named.level != "", named.place != "", named.first_year.notnull())
    kept = kept.mutate(year=kept.first_year - kept.years_back)
    kept = kept.filter(kept.year.between(kept.first, kept.last), kept.levels.contains(kept.level))
    markers = {**library.markers, **definition.markers}
    return _clean(kept, {mark.lower(): state for mark, state in markers.items()}, file).cast(SCHEMA).select(*SCHEMA.names)


def _wide(table: "Table", wanted: list[Want], where: dict[str, Any]) -> "Table":
    """Each row once for each wanted measure and cut: an array of structs, so that the file is read once."""
    cells = ibis.array([ibis.struct({**_texts(table, want), "keep": _keeps(table, want), **_facts(want)}) for want in wanted])
    long = table.select("row", **where, cells=cells)
    long = long.mutate(cell=long.cells.unnest()).drop("cells")
    return long.select("row", *where, **{name: long.cell[name] for name in long.cell.names})


def _series(table: "Table", wanted: list[Want], where: dict[str, Any]) -> "Table":
    """A long series table holds hundreds of codes: join those that some measure asks for, by the code's column."""
    import pyarrow as pa

    column = next(iter(wanted[0].columns.where))
    asked = [{"code": code, "facts": _plain_facts(want)} for want in wanted for code in want.columns.where.get(column, ())]
    facts = ibis.memtable(pa.Table.from_pylist([{"code": item["code"], **item["facts"]} for item in asked]))  # type: ignore[dict-item]
    coded = table.select("row", **where, **_texts(table, wanted[0]), keep=ibis.literal(True), code=rows.cell(table, column))
    return coded.inner_join(facts, "code").drop("code")


def _own_cuts(named: "Table", table: "Table", column: str) -> "Table":
    """The cut that each row names itself; a row whose cut is not written as one gives no reading."""
    own = table.select("row", own_cut=rows.cell(table, column).lower().replace(" ", ""))
    joined = named.inner_join(own, "row").mutate(cut=ibis.ifelse(ibis._.own_cut == "", "all", ibis._.own_cut))
    return joined.filter(joined.cut.re_search(r"^(all|[a-z0-9_]+=[a-z0-9_]+(&[a-z0-9_]+=[a-z0-9_]+)*)$")).drop("own_cut")


def _texts(table: "Table", want: Want) -> dict[str, Any]:
    """The raw text of each part; a part that the source does not have is marked with a character no file holds."""
    return {part: rows.cell(table, getattr(want.columns, part)) if getattr(want.columns, part) else ibis.literal(ABSENT) for part in PARTS}


def _keeps(table: "Table", want: Want) -> Any:
    keep: Any = ibis.literal(True)
    for column, allowed in want.columns.where.items():
        keep = keep & rows.cell(table, column).isin(list(allowed))
    return keep


def _plain_facts(want: Want) -> dict[str, Any]:
    return {
        "measure": want.measure.id,
        "cut": want.cut,
        "percent": want.measure.unit == "percent",
        "first": want.first,
        "last": want.last,
        "years_back": want.columns.years_back,
        "scale": want.columns.scale,
        "levels": " ".join(want.levels),
    }


def _facts(want: Want) -> dict[str, Any]:
    return {
        name: ibis.literal(value, type="int64") if type(value) is int else ibis.literal(value) for name, value in _plain_facts(want).items()
    }


def number(text: "StringValue") -> Any:
    """A published cell as a number: 63.9%, £45,884 and -0.49 are; markers, NaN and infinities are not."""
    plain = text.replace("%", "").replace("£", "").replace(",", "")
    value = plain.try_cast("float64")
    return ibis.ifelse(plain.re_search(r"^[-+]?[0-9.]"), value, None)


def _clean(table: "Table", markers: dict[str, Status], file: LandedFile) -> "Table":
    """Texts to numbers and states. A state that withholds takes its counts and limits with it."""
    table = table.mutate(**{f"{part}_number": number(table[part]) for part in PARTS})
    absent = table.value == ABSENT
    if file.release is Release.EARLY:  # an area's own rows may give the counts alone
        absent = absent | ((table.value == "") & table.denominator_number.notnull())
    worked = ibis.ifelse(table.denominator_number > 0, table.numerator_number / table.denominator_number, None)
    value = ibis.ifelse(absent, worked * ibis.ifelse(table.percent, 100.0, 1.0), table.value_number) * table.scale
    said = ibis.ifelse(absent, ibis.ifelse(table.numerator_number.isnull(), table.numerator, table.denominator), table.value)
    table = table.mutate(value=value, said=said)
    state = table.said.lower().substitute({mark: str(status) for mark, status in markers.items()}, else_=str(Status.MISSING))
    table = table.mutate(
        status=ibis.ifelse(table.value.notnull(), str(Status.PUBLISHED), state), marker=ibis.ifelse(table.value.notnull(), "", table.said)
    )
    open_counts = ~table.status.isin([str(Status.SUPPRESSED), str(Status.LOW_COUNT)])
    cuts = ibis.cases(
        (table.phase_cut == "all", table.cut), (table.cut == "all", table.phase_cut), else_=_joined(table.cut, table.phase_cut)
    )
    counts = {part: ibis.ifelse(open_counts, table[f"{part}_number"], None) for part in PARTS if part != "value"}
    return table.mutate(
        **counts,
        cut=cuts,
        release=ibis.literal(str(file.release)),
        firmness=ibis.literal(file.release.rank),
        prefer=ibis.literal(file.prefer),
        landed_at=ibis.literal(file.landed_at),
        table=ibis.literal(file.table),
        file_id=ibis.literal(file.id),
    )


def _joined(first: Any, second: Any) -> Any:
    """Two cuts as one, parts in order, as vocabulary.cut.parse_cut writes them."""
    return ibis.ifelse(first < second, first + "&" + second, second + "&" + first)


def best(candidate: "Table") -> "Table":
    """Of each cell the reading to show: the firmest release; of equals the preferred layout, then the newest landed.

    A cell with a number beats one without in an equally firm release: a file of one authority fills what a
    trimmed national file left blank.
    """
    order = [
        candidate.firmness.desc(),
        candidate.value.isnull().asc(),
        candidate.prefer.desc(),
        candidate.denominator.isnull().asc(),
        candidate.landed_at.desc(),
        candidate.file_id.asc(),
        candidate.row.asc(),
    ]
    window = ibis.window(group_by=["level", "place", "measure", "year", "cut"], order_by=order)
    ranked = candidate.mutate(place_in_line=ibis.row_number().over(window))
    return ranked.filter(ranked.place_in_line == 0).drop("place_in_line")
