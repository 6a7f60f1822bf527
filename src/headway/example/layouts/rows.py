"""Rows of several levels in one file, as the performance tables hold them: schools, authorities, then England twice."""

from dataclasses import dataclass

import numpy as np

from headway.example.attainment import Outcome
from headway.example.cohorts import cut, with_areas
from headway.example.intake import Year
from headway.example.writing import Column, marked, text

Array = np.ndarray
SMALLEST = 6  # a cohort below this is suppressed


@dataclass(frozen=True)
class Levels:
    """Which RECTYPE the areas have in a table: key stage 2 and the others differ."""

    authority: str
    state: str
    all: str


class Rows:
    """One stage's cells over schools and areas, and their text. Areas are never suppressed: they are the true sums."""

    def __init__(self, year: Year, outcome: Outcome, levels: Levels) -> None:
        self.year, self.outcome, self.levels = year, outcome, levels
        self.rows = outcome.rows
        self.schools = len(outcome.rows)
        self.counts = self._areas(outcome.counts)
        self.cells = {name: self._areas(cells) for name, cells in (outcome.reached | outcome.sums).items()}
        self.units = len(self.counts)
        self.is_school = np.arange(self.units) < self.schools
        self._sizes: dict[str, Array] = {}

    def _areas(self, cells: Array) -> Array:
        return with_areas(cells, self.year.authority[self.rows], self.year.authorities, self.year.state[self.rows])

    def size(self, of: str = "all") -> Array:
        if of not in self._sizes:
            self._sizes[of] = cut(self.counts, of)
        return self._sizes[of]

    def rate(self, name: str, of: str = "all") -> Array:
        """A sum over its cohort; NaN for nobody."""
        size = self.size(of)
        result: Array = np.where(size > 0, cut(self.cells[name], of) / np.maximum(size, 1), np.nan)
        return result

    def number(self, of: str = "all") -> Array:
        return text(self.size(of).astype(float))

    def share(self, of: str) -> Array:
        whole = self.size()
        return text(np.where(whole > 0, 100 * self.size(of) / np.maximum(whole, 1), np.nan), suffix="%")

    def percent(self, name: str, of: str = "all", nobody: str = "") -> Array:
        return self.hidden(text(100 * self.rate(name, of), suffix="%"), of, nobody)

    def points(self, name: str, of: str = "all", places: int = 1, trim: bool = False, nobody: str = "") -> Array:
        return self.hidden(text(self.rate(name, of), places, trim=trim), of, nobody)

    def interval(
        self, name: str, spread: float, of: str = "all", places: int = 1, trim: bool = True, nobody: str = "NA"
    ) -> tuple[Array, Array, Array]:
        """Value, lower and upper bound at 95 %; areas too, whose bounds are close."""
        rate = self.rate(name, of)
        margin = 1.96 * spread / np.sqrt(np.maximum(self.size(of), 1))
        parts = (rate, rate - margin, rate + margin)
        return tuple(self.hidden(text(part, places, trim=trim), of, nobody) for part in parts)  # type: ignore[return-value]

    def hidden(self, column: Array, of: str, nobody: str) -> Array:
        size = self.size(of)
        column = marked(column, size == 0, nobody)
        return marked(column, self.is_school & (size > 0) & (size < SMALLEST), "SUPP")

    def identity(self) -> dict[str, Column]:
        """RECTYPE, authority, establishment number, URN and name of every row."""
        year, site = self.year, self.year.site[self.rows]
        special = year.sites.is_kind("special", "pru")[site]
        codes = [one.code for one in year.country.authorities]
        blank = [""] * (year.authorities + 2)
        return {
            "RECTYPE": [*np.where(special, "2", "1").tolist(), *[self.levels.authority] * len(codes), self.levels.state, self.levels.all],
            "LEA": [*(codes[a] for a in year.authority[self.rows]), *codes, "", ""],
            "ESTAB": [*map(str, year.sites.estab[site]), *blank],
            "URN": [*map(str, year.urn[self.rows]), *blank],
            "SCHNAME": [*(year.sites.name[s] for s in site), *blank],
        }

    def schools_only(self, column: list[str] | Array) -> list[str]:
        return [*column, *[""] * (self.units - self.schools)]
