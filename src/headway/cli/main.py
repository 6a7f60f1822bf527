"""The headway command. Each command asks the pipeline or the one door, and prints; numbers are not made here."""

import os
import sys
from typing import Annotated

import typer

from headway.cli import (
    alerts,
    ambitions,
    asking,
    attendance,
    backtesting,
    benchmarking,
    brokerage,
    families,
    fetching,
    forecasting,
    keeping,
    packs,
    pupils,
    ranking,
    running,
    scrutiny,
    testing,
    tiers,
)
from headway.vocabulary.errors import Exit, HeadwayError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads wait by spinning, and we bring our own
app = typer.Typer(
    help="Headway: a city's education strategy as a working system.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
COMMANDS = (
    keeping, fetching, asking, families, ranking, ambitions, scrutiny, tiers, backtesting, forecasting, pupils, attendance, packs, alerts,
    running, benchmarking, brokerage,
)  # fmt: skip
for commands in COMMANDS:
    commands.register(app)
app.command()(testing.test)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False) -> None:
    if show:
        import headway

        print(f"headway {headway.__version__}")
        raise typer.Exit


def run() -> None:
    """Run a command. Our own errors are one clear message and the exit code of their family, never a traceback."""
    try:
        app(prog_name="headway")
    except HeadwayError as error:
        _tell(error)
        sys.exit(int(error.exit))
    except KeyboardInterrupt:
        print("Stopped. What was current stays so; run the command again to go on.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        _tell(_refused(error))
        sys.exit(int(Exit.STORE))
    except MemoryError:
        _tell(HeadwayError("H-STORE-09", "There was not enough memory.", remedy="Load fewer files at once, or set HEADWAY_MEMORY lower."))
        sys.exit(int(Exit.STORE))


def _refused(error: OSError) -> HeadwayError:
    """What the machine would not do. Only its own short reason is told, and which path it was about."""
    what = f"The machine refused: {error.strerror or type(error).__name__}."
    why = "What was published before is untouched."
    remedy = "Check that the path is what you mean, that you may write there, and that the disc has room; then run the command again."
    return HeadwayError("H-STORE-12", what, why, remedy, str(error.filename or ""))


def _tell(error: HeadwayError) -> None:
    if "json" in sys.argv:
        import json

        print(json.dumps({"error": error.as_dict()}), file=sys.stderr)
        return
    print(f"{error.code} {error.what}", file=sys.stderr)
    for line in (error.why, f"Where: {error.place}" if error.place else "", f"What to do: {error.remedy}" if error.remedy else ""):
        if line:
            print(f"  {line}", file=sys.stderr)
