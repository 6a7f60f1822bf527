"""Where in the school year a day lies, and what is coming: library/calendar.yaml, with an area's own dates over it."""

from calendar import monthrange
from datetime import date, timedelta

from headway.definitions.loading import Library
from headway.definitions.vocabularies import Calendar
from headway.readings.answers import Coming
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.school_days import OpenYear, SchoolDays, half_terms
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer
from headway.vocabulary.working_days import working_days_after

AHEAD = timedelta(days=366)
USUAL = " (usual date)"


def term_of(day: date, library: Library) -> str:
    """Autumn term, week 3; half term; holidays; nothing for a year that the calendar does not hold.

    Weeks run from Monday; the first holds the term's first day.
    """
    year = library.calendar.year(day) if library.calendar else None
    if year is None:
        return ""
    if any(span.holds(day) for span in year.half_terms):
        return "half term"
    for term in year.terms:
        if term.holds(day):
            monday = term.from_ - timedelta(days=term.from_.weekday())
            return f"{term.name}, week {(day - monday).days // 7 + 1}"
    return "holidays"


def half_term_ends(day: date, library: Library) -> date:
    """The last day before the next half-term or holidays; in holidays, of the half-term to come. Four weeks on where the calendar ends."""
    calendar = library.calendar
    years = [year for on in (day, day + AHEAD) if calendar and (year := calendar.year(on))]
    ends = [term.until for year in years for term in year.terms]
    ends += [span.from_ - timedelta(days=1) for year in years for span in year.half_terms]
    return min((end for end in ends if end >= day), default=day + timedelta(weeks=4))


def holidays(library: Library) -> frozenset[date]:
    """Bank holidays, without which working days are counted."""
    return library.calendar.bank_holidays if library.calendar else frozenset()


def school_days(door: Door) -> SchoolDays:
    """The days on which schools are open, of every year that the calendar holds. Kept with the snapshot."""
    if "school days" not in door.kept:
        door.kept["school days"] = open_days(door.library.calendar)
    kept: SchoolDays = door.kept["school days"]
    return kept


def open_days(calendar: Calendar | None) -> SchoolDays:
    """The same from a calendar; without one every day from Monday to Friday counts as open."""
    found: list[OpenYear] = []
    for name, year in sorted(calendar.years.items()) if calendar else ():
        parts = half_terms(
            ((term.name, term.from_, term.until) for term in year.terms), ((off.from_, off.until) for off in year.half_terms)
        )
        opens = found[-1].last + timedelta(1) if found else AcademicYear.of(parts[0].first).first_day
        found.append(OpenYear(name, opens, parts))
    return SchoolDays(tuple(found), calendar.bank_holidays if calendar else frozenset())


_OPEN: dict[str, SchoolDays] = {}  # library digest → its open days: a list of them is walked through for every clock of a page


def _open(library: Library) -> SchoolDays:
    if library.digest not in _OPEN:
        _OPEN[library.digest] = open_days(library.calendar)
    return _OPEN[library.digest]


def days_after(day: date, count: int, unit: str, library: Library) -> date:
    """The day that lies so many days of a kind after another, which is not counted itself.

    `unit`: school_days, school_weeks (to the last open day of that week), working_days, days, or months.
    """
    if unit == "days":
        return day + timedelta(count)
    if unit == "months":
        return _months_after(day, count)
    if unit == "working_days":
        return working_days_after(day, count, holidays(library))
    return _open(library).week_after(day, count) if unit == "school_weeks" else _open(library).after(day, count)


def school_days_between(first: date, last: date, library: Library) -> int:
    """School days after `first` up to and with `last`; 0 where `last` is not later."""
    return _open(library).between(first, last)


def term_ends(first: date, last: date, library: Library) -> list[tuple[str, date]]:
    """The ends of terms after one day and up to another, each with its name: (Autumn term 2026, 18 December 2026)."""
    years = library.calendar.years.values() if library.calendar else ()
    return sorted(
        ((f"{term.name} {term.until.year}", term.until) for year in years for term in year.terms if first < term.until <= last),
        key=lambda one: one[1],
    )


def _months_after(day: date, count: int) -> date:
    """The same day of a later month, or its last day where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def coming(day: date, library: Library) -> list[Coming]:
    """What comes in the twelve months from a day, the nearest first: what is announced, else what is usual."""
    if library.calendar is None:
        return []
    found = [*_announced(library.calendar), *_returning(day, library.calendar), *_census(library.calendar)]
    return sorted((item for item in found if day <= item.on <= day + AHEAD), key=lambda item: (item.on, item.title))


def _announced(calendar: Calendar) -> list[Coming]:
    return [Coming(item.on, item.title, item.kind, item.reference.href) for item in calendar.announced]


def _returning(day: date, calendar: Calendar) -> list[Coming]:
    """The usual dates of two calendar years, less those for which one is announced in the same academic year."""
    taken = {(item.replaces, AcademicYear.of(item.on)) for item in calendar.announced}
    yearly = [
        Coming(on, f"{item.title} (usual date)", item.kind, calendar.usual_reference.href)
        for item in calendar.usual
        for on in (_on(day.year, item.on), _on(day.year + 1, item.on))
        if (item.title, AcademicYear.of(on)) not in taken
    ]
    months = [(day.year + (day.month + ahead - 1) // 12, (day.month + ahead - 1) % 12 + 1) for ahead in range(13)]
    monthly = [
        Coming(date(year, month, item.day), f"{item.title} (monthly)", item.kind, item.reference.href)
        for item in calendar.monthly
        for year, month in months
    ]
    return yearly + monthly


def _census(calendar: Calendar) -> list[Coming]:
    return [
        Coming(on, f"School census day, {term}", "census", calendar.reference.href)
        for year in calendar.years.values()
        for term, on in year.census
    ]


def _on(year: int, text: str) -> date:
    month, day = map(int, text.split("-"))
    return date(year, month, day)


def calendar_line(door: Door, viewer: Viewer, day: date) -> str:
    """Autumn term, week 3 · KS2 2025/26: early, unvalidated, not for publication · next: Key stage 4, provisional, 16 October."""
    parts = [term_of(day, door.library), newest_words(door, viewer)]
    following = next((item for item in coming(day, door.library) if item.kind == "release" and "(monthly)" not in item.title), None)
    if following:
        about = ", usually about" if following.title.endswith(USUAL) else ","
        parts.append(f"next: {following.title.removesuffix(USUAL)}{about} {following.on.day} {following.on:%B}")
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
