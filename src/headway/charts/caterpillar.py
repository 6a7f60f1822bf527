"""Caterpillars: each school's value added with its interval, without and with context beside each other on one scale."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, nice, text, tick_words
from headway.charts.ranks import signed
from headway.readings.pupil_value_added import Comparison, SchoolValueAdded

WIDE, NARROW = 960.0, 340.0
HEAD = 48.0
PITCH, CLOSE = 19.0, 7.0  # a row's height, with every school named and with the chosen ones alone
PITCH_NARROW, CLOSE_NARROW = 40.0, 6.0
NAMED = 60  # up to so many schools each is named in the picture; of more the chosen ones are, and the table names all
PANELS = ("Given prior attainment", "Given who they are as well")
SHORT_PANELS = ("Prior attainment", "With context")


@dataclass(frozen=True)
class Plot:
    """What is drawn: schools in order, how many standard errors an interval has to either side, and which schools are picked out."""

    shown: tuple[SchoolValueAdded, ...]
    half: float
    picked: AbstractSet[int]

    @property
    def close(self) -> bool:
        return len(self.shown) > NAMED

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """Of every interval of either panel, so that both have one scale and can be held against each other."""
        both = (one.limits(contextual, self.half) or () for one in self.shown for contextual in (False, True))
        return (0.0, *(end for limits in both for end in limits))


def caterpillar(of: Comparison, half: float, key: str, finding: str, picked: AbstractSet[int] = frozenset()) -> Chart:
    """The schools with a number, the furthest above on raw first. `finding`: what the picture shows, in a sentence.

    `half`: how many standard errors an interval has to either side. `picked`: reference numbers of schools to pick out.
    """
    shown = tuple(sorted((one for one in of.schools if one.raw is not None), key=lambda one: (-(one.raw or 0.0), one.urn)))
    head: Row = ("School", PANELS[0], "95% limits", PANELS[1], "95% limits")
    table = (head, *(_row(one) for one in shown))
    alt = _alt(shown, picked, of)
    if not shown:
        return Chart("", "", finding, alt, table)
    plot = Plot(shown, half, picked)
    return Chart(_wide(plot, f"{key}-w", finding, alt), _narrow(plot, f"{key}-n", finding, alt), finding, alt, table)


def _alt(shown: Sequence[SchoolValueAdded], picked: AbstractSet[int], of: Comparison) -> str:
    told = (
        f"{len(shown)} schools at key stage 4 in {of.year}, in the order of value added given prior attainment, each with its interval; "
        "beside it the same given who the pupils are. Points of Attainment 8; the line at nought is the middle of the schools in the file."
    )
    return " ".join([told, *(f"{_words(one)}." for one in shown if one.urn in picked)])


def _words(one: SchoolValueAdded) -> str:
    return f"{one.name}: {signed(one.raw or 0.0)} given prior attainment, {signed(one.contextual or 0.0)} with context"


def _row(one: SchoolValueAdded) -> Row:
    cells: list[str] = [one.name]
    for value, limits in ((one.raw, one.limits()), (one.contextual, one.limits(contextual=True))):
        cells += [signed(value or 0.0), f"{signed(limits[0])} to {signed(limits[1])}" if limits else "–"]
    return tuple(cells)


def _scales(plot: Plot, spans: Sequence[tuple[float, float]], ticks: int) -> list[Scale]:
    marks = nice(plot.ends, ticks)
    return [Scale(marks[0], marks[-1], start, end) for start, end in spans]


def _wide(plot: Plot, key: str, title: str, alt: str) -> str:
    pitch = CLOSE if plot.close else PITCH
    bottom = HEAD + pitch * len(plot.shown)
    scales = _scales(plot, ((270.0, 580.0), (640.0, WIDE - 10)), 5)
    parts = [part for scale, name in zip(scales, PANELS, strict=True) for part in _panel(scale, name, bottom, 5)]
    for at, one in enumerate(plot.shown):
        y, mine = HEAD + pitch * (at + 0.5), one.urn in plot.picked
        parts += [_band(y, pitch, WIDE)] if mine else []
        if mine or not plot.close:
            parts.append(text(255, y + 4, _short(one.name, 36), "end mine" if mine else "end"))
        parts += _intervals(plot, scales, one, y, tip=True)
    return framed(key, WIDE, bottom + 12, title, alt, parts)


def _narrow(plot: Plot, key: str, title: str, alt: str) -> str:
    """A name over each pair of intervals; of many schools over those alone that are picked out."""
    pitch = CLOSE_NARROW if plot.close else PITCH_NARROW
    named = [one for one in plot.shown if one.urn in plot.picked] if plot.close else list(plot.shown)
    bottom = HEAD + pitch * len(plot.shown) + (PITCH_NARROW - pitch) * len(named)
    scales = _scales(plot, ((14.0, 150.0), (190.0, NARROW - 14)), 3)
    parts = [part for scale, name in zip(scales, SHORT_PANELS, strict=True) for part in _panel(scale, name, bottom, 3)]
    y = HEAD
    for one in plot.shown:
        mine = one.urn in plot.picked
        high = PITCH_NARROW if mine or not plot.close else pitch
        parts += [_band(y + high / 2, high, NARROW)] if mine else []
        if high > pitch or not plot.close:
            parts.append(text(12, y + 16, _short(one.name, 40), "mine" if mine else ""))
        parts += _intervals(plot, scales, one, y + (27 if high > CLOSE_NARROW else high / 2))
        y += high
    return framed(key, NARROW, bottom + 12, title, alt, parts)


def _band(middle: float, high: float, width: float) -> str:
    return f'<rect class="band" x="0" y="{middle - high / 2:g}" width="{width:g}" height="{high:g}"/>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _panel(scale: Scale, name: str, bottom: float, ticks: int) -> list[str]:
    parts = [text(scale.start, 12, name, "strong")]
    for tick in nice([scale.low, scale.high], ticks):
        parts += [line(scale(tick), HEAD, scale(tick), bottom, "grid"), text(scale(tick), 36, tick_words(tick), "mid")]
    return [*parts, line(scale(0.0), HEAD, scale(0.0), bottom, "break")]


def _intervals(plot: Plot, scales: Sequence[Scale], one: SchoolValueAdded, y: float, tip: bool = False) -> list[str]:
    """A filled mark where the interval leaves out nought, a hollow one where it does not: what the reader may say."""
    parts = []
    for scale, value, with_context in zip(scales, (one.raw, one.contextual), (False, True), strict=True):
        limits, against_middle = one.limits(with_context, plot.half), one.limits(with_context)
        if value is not None and limits and against_middle:
            parts.append(line(scale(limits[0]), y, scale(limits[1]), y, "own-margin"))
            who = "own" if against_middle[0] > 0 or against_middle[1] < 0 else "care"
            parts.append(mark(who, scale(value), y, _words(one) if tip else ""))
    return parts
