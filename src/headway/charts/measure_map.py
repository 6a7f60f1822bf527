"""A map of one measure: each of an area's schools by where it stands beside England, by shape and by colour."""

from collections.abc import Sequence
from functools import partial

from headway.charts.area_map import Point, drawings, linked, placing_words, position
from headway.charts.drawing import Chart
from headway.charts.trend import words
from headway.readings.answers import Distribution, Establishment
from headway.readings.margins import Against, against
from headway.vocabulary.reading import Reading

SAID: dict[Against, str] = {
    "better": "better than England beyond its margin", "behind": "behind England beyond its margin", "level": "not to be told from England",
    "unknown": "no margin to judge by",
}  # fmt: skip


def measure_map(of: Distribution, england: float, rings: Sequence[Sequence[Point]], key: str, href: str = "") -> Chart:
    """Schools with a figure, on the outline `rings`; empty where none can be placed. The page's table has the same figures."""
    title = f"{of.measure.title}: schools beside England in {of.year}"
    rows = [(school, reading, against(reading, of.measure, england)) for school, reading in of.rows if reading.value is not None]
    table = (("School", "Figure", "Beside England"), *((school.name, words(one), SAID[stands]) for school, one, stands in rows))
    placed = [(point, partial(_mark, school, one, stands, href=href)) for school, one, stands in rows if (point := position(school))]
    alt = f"{counted([stands for *_, stands in rows])} {placing_words([school for school, *_ in rows])}"
    if not placed:
        return Chart("", "", title, alt, table)
    return Chart(*drawings(placed, rings, key, title, alt), title, alt, table)


def counted(stands: Sequence[Against]) -> str:
    """“12 better than England beyond its margin, 30 behind …”"""
    return ", ".join(f"{stands.count(one)} {said}" for one, said in SAID.items() if one in stands) + "."


def _mark(school: Establishment, reading: Reading, stands: Against, point: Point, size: float, href: str) -> str:
    """A disc for better, a square for behind, a ring for what cannot be told; a small ring without a margin."""
    x, y = point
    if stands == "behind":
        opening, element = (
            f'<rect class="spot is-behind" x="{x - size:g}" y="{y - size:g}" width="{2 * size:g}" height="{2 * size:g}">',
            "rect",
        )
    else:
        kind = {"better": "is-better", "level": "near", "unknown": "near"}[stands]
        opening, element = (
            f'<circle class="spot {kind}" cx="{x:g}" cy="{y:g}" r="{size * (0.6 if stands == "unknown" else 1):g}">',
            "circle",
        )
    return linked(opening, element, f"{school.name}: {words(reading)}, {SAID[stands]}", school, href)
