"""A year of registers: the headline figures from packed planes and from the Parquet truth, beside Polars at its best layout.

Made-up marks with spells of absence, about 7% of sessions missed, each school with days of its own. HEADWAY_BENCH_PUPILS says how many
pupils are made (default 100,000); HEADWAY_BENCH_NATIONAL=1 lays them side by side until they are nine million and measures that too.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from measuring import RUNS, Sample, command, interleaved, json_out, ratio, spread, tell

PUPILS = int(os.environ.get("HEADWAY_BENCH_PUPILS", "100000"))
NATIONAL = 9_000_000 if os.environ.get("HEADWAY_BENCH_NATIONAL") == "1" else 0
SCHOOL = 400  # pupils
WEEKS, DAYS = 39, 5
SEED = 7
BLOCK = 50_000  # pupils made at a time

# ---- made once, before anything is measured ----


def make(folder: Path, pupils: int) -> None:
    """Marks, cells and weeks as arrays in files."""
    from headway.definitions.loading import library_for
    from headway.example.registers import marks
    from headway.registers.code_book import CodeBook

    draw = np.random.default_rng(SEED)
    out = np.lib.format.open_memmap(folder / "marks.npy", "w+", np.uint8, (pupils, WEEKS * 2 * DAYS))
    weekdays = [day for _ in range(WEEKS) for day in range(DAYS) for _ in range(2)]
    for first in range(0, pupils, BLOCK):
        out[first : first + BLOCK] = marks(draw, min(BLOCK, pupils - first), weekdays)
    schools = -(-pupils // SCHOOL)
    for school in range(schools):  # each school has five days of its own without pupils, and some another week of holiday
        away = draw.choice(WEEKS * DAYS, 5, replace=False)
        days = [2 * day + session for day in away for session in (0, 1)]
        if school % 3 == 0:
            week = int(draw.integers(0, WEEKS))
            days += list(range(week * 2 * DAYS, (week + 1) * 2 * DAYS))
        out[school * SCHOOL : (school + 1) * SCHOOL, days] = 0
    out.flush()
    school = (np.arange(pupils) // SCHOOL).astype(np.int32)
    group, fsm = draw.integers(0, 12, pupils), draw.integers(0, 2, pupils)
    np.save(folder / "school.npy", school)
    np.save(folder / "cells.npy", ((school * 12 + group) * 2 + fsm).astype(np.int32))
    classes = CodeBook(library_for().attendance.codes).classes
    np.save(folder / "classes.npy", classes)
    open_ = np.array(
        [(classes[out[at * SCHOOL : (at + 1) * SCHOOL]] > 0).any(axis=0).reshape(WEEKS, -1).any(axis=1) for at in range(schools)]
    )
    np.save(folder / "open.npy", (open_.astype(np.uint64) << np.arange(WEEKS, dtype=np.uint64)).sum(axis=1).astype(np.uint64))


def write_truth(folder: Path, times: int = 1) -> None:
    """The Parquet truth, one row a pupil-year: the pupils laid side by side so many times."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from headway.registers.year_files import LEVEL, ROWS

    marks = np.load(folder / "marks.npy", mmap_mode="r")
    kind = pa.binary(marks.shape[1])
    schema = pa.schema([("pupil", pa.int32()), ("cell", pa.int32()), ("marks", kind)])
    cells = np.load(folder / "cells.npy")
    with pq.ParquetWriter(folder / "truth.parquet", schema, compression="zstd", compression_level=LEVEL, use_dictionary=False) as writer:
        for time_ in range(times):
            for first in range(0, len(marks), ROWS):
                part = np.ascontiguousarray(marks[first : first + ROWS])
                rows = np.arange(first, first + len(part), dtype=np.int32) + time_ * len(marks)
                packed = pa.FixedSizeBinaryArray.from_buffers(kind, len(part), [None, pa.py_buffer(part)])
                writer.write_table(pa.table([rows, cells[first : first + ROWS], packed], schema=schema))


# ---- what is measured, each in a process of its own ----


def started() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def ended(since: tuple[float, float], answers: dict[str, object]) -> None:
    cpu, wall = time.process_time() - since[0], time.perf_counter() - since[1]
    status = Path("/proc/self/status").read_text()
    anonymous = int(status.split("RssAnon:")[1].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "wall": wall, "anonymous": anonymous, "peak": peak, **answers}))


class Asked:
    """What the survey needs beside planes."""

    def __init__(self, folder: Path, times: int) -> None:
        from headway.registers.planes import Layout

        self.layout = Layout(2 * DAYS, WEEKS)
        self.school = np.tile(np.load(folder / "school.npy"), times)
        self.cells = np.tile(np.load(folder / "cells.npy"), times)
        self.open = np.load(folder / "open.npy")
        self.classes = np.load(folder / "classes.npy")
        self.cohort = np.ones(len(self.cells), np.uint8)
        self.rule = np.array([30, 10, 2], np.int64)
        self.size = int(self.cells.max()) + 1

    def survey(self, planes: "np.ndarray", first_row: int = 0) -> dict[str, object]:
        from headway.registers import counting

        kernels, rows = counting.compiled(), planes.shape[2]
        parts = counting.ranges(rows)
        tables = {part: np.zeros((self.size, 9), np.int64) for part in parts}
        patterns = {part: np.zeros(DAYS, np.int64) for part in parts}
        flags = np.zeros(rows, np.uint8)
        own = slice(first_row, first_row + rows)
        cells, school, cohort = self.cells[own], self.school[own], self.cohort[own]
        masks = self.layout.weekdays()

        def work(first: int, last: int) -> None:
            part = (first, last)
            kernels.survey(
                planes, masks, 2 * DAYS, self.layout.weeks_in_word, self.open, school, cells, cohort, self.rule, tables[part], flags,
                patterns[part], first, last,
            )  # fmt: skip

        counting.over(rows, work)
        table = np.sum(list(tables.values()), axis=0)
        return {"table": table, "pattern": np.sum(list(patterns.values()), axis=0)}


def told(found: dict[str, object]) -> dict[str, object]:
    import hashlib

    table, pattern = np.asarray(found["table"], np.int64), np.asarray(found["pattern"], np.int64)
    return {"total": table.sum(axis=0).tolist(), "pattern": pattern.tolist(), "digest": hashlib.sha256(table.tobytes()).hexdigest()[:16]}


def run_planes(folder: Path, times: int) -> None:
    """The survey of mapped planes, warm."""
    asked = Asked(folder, times)
    planes = np.load(folder / "planes.npy", mmap_mode="r")
    asked.survey(planes)  # compiled, and the pages in the cache
    since = started()
    found = asked.survey(planes)
    ended(since, told(found))


def run_pack(folder: Path, times: int) -> None:
    """From the truth to planes, written."""
    import pyarrow.parquet as pq

    from headway.registers import counting
    from headway.registers.planes import packed
    from headway.registers.year_files import fixed_bytes

    asked = Asked(folder, times)
    packed(np.zeros((1, WEEKS * 2 * DAYS), np.uint8), asked.layout, asked.classes)
    since = started()
    source = pq.ParquetFile(folder / "truth.parquet")
    planes = np.lib.format.open_memmap(folder / "planes.npy", "w+", np.uint64, (asked.layout.words, 3, source.metadata.num_rows))
    at, kernels = 0, counting.compiled()
    for group in range(source.num_row_groups):
        chunk = source.read_row_group(group, columns=["marks"]).column(0).combine_chunks()
        marks = fixed_bytes(chunk, WEEKS * 2 * DAYS)
        target = planes[:, :, at : at + len(marks)]
        counting.over(
            len(marks),
            lambda first, last, marks=marks, target=target: kernels.pack(marks, asked.classes, asked.layout.per_word, target, first, last),
        )
        at += len(marks)
    planes.flush()
    ended(since, {"rows": at})


def run_truth(folder: Path, times: int) -> None:
    """The survey straight from the truth, streamed, with reasons and lates."""
    import pyarrow.parquet as pq

    from headway.registers import counting
    from headway.registers.planes import packed
    from headway.registers.year_files import fixed_bytes

    asked, kernels = Asked(folder, times), counting.compiled()
    asked.survey(packed(np.zeros((2, WEEKS * 2 * DAYS), np.uint8), asked.layout, asked.classes))
    chosen, tally = np.ones(WEEKS * 2 * DAYS, np.int64), np.zeros((1, 256), np.int64)
    kernels.tally(np.zeros((1, WEEKS * 2 * DAYS), np.uint8), chosen, np.zeros(1, np.int32), tally.copy(), 0, 1)
    reasons = "reasons" in sys.argv
    since = started()
    source, at, found = pq.ParquetFile(folder / "truth.parquet"), 0, []
    for group in range(source.num_row_groups):
        chunk = source.read_row_group(group, columns=["marks"]).column(0).combine_chunks()
        marks = fixed_bytes(chunk, WEEKS * 2 * DAYS)
        if reasons:
            none = np.zeros(len(marks), np.int32)
            parts = {part: np.zeros((1, 256), np.int64) for part in counting.ranges(len(marks))}
            counting.over(
                len(marks),
                lambda first, last, marks=marks, none=none, parts=parts: kernels.tally(
                    marks, chosen, none, parts[(first, last)], first, last
                ),
            )
            tally += np.sum(list(parts.values()), axis=0)
        else:
            found.append(asked.survey(packed(marks, asked.layout, asked.classes), at))
        at += len(marks)
    if reasons:
        ended(since, {"tally": int(tally.sum()), "late": int(tally[0, ord("L")]), "ill": int(tally[0, ord("I")])})
        return
    whole = {name: np.sum([one[name] for one in found], axis=0) for name in ("table", "pattern")}
    ended(since, told(whole))


def write_polars(folder: Path) -> None:
    """Two layouts for the peer: weekly counts of a pupil, and a row a session with a one-byte class."""
    import polars as pl

    marks, classes = np.load(folder / "marks.npy", mmap_mode="r"), np.load(folder / "classes.npy")
    weekly, long = [], []
    for first in range(0, len(marks), BLOCK):
        kinds = classes[marks[first : first + BLOCK]].reshape(-1, WEEKS, DAYS, 2)
        absent = (kinds >= 3).sum(axis=3).astype(np.uint8)
        rows, pupil = len(kinds), np.arange(first, first + len(kinds), dtype=np.uint32)
        columns = {"pupil": np.repeat(pupil, WEEKS), "week": np.tile(np.arange(WEEKS, dtype=np.uint8), rows)}
        sums = {"possible": kinds > 0, "authorised": kinds == 3, "unauthorised": kinds == 4}
        columns |= {name: flags.sum(axis=(2, 3)).astype(np.uint8).ravel() for name, flags in sums.items()}
        weekly.append(pl.DataFrame(columns | {f"d{day}": absent[:, :, day].ravel() for day in range(DAYS)}))
        long.append(
            pl.DataFrame({
                "pupil": np.repeat(pupil, WEEKS * DAYS * 2), "class": kinds.ravel().astype(np.uint8),
                "week": np.tile(np.repeat(np.arange(WEEKS, dtype=np.uint8), DAYS * 2), rows),
                "day": np.tile(np.repeat(np.arange(DAYS, dtype=np.uint8), 2), rows * WEEKS),
            }).filter(pl.col("class") > 0)
        )  # fmt: skip
    pl.concat(weekly).write_parquet(folder / "weekly.parquet")
    if len(marks) <= 250_000:
        pl.concat(long).write_parquet(folder / "long.parquet")
    cells, school, open_ = np.load(folder / "cells.npy"), np.load(folder / "school.npy"), np.load(folder / "open.npy")
    pl.DataFrame({"pupil": np.arange(len(marks), dtype=np.uint32), "cell": cells, "school": school}).write_parquet(
        folder / "pupils.parquet"
    )
    bits = (open_[:, None] >> np.arange(WEEKS, dtype=np.uint64)) & np.uint64(1) == 1
    at, week = np.nonzero(bits)
    pl.DataFrame({"school": at.astype(np.int32), "week": week.astype(np.uint8)}).write_parquet(folder / "open.parquet")


def run_polars(folder: Path, times: int) -> None:
    """The same answers by Polars. `long` counts its weeks first; `weekly` has them."""
    import polars as pl

    layout = sys.argv[4]
    columns = ["pupil", "week", "possible", "authorised", "unauthorised"]

    def ask() -> tuple["pl.DataFrame", "pl.DataFrame"]:
        if layout == "weekly":
            rows = pl.scan_parquet(folder / "weekly.parquet")
            pattern = rows.select([pl.col(f"d{day}").cast(pl.Int64).sum() for day in range(DAYS)])
            weekly = rows.select(columns)
        else:
            rows = pl.scan_parquet(folder / "long.parquet")
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

    since = started()
    table, pattern = ask()
    cells = np.zeros((int(np.load(folder / "cells.npy").max()) + 1, 9), np.int64)
    cells[table["cell"].to_numpy()] = table.drop("cell").to_numpy()
    ended(since, told({"table": cells, "pattern": pattern.to_numpy().ravel()}))


def asked_of(folder: Path, what: str, *words: str, times: int = 1) -> Sample:
    """One measured run of this file in a process of its own; CPU and wall are those of the question alone."""
    sample = command([sys.executable, Path(__file__), what, folder, str(times), *words])
    found = json_out(sample)
    return Sample(float(found["cpu"]), float(found["wall"]), float(found["peak"]), sample.out)  # type: ignore[arg-type]


def same(*samples: Sample) -> None:
    answers = [{name: json_out(one)[name] for name in ("total", "pattern", "digest")} for one in samples]
    assert all(answer == answers[0] for answer in answers), answers


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="headway-attendance-"))
    try:
        _measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path) -> None:
    make(folder, PUPILS)
    write_truth(folder)
    write_polars(folder)
    marks = int((np.load(folder / "marks.npy", mmap_mode="r") > 0).sum())
    size = (folder / "truth.parquet").stat().st_size
    print(f"  {PUPILS:,} pupils, {marks:,} marks; truth {size / marks:.3f} bytes a mark")
    packing = asked_of(folder, "pack")
    ours, peers = {}, {}
    layouts = ["weekly", *(["long"] if (folder / "long.parquet").exists() else [])]
    for layout in layouts:
        ours[layout], peers[layout] = interleaved(
            lambda: asked_of(folder, "planes"), lambda layout=layout: asked_of(folder, "polars", layout)
        )
        same(*ours[layout], *peers[layout])
        tell(f"planes, query {PUPILS:,}", ours[layout], peers[layout], f"Polars, {layout}")
    best = min(layouts, key=lambda one: sorted(sample.cpu for sample in peers[one])[len(peers[one]) // 2])
    print(f"  query only beside Polars {best}: {ratio(ours[best], peers[best], 1 / 50)} (aim 1/100)")
    whole = [Sample(one.cpu + packing.cpu, one.wall + packing.wall, one.peak) for one in ours[best]]
    print(f"  with packing from the same files: {ratio(whole, peers[best], 1 / 5)} (aim 1/9); packing {packing.cpu:.2f} CPU s")
    truth, peer = interleaved(lambda: asked_of(folder, "truth"), lambda: asked_of(folder, "polars", best), max(3, RUNS // 2))
    same(*truth, *peer)
    print(f"  from the Parquet truth: {ratio(truth, peer, 1 / 10)} (aim 1/14)")
    if NATIONAL:
        _national(folder)


def _national(folder: Path) -> None:
    times = -(-NATIONAL // PUPILS)
    write_truth(folder, times)
    packing = asked_of(folder, "pack", times=times)
    print(f"  {times * PUPILS:,} pupils: packing {packing.cpu:.1f} CPU s, {packing.wall:.1f} s wall (at most 15 CPU s)")
    found = [asked_of(folder, "planes", times=times) for _ in range(RUNS)]
    memory = max(float(json_out(one)["anonymous"]) for one in found)  # type: ignore[arg-type]
    print(f"  headline figures: wall s {spread([one.wall for one in found])}, CPU s {spread([one.cpu for one in found])} (≤ 1, aim 0.2)")
    print(f"  anonymous memory {memory:,.0f} MiB (at most 1,024)")
    reasons = asked_of(folder, "truth", "reasons", times=times)
    print(f"  reasons and lates, streamed from the truth: {reasons.wall:.1f} s wall, {reasons.cpu:.1f} CPU s (at most 5 s)")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("planes", "pack", "truth", "polars"):
        {"planes": run_planes, "pack": run_pack, "truth": run_truth, "polars": run_polars}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
