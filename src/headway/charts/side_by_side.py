"""The latest year side by side: own mark and each comparator's in its fixed order, on one scale."""

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, nice, text, tick_words, wrapped
from headway.charts.names import at_year, comparators, own_name, unit_words
from headway.charts.trend import words
from headway.readings.alongside import newest_shared
from headway.readings.answers import MeasureLine
from headway.readings.margins import margin
from headway.vocabulary.reading import Reading

WIDTH, LEFT, RIGHT, TOP, ROW = 310.0, 122.0, 246.0, 16.0, 24.0
LETTERS, LINES, LEADING = 18, 3, 14.0  # how a name is set: letters of a line, lines, and the height of one


def side_by_side(of: MeasureLine, key: str, title: str = "") -> Chart:
    """A small cohort's row is the pooled value, where there is one. A place without a value says why in its row.

    Where the newest year is the place's alone, as early results are, the newest year that others have too is drawn.
    """
    pooled = of.pooled if of.small_cohort and of.pooled is not None else None
    reading = pooled or newest_shared(of) or of.own.latest
    place = own_name(of)
    if reading is None:
        return Chart(
            "", "", title or of.own.measure.title, "No figure has been published.", (("Place", "Value"), (place, "no figure given"))
        )
    rows: list[tuple[str, str, Reading | None]] = [("own", place, reading)]
    rows += [(kind, name, at_year(series, reading)) for kind, name, series in comparators(of)]
    span = "three years together" if reading is of.pooled else str(reading.year)
    latest = of.own.latest
    later = latest is not None and pooled is None and reading.year < latest.year
    title = title or f"{of.own.measure.title}, {span}{', the newest year that others have too' if later else ''}"
    told = "; ".join(f"{name} {words(found)}" for _, name, found in rows)
    height = TOP + sum(_high(name) for _, name, _ in rows) + 26
    svg = framed(f"{key}-beside", WIDTH, height, title, told, _parts(of, rows, reading))
    return Chart(svg, "", title, told, _table(of, rows, span))


def _parts(of: MeasureLine, rows: list[tuple[str, str, Reading | None]], own: Reading) -> list[str]:
    limits = margin(own, of.own.measure)
    ticks = nice([found.value for _, _, found in rows if found is not None and found.value is not None] + list(limits or ()), 3)
    across, floor = Scale(ticks[0], ticks[-1], LEFT, RIGHT), TOP + sum(_high(name) for _, name, _ in rows)
    parts = [line(across(tick), 4, across(tick), floor, "grid") for tick in ticks]
    parts += [text(across(tick), floor + 16, tick_words(tick), "mid") for tick in ticks]
    parts.append(line(LEFT, floor, RIGHT, floor, "axis"))
    y = TOP
    for kind, name, found in rows:
        style = "mine" if kind == "own" else ""
        parts += [text(0, y + 4 + LEADING * number, part, style) for number, part in enumerate(wrapped(name, LETTERS, LINES))]
        if found is None or found.value is None:
            parts.append(text(LEFT + 4, y + 4, words(found) if found else "no figure this year", "halo"))
        else:
            if kind == "own" and limits:
                parts.append(line(across(limits[0]), y, across(limits[1]), y, "own-margin"))
            parts += [mark(kind, across(found.value), y, name), text(WIDTH, y + 4, words(found), f"end {style}".strip())]
        y += _high(name)
    return parts


def _high(name: str) -> float:
    """A row is as high as its name has lines: a long name is set in full, not cut."""
    return ROW + LEADING * (len(wrapped(name, LETTERS, LINES)) - 1)


def _table(of: MeasureLine, rows: list[tuple[str, str, Reading | None]], span: str) -> tuple[Row, ...]:
    unit = unit_words(of.own.measure.unit)
    head = ("Place", f"{span}{f', {unit}' if unit else ''}")
    return (head, *((name, words(found) if found else "no figure this year") for _, name, found in rows))
