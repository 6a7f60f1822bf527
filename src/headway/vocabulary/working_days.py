"""Working days: Monday to Friday without bank holidays. Which days are holidays is the calendar's to say."""

from collections.abc import Container
from datetime import date, timedelta


def is_working_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_days_after(day: date, count: int, holidays: Container[date]) -> date:
    """The day that lies so many working days after another; the day itself is not counted."""
    while count > 0:
        day += timedelta(1)
        count -= is_working_day(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: Container[date]) -> int:
    """Working days after `first` up to and with `last`; 0 where `last` is not later."""
    return sum(is_working_day(first + timedelta(ahead), holidays) for ahead in range(1, (last - first).days + 1))
