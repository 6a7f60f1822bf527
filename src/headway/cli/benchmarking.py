"""`headway bench`: the measurements of benchmarks/, one after another, with where they were made."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from headway.vocabulary.errors import Exit, HeadwayError

ROOT = Path(__file__).resolve().parents[3]
NOT_MEASURES = ("measuring",)
BUSY = 1.0  # load a core above which figures say more of the neighbours than of Headway


def register(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Which to run, as school_page; default all.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Measure the served pages for five minutes, not one.")] = False,
) -> None:
    """Measure speed beside the best peer on this machine: landing, ranks, a school page's data, served pages, value added, forecasts."""
    chosen = _chosen(names or [])
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    machine = [sys.executable, "-c", "from measuring import machine; print(machine())"]
    subprocess.run(machine, cwd=ROOT / "benchmarks", env=environment, check=True)
    _warn_when_busy()
    failed = [name for name, path in chosen.items() if not _run(name, path, full, environment)]
    if failed:
        print(f"\nEnded early: {', '.join(failed)}")
        raise typer.Exit(int(Exit.INTERNAL))


def _chosen(names: list[str]) -> dict[str, Path]:
    """Raises H-USAGE-40 without the repository, H-USAGE-12 for an unknown name."""
    folder = ROOT / "benchmarks"
    if not folder.is_dir():
        why = "They come with the repository, not with the installed package."
        raise HeadwayError(
            "H-USAGE-40", "The benchmarks are not here.", why, "Clone the repository and run ./headway bench in it.", str(ROOT)
        )
    known = {path.stem: path for path in sorted(folder.glob("*.py")) if path.stem not in NOT_MEASURES}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise HeadwayError("H-USAGE-12", f"There is no benchmark {unknown[0]!r}.", remedy=f"There are: {', '.join(known)}.")
    return {name: known[name] for name in names} if names else known


def _warn_when_busy() -> None:
    if os.getloadavg()[0] > BUSY * (os.cpu_count() or 1):
        print("The machine is busy with other work: wall times are long, and ratios vary. Measure again when it is quiet.")


def _run(name: str, path: Path, full: bool, environment: dict[str, str]) -> bool:
    print(f"\n── {name} ──", flush=True)
    started = time.monotonic()
    arguments = ["--full"] if full and name == "web" else []
    done = subprocess.run([sys.executable, str(path), *arguments], cwd=ROOT, env=environment, check=False)
    print(f"  took {time.monotonic() - started:.0f} s; load afterwards {os.getloadavg()[0]:.1f}", flush=True)
    return done.returncode == 0
