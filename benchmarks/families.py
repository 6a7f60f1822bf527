"""Families of 24,000 schools × 30 variables: the exact 50 nearest of each beside scikit-learn's brute force, in one run.

    python benchmarks/families.py

scikit-learn is no dependency: it is measured where HEADWAY_BENCH_SKLEARN names a Python that has it, else where this one can
import it, and left out otherwise. Both use two threads, and both are asked for the same set; how many of the neighbours agree is printed.
"""

import importlib.util
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from measuring import Sample, command, interleaved, machine, python, ratio, tell

from headway.stats import similar

SCHOOLS, VARIABLES, MEMBERS, MOST, MOST_MS = 24_000, 30, 50, 1.15, 20.0
OURS = """
import sys
import numpy as np
from headway.stats import similar
z, weights = np.load(sys.argv[1]), np.load(sys.argv[2])
np.save(sys.argv[3], similar.nearest(z, weights, 50, threads=2).members)
"""
PEER = """
import sys
import numpy as np
from sklearn.neighbors import NearestNeighbors
z = np.load(sys.argv[1]) * np.sqrt(np.load(sys.argv[2]))
np.save(sys.argv[3], NearestNeighbors(n_neighbors=51, algorithm="brute", n_jobs=2).fit(z).kneighbors(return_distance=False, n_neighbors=50))
"""


def made(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Schools as they are: some shares are skewed, and attributes go together."""
    chance = np.random.default_rng(24)
    values = chance.normal(size=(SCHOOLS, VARIABLES)) + chance.normal(size=(SCHOOLS, 1))
    values[:, :10] = np.exp(values[:, :10] / 2)
    z, weights = similar.scale(values).of(values), similar.shares(chance.random(VARIABLES) + 0.1)
    np.save(folder / "z.npy", z)
    np.save(folder / "weights.npy", weights)
    return z, weights


def peer() -> str:
    """A Python with scikit-learn, or nothing."""
    named = os.environ.get("HEADWAY_BENCH_SKLEARN", "")
    return named or (sys.executable if importlib.util.find_spec("sklearn") else "")


def own_weights(z: np.ndarray) -> None:
    """Families by a user's own weights, one school each: what a page waits for."""
    chance = np.random.default_rng(5)
    times = []
    for place in chance.integers(0, SCHOOLS, 300).tolist():
        weights = similar.shares(chance.random(VARIABLES))
        started = time.perf_counter()
        similar.nearest_of(place, z, weights, MEMBERS)
        times.append((time.perf_counter() - started) * 1000)
    high = sorted(times)[math.ceil(0.95 * len(times)) - 1]
    print(f"  own weights, one school: wall ms p50 {statistics.median(times):.1f}, p95 {high:.1f} (n = {len(times)}), "
          f"at most {MOST_MS:g}: {'met' if high <= MOST_MS else 'NOT met'}")  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        z, _ = made(folder)
        files = [folder / "z.npy", folder / "weights.npy"]

        def ours() -> Sample:
            return python(OURS, *files, folder / "ours.npy", OPENBLAS_NUM_THREADS="1")  # as the headway command sets it

        other = peer()
        print(f"  {machine()}")
        if not other:
            tell("the 50 nearest of each", [ours()])
            print("  scikit-learn is not here; set HEADWAY_BENCH_SKLEARN to a Python that has it")
        else:
            mine, theirs = interleaved(ours, lambda: command([other, "-c", PEER, *files, folder / "peer.npy"]))
            tell("the 50 nearest of each", mine, theirs, "scikit-learn, brute force, n_jobs=2")
            print(f"  {ratio(mine, theirs, MOST)}")
            same = (np.sort(np.load(folder / "ours.npy"), axis=1) == np.sort(np.load(folder / "peer.npy"), axis=1)).all(axis=1).mean()
            print(f"  families that are the same in both: {same:.4%}")
    own_weights(z)


if __name__ == "__main__":
    main()
