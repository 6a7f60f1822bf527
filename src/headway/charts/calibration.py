"""How forecasts held, drawn: figures by tenth of their forecast, and how often what was told came true."""

from collections.abc import Callable

from headway.charts.drawing import Chart, Row, Scale, framed, line, text
from headway.readings.forecasting.answers import Record

WIDTH, HEIGHT = 310.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 14.0, 34.0
EVEN = 0.1
SMALLEST = 2.0  # the radius of a mark


def tenths(of: Record, key: str) -> Chart:
    """The PIT histogram: of a right forecast one figure in ten lies in each tenth. High ends: too narrow; a high middle: too wide."""
    title = "Where figures fell in their forecast"
    rows: list[Row] = [("Tenth of the forecast", "Share of figures")]
    rows += [(f"{_ordinal(at)} tenth", f"{100 * share:.1f}%") for at, share in enumerate(of.pit, 1)]
    if not of.pit:
        return Chart("", "", title, "No forecast was shown on a past year.", tuple(rows))
    high = max(0.2, *of.pit)
    up, wide = Scale(0.0, high, HEIGHT - BOTTOM, TOP), (WIDTH - LEFT - RIGHT) / len(of.pit)
    parts = [*_grid(up, (0.0, EVEN, 0.2), lambda value: f"{100 * value:.0f}%")]
    for at, share in enumerate(of.pit):
        y = up(share)
        parts.append(
            f'<rect class="bar" x="{LEFT + at * wide + 2:g}" y="{y:g}" width="{wide - 4:g}" height="{HEIGHT - BOTTOM - y:g}">'
            f"<title>{rows[at + 1][0]}: {rows[at + 1][1]}</title></rect>"
        )
    parts += [line(LEFT, up(EVEN), WIDTH - RIGHT, up(EVEN), "break"), text(LEFT, HEIGHT - 10, "lowest tenth")]
    parts.append(text(WIDTH - RIGHT, HEIGHT - 10, "highest tenth", "end"))
    alt = f"Bars: {', '.join(f'{row[0]} {row[1]}' for row in rows[1:])}. Were every forecast right, each would be 10%."
    return Chart(framed(f"{key}-tenths", WIDTH, HEIGHT, title, alt, parts), "", title, alt, tuple(rows))


def came_true(of: Record, key: str) -> Chart:
    """The reliability diagram: on the slanting line what was told came true exactly as often."""
    title = "How often what was told came true"
    rows: list[Row] = [("Chance told", "Came true", "Promises")]
    rows += [(f"{100 * told:.0f} in 100", f"{100 * share:.0f} in 100", f"{many:,}") for told, share, many in of.told]
    if not of.told:
        return Chart("", "", title, "Not enough promises on past years.", tuple(rows))
    across, up = Scale(0.0, 1.0, LEFT, WIDTH - RIGHT), Scale(0.0, 1.0, HEIGHT - BOTTOM, TOP)
    parts = [*_grid(up, (0.0, 0.5, 1.0), lambda value: f"{100 * value:.0f}"), line(LEFT, up(0), WIDTH - RIGHT, up(1), "break")]
    most = max(many for _, _, many in of.told)
    for at, (told, share, many) in enumerate(of.told, 1):
        size = SMALLEST + 4 * (many / most) ** 0.5
        parts.append(
            f'<circle class="own" cx="{across(told):g}" cy="{up(share):g}" r="{size:.1f}">'
            f"<title>told {rows[at][0]}, came true {rows[at][1]}, {rows[at][2]} promises</title></circle>"
        )
    parts += [text(LEFT, HEIGHT - 10, "told 0 in 100"), text(WIDTH - RIGHT, HEIGHT - 10, "told 100 in 100", "end")]
    alt = f"Points: {'; '.join(f'told {row[0]}, came true {row[1]}' for row in rows[1:])}."
    return Chart(framed(f"{key}-true", WIDTH, HEIGHT, title, alt, parts), "", title, alt, tuple(rows))


def _grid(up: Scale, ticks: tuple[float, ...], said: Callable[[float], str]) -> list[str]:
    parts = []
    for tick in ticks:
        parts += [line(LEFT, up(tick), WIDTH - RIGHT, up(tick), "grid"), text(LEFT - 6, up(tick) + 4, said(tick), "end")]
    return parts


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
