"""What every drawing is made of: a frozen chart, scales, the fixed marks, and text that is always escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from headway.definitions.loading import shipped_comparators

Row = tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """One picture. `narrow` is a second drawing of at most 330 px for small screens, "" where `svg` is that small.

    `table` holds the same values in words, its heading row first: nothing is in the picture alone.
    """

    svg: str
    narrow: str
    title: str
    alt: str
    table: tuple[Row, ...]


@dataclass(frozen=True)
class Scale:
    """Maps values to pixels. A scale of one value puts it in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def nice(values: Iterable[float], ticks: int = 4) -> tuple[float, ...]:
    """Round numbers that enclose the values: (40, 60, 80). For no values, (0, 1)."""
    found = list(values) or [0.0, 1.0]
    low, high = min(found), max(found)
    spread = high - low or abs(high) * 0.2 or 1.0
    step = _step(spread / ticks)
    first, last = int(low // step), -int(-high // step)
    last = last if last > first else first + 1
    return tuple(round(step * index, 10) for index in range(first, last + 1))


def _step(rough: float) -> float:
    size = 1.0
    while size > rough:
        size /= 10
    while size * 10 <= rough:
        size *= 10
    return next(size * part for part in (1, 2, 5, 10) if size * part >= rough)


def tick_words(value: float) -> str:
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 else text


def framed(key: str, width: float, height: float, title: str, alt: str, parts: Iterable[str]) -> str:
    """The svg element. `key` is unique on the page: the title's and description's ids are made of it.

    A picture with links in it is a group: within an image they would be hidden from a screen reader.
    """
    name = re.sub(r"[^A-Za-z0-9_-]", "-", key)
    drawn = "".join(parts)
    role = "group" if "<a " in drawn else "img"
    return (
        f'<svg class="hw-svg" xmlns="http://www.w3.org/2000/svg" role="{role}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        f'<title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(alt)}</desc>{drawn}</svg>'
    )


def text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'


def path(points: Iterable[tuple[float, float]], kind: str) -> str:
    """A line through the points; nothing for fewer than two."""
    kept = [f"{x:g} {y:g}" for x, y in points]
    return f'<path class="{kind}" d="M{"L".join(kept)}"/>' if len(kept) > 1 else ""


SHAPES = {name: comparator.mark for name, comparator in shipped_comparators().items()}


def mark(who: str, x: float, y: float, title: str = "") -> str:
    """The fixed mark of each kind of place: own ●, family ◇, neighbours ▽, authority ▲, region □, england │."""
    tip = f"<title>{escape(title)}</title>" if title else ""
    shape = SHAPES.get(who, "")
    if who == "own":
        return f'<circle class="own" cx="{x:g}" cy="{y:g}" r="4.5">{tip}</circle>'
    if who == "care":
        return f'<circle class="own-care" cx="{x:g}" cy="{y:g}" r="4">{tip}</circle>'
    if shape == "square":
        return f'<path class="family" d="M{x - 4:g} {y - 4:g}h8v8h-8z">{tip}</path>'
    if shape == "diamond":
        return f'<path class="family" d="M{x:g} {y - 5:g}l5 5l-5 5l-5 -5z">{tip}</path>'
    if shape == "down triangle":
        return f'<path class="family" d="M{x - 5:g} {y - 4:g}h10l-5 9z">{tip}</path>'
    if shape == "triangle":
        return f'<path class="authority" d="M{x:g} {y - 5:g}l5 9h-10z">{tip}</path>'
    return f'<path class="england" d="M{x:g} {y - 6:g}v12">{tip}</path>'


def hatch(x: float, y: float, width: float, height: float) -> str:
    """A field without figures: a quiet ground with slanting lines, drawn as one path."""
    step, strokes = 8.0, []
    offset = step
    while offset < width + height:
        x1, y1 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
        x2, y2 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
        strokes.append(f"M{x1:g} {y1:g}L{x2:g} {y2:g}")
        offset += step
    ground = f'<rect class="gap" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'
    return f'{ground}<path class="gap-hatch" d="{"".join(strokes)}"/>'


def wrapped(words: str, length: int, most: int = 3) -> list[str]:
    """Words in lines of about `length` characters; what does not fit in `most` lines ends in an ellipsis."""
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > length:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
