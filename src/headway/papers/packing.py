"""Office files are archives: packed anew so that the same content gives the same bytes."""

import io
import zipfile

THEN = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say


def repacked(made: bytes) -> bytes:
    """The same members in the same order, each with one date and one mode."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as given, zipfile.ZipFile(out, "w") as fresh:
        for member in given.infolist():
            entry = zipfile.ZipInfo(member.filename, THEN)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            fresh.writestr(entry, given.read(member), compresslevel=6)
    return out.getvalue()
