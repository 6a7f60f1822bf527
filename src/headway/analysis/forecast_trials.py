"""The trials of forecasts on all authorities' series, made at publication and kept in the snapshot for pages to look up.

Table `forecast_trial`: one row for each measure, cut, origin and horizon, with the mean scores of the forecast and of the baselines and
with counts that can be added up. Table `forecast_walk`: how far England's own figure has moved, by measure and cut.
"""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from headway.analysis.forecast_series import Run, forecast_apart, runs
from headway.definitions.loading import Library
from headway.store import tables

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SQL = """
SELECT measure, cut, level, place, year, value FROM reading
WHERE level IN ('authority', 'england') AND value IS NOT NULL ORDER BY measure, cut
"""
# an authority's size, which sorts places into thirds: the pupils of a year at the end of primary school
SIZES = """
SELECT authority, sum(denominator) / count(DISTINCT year) FROM reading
WHERE level = 'school' AND measure = 'ks2.rwm_expected' AND cut = 'all' AND authority IS NOT NULL AND denominator IS NOT NULL
GROUP BY authority
"""
COUNTS = ("inside", "pit", "asked", "hit")


def trials(backend: "Backend", library: Library) -> None:
    """Fill `forecast_trial` and `forecast_walk` from `reading`."""
    sizes = {str(code): float(pupils) for code, pupils in backend.con.execute(SIZES).fetchall() if pupils}
    tried, walked = [], []
    for measure, cut, run in _runs(backend, library):
        tried += list(_tried(measure, cut, run, sizes))
        walked += list(_walked(measure, cut, run))
    tables.keep(backend, "forecast_trial", _table(tried, trial_columns()))
    tables.keep(backend, "forecast_walk", _table(walked, walk_columns()))


def _runs(backend: "Backend", library: Library) -> Iterator[tuple[str, str, Run]]:
    rows = backend.con.execute(SQL).fetchall()
    pandemic = library.lists.get("pandemic") or {}
    for (measure, cut), of in groupby(rows, key=lambda row: (str(row[0]), str(row[1]))):
        known = library.measures.get(measure)
        if known is None or forecast_apart(known):
            continue
        figures: dict[str, dict[int, float]] = {}
        england: dict[int, float] = {}
        for _, _, level, place, year, value in of:
            (england if level == "england" else figures.setdefault(place, {}))[int(year)] = float(value)
        for run in runs(known, figures, england, pandemic):
            yield measure, cut, run


def _tried(measure: str, cut: str, run: Run, sizes: dict[str, float]) -> Iterator[dict[str, Any]]:
    import numpy as np

    from headway.stats.forecast.trials import trials as play

    known = np.array([sizes.get(place, np.nan) for place in run.places])
    of_size = np.nan_to_num(known, nan=float(np.nanmedian(known))) if np.isfinite(known).mean() > 0.5 else None
    for one in play(run.gaps, run.years, of_size, run.stretch, run.step):
        row = asdict(one) | {name: list(getattr(one, name)) for name in COUNTS}
        row["inside_by_size"] = [count for pair in one.inside_by_size for count in pair]
        yield {"measure": measure, "cut": cut, **row}


def _walked(measure: str, cut: str, run: Run) -> Iterator[dict[str, Any]]:
    from headway.stats.forecast.national import walk

    found = walk(run.england, run.years, run.scale)
    if found:
        yield {"measure": measure, "cut": cut, "until": int(run.years[-1]), "moves": int(found.dof), "widened": found.widened,
               "covered": found.covered, "covered_plain": found.covered_plain}  # fmt: skip


def trial_columns() -> "pa.Schema":
    import pyarrow as pa

    whole, counts = pa.int32(), pa.list_(pa.int32())
    scores = dict.fromkeys(("model", "last", "three", "width"), pa.float64())
    listed = dict.fromkeys((*COUNTS, "inside_by_size"), counts)
    return pa.schema(
        {"measure": pa.string(), "cut": pa.string(), "origin": whole, "horizon": whole, "places": whole} | scores | listed
    )  # fmt: skip


def walk_columns() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        {"measure": pa.string(), "cut": pa.string(), "until": pa.int32(), "moves": pa.int32(), "widened": pa.float64(),
         "covered": pa.float64(), "covered_plain": pa.float64()}
    )  # fmt: skip


def _table(rows: list[dict[str, Any]], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=schema)
