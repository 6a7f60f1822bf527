"""What the checks look at: one landed table with its places, years and columns, each worked out once when asked for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headway.definitions.loading import Library
from headway.definitions.schemas import SourceTable
from headway.sources import rows
from headway.sources.landing import Landing, year_rule
from headway.sources.screening.columns_used import Use, marked_columns, value_uses
from headway.sources.screening.numbers import Brief, brief, column_briefs
from headway.sources.screening.result import CheckResult
from headway.store import engine
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    import duckdb

Check = Callable[["Subject"], list[CheckResult]]
KEPT_BRIEFS = 24
_briefs: dict[tuple[str, tuple[str, ...]], dict[str, Brief]] = {}


def kept_briefs(path: Path, columns: list[str]) -> dict[str, Brief]:
    """Briefs of a file by its identity: last year's is asked for again when this year's comes."""
    identity = path.name.lstrip(".").split(".")[0]
    key = (identity, tuple(columns))
    if key not in _briefs:
        while len(_briefs) >= KEPT_BRIEFS:
            _briefs.pop(next(iter(_briefs)))
        _briefs[key] = column_briefs(path, columns)
    return _briefs[key]


@dataclass
class Subject:
    """A landing as the checks see it. Close it when the screening ends."""

    landing: Landing
    library: Library
    earlier: list[LandedFile]
    _con: "duckdb.DuckDBPyConnection | None" = field(default=None, repr=False)

    @property
    def definition(self) -> SourceTable:
        return self.landing.recognised.definition

    @property
    def name(self) -> str:
        return Path(self.landing.source_path).name

    @cached_property
    def actual(self) -> dict[str, str]:
        """Column names as landed, by their lower case."""
        return {name.lower(): name for name in self.landing.columns}

    @cached_property
    def uses(self) -> list[Use]:
        return [use for use in value_uses(self.library, self.definition.id) if use.column in self.actual]

    @cached_property
    def marked(self) -> list[str]:
        return [self.actual[name] for name in marked_columns(self.library, self.definition.id) if name in self.actual]

    @cached_property
    def briefs(self) -> dict[str, Brief]:
        """Each measured column in brief, by its name in lower case."""
        return {name.lower(): found for name, found in kept_briefs(self.landing.cells, self.marked).items()}

    def ask(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Rows from the table `located` (row, level, place, authority, year): Headway's own SQL, never a person's text."""
        if self._con is None:
            self._con = self._located()
        found: list[tuple[Any, ...]] = self._con.execute(sql, values or []).fetchall()
        return found

    def _located(self) -> "duckdb.DuckDBPyConnection":
        con, backend = engine.passing()
        table = backend.read_parquet(str(self.landing.cells))
        found, layout = self.definition, self.landing.recognised.layout
        at = rows.level(table, found, layout)
        authority = rows.cell(table, found.key.get("authority", "LEA")).re_replace(r"\.0$", "")
        where = rows.place(table, found, self.library, at)
        expression = table.select(
            "row", level=at, place=where, authority=authority, year=rows.first_year(table, found, layout, self.landing.year)
        )
        con.execute(f"CREATE OR REPLACE TEMP TABLE located AS {backend.compile(expression)}")
        return con

    def close(self) -> None:
        if self._con is not None:
            self._con.execute("DROP TABLE IF EXISTS located")
            self._con = None

    @cached_property
    def levels(self) -> dict[str, int]:
        return {str(level): int(count) for level, count in self.ask("SELECT level, count(*) FROM located GROUP BY level")}

    @cached_property
    def years(self) -> Counter[int]:
        """Rows by the year that they are of, by its start; rows that name no one year are left out."""
        return Counter(
            {int(year): int(count) for year, count in self.ask("SELECT year, count(*) FROM located WHERE year IS NOT NULL GROUP BY year")}
        )

    @property
    def years_from_rows(self) -> bool:
        return bool(year_rule(self.landing.recognised).column)

    @cached_property
    def year(self) -> int | None:
        """The one year of the whole table, or None."""
        if self.landing.year:
            return self.landing.year.start
        return next(iter(self.years)) if len(self.years) == 1 else None

    @cached_property
    def schools(self) -> int:
        """How many schools there are, by their URNs; tables of before 2010 give none."""
        return int(self.ask("SELECT count(DISTINCT place) FROM located WHERE level = 'school' AND place <> ''")[0][0])

    def coded(self, use: Use) -> dict[str, Brief]:
        """A series' values in brief by code: only for codes that some measure asks for."""
        codes = sorted({code for other in self.uses for code in other.codes})
        by, value = engine.named(self.actual[use.by]), engine.named(self.actual[use.column])
        self.ask("SELECT 1")
        sql = f"SELECT {by}, {value}, count(*) FROM read_parquet(?) WHERE list_contains(?, {by}) GROUP BY ALL"
        texts: dict[str, Counter[str]] = {}
        for code, text, count in self.ask(sql, [str(self.landing.cells), codes]):
            texts.setdefault(code, Counter())[text] += count
        return {code: brief(found) for code, found in texts.items()}

    @cached_property
    def series(self) -> dict[str, Brief]:
        use = next((use for use in self.uses if use.by in self.actual), None)
        return self.coded(use) if use else {}

    def judged(self) -> list[tuple[Use, str, Brief]]:
        """Each value that a measure reads in this year: its use, what to call it, its numbers in brief."""
        found: list[tuple[Use, str, Brief]] = []
        for use in self.uses:
            if not use.holds(self.year):
                continue
            if use.by:
                found.extend((use, code, self.series[code]) for code in use.codes if code in self.series)
            else:
                found.append((use, self.actual[use.column], self.briefs[use.column]))
        return found

    @cached_property
    def sisters(self) -> list[LandedFile]:
        """Files of the same table landed before, those of the nearest year first."""
        found = [
            file for file in self.earlier if file.table == self.definition.id and file.path != self.landing.cells and file.path.exists()
        ]
        return sorted(found, key=lambda file: (abs((file.year.start if file.year else 0) - (self.year or 0)), file.landed_at))
