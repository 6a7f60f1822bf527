"""A map of an area's schools on its outline: drawn by ourselves, nothing fetched from anybody."""

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from headway.charts.drawing import Chart, Row, framed
from headway.readings.answers import Establishment

WIDE, NARROW, EDGE, TALLEST = 860.0, 320.0, 12.0, 760.0
JITTER = 0.004  # degrees: about 400 m, so that schools placed by locality do not hide each other
Point = tuple[float, float]


def area_map(schools: Sequence[Establishment], rings: Sequence[Sequence[Point]], key: str, area: str, href: str = "") -> Chart:
    """`href`: a school's address with {urn} in it. Schools that cannot be placed are counted, and stand in the table."""
    placed = [(school, point) for school in schools if (point := position(school))]
    title = f"Schools of {area}"
    alt = placing_words(schools)
    table: tuple[Row, ...] = (
        ("School", "Phase", "Locality", "Placed by"),
        *((school.name, school.phase.replace("_", " "), school.locality, school.placed_by or "not placed") for school in schools),
    )
    if not placed and not rings:
        return Chart("", "", title, alt, table)
    dots = [(point, partial(_dot, school, href=href)) for school, point in placed]
    return Chart(*drawings(dots, rings, key, title, alt), title, alt, table)


def drawings(
    dots: Sequence[tuple[Point, Callable[[Point, float], str]]], rings: Sequence[Sequence[Point]], key: str, title: str, alt: str
) -> tuple[str, str]:
    """An outline with marks on it, wide and narrow. Each mark is drawn at its place (in the drawing's units) and size."""
    wide, narrow = (_drawing(f"{key}-{width:g}", width, dots, rings, title, alt) for width in (WIDE, NARROW))
    return wide, narrow


def position(school: Establishment) -> Point | None:
    """(longitude, latitude); one placed by its locality only is moved a little, by its URN, always the same way."""
    if school.longitude is None or school.latitude is None:
        return None
    if school.placed_by == "coordinates":
        return school.longitude, school.latitude
    seed = hashlib.sha256(str(school.urn).encode()).digest()
    angle, far = seed[0] / 256 * 2 * math.pi, math.sqrt(seed[1] / 256) * JITTER
    return school.longitude + far * math.cos(angle) * 1.6, school.latitude + far * math.sin(angle)


def placing_words(schools: Sequence[Establishment]) -> str:
    """How many are drawn where they are, how many by their locality, how many not at all."""
    found = [school for school in schools if position(school)]
    exact = sum(school.placed_by == "coordinates" for school in found)
    told = [f"{exact:,} {'school is' if exact == 1 else 'schools are'} drawn by coordinates"]
    if len(found) > exact:
        told.append(f"{len(found) - exact:,} near the middle of their locality")
    if len(schools) > len(found):
        told.append(f"{len(schools) - len(found):,} cannot be placed and stand in the list only")
    return f"{'; '.join(told)}."


def _drawing(
    key: str,
    width: float,
    dots: Sequence[tuple[Point, Callable[[Point, float], str]]],
    rings: Sequence[Sequence[Point]],
    title: str,
    alt: str,
) -> str:
    points = [point for ring in rings for point in ring] or [point for point, _ in dots]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    scale = min((width - 2 * EDGE) / across, (TALLEST - 2 * EDGE) / up)
    left = (width - across * scale) / 2

    def at(point: Point) -> Point:
        return round(left + (point[0] - west) * squeeze * scale, 1), round(EDGE + (north - point[1]) * scale, 1)

    parts = [f'<path class="land" d="{"".join(_outline([at(point) for point in ring]) for ring in rings)}"/>'] if rings else []
    parts += [drawn(at(point), 4.5 if width == WIDE else 3.5) for point, drawn in dots]
    return framed(key, width, round(up * scale + 2 * EDGE, 1), title, alt, parts)


def _outline(points: list[Point]) -> str:
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in points)}Z" if points else ""


def _dot(school: Establishment, point: Point, size: float, href: str) -> str:
    told = f"{school.name}, {school.phase.replace('_', ' ')}"
    kind = "spot" if school.placed_by == "coordinates" else "spot near"
    return linked(f'<circle class="{kind}" cx="{point[0]:g}" cy="{point[1]:g}" r="{size:g}">', "circle", told, school, href)


def linked(opening: str, element: str, told: str, school: Establishment, href: str) -> str:
    """A mark with its title, as a link where there is an address. Hundreds of stops would keep a keyboard from the rest of the page: the
    list beside the map has the same links."""
    mark = f"{opening}<title>{escape(told)}</title></{element}>"
    return (
        f'<a href="{escape(href.replace("{urn}", str(school.urn)))}" aria-label="{escape(told)}" tabindex="-1">{mark}</a>' if href else mark
    )
