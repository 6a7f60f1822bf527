"""The last look before a snapshot may be published: it opens, and it holds together."""

from pathlib import Path

from headway.store import engine
from headway.store.landed import LandedFile
from headway.vocabulary.errors import HeadwayError


def _count(fault: str) -> str:
    return f"SELECT count(*) FROM reading WHERE {fault}"


CELL = "level, place, measure, year, cut"
WITHHELD_YET_COUNTED = "status = 'suppressed' AND (numerator IS NOT NULL OR denominator IS NOT NULL OR lower IS NOT NULL)"
# what must hold, and the count of readings of which it does not
QUESTIONS = {
    "one reading for each cell": f"SELECT count(*) FROM (SELECT 1 FROM reading GROUP BY {CELL} HAVING count(*) > 1)",
    "a value only where the state allows one": _count("value IS NOT NULL AND status NOT IN ('published', 'low_count')"),
    "no counts beside a withheld value": _count(WITHHELD_YET_COUNTED),
    "no early result among the published": _count("release = 'early'"),
    "a source for each reading": _count("file_id IS NULL OR file_id = ''"),
    "finite values": _count("isinf(value) OR isnan(value)"),
    "positions between 0 and 1": _count("position < 0 OR position > 1"),
    "nobody in their own family": "SELECT count(*) FROM family WHERE list_contains(members, urn)",
    "a family or a reason for each open school": "SELECT count(*) FROM family_of WHERE members = 0 AND reason = ''",
}


def verify(path: Path, files: list[LandedFile]) -> None:
    """Raises H-STORE-07 with every question that the snapshot fails."""
    con = engine.reading(path)
    try:
        faults = []
        for said, question in QUESTIONS.items():
            (row,) = con.execute(question).fetchall()
            if row and row[0]:
                faults.append(f"{said} ({row[0]:,} times not)")
        (known,) = con.execute("SELECT count(*) FROM file").fetchall()
        if known and known[0] != len(files):
            faults.append("every landed file is listed")
    finally:
        con.close()
    if faults:
        raise HeadwayError(
            "H-STORE-07",
            "The new snapshot did not verify.",
            f"It lacks: {'; '.join(faults)}.",
            "Nothing was published; the current snapshot stays.",
        )
