"""Who improved most, drawn: each place's published change and best estimate, and where its rank could be."""

from headway.charts.drawing import Chart, Row, Scale, framed, line, nice, text, tick_words
from headway.charts.names import unit_words
from headway.readings.ranking.answers import Improved, ImprovedLine

WIDE, NARROW = 960.0, 340.0
HIGH, HEAD = 17.0, 44.0
FIRST, MIDDLE, LAST = 28, 4, 8  # of a long list: the top, the middle, the end; one's own is always drawn
ALL = 48  # a list up to this long is drawn whole


def ranks(of: Improved, own: str, key: str) -> Chart:
    """`own` is the place to be picked out. The table holds what is drawn; the download holds everything."""
    shown = chosen(of, own)
    title = f"{of.measure.title}: change from {of.first} to {of.last}, and place"
    mine = of.line(own)
    alt = (
        f"{len([one for one in shown if one])} of {len(of.lines)} places in order of best estimate. Hollow mark: published change. "
        "Solid mark: best estimate. Line: the places it could be at."
    )
    if mine:
        alt += f" {mine.name}: {tick_words(mine.change)}, place {mine.rank_low} to {mine.rank_high}."
    unit = unit_words(of.measure.unit)
    head: Row = (
        "Place", f"Published change{f', {unit}' if unit else ''}", "Best estimate", "Rank", "95% range", f"Chance of first {of.top}, %"
    )  # fmt: skip
    table = (head, *(_row(one) for one in shown if one))
    return Chart(_drawn(of, shown, own, f"{key}-w", title, alt), _narrow(of, shown, own, f"{key}-n", title, alt), title, alt, table)


def chosen(of: Improved, own: str) -> list[ImprovedLine | None]:
    """The lines to draw, in order, None where some are left out between."""
    many = len(of.lines)
    if many <= ALL:
        return list(of.lines)
    middle = many // 2 - MIDDLE // 2
    kept = {*range(FIRST), *range(middle, middle + MIDDLE), *range(many - LAST, many)}
    kept |= {at for at, one in enumerate(of.lines) if one.place == own}
    found: list[ImprovedLine | None] = []
    before = -1
    for at in sorted(kept):
        if at != before + 1:
            found.append(None)
        found.append(of.lines[at])
        before = at
    return found


def _row(one: ImprovedLine) -> Row:
    chance = "over 99" if one.p_top > 0.99 else "under 1" if one.p_top < 0.01 else f"{100 * one.p_top:.0f}"
    return one.name, signed(one.change), signed(one.shrunken_change), str(one.rank), f"{one.rank_low} to {one.rank_high}", chance


def signed(value: float) -> str:
    told = tick_words(round(value, 1 if abs(value) >= 0.5 else 2))
    return told if told.startswith("−") or told == "0" else f"+{told}"


def _drawn(of: Improved, shown: list[ImprovedLine | None], own: str, key: str, title: str, alt: str) -> str:
    changes, places = _change_scale(of, shown, 190.0, 540.0), Scale(1, len(of.lines), 600.0, WIDE - 70)
    bottom = HEAD + HIGH * len(shown)
    parts = _own_band(shown, own, WIDE)
    parts += [text(190, 12, "Change", "strong"), text(600, 12, f"Place among {len(of.lines)}: where it could be", "strong")]
    parts += _ticks(of, changes, bottom) + _place_ticks(of, places, bottom)
    for at, one in enumerate(shown):
        y = HEAD + HIGH * (at + 0.5)
        if one is None:
            parts.append(line(0, y, WIDE, y, "gap"))
            continue
        parts.append(text(180, y + 4, _short(one.name, 27), "end mine" if one.place == own else "end"))
        parts += _marks(changes, one, y)
        parts.append(line(places(one.rank_low), y, places(one.rank_high), y, "range own" if one.place == own else "range"))
        parts.append(_triangle(places(one.rank), y, "mark"))
        if one.place == own:
            parts.append(text(places(one.rank_high) + 8, y + 4, f"{one.rank_low} to {one.rank_high}", "mine"))
    return framed(key, WIDE, bottom + 24, title, alt, parts)


def _narrow(of: Improved, shown: list[ImprovedLine | None], own: str, key: str, title: str, alt: str) -> str:
    """The places only, a name over each line: the changes are in the table below."""
    high = 30.0
    places = Scale(1, len(of.lines), 10.0, NARROW - 12)
    kept = [*shown[:14]] + [one for one in shown[14:] if one and one.place == own]
    bottom = HEAD + high * len(kept)
    parts = [text(10, 12, f"Place among {len(of.lines)}: where it could be", "strong"), *_place_ticks(of, places, bottom)]
    for at, one in enumerate(kept):
        y = HEAD + high * at + 20
        if one is not None:
            ours = one.place == own
            parts.append(text(10, y - 6, f"{_short(one.name, 30)} {signed(one.change)}", "mine" if ours else ""))
            parts.append(line(places(one.rank_low), y + 2, places(one.rank_high), y + 2, "range own" if ours else "range"))
            parts.append(_triangle(places(one.rank), y + 2, "mark"))
    return framed(key, NARROW, bottom + 24, title, alt, parts)


def _change_scale(of: Improved, shown: list[ImprovedLine | None], start: float, end: float) -> Scale:
    values = [value for one in shown if one for value in (one.change, one.shrunken_change)]
    ticks = nice([*values, 0.0], 6)
    return Scale(ticks[0], ticks[-1], start, end)


def _ticks(of: Improved, across: Scale, bottom: float) -> list[str]:
    parts = []
    for tick in nice([across.low, across.high], 6):
        parts += [line(across(tick), HEAD, across(tick), bottom, "grid"), text(across(tick), 32, signed(tick), "mid")]
    if of.england:
        theirs = (of.england[1].value or 0.0) - (of.england[0].value or 0.0)
        parts += [
            line(across(theirs), HEAD, across(theirs), bottom, "england"),
            text(across(theirs), bottom + 16, f"England {signed(theirs)}", "mid b"),
        ]
    return parts


def _place_ticks(of: Improved, places: Scale, bottom: float) -> list[str]:
    many = len(of.lines)
    x, end = places(0.5), places(of.top + 0.5)
    parts = [f'<rect class="top" x="{x:g}" y="{HEAD:g}" width="{max(2.0, end - x):.1f}" height="{bottom - HEAD:g}"/>']
    parts.append(text(x, bottom + 16, f"first {of.top}"))
    for tick in (1, *(round(many * part) for part in (0.25, 0.5, 0.75)), many):
        parts += [line(places(tick), HEAD, places(tick), bottom, "grid"), text(places(tick), 32, str(tick), "mid")]
    return parts


def _own_band(shown: list[ImprovedLine | None], own: str, width: float) -> list[str]:
    at = next((at for at, one in enumerate(shown) if one and one.place == own), None)
    return [] if at is None else [f'<rect class="band" x="0" y="{HEAD + HIGH * at:g}" width="{width:g}" height="{HIGH:g}"/>']


def _marks(across: Scale, one: ImprovedLine, y: float) -> list[str]:
    published, estimate = across(one.change), across(one.shrunken_change)
    return [line(estimate, y, published, y, "tie"), _triangle(published, y, "hollow"), _triangle(estimate, y, "mark")]


def _triangle(x: float, y: float, kind: str) -> str:
    return f'<path class="{kind}" d="M{x:g} {y - 4.5:g}L{x + 5:g} {y + 4:g} {x - 5:g} {y + 4:g}Z"/>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
