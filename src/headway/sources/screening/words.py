"""Small words for messages: counts with their nouns, a few examples of many."""

from collections.abc import Sequence

from headway.store.landed import LandedFile


def counted(count: int, noun: str, plural: str = "") -> str:
    """1 row, 2 rows, 1,024 rows; 1 authority, 2 authorities when the plural is given."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def are(count: int) -> str:
    return "is" if count == 1 else "are"


def stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def when(file: LandedFile) -> str:
    """Which landed file is meant: its year, else its name."""
    return str(file.year or file.source_name)


def have(count: int) -> str:
    return "has" if count == 1 else "have"


def some(items: Sequence[object], most: int = 5) -> str:
    """The first few of many: a, b, c and 7 more."""
    shown = ", ".join(str(item) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"


def share(part: float) -> str:
    """A share as people say it: 70%, and never 100% for what is less."""
    whole = int(100 * part)
    return "under 1%" if 0 < part < 0.01 else f"{whole}%"
