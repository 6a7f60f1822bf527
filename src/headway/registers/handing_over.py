"""The years that a load has just written, for whoever makes the lists of them next in the same process: they need not be read again.

Each is known by its files, their nodes, sizes and the moments they were written, so that what lies there by then is never taken for it;
given away once, for whoever has it may keep it; and of the last load only.
"""

import threading
from pathlib import Path

from headway.registers.held import Held

Files = tuple[Path, ...]
Mark = list[tuple[int, int, int]]
_written: dict[Files, tuple[Mark | None, Held]] = {}
_lock = threading.Lock()


def hand_over(years: dict[Files, Held]) -> None:
    """By the files that they were written to. Whoever hands a year over does not change it any more."""
    with _lock:
        _written.clear()
        _written.update({files: (_mark(files), held) for files, held in years.items()})


def handed_over(files: Files) -> Held | None:
    """The year of these files, where a load of this process wrote it last and nobody had it yet."""
    with _lock:
        mark, held = _written.pop(files, (None, None))
    return held if mark is not None and mark == _mark(files) else None


def _mark(files: Files) -> Mark | None:
    try:
        facts = [path.stat() for path in files]
    except FileNotFoundError:
        return None
    return [(one.st_ino, one.st_size, one.st_mtime_ns) for one in facts]
