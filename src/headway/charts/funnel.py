"""Schools by size and result, within the limits that size and the usual spread of schools give."""

from html import escape

from headway.charts.drawing import Chart, Row, Scale, framed, line, nice, path, text, tick_words
from headway.charts.trend import words
from headway.readings.ranking.funnel import Funnel, Point, limits

WIDE, NARROW, HEIGHT = 720.0, 330.0, 300.0
LEFT, TOP, BOTTOM = 40.0, 20.0, 256.0
STEPS = 60
SIDES = {"high": "above the limits", "low": "below the limits", "": "within them"}


def funnel(of: Funnel, key: str, title: str = "", href: str = "") -> Chart:
    """`href`: a school's address with {urn} in it, to make each dot a link. A keyboard has the same links in the table."""
    title = title or f"{of.measure.title}: schools by size in {of.year}"
    alt = (
        f"{len(of.points)} schools; {len(of.outside)} outside the 95% limits. "
        f"The middle line is England's {tick_words(round(100 * of.spread.target, 1))}; the limits narrow as schools grow."
    )
    head: Row = ("School", f"{of.year}", "Pupils", "95% limits")
    table = (head, *(_row(of, point) for point in of.points))
    drawn = [_drawn(of, f"{key}-{width:g}", width, title, alt, href) for width in (WIDE, NARROW)]
    return Chart(drawn[0], drawn[1], title, alt, table)


def _row(of: Funnel, point: Point) -> Row:
    size = point.reading.denominator or 0.0
    low, high = limits(of.spread, size)
    return point.establishment.name, words(point.reading), f"{size:g}", f"{low:.0f} to {high:.0f}: {SIDES[point.side]}"


def _drawn(of: Funnel, key: str, width: float, title: str, alt: str, href: str) -> str:
    sizes = [point.reading.denominator or 0.0 for point in of.points]
    across_ticks = nice([0.0, *sizes], 6 if width == WIDE else 4)
    up_ticks = nice([*(point.reading.value or 0.0 for point in of.points), 100 * of.spread.target], 5)
    across, up = Scale(across_ticks[0], across_ticks[-1], LEFT, width - 12), Scale(up_ticks[0], up_ticks[-1], BOTTOM, TOP)
    parts = [line(LEFT, up(tick), width - 12, up(tick), "grid") for tick in up_ticks]
    parts += [text(LEFT - 6, up(tick) + 4, tick_words(tick), "end") for tick in up_ticks]
    parts += [text(across(tick), BOTTOM + 16, tick_words(tick), "mid") for tick in across_ticks]
    parts.append(text((LEFT + width - 12) / 2, BOTTOM + 34, "pupils counted", "mid"))
    for outer in (False, True):
        for side in (0, 1):
            parts.append(path(_curve(of, across, up, (up_ticks[0], up_ticks[-1]), outer, side), "limit outer" if outer else "limit"))
    middle = up(100 * of.spread.target)
    parts += [line(LEFT, middle, width - 12, middle, "england"), text(width - 14, middle - 5, "England", "end strong halo")]
    parts += [_dot(across(point.reading.denominator or 0.0), up(point.reading.value or 0.0), point, href) for point in of.points]
    return framed(key, width, HEIGHT, title, alt, parts)


def _curve(of: Funnel, across: Scale, up: Scale, edges: tuple[float, float], outer: bool, side: int) -> list[tuple[float, float]]:
    """One limit from the smallest size to the largest, cut off where it leaves the drawing."""
    points = []
    for step in range(1, STEPS + 1):
        size = max(across.high * step / STEPS, 1.0)
        value = limits(of.spread, size, outer)[side]
        if edges[0] <= value <= edges[1]:
            points.append((across(size), up(value)))
    return points


def _dot(x: float, y: float, point: Point, href: str) -> str:
    told = escape(f"{point.establishment.name}: {words(point.reading)}, {SIDES[point.side]}")
    kind = "spot" if point.side else "spot near"
    dot = f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="4"><title>{told}</title></circle>'
    address = escape(href.replace("{urn}", str(point.establishment.urn)))
    return f'<a href="{address}" aria-label="{told}" tabindex="-1">{dot}</a>' if href else dot
