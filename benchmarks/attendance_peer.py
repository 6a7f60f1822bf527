"""The peer of `attendance.py`: the same answers by Polars, at the two layouts that serve it best."""

from pathlib import Path

import numpy as np

LONG = 1_000_000  # pupils: above this the rows of sessions are not made
WEEKS, DAYS, BLOCK = 39, 5, 50_000


def write(folder: Path) -> None:
    """A part of the pupils at a time, each into a file of its own, which Polars reads side by side: no layout needs to fit into memory."""
    import polars as pl

    marks, classes = np.load(folder / "marks.npy", mmap_mode="r"), np.load(folder / "classes.npy")
    for first in range(0, len(marks), BLOCK):
        kinds = classes[marks[first : first + BLOCK]].reshape(-1, WEEKS, DAYS, 2)
        absent = (kinds >= 3).sum(axis=3).astype(np.uint8)
        rows, pupil = len(kinds), np.arange(first, first + len(kinds), dtype=np.uint32)
        columns = {"pupil": np.repeat(pupil, WEEKS), "week": np.tile(np.arange(WEEKS, dtype=np.uint8), rows)}
        sums = {"possible": kinds > 0, "authorised": kinds == 3, "unauthorised": kinds == 4}
        columns |= {name: flags.sum(axis=(2, 3)).astype(np.uint8).ravel() for name, flags in sums.items()}
        weekly = pl.DataFrame(columns | {f"d{day}": absent[:, :, day].ravel() for day in range(DAYS)})
        weekly.write_parquet(folder / f"weekly-{first:08d}.parquet")
        if len(marks) <= LONG:
            pl.DataFrame({
                "pupil": np.repeat(pupil, WEEKS * DAYS * 2), "class": kinds.ravel().astype(np.uint8),
                "week": np.tile(np.repeat(np.arange(WEEKS, dtype=np.uint8), DAYS * 2), rows),
                "day": np.tile(np.repeat(np.arange(DAYS, dtype=np.uint8), 2), rows * WEEKS),
            }).filter(pl.col("class") > 0).write_parquet(folder / f"long-{first:08d}.parquet")  # fmt: skip
    cells, school, open_ = np.load(folder / "cells.npy"), np.load(folder / "school.npy"), np.load(folder / "open.npy")
    pl.DataFrame({"pupil": np.arange(len(marks), dtype=np.uint32), "cell": cells, "school": school}).write_parquet(
        folder / "pupils.parquet"
    )
    bits = (open_[:, None] >> np.arange(WEEKS, dtype=np.uint64)) & np.uint64(1) == 1
    at, week = np.nonzero(bits)
    pl.DataFrame({"school": at.astype(np.int32), "week": week.astype(np.uint8)}).write_parquet(folder / "open.parquet")


def answer(folder: Path, layout: str) -> tuple["np.ndarray", "np.ndarray"]:
    """(table, pattern) by Polars. `long` counts its weeks first; `weekly` has them."""
    import polars as pl

    columns = ["pupil", "week", "possible", "authorised", "unauthorised"]

    def ask() -> tuple["pl.DataFrame", "pl.DataFrame"]:
        if layout == "weekly":
            rows = pl.scan_parquet(folder / "weekly-*.parquet")
            pattern = rows.select([pl.col(f"d{day}").cast(pl.Int64).sum() for day in range(DAYS)])
            weekly = rows.select(columns)
        else:
            rows = pl.scan_parquet(folder / "long-*.parquet")
            away = rows.filter(pl.col("class") >= 3).group_by("day").len().sort("day")
            pattern = away.select("len")
            kinds = {"possible": pl.col("class") > 0, "authorised": pl.col("class") == 3, "unauthorised": pl.col("class") == 4}
            weekly = rows.group_by("pupil", "week").agg([flags.sum().cast(pl.Int16).alias(name) for name, flags in kinds.items()])
        pupils = pl.scan_parquet(folder / "pupils.parquet")
        sums = weekly.group_by("pupil").agg([pl.col(name).cast(pl.Int32).sum() for name in columns[2:]])
        many = sums.filter(pl.col("unauthorised") >= 10).select("pupil").join(pupils, on="pupil")
        open_ = many.join(pl.scan_parquet(folder / "open.parquet"), on="school").select("pupil", "week")
        windows = open_.join(weekly.select("pupil", "week", "unauthorised"), on=["pupil", "week"], how="left").sort("pupil", "week")
        total = pl.col("unauthorised").fill_null(0).cast(pl.Int32).cum_sum().over("pupil")
        rolled = windows.with_columns(total=total).with_columns(
            window=pl.col("total") - pl.col("total").shift(10).over("pupil").fill_null(0)
        )
        met = rolled.filter(pl.col("window") >= 10).select("pupil").unique().with_columns(met=pl.lit(1, pl.Int64))
        possible, absent = pl.col("possible").cast(pl.Int64), pl.col("authorised") + pl.col("unauthorised")
        decided = possible >= 30
        table = (
            sums.filter(possible > 0).join(pupils, on="pupil").join(met, on="pupil", how="left").group_by("cell").agg(
                possible.sum(), pl.col("authorised").cast(pl.Int64).sum(), pl.col("unauthorised").cast(pl.Int64).sum(),
                pl.len().cast(pl.Int64).alias("n"),

                (decided & (10 * absent >= possible)).sum().cast(pl.Int64).alias("persistent"),
                (decided & (2 * absent >= possible)).sum().cast(pl.Int64).alias("severe"), decided.sum().cast(pl.Int64).alias("decided"),
                (~decided).sum().cast(pl.Int64).alias("early"), pl.col("met").sum().alias("met_"),
            )
        )  # fmt: skip
        first, second = pl.collect_all([table, pattern], engine="streaming")
        return first, second

    table, pattern = ask()
    cells = np.zeros((int(np.load(folder / "cells.npy").max()) + 1, 9), np.int64)
    cells[table["cell"].to_numpy()] = table.drop("cell").to_numpy()
    return cells, pattern.to_numpy().ravel()
