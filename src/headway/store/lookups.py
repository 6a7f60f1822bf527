"""Point look-ups in one open snapshot: the few questions that pages ask, as prepared SQL over sorted tables."""

import json
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headway.store import engine, packed
from headway.store.landed import LandedFile
from headway.store.snapshots import LAYOUT, Snapshot
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

PLAIN = (
    "level, place, measure, year, cut, value, numerator, denominator, lower, upper, "
    'status, marker, release, "table", file_id, "row", position, position_of'
)
EARLY = PLAIN.replace("position, position_of", "NULL, NULL")
BLOCK = 256  # packed rows asked for and kept together
MOST_KEPT = 96 * 1024**2  # bytes: England's schools are some 60 million
CELL = "level = ? AND place = ? AND measure = ? AND year = ? AND cut = ?"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Packed:
    """Everything of one place: readings in the columns of PLAIN, judgements in those of `packed.JUDGED`."""

    readings: list[Row]
    inspections: list[Row]


class Lookup:
    """An open snapshot. One connection a thread; each is a cursor of the first."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Raises H-STORE-10 for a snapshot that another version of Headway made."""
        self.snapshot = snapshot
        self._first = engine.reading(snapshot.path)
        self._local = threading.local()
        self.tables = {row[0] for row in self._first.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        self.facts: dict[str, Any] = {
            key: json.loads(value) for key, value in self._first.execute("SELECT name, value FROM facts").fetchall()
        }
        if self.facts.get("layout") != LAYOUT:
            raise HeadwayError(
                "H-STORE-10",
                f"Snapshot {snapshot.id} was made by another version of Headway.",
                "Its tables are not those that this version reads. What was loaded is all there.",
                "Make it anew from the files that were loaded: headway build, then headway publish.",
            )
        self.codes = packed.codes(self._first)
        self._blocks: dict[int, list[Row]] = {}
        self._bytes = 0

    def rows(self, sql: str, values: list[Any] | None = None) -> list[Row]:
        con: duckdb.DuckDBPyConnection | None = getattr(self._local, "con", None)
        if con is None:
            con = self._local.con = self._first.cursor()
        found: list[Row] = con.execute(sql, values or []).fetchall()
        return found

    def columns(self, sql: str, values: list[Any] | None = None) -> "dict[str, NDArray[Any]]":
        """The same for whole columns, for questions about every school at once: numbers with NaN or masked where there is none."""
        found: dict[str, NDArray[Any]] = self._first.cursor().execute(sql, values or []).fetchnumpy()
        return found

    def close(self) -> None:
        self._first.close()

    def readings(
        self, *, early: bool, level: str, where: str = "", values: list[Any] | None = None, order: str = "place, measure, cut, year"
    ) -> list[Row]:
        """Readings of one level as rows of PLAIN; `early` adds unvalidated ones where nothing firmer exists.

        `where` is a condition written by Headway's own code, with ? for `values`; never a person's text.
        """
        condition = f"level = ?{' AND ' + where if where else ''}"
        given = [level, *(values or [])]
        sql = f"SELECT {PLAIN} FROM reading WHERE {condition}"
        if early:
            sql += f" UNION ALL SELECT {EARLY} FROM early_reading WHERE {condition}"
            given = given * 2
        found = self.rows(f"{sql} ORDER BY {order}", given)
        return _firmest(found) if early else found

    def of_places(self, level: str, places: list[str], *, early: bool) -> list[Packed]:
        """Everything of each of these places, from their packed rows. Readings are as `readings` gives them."""
        return [self._of_place(level, place, early) for place in places]

    def _of_place(self, level: str, place: str, early: bool) -> Packed:
        found = Packed([], [])
        lines = [self._packed[key] for key in ((level, place, False), (level, place, True))[: 1 + early] if key in self._packed]
        for line in lines:
            blob, told = self._block(line // BLOCK)[line % BLOCK]
            found.readings.extend(packed.unpack(level, place, blob, self.codes) if blob else ())
            found.inspections.extend(packed.unpack_inspections(told) if told else ())
        return Packed(_firmest(found.readings), found.inspections) if len(lines) > 1 else found

    def _block(self, number: int) -> list[Row]:
        """BLOCK packed rows that lie together, kept: one costs about as much to ask for as all, and whoever looks at a school looks at
        its neighbours, whose numbers are near."""
        if number not in self._blocks:
            first = number * BLOCK
            rows = self.rows(
                "SELECT readings, inspections FROM packed WHERE rowid >= ? AND rowid < ? ORDER BY rowid", [first, first + BLOCK]
            )
            self._bytes += sum(len(blob or b"") + len(told or b"") for blob, told in rows)
            if self._bytes > MOST_KEPT:
                self._blocks, self._bytes = {}, 0
            self._blocks[number] = rows
            return rows
        return self._blocks[number]

    @cached_property
    def _packed(self) -> dict[tuple[str, str, bool], int]:
        """Where each place's packed row lies: a row found by its number costs half of one found by its place."""
        return {(level, place, early): line for line, level, place, early in self.rows("SELECT rowid, level, place, early FROM packed")}

    def of_authority(self, *, early: bool, authority: str, where: str = "", values: list[Any] | None = None) -> list[Row]:
        """Readings of an authority's schools, each year by the schools that were its own in that year."""
        condition = f"level = 'school' AND authority = ?{' AND ' + where if where else ''}"
        found = self.rows(f"SELECT {PLAIN} FROM reading WHERE {condition} ORDER BY place, measure, cut, year", [authority, *(values or [])])
        if not early:
            return found
        members = "place IN (SELECT urn::VARCHAR FROM establishment WHERE authority = ?)"
        sql = f"SELECT {EARLY} FROM early_reading WHERE level = 'school' AND {members}{' AND ' + where if where else ''}"
        return _firmest(found + self.rows(sql, [authority, *(values or [])]))

    def of_release(self, release: str, *, level: str, where: str, values: list[Any]) -> list[Row]:
        """Readings as one release had them, whether or not a firmer one has taken their place since."""
        condition, given = f"level = ? AND {where} AND release = ?", [level, *values, release]
        found = self.rows(f"SELECT {PLAIN} FROM reading WHERE {condition}", given)
        found += self.rows(f"SELECT {EARLY} FROM early_reading WHERE {condition}", given)
        found += self.rows(f"SELECT {EARLY} FROM vintage WHERE {condition} ORDER BY value IS NULL, landed_at DESC, file_id", given)
        kept: dict[tuple[Any, ...], Row] = {}
        for row in found:
            kept.setdefault(row[:5], row)
        return sorted(kept.values(), key=_by_place)

    def vintages(self, level: str, place: str, measure: str, year: int, cut: str) -> list[Row]:
        """The same cell in every release and file, firmest and newest first: its rivals, or else the only one there is."""
        cell = [level, place, measure, year, cut]
        found = self.rows(f"SELECT {EARLY} FROM vintage WHERE {CELL} ORDER BY firmness DESC, landed_at DESC", cell)
        if found:
            return found
        return self.rows(f"SELECT {EARLY} FROM reading WHERE {CELL} UNION ALL SELECT {EARLY} FROM early_reading WHERE {CELL}", cell * 2)

    def files(self) -> dict[str, LandedFile]:
        """The landed files that the snapshot was built from, by id."""
        from headway.store.landed import from_manifest

        return {row[0]: from_manifest(row[1], Path()) for row in self.rows("SELECT id, manifest FROM file")}


def _firmest(rows: list[Row]) -> list[Row]:
    """An early result stands only where the same cell has no firmer value."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = row[:5]
        if key not in kept or (kept[key][5] is None and row[5] is not None):
            kept[key] = row
    return sorted(kept.values(), key=_by_place)


def _by_place(row: Row) -> tuple[Any, ...]:
    """place, measure, cut, year"""
    return row[1], row[2], row[4], row[3]
