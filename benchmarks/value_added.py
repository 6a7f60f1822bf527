"""Value added of 600,000 pupils in 3,400 schools and 152 areas beside R's lme4: CPU, and whose criterion is lower.

Ours is the pass over the pupils, who come in no order, the fit, every school's effect and its standard error. lme4's is
the call of lmer alone, without derivatives at the end (calc.derivs = FALSE): reading, effects and standard errors are not
counted. Both on one thread; R with OpenBLAS where that is found (libopenblas0-pthread, or its folder in HEADWAY_BENCH_BLAS).
Turn about, ours warmed up once; the slope model takes lme4 minutes, so that it has fewer turns.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy comes

import numpy as np
from measuring import RUNS, machine, spread

from headway.stats.value_added import SchoolStatistics, ValueAdded, criterion_at, fit, gather, load, save

PUPILS, SCHOOLS, AREAS, COVARIATES = 600_000, 3_400, 152, 10
MODELS: dict[str, dict[str, Any]] = {"intercept": {}, "areas": {"in_areas": True}, "slope": {"slope": "x1"}}
TURNS = {"intercept": min(RUNS, 5), "areas": min(RUNS, 3), "slope": min(RUNS, 2)}
LEAST = {"intercept": 100, "areas": 100, "slope": 30}
REFIT_MOST, REFITS = 50.0, 15
PEER = Path(__file__).with_name("value_added.R")


def made_up() -> dict[str, np.ndarray]:
    """Columns of pupils: y, x1…, school, area. Schools differ in intercept and in slope, areas in intercept."""
    random = np.random.default_rng(7)
    school = random.integers(0, SCHOOLS, PUPILS)
    area_of = random.integers(0, AREAS, SCHOOLS)
    x = random.normal(size=(COVARIATES, PUPILS))
    x[5:] = x[5:] > 0.5  # half of them flags
    intercept = 0.29 * random.normal(size=SCHOOLS) + (0.1 * random.normal(size=AREAS))[area_of]
    slope = 0.1 * random.normal(size=SCHOOLS)
    y = 0.1 * random.normal(size=COVARIATES) @ x + 0.5 * x[0] + intercept[school] + slope[school] * x[0] + 0.75 * random.normal(size=PUPILS)
    covariates = {f"x{at}": np.ascontiguousarray(column) for at, column in enumerate(x, start=1)}
    return {"y": y, **covariates, "school": school + 100_000, "area": area_of[school]}


def ours(columns: dict[str, np.ndarray], areas: dict[int, int], options: dict[str, Any]) -> tuple[float, ValueAdded]:
    started = time.process_time()
    covariates = {name: column for name, column in columns.items() if name.startswith("x")}
    placed = areas if "in_areas" in options else None
    found = fit(gather(columns["y"], covariates, columns["school"], areas=placed), **options)
    return time.process_time() - started, found


def with_openblas() -> dict[str, str]:
    """What makes R take OpenBLAS: its two libraries, loaded before the reference ones."""
    folders = [os.environ.get("HEADWAY_BENCH_BLAS", ""), *map(str, Path("/usr/lib").glob("*/openblas-pthread"))]
    found = next((folder for folder in folders if folder and (Path(folder) / "libblas.so.3").is_file()), None)
    return {"LD_PRELOAD": f"{found}/libblas.so.3:{found}/liblapack.so.3"} if found else {}


def lme4(folder: Path, model: str) -> dict[str, Any]:
    program = shutil.which("Rscript")
    assert program
    command = [program, "--vanilla", str(PEER), str(folder), model]
    done = subprocess.run(command, env={**os.environ, **with_openblas()}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"lme4 failed: {done.stderr[-2000:]}")
    told = done.stdout.strip().splitlines()[-1].split("\t")
    names = ("cpu", "residual", "v11", "v21", "v22", "area", "blas", "version")
    found: dict[str, Any] = {name: value if name in names[-2:] else float(value) for name, value in zip(names, told, strict=True)}
    found["coefficients"] = np.fromfile(folder / "coefficients.bin")
    found["effects"] = np.fromfile(folder / "effects.bin").reshape(-1, SCHOOLS).T
    return found


def agreement(summed: SchoolStatistics, model: str, found: ValueAdded, other: dict[str, Any]) -> None:
    """Both solutions under one function, and how far apart they are."""
    options: dict[str, Any] = {"slope": found.slope}
    theirs = np.array([[other["v11"]]])
    if model == "slope":
        theirs = np.array([[other["v11"], other["v21"]], [other["v21"], other["v22"]]])
    mine = criterion_at(summed, found.school_covariance, found.residual_variance, area_variance=found.area_variance, **options)
    area = other["area"] if model == "areas" else None
    peers = criterion_at(summed, theirs, other["residual"], area_variance=area, **options)
    beta = np.abs(found.coefficients - other["coefficients"]).max()
    effects = np.abs(found.schools.effects - other["effects"]).max()
    verdict = "not above lme4's + 1e-6" if mine <= peers + 1e-6 else "ABOVE lme4's"
    print(f"    criterion {mine:.6f}, ours − lme4's {mine - peers:+.1e}: {verdict}; most apart: β {beta:.1e}, effects {effects:.1e}")


def beside(columns: dict[str, np.ndarray], areas: dict[int, int], summed: SchoolStatistics, folder: Path, model: str) -> None:
    options = MODELS[model]
    ours(columns, areas, options)
    turns = []
    for _ in range(TURNS[model]):
        cpu, found = ours(columns, areas, options)
        other = lme4(folder, model)
        turns.append((cpu, other["cpu"]))
    ratios = sorted(theirs / mine for mine, theirs in turns)
    middle, least = statistics.median(ratios), LEAST[model]
    print(f"  {model} ({len(turns)} turns; lme4 {other['version']}, BLAS {Path(other['blas']).parent.name}):")
    print(f"    CPU s ours {spread([mine for mine, _ in turns])}, lme4 {spread([theirs for _, theirs in turns])}")
    verdict = "met" if middle >= least else "met within noise" if ratios[-1] >= least else "NOT met"
    print(f"    {middle:.0f} times less (lowest {ratios[0]:.0f}, highest {ratios[-1]:.0f}), at least {least}: {verdict}")
    agreement(summed, model, found, other)


def times(work: Callable[[], object]) -> tuple[float, float]:
    """Median milliseconds of CPU and of wall time."""
    work()
    found = []
    for _ in range(REFITS):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
    return statistics.median(cpu for cpu, _ in found), statistics.median(wall for _, wall in found)


def refits(path: Path) -> None:
    print(f"  refit from statistics on disc ({path.stat().st_size / 1024**2:.1f} MiB), reading them counted, {REFITS} runs each:")
    for model, options in MODELS.items():
        cpu, wall = times(lambda options=options: fit(load(path), **options))
        verdict = "met" if cpu < REFIT_MOST else "NOT met"
        print(f"    {model}: CPU ms {cpu:.0f}, wall ms {wall:.0f}; under {REFIT_MOST:.0f} ms of CPU: {verdict}")


def main() -> None:
    columns = made_up()
    areas = dict(zip(columns["school"].tolist(), columns["area"].tolist(), strict=True))
    covariates = {name: column for name, column in columns.items() if name.startswith("x")}
    print(f"  {machine()}, numpy {np.__version__}")
    print(f"  {PUPILS:,} pupils, {SCHOOLS:,} schools, {AREAS} areas, {COVARIATES} covariates")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        summed = gather(columns["y"], covariates, columns["school"], areas=areas)
        cpu, wall = times(lambda: gather(columns["y"], covariates, columns["school"], areas=areas))
        print(f"  the pass over the pupils: CPU ms {cpu:.0f}, wall ms {wall:.0f}")
        save(summed, folder / "kept.npz")
        refits(folder / "kept.npz")
        if shutil.which("Rscript") is None:
            print("  left out: R with lme4 is not here (apt-get install r-base-core r-cran-lme4)")
            return
        for column, values in columns.items():
            values.astype(np.float64).tofile(folder / f"{column}.bin")
        (folder / "columns.txt").write_text("\n".join(columns))
        for model in sys.argv[1:] or MODELS:
            beside(columns, areas, summed, folder, model)


if __name__ == "__main__":
    main()
