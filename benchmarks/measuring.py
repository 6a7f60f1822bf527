"""Measures whole commands: CPU of the process and all it started, wall time, peak memory; runs interleaved.

A ratio is told as its median and the lower end of its 90% interval (from the runs paired in order); a target
is met when that lower end is within it. Load average, cores and versions are printed with each result.
"""

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = int(os.environ.get("HEADWAY_BENCH_RUNS", "7"))


@dataclass(frozen=True)
class Sample:
    """One run: seconds of CPU and of wall time, and peak MiB of the largest process."""

    cpu: float
    wall: float
    peak: float
    out: str = ""


def command(arguments: Sequence[str | Path], **settings: str) -> Sample:
    """Run a command and measure its whole process tree. Fails loudly when the command fails."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in arguments], stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **settings}
    )
    assert process.stdout is not None
    out = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with {process.returncode}\n{out}")
    return Sample(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024, out)


def python(code: str, *arguments: str | Path, **settings: str) -> Sample:
    return command([sys.executable, "-c", code, *arguments], **settings)


def interleaved(ours: Callable[[], Sample], peer: Callable[[], Sample], runs: int = RUNS) -> tuple[list[Sample], list[Sample]]:
    """Both, turn about, one warm-up each."""
    ours()
    peer()
    pairs = [(ours(), peer()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def spread(values: list[float]) -> str:
    """Median and interquartile range."""
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def ratio(ours: list[Sample], peer: list[Sample], most: float) -> str:
    """CPU of ours over the peer's, against the most it may be."""
    ratios = sorted(mine.cpu / theirs.cpu for mine, theirs in zip(ours, peer, strict=True))
    low = ratios[max(0, round(0.05 * len(ratios)) - 1)] if len(ratios) > 1 else ratios[0]
    middle = statistics.median(ratios)
    verdict = "met" if middle <= most else "met within noise" if low <= most else "NOT met"
    return f"ratio {middle:.2f} (lowest {low:.2f}, highest {ratios[-1]:.2f}), at most {most}: {verdict}"


def speedup(ours: list[Sample], peer: list[Sample], least: float = 0, aim: float = 0) -> str:
    """How many times as much CPU the peer takes: the median, and the lower end of its 90% interval by order statistics. It passes where
    that lower end does; without `least` there is no target.
    """
    found = sorted(theirs.cpu / mine.cpu for mine, theirs in zip(ours, peer, strict=True))
    runs = len(found)
    below = [sum(math.comb(runs, hits) for hits in range(at + 1)) / 2**runs for at in range(runs)]
    low = found[max((at for at in range(runs) if below[at] <= 0.05), default=0)]
    verdict = "aim met" if low >= aim else "met" if low >= least else "NOT met"
    target = f", at least {least:g}×, aim {aim:g}×: {verdict}" if least else ""
    return f"{statistics.median(found):.1f}× (lower 90% bound {low:.1f}×){target}"


def tell(title: str, ours: list[Sample], peer: list[Sample] | None = None, peer_name: str = "") -> None:
    for name, samples in ((title, ours), (peer_name, peer or [])):
        if samples:
            cpu, wall = spread([item.cpu for item in samples]), spread([item.wall for item in samples])
            print(f"  {name}: CPU s {cpu}, wall s {wall}, peak {max(item.peak for item in samples):,.0f} MiB")


def machine() -> str:
    """Where this was measured, in one line."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "polars", "django"))
    return f"{os.cpu_count()} cores ({model}), load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, {packages}"


def json_out(sample: Sample) -> dict[str, object]:
    """The last line that a measured program printed, read as JSON."""
    read: dict[str, object] = json.loads(sample.out.strip().splitlines()[-1])
    return read


def example() -> Path:
    """The made-up area as a published workspace: HEADWAY_BENCH_EXAMPLE, or made once beside the clone's other work."""
    home = Path(os.environ.get("HEADWAY_BENCH_EXAMPLE", ROOT / "workspace-bench"))
    if not (home / "snapshots").is_dir():
        command([sys.executable, "-m", "headway", "demo", "--home", home, "--no-serve"])
    return home
