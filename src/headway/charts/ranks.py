"""Places in order, drawn: each one's published figure and best estimate, and where its rank could be."""

from dataclasses import dataclass

from headway.charts.drawing import Chart, Row, Scale, framed, line, nice, text, tick_words
from headway.charts.names import unit_words
from headway.readings.ranking.answers import Improved, ImprovedLine, Standing, StandingLine

WIDE, NARROW = 960.0, 340.0
HIGH, HEAD = 17.0, 44.0
FIRST, MIDDLE, LAST = 28, 4, 8  # of a long list: the top, the middle, the end; one's own is always drawn
ALL = 48  # a list up to this long is drawn whole


@dataclass(frozen=True)
class Place:
    """One row: what is published, what is likely true, and its rank."""

    place: str
    name: str
    published: float
    estimate: float
    line: ImprovedLine | StandingLine


@dataclass(frozen=True)
class Table:
    """What is drawn: every place in order, England's figure, and how figures are written."""

    places: tuple[Place, ...]
    england: float | None
    top: int
    change: bool  # changes are written with their sign, and their scale holds 0

    def words(self, value: float) -> str:
        return signed(value) if self.change else tick_words(round(value, 2))


def ranks(of: Improved, own: str, key: str) -> Chart:
    """Who improved most. `own` is the place to be picked out; the table holds what is drawn, the download everything."""
    england = (of.england[1].value or 0.0) - (of.england[0].value or 0.0) if of.england else None
    places = tuple(Place(one.place, one.name, one.change, one.shrunken_change, one) for one in of.lines)
    title = f"{of.measure.title}: change from {of.first} to {of.last}, and place"
    return _chart(Table(places, england, of.top, True), own, key, title, f"Published change{_unit(of.measure.unit)}")


def standings(of: Standing, own: str, key: str) -> Chart:
    """Who stands where in one year."""
    england = of.england.value if of.england else None
    places = tuple(Place(one.place, one.name, one.reading.value or 0.0, one.shrunken, one) for one in of.lines)
    title = f"{of.measure.title} in {of.year}, and place"
    return _chart(Table(places, england, of.top, False), own, key, title, f"Published{_unit(of.measure.unit)}")


def _unit(unit: str) -> str:
    words = unit_words(unit)
    return f", {words}" if words else ""


def _chart(of: Table, own: str, key: str, title: str, heading: str) -> Chart:
    shown = chosen(of.places, own)
    mine = next((one for one in of.places if one.place == own), None)
    alt = (
        f"{len([one for one in shown if one])} of {len(of.places)} places in order of best estimate. Hollow mark: as published. "
        "Solid mark: best estimate. Line: the places it could be at."
    )
    if mine:
        alt += f" {mine.name}: {of.words(mine.published)}, place {mine.line.rank_low} to {mine.line.rank_high}."
    head: Row = ("Place", heading, "Best estimate", "Rank", "95% range", f"Chance of first {of.top}, %")
    table = (head, *(_row(of, one) for one in shown if one))
    return Chart(_drawn(of, shown, own, f"{key}-w", title, alt), _narrow(of, shown, own, f"{key}-n", title, alt), title, alt, table)


def chosen(places: tuple[Place, ...], own: str) -> list[Place | None]:
    """The rows to draw, in order, None where some are left out between."""
    many = len(places)
    if many <= ALL:
        return list(places)
    middle = many // 2 - MIDDLE // 2
    kept = {*range(FIRST), *range(middle, middle + MIDDLE), *range(many - LAST, many)}
    kept |= {at for at, one in enumerate(places) if one.place == own}
    found: list[Place | None] = []
    before = -1
    for at in sorted(kept):
        if at != before + 1:
            found.append(None)
        found.append(places[at])
        before = at
    return found


def _row(of: Table, one: Place) -> Row:
    p, low, high = one.line.p_top, one.line.rank_low, one.line.rank_high
    chance = "over 99" if p > 0.99 else "under 1" if p < 0.01 else f"{100 * p:.0f}"
    return one.name, of.words(one.published), of.words(one.estimate), str(one.line.rank), f"{low} to {high}", chance


def signed(value: float) -> str:
    told = tick_words(round(value, 1 if abs(value) >= 0.5 else 2))
    return told if told.startswith("−") or told == "0" else f"+{told}"


def _drawn(of: Table, shown: list[Place | None], own: str, key: str, title: str, alt: str) -> str:
    figures, places = _figure_scale(of, shown, 190.0, 540.0), Scale(1, len(of.places), 600.0, WIDE - 70)
    bottom = HEAD + HIGH * len(shown)
    parts = _own_band(shown, own, WIDE)
    parts += [text(190, 12, "Change" if of.change else "Figure", "strong")]
    parts += [text(600, 12, f"Place among {len(of.places)}: where it could be", "strong")]
    parts += _ticks(of, figures, bottom) + _place_ticks(of, places, bottom)
    for at, one in enumerate(shown):
        y = HEAD + HIGH * (at + 0.5)
        if one is None:
            parts.append(line(0, y, WIDE, y, "gap"))
            continue
        ours = one.place == own
        parts.append(text(180, y + 4, _short(one.name, 24), "end mine" if ours else "end"))
        parts += [*_marks(figures, one, y), *_range(places, one, y, ours)]
        if ours:
            parts.append(text(places(one.line.rank_high) + 8, y + 4, f"{one.line.rank_low} to {one.line.rank_high}", "mine"))
    return framed(key, WIDE, bottom + 24, title, alt, parts)


def _narrow(of: Table, shown: list[Place | None], own: str, key: str, title: str, alt: str) -> str:
    """The places only, a name over each line: the rest is in the table below."""
    high = 30.0
    places = Scale(1, len(of.places), 10.0, NARROW - 12)
    kept = [*shown[:14], *(one for one in shown[14:] if one and one.place == own)]
    bottom = HEAD + high * len(kept)
    parts = [text(10, 12, f"Place among {len(of.places)}: where it could be", "strong"), *_place_ticks(of, places, bottom)]
    for at, one in enumerate(kept):
        y = HEAD + high * at + 20
        if one is not None:
            ours = one.place == own
            parts.append(text(10, y - 6, f"{_short(one.name, 30)} {of.words(one.published)}", "mine" if ours else ""))
            parts += _range(places, one, y + 2, ours)
    return framed(key, NARROW, bottom + 24, title, alt, parts)


def _range(places: Scale, one: Place, y: float, ours: bool) -> list[str]:
    span = line(places(one.line.rank_low), y, places(one.line.rank_high), y, "range own" if ours else "range")
    return [span, _triangle(places(one.line.rank), y, "mark")]


def _figure_scale(of: Table, shown: list[Place | None], start: float, end: float) -> Scale:
    values = [value for one in shown if one for value in (one.published, one.estimate)]
    ticks = nice([*values, 0.0] if of.change else values, 6)
    return Scale(ticks[0], ticks[-1], start, end)


def _ticks(of: Table, across: Scale, bottom: float) -> list[str]:
    parts = []
    for tick in nice([across.low, across.high], 6):
        parts += [line(across(tick), HEAD, across(tick), bottom, "grid"), text(across(tick), 32, of.words(tick), "mid")]
    if of.england is not None and across.low <= of.england <= across.high:
        x = across(of.england)
        parts += [line(x, HEAD, x, bottom, "england"), text(x, bottom + 16, f"England {of.words(of.england)}", "mid strong")]
    return parts


def _place_ticks(of: Table, places: Scale, bottom: float) -> list[str]:
    many = len(of.places)
    x, end = places(0.5), places(of.top + 0.5)
    parts = [f'<rect class="top" x="{x:g}" y="{HEAD:g}" width="{max(2.0, end - x):.1f}" height="{bottom - HEAD:g}"/>']
    parts.append(text(x, bottom + 16, f"first {of.top}"))
    for tick in (1, *(round(many * part) for part in (0.25, 0.5, 0.75)), many):
        parts += [line(places(tick), HEAD, places(tick), bottom, "grid"), text(places(tick), 32, str(tick), "mid")]
    return parts


def _own_band(shown: list[Place | None], own: str, width: float) -> list[str]:
    at = next((at for at, one in enumerate(shown) if one and one.place == own), None)
    return [] if at is None else [f'<rect class="band" x="0" y="{HEAD + HIGH * at:g}" width="{width:g}" height="{HIGH:g}"/>']


def _marks(across: Scale, one: Place, y: float) -> list[str]:
    published, estimate = across(one.published), across(one.estimate)
    return [line(estimate, y, published, y, "tie"), _triangle(published, y, "hollow"), _triangle(estimate, y, "mark")]


def _triangle(x: float, y: float, kind: str) -> str:
    return f'<path class="{kind}" d="M{x:g} {y - 4.5:g}L{x + 5:g} {y + 4:g} {x - 5:g} {y + 4:g}Z"/>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
