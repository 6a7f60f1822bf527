"""A trend the size of a word, for a table's cell: no axis, no line across a gap or a break, the last point marked."""

from headway.charts.drawing import Chart, Scale, framed, mark, path
from headway.charts.trend import words
from headway.readings.answers import Trend
from headway.readings.trend import runs

WIDTH, HEIGHT = 96.0, 26.0


def sparkline(of: Trend, key: str) -> Chart:
    """Empty where there is no value at all."""
    valued = [reading for reading in of.readings if reading.value is not None]
    title = of.measure.short
    table = (("Year", title), *((str(reading.year), words(reading)) for reading in of.readings))
    alt = ", ".join(f"{reading.year} {words(reading)}" for reading in of.readings) or "No figure has been published."
    if not valued:
        return Chart("", "", title, alt, table)
    values = [reading.value for reading in valued if reading.value is not None]
    across = Scale(of.readings[0].year.start, of.readings[-1].year.start, 6, WIDTH - 6)
    up = Scale(min(values), max(values), HEIGHT - 6, 6)
    pieces = [[(across(item.year.start), up(item.value or 0.0)) for item in piece] for piece in runs(of.readings, of.breaks)]
    parts = [path(piece, "own-line") if len(piece) > 1 else mark("care", *piece[0]) for piece in pieces]
    parts.append(mark("own", *pieces[-1][-1]))
    return Chart(framed(f"{key}-spark", WIDTH, HEIGHT, title, alt, parts), "", title, alt, table)
