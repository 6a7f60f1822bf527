"""Where a figure may go: the past as a line, the fan of the forecast, the path that a promise needs, England marked, breaks drawn.

The wide band holds four in five of the figures to come, the narrow one half of them; years that were not tried have no band.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, nice, path, text, tick_words
from headway.charts.names import unit_words
from headway.charts.trend import BREAK_WORDS
from headway.readings.forecasting.answers import Outlook
from headway.readings.trend import runs
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading

Needed = Sequence[tuple[AcademicYear, float]]
MOST = 10  # years of the past
WIDE, NARROW = (640.0, 260.0), (310.0, 220.0)
LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 34.0, 30.0
LETTER = 6.3


@dataclass(frozen=True)
class Plane:
    width: float
    height: float
    first: AcademicYear
    last: AcademicYear
    across: Scale
    up: Scale
    ticks: tuple[float, ...]

    def at(self, year: AcademicYear, value: float) -> tuple[float, float]:
        return self.across(year.start), self.up(value)


def fan(of: Outlook, key: str, needed: Needed = (), title: str = "") -> Chart:
    """`needed`: the path of a promise, year by year up to the year that decides, on the outlook's own scale (level or gap)."""
    own = values(of)
    title = title or f"{of.measure.title}: {of.name}"
    if not own:
        return Chart("", "", title, "No figure has been published.", table(of, needed))
    alt = alt_words(of, needed)
    drawn = [_drawn(of, own, needed, f"{key}-fan{suffix}", size, title, alt) for suffix, size in (("", WIDE), ("-narrow", NARROW))]
    return Chart(drawn[0], drawn[1], title, alt, table(of, needed))


def values(of: Outlook) -> dict[AcademicYear, float]:
    """The past on the outlook's own scale: the figure, or its gap to England of the same year."""
    england = {one.year: one.value for one in of.england}
    found = {}
    for one in of.readings:
        beside = england.get(one.year)
        if one.value is not None and (not of.gap or beside is not None):
            found[one.year] = one.value - (beside or 0.0) if of.gap else one.value
    return found


def _drawn(of: Outlook, own: dict[AcademicYear, float], needed: Needed, key: str, size: tuple[float, float], title: str, alt: str) -> str:
    plane = _plane(of, own, needed, size)
    parts = [
        *_axes(plane),
        *_england(of, plane),
        *_breaks(of, plane),
        *_bands(of, own, plane),
        *_own(of, own, plane),
        *_needed(needed, plane),
    ]
    return framed(key, plane.width, plane.height, title, alt, parts)


def _plane(of: Outlook, own: dict[AcademicYear, float], needed: Needed, size: tuple[float, float]) -> Plane:
    last = max([*own, *(one.year for one in of.fan), *(year for year, _ in needed)])
    first = max(min(own), max(own) + (1 - MOST))
    heights = [value for year, value in own.items() if year >= first] + [end for one in of.fan for end in (one.q10, one.q90)]
    heights += [value for _, value in needed]
    heights += [0.0] if of.gap else [one.value for one in _shown_england(of, first) if one.value is not None]
    ticks = nice(heights, 4)
    width, height = size
    across = Scale(first.start, last.start, LEFT + 10, width - RIGHT - 10)
    return Plane(width, height, first, last, across, Scale(ticks[0], ticks[-1], height - BOTTOM, TOP), ticks)


def _shown_england(of: Outlook, first: AcademicYear) -> list[Reading]:
    return [one for one in of.england if one.value is not None and one.year >= first]


def _axes(plane: Plane) -> list[str]:
    parts = []
    for tick in plane.ticks:
        y = plane.up(tick)
        parts += [line(LEFT, y, plane.width - RIGHT, y, "grid"), text(LEFT - 6, y + 4, tick_words(tick), "end")]
    foot = plane.height - BOTTOM
    parts.append(line(LEFT, foot, plane.width - RIGHT, foot, "axis"))
    ends = text(LEFT - 4, plane.height - 8, str(plane.first)), text(plane.width - 4, plane.height - 8, str(plane.last), "end")
    return [*parts, *ends]


def _england(of: Outlook, plane: Plane) -> list[str]:
    if of.gap:
        y = plane.up(0.0)
        words = text(LEFT + 4, y - 5, "England")  # at the left: the path of a promise ends at the right
        return [line(LEFT, y, plane.width - RIGHT, y, "england-line"), words]
    pieces = [[plane.at(one.year, one.value or 0.0) for one in piece] for piece in runs(tuple(_shown_england(of, plane.first)), of.breaks)]
    parts = [path(piece, "england-line") for piece in pieces]
    return [*parts, mark("england", *pieces[-1][-1], "England")] if pieces else parts


def _breaks(of: Outlook, plane: Plane) -> list[str]:
    parts, reached = [], 0.0
    for broken in of.breaks:
        if not plane.first < broken.year <= plane.last:
            continue
        x = round((plane.across(broken.year.start) + plane.across(broken.year.start - 1)) / 2, 1)
        words = BREAK_WORDS.get(broken.kind, broken.kind)
        parts.append(f"<g><title>{escape(broken.note)}</title>{line(x, TOP - 8, x, plane.height - BOTTOM, 'break')}</g>")
        half = len(words) * LETTER / 2
        if x - half > reached:
            parts.append(text(min(max(x, half + 2), plane.width - half - 2), TOP - 14, words, "mid"))
            reached = x + half + 4
    return parts


def _bands(of: Outlook, own: dict[AcademicYear, float], plane: Plane) -> list[str]:
    """From the newest figure outwards: what is known has no width."""
    if not of.fan:
        return []
    start = plane.at(max(own), own[max(own)])
    parts = []
    for kind, low, high in (("fan-wide", "q10", "q90"), ("fan-half", "q25", "q75")):
        lower = [start, *(plane.at(one.year, getattr(one, low)) for one in of.fan)]
        upper = [plane.at(one.year, getattr(one, high)) for one in reversed(of.fan)]
        parts.append(f'<path class="{kind}" d="M{"L".join(f"{x:g} {y:g}" for x, y in [*lower, *upper])}Z"/>')
    middle = [start, *(plane.at(one.year, one.q50) for one in of.fan)]
    return [*parts, path(middle, "fan-middle")]


def _own(of: Outlook, own: dict[AcademicYear, float], plane: Plane) -> list[str]:
    kept = [one for one in of.readings if one.year in own and one.year >= plane.first]
    parts = [path([plane.at(one.year, own[one.year]) for one in piece], "own-line") for piece in runs(tuple(kept), of.breaks)]
    return parts + [mark("own", *plane.at(one.year, own[one.year]), f"{one.year}: {words(own[one.year], of)}") for one in kept]


def _needed(needed: Needed, plane: Plane) -> list[str]:
    inside = [(year, value) for year, value in needed if year >= plane.first]
    if not inside:
        return []
    x, y = plane.at(*inside[-1])
    end = f'<path class="needed-end" d="M{x - 5:g} {y:g}h10M{x:g} {y - 5:g}v10"><title>needed in {inside[-1][0]}</title></path>'
    return [path([plane.at(*one) for one in inside], "needed-line"), end]


def words(value: float, of: Outlook) -> str:
    """A level in its unit; a gap as what it is: points above or below England."""
    if not of.gap:
        return shown(value, of.measure.unit, sign=of.measure.unit == "progress")
    number = shown(abs(value), of.measure.unit, ending=False)
    if not number.strip("0."):
        return "level with England"
    return f"{number} {'above' if value > 0 else 'below'} England"


def alt_words(of: Outlook, needed: Needed) -> str:
    told = [f"{year} {words(value, of)}" for year, value in sorted(values(of).items())]
    ahead = [f"{one.year} four times in five from {words(one.q10, of)} to {words(one.q90, of)}" for one in of.fan]
    parts = [f"Line over years: {', '.join(told)}", f"Forecast: {'; '.join(ahead)}" if ahead else f"No forecast: {of.no_forecast_because}"]
    parts += [f"Needed: {', '.join(f'{year} {words(value, of)}' for year, value in needed)}"] if needed else []
    parts += [f"The series changed in {one.year}: {one.note}" for one in of.breaks]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def table(of: Outlook, needed: Needed) -> tuple[Row, ...]:
    unit = unit_words(of.measure.unit)
    kind = "gap to England" if of.gap else "figure"
    head = ("Year", f"{of.name}, {kind}{f', {unit}' if unit else ''}", "England", "As likely as not", "Four times in five", "Needed")
    own, path_of = values(of), dict(needed)
    england = {one.year: one for one in of.england if one.value is not None}
    ahead, withheld = {one.year: one for one in of.fan}, dict(of.withheld)
    rows = []
    for year in sorted({*own, *ahead, *withheld, *path_of}):
        one = ahead.get(year)
        half = f"{words(one.q25, of)} to {words(one.q75, of)}" if one else withheld.get(year, "–")
        most = f"{words(one.q10, of)} to {words(one.q90, of)}" if one else "–"
        beside = shown(england[year].value, of.measure.unit) if year in england else "–"
        told = words(own[year], of) if year in own else "–"
        rows.append((str(year), told, beside, half, most, words(path_of[year], of) if year in path_of else "–"))
    return (head, *rows)
