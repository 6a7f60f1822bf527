"""A fall as an arrow on one scale for every row of a table: from before, a hollow circle, to the last school days."""

from headway.charts.drawing import Chart, Scale, framed, line
from headway.vocabulary.number import shown

WIDTH, HEIGHT = 240.0, 24.0
TICKS = (60, 70, 80, 90, 100)
SCALE = Scale(TICKS[0], TICKS[-1], 8.0, WIDTH - 8.0)


def fall(before: float, after: float, key: str) -> Chart:
    """Values in per cent; one under the scale is drawn at its end."""
    title = f"From {shown(before, 'percent')} to {shown(after, 'percent')}"
    alt = "Hollow circle: this year before; arrow: the last ten school days."
    x1, x2 = (SCALE(max(value, TICKS[0])) for value in (before, after))
    parts = [line(SCALE(tick), 2, SCALE(tick), 22, "grid") for tick in TICKS]
    parts += [line(x1, 12, x2 + 6, 12, "fell-line"), f'<path class="fell" d="M{x2:g} 12l8 -4.5v9Z"/>']
    parts.append(f'<circle class="fell-from" cx="{x1:g}" cy="12" r="4"/>')
    return Chart(framed(key, WIDTH, HEIGHT, title, alt, parts), "", title, alt, (("Before", "Last ten days"), (str(before), str(after))))
