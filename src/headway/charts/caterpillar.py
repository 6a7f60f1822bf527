"""Caterpillars: each school's value added with its interval, without and with context beside each other on one scale."""

from collections.abc import Sequence

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, nice, text, tick_words
from headway.charts.ranks import signed
from headway.readings.pupil_value_added import Comparison, SchoolValueAdded

WIDE, NARROW = 960.0, 340.0
HIGH, HIGH_NARROW, HEAD = 19.0, 40.0, 48.0
PANELS = ("Given prior attainment", "Given who they are as well")


def caterpillar(of: Comparison, half: float, key: str) -> Chart:
    """The schools with a number, the furthest above on raw first. `half`: how many standard errors an interval has to either side."""
    shown = sorted((one for one in of.schools if one.raw is not None), key=lambda one: (-(one.raw or 0.0), one.urn))
    title = f"Value added at key stage 4 in {of.year}, points of Attainment 8"
    head: Row = ("School", PANELS[0], "95% limits", PANELS[1], "95% limits")
    table = (head, *(_row(one) for one in shown))
    alt = (
        f"{len(shown)} schools in the order of value added given prior attainment, each with its interval; beside it the same given "
        "who the pupils are. The line at nought is the middle of the schools in the file."
    )
    if not shown:
        return Chart("", "", title, alt, table)
    return Chart(_wide(shown, half, f"{key}-w", title, alt), _narrow(shown, half, f"{key}-n", title, alt), title, alt, table)


def _row(one: SchoolValueAdded) -> Row:
    cells: list[str] = [one.name]
    for value, limits in ((one.raw, one.limits()), (one.contextual, one.limits(contextual=True))):
        cells += [signed(value or 0.0), f"{signed(limits[0])} to {signed(limits[1])}" if limits else "–"]
    return tuple(cells)


def _scales(shown: Sequence[SchoolValueAdded], half: float, spans: Sequence[tuple[float, float]], ticks: int) -> list[Scale]:
    """One scale for both panels, so that they can be held against each other."""
    ends = [end for one in shown for with_context in (False, True) for end in one.limits(with_context, half) or ()]
    marks = nice([*ends, 0.0], ticks)
    return [Scale(marks[0], marks[-1], start, end) for start, end in spans]


def _wide(shown: Sequence[SchoolValueAdded], half: float, key: str, title: str, alt: str) -> str:
    bottom = HEAD + HIGH * len(shown)
    scales = _scales(shown, half, ((270.0, 590.0), (630.0, WIDE - 10)), 5)
    parts = [part for scale, name in zip(scales, PANELS, strict=True) for part in _panel(scale, name, bottom, 5)]
    for at, one in enumerate(shown):
        y = HEAD + HIGH * (at + 0.5)
        name = one.name if len(one.name) <= 36 else f"{one.name[:35].rstrip()}…"
        parts += [text(255, y + 4, name, "end"), *_intervals(scales, one, half, y)]
    return framed(key, WIDE, bottom + 12, title, alt, parts)


def _narrow(shown: Sequence[SchoolValueAdded], half: float, key: str, title: str, alt: str) -> str:
    """A name over each pair of intervals."""
    bottom = HEAD + HIGH_NARROW * len(shown)
    scales = _scales(shown, half, ((12.0, 160.0), (182.0, NARROW - 12)), 3)
    parts = [
        part for scale, name in zip(scales, ("Prior attainment", "With context"), strict=True) for part in _panel(scale, name, bottom, 3)
    ]
    for at, one in enumerate(shown):
        y = HEAD + HIGH_NARROW * at
        parts += [text(12, y + 16, one.name[:40]), *_intervals(scales, one, half, y + 27)]
    return framed(key, NARROW, bottom + 12, title, alt, parts)


def _panel(scale: Scale, name: str, bottom: float, ticks: int) -> list[str]:
    parts = [text(scale.start, 12, name, "strong")]
    for tick in nice([scale.low, scale.high], ticks):
        parts += [line(scale(tick), HEAD, scale(tick), bottom, "grid"), text(scale(tick), 36, tick_words(tick), "mid")]
    return [*parts, line(scale(0.0), HEAD, scale(0.0), bottom, "break")]


def _intervals(scales: Sequence[Scale], one: SchoolValueAdded, half: float, y: float) -> list[str]:
    """A filled mark where the interval leaves out nought, a hollow one where it does not: what the reader may say."""
    parts = []
    for scale, value, with_context in zip(scales, (one.raw, one.contextual), (False, True), strict=True):
        limits, against_middle = one.limits(with_context, half), one.limits(with_context)
        if value is not None and limits and against_middle:
            parts.append(line(scale(limits[0]), y, scale(limits[1]), y, "own-margin"))
            parts.append(mark("own" if against_middle[0] > 0 or against_middle[1] < 0 else "care", scale(value), y))
    return parts
