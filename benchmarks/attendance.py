"""A year of registers: the headline figures from packed planes and from the Parquet truth, beside Polars at its best layout.

Made-up marks with spells of absence, about 7% of sessions missed, each school with days of its own. HEADWAY_BENCH_PUPILS says how many
pupils are made (default 100,000); `--national` (or HEADWAY_BENCH_NATIONAL=1) lays them side by side until they are nine million and
measures that too; `--linear` shows that planes, packing and the peer take as much for each pupil at 250,000, 500,000 and a million.

The peer has three layouts: rows of a session with a one-byte class, which hold what the truth holds; weekly counts, which somebody has
made before; the truth itself has no form that it could read. Query only is held against the quicker of both. What begins with marks
(packing counted in, or the truth streamed) is held against the rows of sessions, since who has weekly counts did not begin with marks;
the ratio to weekly counts, unfair as it is to us, is printed beside.
"""

import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import attendance_peer
import numpy as np
from measuring import RUNS, Sample, command, interleaved, json_out, machine, speedup, spread, tell

PUPILS = int(os.environ.get("HEADWAY_BENCH_PUPILS", "100000"))
NATIONAL = 9_000_000 if os.environ.get("HEADWAY_BENCH_NATIONAL") == "1" or "--national" in sys.argv else 0
LINEAR = (250_000, 500_000, 1_000_000) if "--linear" in sys.argv else ()
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
    """What the survey needs beside planes. Laid side by side, each lot of pupils has schools of its own."""

    def __init__(self, folder: Path, times: int) -> None:
        from headway.registers.planes import Layout

        self.layout = Layout(2 * DAYS, WEEKS)
        school, cells, open_ = (np.load(folder / f"{name}.npy") for name in ("school", "cells", "open"))
        lots, schools, size = np.repeat(np.arange(times, dtype=np.int32), len(cells)), len(open_), int(cells.max()) + 1
        self.school, self.cells = np.tile(school, times) + lots * np.int32(schools), np.tile(cells, times) + lots * np.int32(size)
        self.open, self.size = np.tile(open_, times), size * times
        self.classes = np.load(folder / "classes.npy")
        self.cohort = np.ones(len(self.cells), np.uint8)
        self.rule = np.array([30, 10, 2], np.int64)

    def nothing(self) -> dict[str, "np.ndarray"]:
        return {"table": np.zeros((self.size, 9), np.int64), "pattern": np.zeros(DAYS, np.int64)}

    def add(self, planes: "np.ndarray", first: int, last: int, at: int, found: dict[str, "np.ndarray"]) -> None:
        """Survey the pupils first to last of these planes, which stand from `at` on among all; in one thread."""
        from headway.registers import counting

        own = slice(at, at + planes.shape[2])
        counting.compiled().survey(
            planes, self.layout.weekdays(), 2 * DAYS, self.layout.weeks_in_word, self.open, self.school[own], self.cells[own],
            self.cohort[own], self.rule, found["table"], np.zeros(planes.shape[2], np.uint8), found["pattern"], first, last,
        )  # fmt: skip

    def survey(self, planes: "np.ndarray") -> dict[str, "np.ndarray"]:
        from headway.registers import counting

        parts = {part: self.nothing() for part in counting.ranges(planes.shape[2])}
        counting.over(planes.shape[2], lambda first, last: self.add(planes, first, last, 0, parts[(first, last)]))
        return summed(list(parts.values()))


def summed(parts: list[dict[str, "np.ndarray"]]) -> dict[str, "np.ndarray"]:
    whole = parts[0]
    for part in parts[1:]:
        for name, values in part.items():
            whole[name] += values
    return whole


def streamed(folder: Path, work: "Callable[[int, int, np.ndarray], None]") -> int:
    """The marks of the truth, a row group at a time, in as many threads as Headway uses: `work(thread, first row, marks)`.

    Each thread takes the next group that nobody has: laid side by side, every other group is half as long.
    """
    import pyarrow.parquet as pq

    from headway.registers.year_files import fixed_bytes
    from headway.store.engine import THREADS

    with pq.ParquetFile(folder / "truth.parquet", memory_map=True) as source:
        sizes = [source.metadata.row_group(group).num_rows for group in range(source.num_row_groups)]
    starts = np.cumsum([0, *sizes]).tolist()
    groups = iter(range(len(sizes)))

    def one(thread: int) -> None:
        with pq.ParquetFile(folder / "truth.parquet", memory_map=True) as own:
            for group in groups:
                chunk = own.read_row_group(group, columns=["marks"], use_threads=False).column(0).combine_chunks()
                work(thread, starts[group], fixed_bytes(chunk, WEEKS * 2 * DAYS))

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(one, range(THREADS)))
    return int(starts[-1])


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

    asked, kernels = Asked(folder, 1), counting.compiled()
    kernels.pack(np.zeros((1, WEEKS * 2 * DAYS), np.uint8), asked.classes, 60, np.zeros((asked.layout.words, 3, 1), np.uint64), 0, 1)
    since = started()
    rows = pq.read_metadata(folder / "truth.parquet").num_rows
    planes = np.lib.format.open_memmap(folder / "planes.npy", "w+", np.uint64, (asked.layout.words, 3, rows))

    def work(thread: int, at: int, marks: "np.ndarray") -> None:
        kernels.pack(marks, asked.classes, asked.layout.per_word, planes[:, :, at : at + len(marks)], 0, len(marks))

    streamed(folder, work)
    planes.flush()
    ended(since, {"rows": rows})


def run_truth(folder: Path, times: int) -> None:
    """The survey straight from the truth, streamed."""
    from headway.registers import counting
    from headway.store.engine import THREADS

    asked, kernels = Asked(folder, times), counting.compiled()
    nothing = np.zeros((asked.layout.words, 3, 1), np.uint64)
    kernels.pack(np.zeros((1, WEEKS * 2 * DAYS), np.uint8), asked.classes, asked.layout.per_word, nothing, 0, 1)
    asked.survey(nothing)  # compiled
    since = started()
    found = [asked.nothing() for _ in range(THREADS)]

    def work(thread: int, at: int, marks: "np.ndarray") -> None:
        planes = np.empty((asked.layout.words, 3, len(marks)), np.uint64)
        kernels.pack(marks, asked.classes, asked.layout.per_word, planes, 0, len(marks))
        asked.add(planes, 0, len(marks), at, found[thread])

    streamed(folder, work)
    ended(since, told(summed(found)))


def run_reasons(folder: Path, times: int) -> None:
    """How often each code stands, streamed from the truth: reasons, and lates of both kinds."""
    from headway.registers import counting
    from headway.store.engine import THREADS

    kernels, chosen = counting.compiled(), np.ones(WEEKS * 2 * DAYS, np.int64)
    kernels.tally(np.zeros((1, WEEKS * 2 * DAYS), np.uint8), chosen, np.zeros(1, np.int32), np.zeros((1, 256), np.int64), 0, 1)
    since = started()
    found = [np.zeros((1, 256), np.int64) for _ in range(THREADS)]
    streamed(folder, lambda thread, at, marks: kernels.tally(marks, chosen, np.zeros(len(marks), np.int32), found[thread], 0, len(marks)))
    tally = np.sum(found, axis=0)
    ended(since, {"tally": int(tally.sum()), "late": int(tally[0, ord("L")]), "ill": int(tally[0, ord("I")])})


def run_polars(folder: Path, times: int) -> None:
    import polars  # noqa: F401  (imported before the clock starts, as ours is)

    since = started()
    table, pattern = attendance_peer.answer(folder, sys.argv[4])
    ended(since, told({"table": table, "pattern": pattern}))


def asked_of(folder: Path, what: str, *words: str, times: int = 1) -> Sample:
    """One measured run of this file in a process of its own; CPU and wall are those of the question alone."""
    sample = command([sys.executable, Path(__file__), what, folder, str(times), *words])
    found = json_out(sample)
    return Sample(float(found["cpu"]), float(found["wall"]), float(found["peak"]), sample.out)  # type: ignore[arg-type]


def same(*samples: Sample) -> None:
    answers = [{name: json_out(one)[name] for name in ("total", "pattern", "digest")} for one in samples]
    assert all(answer == answers[0] for answer in answers), answers


def main() -> None:
    print(machine())
    found = {}
    for pupils in LINEAR or (PUPILS,):
        folder = Path(tempfile.mkdtemp(prefix="headway-attendance-"))
        try:
            found[pupils] = _measure(folder, pupils)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for name in next(iter(found.values())) if LINEAR else ():
        taken = ", ".join(f"{pupils:,}: {1e6 * cpu[name] / pupils:.2f}" for pupils, cpu in found.items())
        print(f"  CPU microseconds a pupil, {name}: {taken}")


def _measure(folder: Path, pupils: int) -> dict[str, float]:
    """Prints what was measured; median CPU seconds by what took them."""
    make(folder, pupils)
    write_truth(folder)
    attendance_peer.write(folder)
    marks = int((np.load(folder / "marks.npy", mmap_mode="r") > 0).sum())
    size = (folder / "truth.parquet").stat().st_size
    print(f"  {pupils:,} pupils, {marks:,} marks; truth {size / marks:.3f} bytes a mark (at most 0.15)")
    packing = [asked_of(folder, "pack") for _ in range(max(3, RUNS // 2))]
    tell(f"packing {pupils:,}", packing)
    ours, peers = {}, {}
    layouts = ["weekly", *(["long"] if any(folder.glob("long-*.parquet")) else [])]
    for layout in layouts:
        ours[layout], peers[layout] = interleaved(lambda: asked_of(folder, "planes"), partial(asked_of, folder, "polars", layout))
        same(*ours[layout], *peers[layout])
        tell(f"planes, query {pupils:,}", ours[layout], peers[layout], f"Polars, {layout}")
    best = min(layouts, key=lambda one: sorted(sample.cpu for sample in peers[one])[len(peers[one]) // 2])
    print(f"  query only beside Polars {best}: {speedup(ours[best], peers[best], 50, 100)}")
    packed = sorted(packing, key=lambda one: one.cpu)[len(packing) // 2]
    for layout in reversed(layouts):
        whole = [Sample(one.cpu + packed.cpu, one.wall + packed.wall, one.peak) for one in ours[layout]]
        by_peer = partial(asked_of, folder, "polars", layout)
        truth, peer = interleaved(lambda: asked_of(folder, "truth"), by_peer)
        same(*truth, *peer)
        targets = ((5, 9), (10, 14)) if layout == "long" else ((), ())  # who has weekly counts did not begin with marks
        print(f"  with packing, beside {layout}: {speedup(whole, peers[layout], *targets[0])}")
        print(f"  from the Parquet truth, beside {layout}: {speedup(truth, peer, *targets[1])}")
    if NATIONAL:
        _national(folder, pupils)
    samples = {"planes": ours[best], "packing": packing, **{f"Polars, {layout}": peers[layout] for layout in layouts}}
    return {name: statistics.median(one.cpu for one in found) for name, found in samples.items()}


def _national(folder: Path, pupils: int) -> None:
    times = -(-NATIONAL // pupils)
    (folder / "planes.npy").unlink()
    write_truth(folder, times)
    packing = asked_of(folder, "pack", times=times)
    print(f"  {times * pupils:,} pupils: packing {packing.cpu:.1f} CPU s, {packing.wall:.1f} s wall (at most 15 CPU s)")
    found = [asked_of(folder, "planes", times=times) for _ in range(RUNS)]
    memory = max(float(json_out(one)["anonymous"]) for one in found)  # type: ignore[arg-type]
    print(f"  headline figures: wall s {spread([one.wall for one in found])}, CPU s {spread([one.cpu for one in found])} (≤ 1, aim 0.2)")
    print(f"  anonymous memory {memory:,.0f} MiB (at most 1,024)")
    reasons = [asked_of(folder, "reasons", times=times) for _ in range(3)]
    taken = f"wall s {spread([one.wall for one in reasons])}, CPU s {spread([one.cpu for one in reasons])}"
    print(f"  reasons and lates, streamed from the truth: {taken} (at most 5 s wall)")


MEASURED = {"planes": run_planes, "pack": run_pack, "truth": run_truth, "reasons": run_reasons, "polars": run_polars}

if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in MEASURED:
        MEASURED[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
