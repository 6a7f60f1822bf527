"""Ranges of rank: 152 authorities × 40 measures × 10 years, and 20,000 schools on one measure, beside the plain way to do it.

The peer draws the same numbers of joint draws from the same posterior in double precision, ranks each draw by sorting twice and takes
quantiles of the ranks. Both answers must agree to a few places of chance. Wall time, for that is what a person waits for.
"""

import sys

from measuring import Sample, interleaved, python, spread

SET = """
import sys, time
import numpy as np
chance = np.random.default_rng(3)
units, tables = int(sys.argv[1]), int(sys.argv[2])
worlds = [(chance.normal(60, 6, units), chance.uniform(2, 18, units)) for _ in range(min(tables, 8))]
"""
OURS = (
    SET
    + """
from headway.stats.ranks import DRAWS, ranked
from headway.stats.shrinkage import shrink
low = 0.0
started = time.monotonic()
for table in range(tables):
    values, variances = worlds[table % len(worlds)]
    found = ranked(shrink(values, variances).draws(DRAWS, table))
    low += float((found.high - found.low).mean()) / tables
print(f"{time.monotonic() - started:.3f} {low:.2f}")
"""
)
PEER = (
    SET
    + """
from headway.stats.ranks import DRAWS
from headway.stats.shrinkage import shares, shrink
low = 0.0
started = time.monotonic()
for table in range(tables):
    values, variances = worlds[table % len(worlds)]
    result = shrink(values, variances)
    random = np.random.default_rng(table)
    ranks = []
    for tau, count in zip(result.tau, shares(result.weight, DRAWS)):
        precision = 1 / (variances + tau**2)
        kept = tau**2 * precision
        centre = precision @ values / precision.sum() + random.standard_normal((count, 1)) / np.sqrt(precision.sum())
        draws = (1 - kept) * centre + kept * values + np.sqrt(kept * variances) * random.standard_normal((count, units))
        ranks.append((np.argsort(np.argsort(-draws, axis=1), axis=1) + 1).astype(np.int32))
    ends = np.quantile(np.concatenate(ranks), [0.025, 0.975], axis=0)
    low += float((ends[1] - ends[0]).mean()) / tables
print(f"{time.monotonic() - started:.3f} {low:.2f}")
"""
)


def compare(title: str, units: int, tables: int, most: float, runs: int) -> None:
    def run(code: str) -> Sample:
        return python(code, str(units), str(tables))

    ours, peer = interleaved(lambda: run(OURS), lambda: run(PEER), runs)
    walls, widths = zip(*[[float(part) for part in one.out.split()] for one in ours], strict=True)
    theirs, their_widths = zip(*[[float(part) for part in one.out.split()] for one in peer], strict=True)
    assert abs(widths[0] - their_widths[0]) <= 0.01 * units, (widths[0], their_widths[0])
    peaks = [max(one.peak for one in samples) for samples in (ours, peer)]
    met = "met" if sorted(walls)[len(walls) // 2] < most else "NOT met"
    cpu, their_cpu = (spread([one.cpu for one in samples]) for samples in (ours, peer))
    print(f"  {title}: CPU s {cpu}, wall s {spread(list(walls))}, peak {peaks[0]:,.0f} MiB; under {most:g} s: {met}")
    print(f"  sorted twice, with NumPy: CPU s {their_cpu}, wall s {spread(list(theirs))}, peak {peaks[1]:,.0f} MiB")
    print(f"  mean width of the ranges: ours {widths[0]:.1f}, theirs {their_widths[0]:.1f} of {units:,}")


def main() -> None:
    compare("152 authorities × 40 measures × 10 years", 152, 400, 20, 3)
    compare("20,000 schools, one measure", 20_000, 1, 5, 5)


if __name__ == "__main__":
    main()
    sys.exit(0)
