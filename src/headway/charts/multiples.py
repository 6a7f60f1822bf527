"""Small multiples: one measure of several schools, a panel each, all on one scale so that the eye may go from one to the next."""

from collections.abc import Sequence

from headway.charts.drawing import Chart, Row, framed, line, path
from headway.charts.names import ORDER
from headway.charts.trend import Plane, Room, alt_words, axes, beside, fields, missing, plane_of, points, words
from headway.charts.trend import table as years_of
from headway.readings.answers import MeasureLine
from headway.readings.margins import margin
from headway.readings.trend import runs
from headway.vocabulary.reading import Reading

SMALL = Room(172.0, 112.0, 34.0, 164.0, 8.0, 88.0, worded=False, marks=0.65)
EMPTY = "–"


def multiples(of: Sequence[MeasureLine | None], titles: Sequence[str], key: str) -> tuple[Chart, ...]:
    """A panel for each line in the order given, every one with the same years and the same heights.

    A school without the measure (None) has a chart without a picture. `titles`: what each panel shows, in words.
    """
    there = [one for one in of if one is not None and one.own.readings]
    plane = plane_of(there, SMALL, ORDER) if there else None
    return tuple(_panel(one, plane, title, f"{key}-{place}") for place, (one, title) in enumerate(zip(of, titles, strict=True)))


def _panel(of: MeasureLine | None, plane: Plane | None, title: str, key: str) -> Chart:
    if of is None or plane is None or not of.own.readings:
        return Chart("", "", title, "No figure has been published.", ())
    parts = [*axes(plane), *fields(plane, of.own), *beside(plane, of, ORDER), *_own(plane, of)]
    alt = alt_words(of, plane)
    return Chart(framed(key, SMALL.width, SMALL.height, title, alt, parts), "", title, alt, years_of(of))


def _own(plane: Plane, of: MeasureLine) -> list[str]:
    kept = tuple(item for item in of.own.readings if item.year >= plane.first and item.value is not None)
    parts = [path(points(plane, piece), "own-line") for piece in runs(kept, of.own.breaks)]
    for reading in kept:
        parts += _dot(plane, of, reading)
    return parts


def _dot(plane: Plane, of: MeasureLine, reading: Reading) -> list[str]:
    """A point smaller than on a page of one school, hollow for a predecessor's; the margin through it."""
    x, y, limits = plane.x(reading.year), plane.up(reading.value or 0.0), margin(reading, of.own.measure)
    inherited = reading.year in of.predecessor_years
    tip = f"<title>{reading.year}: {words(reading)}{', of a predecessor' if inherited else ''}</title>"
    dot = f'<circle class="{"own-care" if inherited else "own"}" cx="{x:g}" cy="{y:g}" r="2.6">{tip}</circle>'
    return [line(x, plane.up(limits[0]), x, plane.up(limits[1]), "own-margin faint"), dot] if limits else [dot]


def years_table(of: Sequence[MeasureLine | None], names: Sequence[str]) -> tuple[Row, ...]:
    """Every year of every school: a row a year, a column a school, the newest year first; a state in words where there is no value."""
    cells: list[dict[str, str]] = []
    for one in of:
        told = {str(reading.year): words(reading) for reading in one.own.readings} if one else {}
        for first, last, reason in missing(one.own) if one else ():
            told |= {str(year): reason for year in first.to(last) if str(year) not in told}
        cells.append(told)
    years = sorted({year for told in cells for year in told}, reverse=True)
    notes = {str(mark.year): mark.note for one in of if one for mark in one.own.breaks}
    rows = ((year, *(told.get(year, EMPTY) for told in cells), notes.get(year, "")) for year in years)
    return (("Year", *names, "What changed"), *rows)
