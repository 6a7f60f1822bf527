"""A progress line on the error stream, for work of more than two seconds and only where someone watches."""

import sys
import time
from types import TracebackType


class Progress:
    """Shows what is being done, one line that rewrites itself; silent when the output is not a terminal."""

    AFTER = 2.0

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.last = 0.0
        self.watched = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def told(self, what: str, done: int, of: int) -> None:
        moment = time.monotonic()
        if not self.watched or moment - self.started < self.AFTER or moment - self.last < 0.1:
            return
        self.last = moment
        share = f"{done * 100 // of:3d}% " if of else ""
        bar = "█" * (done * 24 // of) + "░" * (24 - done * 24 // of) + " " if of else ""
        print(f"\r\x1b[2K{bar}{share}{what[:70]}", end="", file=sys.stderr, flush=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.watched and self.last:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
