"""Every school of an area on one measure: a strip of dots, stacked where they would cover each other."""

from html import escape

from headway.charts.drawing import Chart, Row, Scale, framed, line, nice, text, tick_words
from headway.charts.names import unit_words
from headway.charts.trend import words
from headway.readings.answers import Distribution

WIDE, NARROW, DOT = 720.0, 320.0, 4.0
EDGE = 16.0


def distribution(of: Distribution, key: str, title: str = "", href: str = "") -> Chart:
    """`href`: a school's address with {urn} in it, to make each dot a link. Schools without a value are counted below."""
    title = title or f"{of.measure.title}: schools in {of.year}"
    valued = [(school.name, school.urn, reading.value, words(reading)) for school, reading in of.rows if reading.value is not None]
    unit = unit_words(of.measure.unit)
    head: Row = ("School", f"{of.year}{f', {unit}' if unit else ''}")
    table = (head, *((school.name, words(reading)) for school, reading in of.rows), *_hidden(of))
    if not valued:
        return Chart("", "", title, "No school has a figure to show.", table)
    values = sorted(value for _, _, value, _ in valued)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    alt = f"{len(valued)} schools from {tick_words(values[0])} to {tick_words(values[-1])}, middle {tick_words(middle)}. {_counts(of)}"
    dots = [(value, f"{name}: {told}", href.replace("{urn}", str(urn))) for name, urn, value, told in valued]
    drawings = [_strip(f"{key}-{size:g}", size, dots, middle, title, alt) for size in (WIDE, NARROW)]
    return Chart(drawings[0], drawings[1], title, alt.strip(), table)


def _strip(key: str, width: float, dots: list[tuple[float, str, str]], middle: float, title: str, alt: str) -> str:
    ticks = nice([value for value, _, _ in dots], 5 if width == WIDE else 3)
    across = Scale(ticks[0], ticks[-1], EDGE, width - EDGE)
    columns: dict[int, list[tuple[str, str]]] = {}
    for value, told, href in sorted(dots):
        columns.setdefault(round(across(value) / (2 * DOT)), []).append((told, href))
    tallest = max(len(column) for column in columns.values())
    rise = min(2 * DOT, 220 / tallest)
    floor = 28 + rise * tallest + DOT
    parts = [line(across(tick), 24, across(tick), floor, "grid") for tick in ticks]
    for column, schools in columns.items():
        parts += [_dot(column * 2 * DOT, round(floor - DOT - rise * level, 1), *school) for level, school in enumerate(schools)]
    parts.append(line(EDGE, floor, width - EDGE, floor, "axis"))
    parts += [text(across(tick), floor + 16, tick_words(tick), "mid") for tick in ticks]
    x = min(max(across(middle), 60), width - 60)
    parts += [line(across(middle), 18, across(middle), floor, "break"), text(x, 13, f"middle school {tick_words(round(middle, 2))}", "mid")]
    return framed(key, width, floor + 24, title, alt, parts)


def _dot(x: float, y: float, told: str, href: str) -> str:
    """A keyboard passes the dots by: the table below has the same links."""
    dot = f'<circle class="spot" cx="{x:g}" cy="{y:g}" r="{DOT:g}"><title>{escape(told)}</title></circle>'
    return f'<a href="{escape(href)}" aria-label="{escape(told)}" tabindex="-1">{dot}</a>' if href else dot


def _hidden(of: Distribution) -> list[Row]:
    return [(f"{count} {'school' if count == 1 else 'schools'}", why) for why, count in of.without_value.items() if count]


def _counts(of: Distribution) -> str:
    return " ".join(f"{schools}: {why}." for schools, why in _hidden(of))
