"""The part of the library that registers are read by, for a load that need not wait for the rest of it."""

from functools import lru_cache
from pathlib import Path

from headway import __version__
from headway.definitions.attendance import attendance_of
from headway.definitions.loading import LIBRARY, Library, calendar_of, digest_of, gather, library_for, overlay_of
from headway.definitions.yaml_reading import all_at_once

CHECKED = "library-found-whole"


def attendance_for(home: Path) -> Library:
    """What registers are read by, with the digest of the whole: what is said of attendance, and the calendar; nothing else is in it.

    Of a library that this version has not yet found whole, the whole is read, so that its faults are told. Raises H-LIBRARY-01.
    """
    overlay, note = overlay_of(home), home / "cache" / CHECKED
    digest = digest_of([LIBRARY, *([overlay] if overlay else [])])
    said = f"{__version__} {digest}"
    if note.exists() and note.read_text() == said:
        return _of_attendance(overlay, digest)
    whole = library_for(home)
    note.parent.mkdir(exist_ok=True)
    note.write_text(said)  # cut short by a crash, it says of no library that it is whole
    return whole


@lru_cache(maxsize=4)
def _of_attendance(overlay: Path | None, digest: str) -> Library:
    roots, faults = [LIBRARY, *([overlay] if overlay else [])], list[str]()
    attendance, calendar = attendance_of(lambda kind, folder: gather(kind, folder, roots, faults), faults), calendar_of(roots, faults)
    if faults:
        raise all_at_once(faults)
    return Library({}, {}, {}, digest=digest, calendar=calendar, attendance=attendance)
