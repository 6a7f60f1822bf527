"""Where in the school year a day lies, and what is coming. Dates are the usual ones until a publisher announces them."""

from datetime import date, timedelta
from typing import Any

from headway.definitions.loading import Library
from headway.readings.answers import Coming
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

AHEAD = timedelta(days=366)


def _on(year: int, text: str) -> date:
    month, day = map(int, text.split("-"))
    return date(year, month, day)


def _calendar(library: Library) -> dict[str, Any]:
    return library.lists.get("calendar") or {"terms": [], "half_terms": [], "usual": []}


def term_of(day: date, library: Library) -> str:
    """Autumn term, week 3; autumn half term; or holidays. Weeks run from Monday, the first holds the first day."""
    calendar = _calendar(library)
    if any(_on(day.year, item["from"]) <= day <= _on(day.year, item["until"]) for item in calendar["half_terms"]):
        return "half term"
    for term in calendar["terms"]:
        first, last = _on(day.year, term["from"]), _on(day.year, term["until"])
        if first <= day <= last:
            monday = first - timedelta(days=first.weekday())
            return f"{term['name']}, week {(day - monday).days // 7 + 1}"
    return "holidays"


def coming(day: date, library: Library) -> list[Coming]:
    """What usually comes in the twelve months from a day, the nearest first."""
    found = [
        Coming(on, f"{item['title']} (usual date)", item["kind"])
        for item in _calendar(library)["usual"]
        for on in (_on(day.year, item["on"]), _on(day.year + 1, item["on"]))
        if day <= on <= day + AHEAD
    ]
    return sorted(found, key=lambda item: (item.on, item.title))


def calendar_line(door: Door, viewer: Viewer, day: date) -> str:
    """Autumn term, week 3 · KS2 2025/26: early, unvalidated, not for publication · next: Key stage 4, provisional, 16 October."""
    parts = [term_of(day, door.library), newest_words(door, viewer)]
    following = next((item for item in coming(day, door.library) if item.kind == "release"), None)
    if following:
        parts.append(f"next: {following.title.removesuffix(' (usual date)')}, usually about {following.on.day} {following.on:%B}")
    return " · ".join(part for part in parts if part)


def newest_words(door: Door, viewer: Viewer) -> str:
    """How firm the newest key stage 2 results are that the viewer may see."""
    sql = "SELECT year, release FROM reading WHERE measure = 'ks2.rwm_expected' AND value IS NOT NULL"
    if viewer.sees_early:
        sql += " UNION ALL SELECT year, release FROM early_reading WHERE measure = 'ks2.rwm_expected' AND value IS NOT NULL"
    rows = door.lookup.rows(f"SELECT DISTINCT year, release FROM ({sql})")
    if not rows:
        return ""
    year, release = max((row[0], Release(row[1]).rank) for row in rows)
    return f"KS2 {AcademicYear(year)}: {list(Release)[release].words}"
