"""Reads workbooks in a process of its own, with a limit on memory and time: a small file may unpack to millions of cells.

The process writes each sheet as csv into the scratch folder, without its empty rows, and ends. It has no network:
its only import is the reader.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from headway.sources import limits
from headway.vocabulary.errors import HeadwayError

READER = Path(__file__).with_name("workbook_reading.py")


@dataclass(frozen=True)
class Sheet:
    name: str
    path: Path  # csv, UTF-8


def sheets(path: Path, scratch: Path, name: str) -> list[Sheet]:
    """The sheets of a workbook that hold anything. Raises H-DATA-10 (too large) or H-DATA-12 (cannot be read)."""
    allowed = (limits.WORKBOOK_MEMORY, limits.WORKBOOK_SECONDS, limits.MOST_UNPACKED)
    command = [sys.executable, "-I", str(READER), str(path), str(scratch), *map(str, allowed)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limits.WORKBOOK_SECONDS, check=False, cwd=scratch)
    except subprocess.TimeoutExpired:
        raise _refusal("H-DATA-10", path, f"It took more than {limits.WORKBOOK_SECONDS} seconds to read.", name) from None
    if done.returncode == 0:
        return [Sheet(item["name"], Path(item["path"])) for item in json.loads(done.stdout.splitlines()[-1])]
    if done.returncode < 0 or "memory allocation" in done.stderr or "MemoryError" in done.stderr:
        raise _refusal("H-DATA-10", path, f"Reading it needs more than {limits.WORKBOOK_MEMORY / 1024**2:,.0f} MiB.", name)
    raise _refusal("H-DATA-12", path, "It is damaged or of a kind that cannot be read.", name)


def _refusal(code: str, path: Path, why: str, name: str) -> HeadwayError:
    what = "too large a workbook" if code == "H-DATA-10" else "not a workbook that can be read"
    return HeadwayError(code, f"{Path(name or path).name} is {what}.", why, "Save the sheet that matters as csv, and load that.", name)
