"""One measure over years: own line with margins beside its comparators; gaps hatched with their reason, breaks drawn."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from headway.charts.drawing import Chart, Row, Scale, framed, hatch, line, mark, nice, path, text, tick_words, wrapped
from headway.charts.names import at_year, cell, comparators, own_name, unit_words
from headway.readings.answers import MeasureLine, Trend
from headway.readings.margins import margin
from headway.readings.trend import runs
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading

FEWEST, MOST = 5, 10  # years of width
LETTER = 6.3  # about the width of a letter of 12 px
DRAWN = ("neighbours", "england")  # beside each other in years; the rest stand in the latest year
BREAK_WORDS = {"not_comparable": "not comparable", "comparable_with_care": "with care"}


@dataclass(frozen=True)
class Room:
    """The size of a drawing and the field within it, in pixels; whether there is room for words above hatched and broken years."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    worded: bool = True
    marks: float = 1.0  # the size of the comparators' marks


PAGE = Room(310.0, 170.0, 40.0, 298.0, 34.0, 146.0)


@dataclass(frozen=True)
class Plane:
    """The scales of one drawing, and half a year's width."""

    room: Room
    first: AcademicYear
    last: AcademicYear
    across: Scale
    up: Scale
    half: float
    ticks: tuple[float, ...]

    def x(self, year: AcademicYear) -> float:
        return self.across(year.start)


def trend(of: MeasureLine, key: str, title: str = "") -> Chart:
    """The drawing fits small screens as it is, so it has no narrow one. `title`: the finding, where one is at hand."""
    own, place = of.own, own_name(of)
    title = title or f"{own.measure.title}: {place}"
    if not own.readings:
        return Chart("", "", title, "No figure has been published.", table(of))
    plane = plane_of([of], PAGE, DRAWN)
    parts = [*axes(plane), *fields(plane, own), *beside(plane, of, DRAWN), *_own(plane, of)]
    alt = alt_words(of, plane)
    return Chart(framed(f"{key}-trend", PAGE.width, PAGE.height, title, alt, parts), "", title, alt, table(of))


def _years(of: Sequence[MeasureLine]) -> tuple[AcademicYear, AcademicYear]:
    years = [reading.year for one in of for reading in one.own.readings]
    last = max(years)
    first = min([*years, last + (1 - FEWEST)])
    return max(first, last + (1 - MOST)), last


def plane_of(of: Sequence[MeasureLine], room: Room, drawn: Collection[str]) -> Plane:
    """The scales on which these lines are set beside each other, with the comparators drawn. One of them has a reading at least."""
    first, last = _years(of)
    values = [value for one in of for value in _heights(one, first, last, drawn)]
    ticks = nice(values, 3)
    half = (room.right - room.left - 16) / max(1, last - first) / 2
    across = Scale(first.start, last.start, room.left + 8, room.right - 8)
    return Plane(room, first, last, across, Scale(ticks[0], ticks[-1], room.bottom, room.top), half, ticks)


def _heights(of: MeasureLine, first: AcademicYear, last: AcademicYear, drawn: Collection[str]) -> list[float]:
    values: list[float] = []
    for reading in of.own.readings:
        if reading.value is not None and reading.year >= first:
            values += [reading.value, *(margin(reading, of.own.measure) or ())]
    for kind, _, series in comparators(of):
        if kind in drawn:
            values += [reading.value for reading in series.readings if reading.value is not None and first <= reading.year <= last]
    return values


def axes(plane: Plane) -> list[str]:
    parts, room = [], plane.room
    for tick in plane.ticks:
        y = plane.up(tick)
        parts += [line(room.left, y, room.right, y, "grid"), text(room.left - 6, y + 4, tick_words(tick), "end")]
    parts.append(line(room.left, room.bottom, room.right, room.bottom, "axis"))
    years = text(room.left - 4, room.height - 6, str(plane.first)), text(room.right + 4, room.height - 6, str(plane.last), "end")
    return [*parts, *years]


def missing(own: Trend) -> list[tuple[AcademicYear, AcademicYear, str]]:
    """(first, last, reason) of the years without a value: the known gaps, then each reading that has none."""
    found = [(gap.from_year, gap.to_year, gap.reason) for gap in own.gaps]
    covered = {year.start for gap in own.gaps for year in gap.from_year.to(gap.to_year)}
    for reading in own.readings:
        if reading.value is not None or reading.year.start in covered:
            continue
        words = reading.status.words
        if found and found[-1][2] == words and found[-1][1] + 1 == reading.year:
            found[-1] = (found[-1][0], reading.year, words)
        else:
            found.append((reading.year, reading.year, words))
    return sorted(found, key=lambda item: item[0])


def fields(plane: Plane, own: Trend) -> list[str]:
    """Hatched years and broken series, each with its words above, where they do not run into the words before."""
    parts: list[str] = []
    room = plane.room
    labels: list[tuple[float, float, str]] = []
    for first, last, reason in missing(own):
        if last < plane.first or first > plane.last:
            continue
        left = max(room.left, plane.x(max(first, plane.first)) - plane.half)
        right = min(room.right, plane.x(min(last, plane.last)) + plane.half)
        parts.append(f"<g><title>{escape(reason)}</title>{hatch(left, room.top, round(right - left, 1), room.bottom - room.top)}</g>")
        labels.append(((left + right) / 2, right - left, re.split(r" or | in the |[,;(]", reason)[0].strip()))
    for broken in own.breaks:
        if plane.first < broken.year <= plane.last:
            x = round(plane.x(broken.year) - plane.half, 1)
            parts.append(line(x, room.top - 4, x, room.bottom, "break"))
            labels.append((x, 88.0, BREAK_WORDS.get(broken.kind, broken.kind)))
    return parts + (_labels(labels, room.width) if room.worded else [])


def _labels(labels: list[tuple[float, float, str]], width: float) -> list[str]:
    parts, reached = [], 0.0
    for middle, wide, words in sorted(labels):
        lines = wrapped(words, max(9, int(wide / LETTER)), 2)
        half = max(len(part) for part in lines) * LETTER / 2
        middle = round(min(max(middle, half + 2), width - half - 2), 1)
        if middle - half < reached:
            continue  # the table says it
        reached = middle + half + 4
        parts += [text(middle, 13 + 13 * row, part, "mid") for row, part in enumerate(lines)]
    return parts


def points(plane: Plane, readings: list[Reading]) -> list[tuple[float, float]]:
    return [(plane.x(item.year), plane.up(item.value)) for item in readings if item.value is not None and item.year >= plane.first]


def beside(plane: Plane, of: MeasureLine, drawn: Collection[str]) -> list[str]:
    """The comparators' lines, each with its mark at the end."""
    parts: list[str] = []
    for kind, name, series in comparators(of):
        if kind not in drawn:
            continue
        shown_years = tuple(item for item in series.readings if plane.first <= item.year <= plane.last)
        pieces = [points(plane, piece) for piece in runs(shown_years, of.own.breaks + series.breaks)]
        parts += [path(piece, "england-line" if kind == "england" else "family-line") for piece in pieces]
        if pieces and pieces[-1]:
            parts.append(_sized(mark(kind, 0, 0, name), *pieces[-1][-1], plane.room.marks))
    return parts


def _sized(drawn: str, x: float, y: float, size: float) -> str:
    """A mark drawn about the origin, set in its place and size."""
    return f'<g transform="translate({x:g} {y:g}){"" if size == 1 else f" scale({size:g})"}">{drawn}</g>'


def _own(plane: Plane, of: MeasureLine) -> list[str]:
    kept = tuple(item for item in of.own.readings if item.year >= plane.first)
    parts = [path(points(plane, piece), "own-line") for piece in runs(kept, of.own.breaks)]
    for reading in kept:
        if reading.value is None:
            continue
        x, y, limits = plane.x(reading.year), plane.up(reading.value), margin(reading, of.own.measure)
        if limits:
            parts.append(line(x, plane.up(limits[0]), x, plane.up(limits[1]), "own-margin"))
        care = reading.year in of.predecessor_years
        parts.append(mark("care" if care else "own", x, y, f"{reading.year}: {words(reading)}{', of a predecessor' if care else ''}"))
    return parts


def words(reading: Reading | None) -> str:
    """A value as text, or why there is none."""
    if reading is None:
        return "–"
    return reading.status.words if reading.value is None else shown(reading.value, reading.unit, sign=reading.unit == "progress")


def alt_words(of: MeasureLine, plane: Plane) -> str:
    told = [f"{reading.year} {words(reading)}" for reading in of.own.readings if reading.year >= plane.first]
    gaps = [f"{first if first == last else f'{first} to {last}'}: {reason}" for first, last, reason in missing(of.own)]
    broken = [f"The series changed in {mark.year}: {mark.note}" for mark in of.own.breaks if plane.first < mark.year <= plane.last]
    return ". ".join([f"Line over years: {', '.join(told)}", *gaps, *broken]) + "."


def table(of: MeasureLine) -> tuple[Row, ...]:
    """Year, own value, its margin, each comparator, and what there is to know of the year."""
    others = comparators(of)
    unit = unit_words(of.own.measure.unit)
    head = ("Year", f"{own_name(of)}{f', {unit}' if unit else ''}", "95% margin", *(name for _, name, _ in others), "Note")
    years = {item.year for item in of.own.readings}
    rows = [_row(of, reading, others) for reading in of.own.readings]
    for first, last, reason in missing(of.own):
        rows += [(str(year), "–", "–", *("–" for _ in others), reason) for year in first.to(last) if year not in years]
    return (head, *sorted(rows))


def _row(of: MeasureLine, reading: Reading, compared: list[tuple[str, str, Trend]]) -> Row:
    limits = margin(reading, of.own.measure)
    span = f"{shown(limits[0], reading.unit)} to {shown(limits[1], reading.unit)}" if limits else "–"
    others = [at_year(series, reading) for _, _, series in compared]
    notes = [mark.note for mark in of.own.breaks if mark.year == reading.year]
    notes += ["of a predecessor"] if reading.year in of.predecessor_years else []
    notes += [reading.release.words] if reading.release.rank < 2 else []
    return (str(reading.year), words(reading), span, *(cell(other, words(other)) for other in others), "; ".join(notes))
