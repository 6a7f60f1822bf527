"""A promise over its years as levels: each year's figure with its margin beside the level it had to have."""

from headway.charts.drawing import Chart, Row, Scale, framed, hatch, line, mark, nice, path, text, tick_words
from headway.readings.ambitions.answers import Answer, Point
from headway.vocabulary.number import shown

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 620.0, 200.0, 44.0, 606.0, 14.0, 164.0
HEAD: Row = ("Year", "Figure", "95% margin", "Needed", "Release")


def levels(answer: Answer, key: str, title: str, unit: str) -> Chart:
    """A chart without a drawing where there is no figure. The upright mark is the level needed; years without a figure are hatched."""
    points = answer.points
    rows = (HEAD, *(_row(one, unit) for one in points))
    alt = "; ".join(f"{one.year} {shown(one.value, unit)}{_needed(one, unit)}" for one in points)
    alt = f"Figure by year: {alt}." if points else "There is no figure."
    if not points:
        return Chart("", "", title, alt, rows)
    ticks = nice([value for one in points for value in (one.value, one.target, one.lower, one.upper) if value is not None], 3)
    first, last = points[0].year, points[-1].year
    across = Scale(first.start, max(last.start, first.start + 1), LEFT + 14, RIGHT - 14)
    up = Scale(ticks[0], ticks[-1], BOTTOM, TOP)
    parts = [part for tick in ticks for part in (line(LEFT, up(tick), RIGHT, up(tick), "grid"), _tick(up(tick), tick))]
    parts += _gaps(points, across)
    parts += [path(run, "own-line") for run in _runs(points, across, up)]
    for one in points:
        parts += _point(one, across(one.year.start), up)
    parts += [text(across(year.start), HEIGHT - 16, str(year), "mid") for year in {first, last}]
    return Chart(framed(key, WIDTH, HEIGHT, title, alt, parts), "", title, alt, rows)


def _tick(y: float, value: float) -> str:
    return text(LEFT - 6, y + 4, tick_words(value), "end")


def _needed(one: Point, unit: str) -> str:
    return f" (needed {shown(one.target, unit)})" if one.target is not None else ""


def _point(one: Point, x: float, up: Scale) -> list[str]:
    parts = [line(x, up(one.lower), x, up(one.upper), "own-margin")] if one.lower is not None and one.upper is not None else []
    parts.append(mark("own", x, up(one.value)))
    if one.target is not None:
        parts.append(line(x - 9, up(one.target), x + 9, up(one.target), "england"))
    return parts


def _runs(points: tuple[Point, ...], across: Scale, up: Scale) -> list[list[tuple[float, float]]]:
    """A line joins years that follow each other, never across a gap."""
    runs: list[list[tuple[float, float]]] = []
    for place, one in enumerate(points):
        if place == 0 or one.year - points[place - 1].year != 1:
            runs.append([])
        runs[-1].append((across(one.year.start), up(one.value)))
    return runs


def _gaps(points: tuple[Point, ...], across: Scale) -> list[str]:
    known = {one.year for one in points}
    half = (across(points[0].year.start + 1) - across(points[0].year.start)) / 2
    missing = [year for year in points[0].year.to(points[-1].year) if year not in known]
    return [hatch(across(year.start) - half, TOP, 2 * half, BOTTOM - TOP) for year in missing]


def _row(one: Point, unit: str) -> Row:
    margin = "–" if one.lower is None or one.upper is None else f"{shown(one.lower, unit)} to {shown(one.upper, unit)}"
    return (str(one.year), shown(one.value, unit), margin, shown(one.target, unit), one.release.words)
