"""A comparison as its page shows it: a panel for each school on each measure, and a table with the same figures."""

from dataclasses import dataclass
from typing import Any

from headway.charts.drawing import Chart
from headway.charts.drawing import Row as Cells
from headway.charts.multiples import multiples, years_table
from headway.desk.overview import sections
from headway.desk.overview.queries import holds_early
from headway.language.sentences import line_sentence
from headway.language.side_by_side import (
    comparison_answer,
    differences,
    figure_notes,
    names_of,
    row_sentence,
    scope_words,
    state_words,
    year_words,
)
from headway.language.values import value_words
from headway.readings.answers import MeasureFacts
from headway.readings.margins import margin
from headway.readings.side_by_side import BESIDE, Figure, Row, SideBySide
from headway.vocabulary.number import shown as shown_as

NOUNS = {"context": "Context", "workforce": "Staff", "finance": "Money"}


@dataclass(frozen=True)
class Shown:
    """A figure in words: its value or why there is none, its margin, what there is to know of it, and where it is explained."""

    figure: Figure
    state: str
    margin: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A measure: what it says, its panels, its figures, the differences beyond chance, every year as a table."""

    row: Row
    sentence: str
    year: str
    panels: tuple[Chart, ...]
    figures: tuple[Shown, ...]
    differences: tuple[str, ...]
    years: tuple[Cells, ...]


def shown(found: SideBySide, beside: tuple[str, ...]) -> dict[str, Any]:
    names = names_of(found.schools)
    return {
        "found": found,
        "names": names,
        "answer": comparison_answer(found),
        "scope": scope_words(found),
        "told": [_told(row, names, f"c{number}") for number, row in enumerate(found.rows)],
        "groups": grouped(found.offered),
        "ticked": {row.measure.id for row in found.rows},
        "beside": beside,
        "besides": BESIDE,
        "early": holds_early(tuple(figure.line for row in found.rows for figure in row.figures if figure.line)),
        "inherited": any(figure.line and figure.line.predecessor_years for row in found.rows for figure in row.figures),
    }


def _told(row: Row, names: tuple[str, ...], key: str) -> Told:
    titles = [_title(row, figure, name) for figure, name in zip(row.figures, names, strict=True)]
    return Told(
        row, row_sentence(row, names), year_words(row), multiples(row.drawn, titles, key), tuple(as_shown(one) for one in row.figures),
        differences(row, names), years_table(row.drawn, names),
    )  # fmt: skip


def _title(row: Row, figure: Figure, name: str) -> str:
    said = line_sentence(figure.line) if figure.line else "No figure has been published."
    return f"{row.measure.title}, {name}: {said}"


def as_shown(figure: Figure) -> Shown:
    reading, line = figure.reading, figure.line
    limits = margin(reading, line.own.measure) if reading and line and not figure.few else None
    return Shown(figure, state_words(figure), _margin_words(limits, reading.unit) if limits and reading else "", figure_notes(figure))


def _margin_words(limits: tuple[float, float], unit: str) -> str:
    """“69.6 to 92.5%”: the unit once, so that it stands on one line."""
    return f"{shown_as(limits[0], unit, sign=unit == 'progress', ending=False)} to {value_words(limits[1], unit)}"


def grouped(offered: tuple[tuple[MeasureFacts, int], ...]) -> list[tuple[str, list[tuple[MeasureFacts, int]]]]:
    """The measures to tick, under the headings that a school's page has."""
    found: dict[str, list[tuple[MeasureFacts, int]]] = {}
    for facts, many in offered:
        found.setdefault(_heading(facts.id), []).append((facts, many))
    order = [*sections.TITLES.values(), *NOUNS.values()]
    return sorted(found.items(), key=lambda item: order.index(item[0]))


def _heading(measure: str) -> str:
    return NOUNS.get(measure.split(".")[0]) or sections.TITLES[sections.section_of(measure)]
