"""When terms end and begin, by the library's calendar. Days and weeks are counted in vocabulary/school_days, asked by readings/calendar."""

from datetime import date, timedelta

from headway.definitions.loading import Library
from headway.definitions.vocabularies import SchoolYear, Term

DAY = timedelta(days=1)


def is_school_day(day: date, library: Library) -> bool | None:
    """Whether schools are open; None for a year that the calendar does not hold."""
    year = _year(day, library)
    if year is None or library.calendar is None:
        return None
    if day.weekday() > 4 or day in library.calendar.bank_holidays:
        return False
    return any(term.holds(day) for term in year.terms) and not any(span.holds(day) for span in year.half_terms)


def term_end_near(day: date, within: int, library: Library) -> Term | None:
    """The term whose last `within` school days hold the day, or that is over while the next has not begun; None for any other day.

    Raises LookupError for a year that the calendar does not hold.
    """
    year = _year(day, library)
    if year is None:
        raise LookupError(day)
    before = [term for term in year.terms if term.from_ <= day]
    if not before:
        earlier = _year(year.terms[0].from_ - timedelta(days=60), library)
        return earlier.terms[-1] if earlier else None
    last = before[-1]
    return last if day > last.until or day >= _closing(last, within, library) else None


def _closing(term: Term, within: int, library: Library) -> date:
    """The first of a term's last so many school days."""
    day, left = term.until, within
    while day > term.from_:
        left -= bool(is_school_day(day, library))
        if left == 0:
            return day
        day -= DAY
    return day


def next_term_begins(day: date, library: Library) -> date | None:
    """The first day of the next term after a day, as far as the calendar goes."""
    years = [year for on in (day, day + timedelta(days=200)) if (year := _year(on, library))]
    return min((term.from_ for year in years for term in year.terms if term.from_ > day), default=None)


def terms_begun(since: date, day: date, library: Library) -> int:
    """How many terms have begun after one day and up to another."""
    years = library.calendar.years.values() if library.calendar else ()
    return sum(since < term.from_ <= day for year in years for term in year.terms)


def _year(day: date, library: Library) -> SchoolYear | None:
    return library.calendar.year(day) if library.calendar else None
