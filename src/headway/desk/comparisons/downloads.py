"""The comparison as seen, to take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.comparisons import asking
from headway.desk.framing.pages import the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.side_by_side import figure_notes, state_words
from headway.readings.margins import margin
from headway.readings.side_by_side import Figure, Row, SideBySide
from headway.vocabulary.reading import Reading

HEAD = ("Measure", "Unit", "Year", "Place", "URN", "Value", "Of how many", "Lower", "Upper", "Release", "Three years together", "Note")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def compare_file(request: HttpRequest, form: str) -> HttpResponse:
    """Each school's figure on each measure, a row each, and what they are set beside."""
    door, viewer = the_door(), viewer_of(request)
    what = asking.asked(request, door, viewer)
    if not what.urns:
        raise Http404
    return sent(table(asking.found(door, viewer, what)), form, "compared")


def table(found: SideBySide) -> list[list[Cell]]:
    rows: list[list[Cell]] = [list(HEAD)]
    for row in found.rows:
        rows += [_school(row, figure) for figure in row.figures]
        rows += [_beside(row, place.name, reading) for place, reading in zip(found.places, row.beside, strict=True)]
    return rows


def _school(row: Row, figure: Figure) -> list[Cell]:
    reading = figure.reading
    known = reading is not None and reading.value is not None and not figure.few
    limits = margin(reading, row.measure) if reading and known else None
    value: Cell = reading.value if reading and known else state_words(figure) or figure_notes(figure)[0]
    size, release = (reading.denominator, reading.release.words) if reading else (None, "")
    lower, upper = limits or (None, None)
    note = "; ".join(figure_notes(figure)) if known else ""
    counted: list[Cell] = [value, size, lower, upper, release, "yes" if figure.pooled else "no", note]
    return [row.measure.title, row.measure.unit, str(row.year or ""), figure.school.name, figure.school.urn, *counted]


def _beside(row: Row, name: str, reading: Reading | None) -> list[Cell]:
    value: Cell = reading.value if reading and reading.value is not None else "no figure"
    release = reading.release.words if reading else ""
    return [row.measure.title, row.measure.unit, str(row.year or ""), name, None, value, None, None, None, release, "no", ""]
