"""The last look before a snapshot may be published: it opens, and it holds together."""

from pathlib import Path

from headway.store import engine
from headway.store.landed import LandedFile
from headway.vocabulary.errors import HeadwayError

QUESTIONS = {
    "one reading for each cell": "SELECT count(*) FROM (SELECT 1 FROM reading GROUP BY level, place, measure, year, cut HAVING count(*) > 1)",
    "a value only where the state allows one": "SELECT count(*) FROM reading WHERE value IS NOT NULL AND status NOT IN ('published', 'low_count')",
    "no counts beside a withheld value": (
        "SELECT count(*) FROM reading WHERE status = 'suppressed' AND (numerator IS NOT NULL OR denominator IS NOT NULL OR lower IS NOT NULL)"
    ),
    "no early result among the published": "SELECT count(*) FROM reading WHERE release = 'early'",
    "a source for each reading": "SELECT count(*) FROM reading WHERE file_id IS NULL OR file_id = ''",
    "finite values": "SELECT count(*) FROM reading WHERE isinf(value) OR isnan(value)",
    "positions between 0 and 1": "SELECT count(*) FROM reading WHERE position < 0 OR position > 1",
}


def verify(path: Path, files: list[LandedFile]) -> None:
    """Raises H-STORE-07 with every question that the snapshot fails."""
    con = engine.reading(path)
    try:
        faults = []
        for said, question in QUESTIONS.items():
            row = con.execute(question).fetchone()
            if row and row[0]:
                faults.append(f"{said} ({row[0]:,} times not)")
        known = con.execute("SELECT count(*) FROM file").fetchone()
        if known and known[0] != len(files):
            faults.append("every landed file is listed")
    finally:
        con.close()
    if faults:
        raise HeadwayError("H-STORE-07", "The new snapshot did not verify.", f"It lacks: {'; '.join(faults)}.", "Nothing was published; the current snapshot stays.")
