"""What a multilevel model needs of the pupils, summed within each school: after it no pupil is looked at again.

A national cohort of 600,000 pupils comes to a few megabytes, and every model of value added can be fitted and fitted
again from it. The sums are of columns less their national mean (`centre`): sums of squares of a scaled score around
100 would lose digits that the small variances between schools stand in.

The sums of a school of one are that pupil: they are as protected as the pupils they come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
INTERCEPT = "intercept"
FORMAT = 1


@dataclass(frozen=True, eq=False)
class SchoolStatistics:
    """Sums over the pupils of each of J schools, for p covariates, the intercept counted as the first.

    names: the p covariates. schools: (J,) codes, ascending, each once. areas: (J,) codes, or none.
    pupils: (J,) how many. cross: (J, p + 1, p + 1), [X y]'W[X y] with the outcome last, every column but the intercept
    less its centre. centre: (p + 1,), in the columns' own units, 0 for the intercept. log_weights: (J,) sum of log weight.
    """

    names: tuple[str, ...]
    schools: NDArray[Any]
    areas: NDArray[Any] | None
    pupils: NDArray[np.int64]
    cross: Floats
    centre: Floats
    log_weights: Floats

    def position(self, name: str) -> int:
        """Where a covariate stands among the names. Raises ValueError for one that was not gathered."""
        if name not in self.names:
            raise ValueError(f"{name!r} was not gathered; there are: {', '.join(self.names)}")
        return self.names.index(name)

    def keeping(self, names: Sequence[str]) -> "SchoolStatistics":
        """The same with these covariates only; the intercept always stays. Raises ValueError for one that was not gathered."""
        wanted = [INTERCEPT, *(name for name in names if name != INTERCEPT)]
        at = [*(self.position(name) for name in wanted), len(self.names)]
        cross = np.ascontiguousarray(self.cross[:, at][:, :, at])
        return replace(self, names=tuple(wanted), cross=cross, centre=self.centre[at])

    def placed_in(self, areas: Mapping[Any, Any]) -> "SchoolStatistics":
        """The same with each school's area (authority, trust) by code. Raises ValueError when a school has none."""
        codes = self.schools.tolist()
        without = [code for code in codes if code not in areas]
        if without:
            raise ValueError(f"{len(without)} of {len(codes)} schools have no area, the first is {without[0]}")
        return replace(self, areas=np.array([areas[code] for code in codes]))

    def of(self, chosen: NDArray[Any]) -> "SchoolStatistics":
        """The same of some schools: a mask, or positions, which may repeat a school as a bootstrap does."""
        areas = None if self.areas is None else self.areas[chosen]
        return replace(
            self,
            schools=self.schools[chosen],
            areas=areas,
            pupils=self.pupils[chosen],
            cross=self.cross[chosen],
            log_weights=self.log_weights[chosen],
        )


def save(statistics: SchoolStatistics, path: Path) -> None:
    """Write them as an npz file; what stands there already is replaced."""
    kept = {field.name: getattr(statistics, field.name) for field in fields(statistics)}
    arrays = {name: np.asarray(value) for name, value in kept.items() if value is not None}
    with path.open("wb") as out:
        np.savez(out, format=np.asarray(FORMAT), **arrays)  # type: ignore[arg-type]


def load(path: Path) -> SchoolStatistics:
    """Read what `save` wrote. Raises ValueError for any other file."""
    try:
        if not is_zipfile(path):
            raise BadZipFile
        with np.load(path, allow_pickle=False) as kept:
            if int(kept["format"]) != FORMAT:
                raise ValueError(f"{path.name} holds statistics of another format ({int(kept['format'])}); gather them again")
            read: dict[str, Any] = {name: kept[name] for name in kept.files if name != "format"}
            return SchoolStatistics(**{"areas": None, **read, "names": tuple(read["names"].tolist())})
    except (KeyError, TypeError, EOFError, BadZipFile) as fault:
        raise ValueError(f"{path.name} does not hold the statistics of a value-added model") from fault
