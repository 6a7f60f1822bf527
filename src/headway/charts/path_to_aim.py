"""The path of an objective: where a measure is to be at the end of each term, and the school's own published figures on it."""

from collections.abc import Sequence
from datetime import date

from headway.charts.drawing import Chart, Scale, framed, line, mark, nice, path, text, tick_words
from headway.vocabulary.number import shown

WIDTH, HEIGHT = 310.0, 170.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 298.0, 14.0, 140.0
Dated = tuple[date, float]


def path_to_aim(
    start: Dated, points: Sequence[tuple[str, date, float]], figures: Sequence[Dated], unit: str, key: str, title: str
) -> Chart:
    """`points`: (term, its end, where the measure is to be). `figures`: published values, each on the last day of its year."""
    table = (
        ("When", "Where it is to be", "Where it was"),
        *((term, shown(value, unit), "") for term, _, value in points),
        *((f"{day.year - 1}/{day.year % 100:02}", "", shown(value, unit)) for day, value in figures),
    )
    way = [start, *((day, value) for _, day, value in points)]
    alt = f"From {shown(start[1], unit)} to {shown(way[-1][1], unit)} by {points[-1][0]}." if points else "No path is drawn."
    if not points:
        return Chart("", "", title, alt, table)
    ticks = nice([value for _, value in (*way, *figures)])
    days = [day.toordinal() for day, _ in (*way, *figures)]
    across, up = Scale(min(days), max(days), LEFT + 8, RIGHT - 8), Scale(ticks[0], ticks[-1], BOTTOM, TOP)
    parts = [line(LEFT, up(tick), RIGHT, up(tick), "grid") + text(LEFT - 6, up(tick) + 4, tick_words(tick), "end") for tick in ticks]
    parts.append(path([(across(day.toordinal()), up(value)) for day, value in way], "needed-line"))
    parts += [mark("care", across(day.toordinal()), up(value), f"{term}: {shown(value, unit)}") for term, day, value in points]
    parts += [mark("own", across(day.toordinal()), up(value), shown(value, unit)) for day, value in figures]
    for (day, _), anchor in ((way[0], "mid"), (way[-1], "end")):  # the last at the edge
        parts.append(text(min(across(day.toordinal()) + (8 if anchor == "end" else 0), RIGHT), BOTTOM + 18, f"{day:%b} {day.year}", anchor))
    return Chart(framed(f"{key}-path", WIDTH, HEIGHT, title, alt, parts), "", title, alt, table)
