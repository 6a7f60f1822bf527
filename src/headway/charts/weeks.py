"""A school's attendance week by week, beside the same weeks of term a year earlier; local shocks are shaded and named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from headway.charts.drawing import Chart, Row, Scale, framed, hatch, line, mark, nice, path, text, tick_words
from headway.vocabulary.number import shown

WIDE, NARROW, HEIGHT, LEFT, TOP = 900.0, 330.0, 230.0, 40.0, 30.0
SEVEN = timedelta(days=7)


@dataclass(frozen=True)
class Point:
    """One week; values in per cent, None where there is none to be shown. Not `settled`: reasons may yet come."""

    monday: date
    place: str
    attendance: float | None
    before: float | None
    settled: bool = True


@dataclass(frozen=True)
class Shaded:
    """Days in which something kept children away."""

    begins: date
    ends: date
    title: str


def weeks(points: Sequence[Point], shaded: Sequence[Shaded], key: str, title: str) -> Chart:
    """No line runs across a holiday. Hollow: the week may still change."""
    rows: tuple[Row, ...] = (
        ("Week from", "Week of term", "Attendance, %", "Same week last year, %", "Note"), *(_row(one, shaded) for one in points)
    )  # fmt: skip
    told = [one for one in points if one.attendance is not None]
    alt = (
        f"{len(told)} weeks, from {shown(told[0].attendance, 'percent')} to {shown(told[-1].attendance, 'percent')}."
        if told
        else "No week."
    )
    alt += "".join(f" {one.title}, {_day(one.begins)} to {_day(one.ends)}." for one in shaded)
    if not told:
        return Chart("", "", title, alt, rows)
    drawn = [_drawn(points, shaded, f"{key}-{width:g}", title, alt, width) for width in (WIDE, NARROW)]
    return Chart(drawn[0], drawn[1], title, alt, rows)


def _drawn(points: Sequence[Point], shaded: Sequence[Shaded], key: str, title: str, alt: str, width: float) -> str:
    bottom = HEIGHT - 30
    values = [value for one in points for value in (one.attendance, one.before) if value is not None]
    ticks = nice(values, 3)
    up = Scale(ticks[0], ticks[-1], bottom, TOP)
    first, last = points[0].monday, points[-1].monday
    across = Scale(first.toordinal(), max(last, first + SEVEN).toordinal(), LEFT + 10, width - 14)
    parts: list[str] = []
    for one in shaded:
        x1, x2 = across(max(one.begins, first).toordinal()) - 3, across(min(one.ends, last + SEVEN).toordinal()) + 3
        if one.ends >= first and one.begins <= last + SEVEN:
            parts.append(f"<g><title>{escape(one.title)}</title>{hatch(x1, TOP, max(6.0, round(x2 - x1, 1)), bottom - TOP)}</g>")
            parts.append(text(min(x1, width - 8 * len(one.title)), TOP - 10, one.title))
    for tick in ticks:
        parts += [line(LEFT, up(tick), width - 6, up(tick), "grid"), text(LEFT - 6, up(tick) + 4, tick_words(tick), "end")]
    parts += [path([(across(day.toordinal()), up(value)) for day, value in run], "last-year-line") for run in _runs(points, "before")]
    parts += [path([(across(day.toordinal()), up(value)) for day, value in run], "own-line") for run in _runs(points, "attendance")]
    for point in points:
        if point.attendance is not None:
            words = f"{_day(point.monday)}: {shown(point.attendance, 'percent')}"
            parts.append(mark("own" if point.settled else "care", across(point.monday.toordinal()), up(point.attendance), words))
    parts += [text(across(first.toordinal()), HEIGHT - 8, _day(first)), text(width - 6, HEIGHT - 8, _day(last), "end")]
    return framed(key, width, HEIGHT, title, alt, parts)


def _runs(points: Sequence[Point], name: str) -> list[list[tuple[date, float]]]:
    """Weeks that follow each other."""
    runs: list[list[tuple[date, float]]] = []
    for one in points:
        value = getattr(one, name)
        if value is None:
            continue
        if not runs or one.monday - runs[-1][-1][0] > SEVEN:
            runs.append([])
        runs[-1].append((one.monday, value))
    return runs


def _row(one: Point, shaded: Sequence[Shaded]) -> Row:
    notes = [] if one.settled else ["may still change"]
    notes += [item.title for item in shaded if item.begins <= one.monday + SEVEN and item.ends >= one.monday]
    values = [shown(value, "percent", ending=False) for value in (one.attendance, one.before)]
    return (_day(one.monday), one.place, *values, "; ".join(notes))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
