"""Gathers the areas' figures of every year, as the Local Authority Interactive Tool publishes them."""

from collections.abc import Sequence

import numpy as np

from headway.example.places import REGIONS, Country
from headway.example.writing import Folder, text

Array = np.ndarray
REGION_NUMBERS = ("980", "981", "982", "983")  # places of regions in the published file; the names are ours
ENGLAND_NUMBER = "970"


class Series:
    """Rows of the long table. Give sums over authorities; regions and England are added up here, never averaged."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.regions = country.region_of()
        self.rows: list[Sequence[object]] = []
        self.titles: dict[str, str] = {}
        self.kept: dict[tuple[str, int], Array] = {}

    def areas(self, values: Array) -> Array:
        """Authorities, then regions, then England, of sums over authorities."""
        regions = np.bincount(self.regions, weights=values, minlength=len(REGIONS))
        return np.concatenate([values, regions, [values.sum()]])

    def ratio(
        self,
        code: str,
        year: int,
        top: Array,
        bottom: Array,
        *,
        places: int = 1,
        scale: float = 1.0,
        title: str = "",
        style: str = "ending",
    ) -> None:
        """A rate of sums: `top` and `bottom` are float[authority]."""
        over, under = self.areas(top.astype(float)), self.areas(bottom.astype(float))
        values = np.where(under > 0, scale * over / np.maximum(under, 1e-9), np.nan)
        self.kept[code, year] = values
        self.titles.setdefault(code, title or code)
        shown = text(values, places, trim=True)
        shown[~np.isfinite(values)] = "-"
        self._add(code, year, shown, style)

    def gap(self, code: str, year: int, style: str = "ending") -> None:
        """A year in which nothing was published."""
        count = len(self.regions) + len(REGIONS) + 1
        self._add(code, year, np.full(count, "-", dtype=object), style)

    def _add(self, code: str, year: int, shown: Array, style: str) -> None:
        when = f"{year}/{(year + 1) % 100:02d}" if style == "slash" else str(year + 1)
        title = self.titles.get(code, code)
        for position, one in enumerate(self.country.authorities):
            self.rows.append([code, title, when, one.name, str(shown[position]), f"{one.code}.0", REGIONS[one.region]])
        for position, name in enumerate(REGIONS):
            self.rows.append([code, title, when, name, str(shown[len(self.regions) + position]), f"{REGION_NUMBERS[position]}.0", "NA"])
        self.rows.append([code, title, when, "England", str(shown[-1]), f"{ENGLAND_NUMBER}.0", "NA"])

    def write(self, folder: Folder) -> None:
        header = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
        folder.rows("lait/lait_bds_long.csv", header, sorted(self.rows, key=_order), line_end="\n")


def _order(row: Sequence[object]) -> tuple[str, str]:
    return str(row[0]), str(row[2])


def by_authority(values: Array, authority: Array, count: int) -> Array:
    """Sums over schools, float[authority]."""
    return np.bincount(authority, weights=values.astype(float), minlength=count)
