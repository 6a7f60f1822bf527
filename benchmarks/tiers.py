"""Proposals and the time machine on a published workspace: whole commands, start-up included.

    HEADWAY_BENCH_HOME=/path/to/workspace python benchmarks/tiers.py

Targets: proposals for an authority of 450 schools under 5 s, for a country of 24,000 under 60 s, a ten-year back-test of one scheme at
national size under 2 minutes; on 2 cores. Without a workspace the example area is made, which is smaller: its figures are told as such.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import Sample, command, machine

RUNS = int(os.environ.get("HEADWAY_BENCH_TIER_RUNS", "3"))
SMALL = 300
AUTHORITY_S, COUNTRY_S, TEN_YEARS_S = 5.0, 60.0, 120.0


def home(folder: Path) -> Path:
    named = os.environ.get("HEADWAY_BENCH_HOME", "")
    if named:
        return Path(named)
    from headway.cli.demonstration import prepare

    prepare(folder / "area", SMALL)
    return folder / "area"


def timed(*words: str) -> tuple[float, float]:
    """Median seconds of wall time and of CPU over the runs."""
    runs: list[Sample] = [command([sys.executable, "-m", "headway", "tiers", *words]) for _ in range(RUNS)]
    return statistics.median(one.wall for one in runs), statistics.median(one.cpu for one in runs)


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        where = ["--home", str(home(Path(folder))), "--format", "json", "--out", str(Path(folder) / "out.json")]
        for title, most, words in (
            ("proposals, one authority", AUTHORITY_S, ["propose", *where]),
            ("proposals, the whole country", COUNTRY_S, ["propose", "--country", *where]),
            ("back-test, ten years", TEN_YEARS_S, ["backtest", "--as-of", "2016-10-01", "--every-year-to", "2025-10-01", *where]),
        ):
            wall, cpu = timed(*words)
            print(f"{title}: {wall:.1f} s wall, {cpu:.1f} s CPU (target {most:g} s): {'met' if wall <= most else 'not met'}")


if __name__ == "__main__":
    main()
