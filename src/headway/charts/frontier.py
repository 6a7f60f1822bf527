"""What a scheme would reach for how many adviser days: a mark for each number of points from which support would begin."""

from headway.charts.drawing import Chart, Row, Scale, framed, line, mark, nice, path, text, tick_words
from headway.readings.tier_backtest.answers import Backtest, Threshold
from headway.vocabulary.number import shown

WIDE, NARROW = (640.0, 300.0), (310.0, 240.0)
LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 30.0, 42.0
APART = 16.0  # pixels between two numbers beside marks
HEAD: Row = ("Support from", "Days for 100 schools", "Of the falls reached", "By lot, as many schools", "Of those reached, fell")


def frontier(of: Backtest, key: str) -> Chart:
    """Days are for a hundred schools that are sorted, so that an area of any size can read them."""
    kept = [one for one in of.frontier if one.picked.flagged]
    rows = (HEAD, *(_row(of, one) for one in kept))
    if len(kept) < 2 or not of.fell:
        return Chart("", "", "Nothing to choose between", "Fewer than two numbers of points from which support could begin.", rows)
    least, most = (shown(100 * (one.picked.recall or 0), "count") for one in (kept[-1], kept[0]))
    title = f"More days reach more of the schools that later fell: from {least}% to {most}%"
    alt = "; ".join(f"from {row[0]} {row[2]} reached for {row[1]} days" for row in rows[1:])
    wide, narrow = (framed(f"{key}-{name}", *size, title, alt, _parts(of, kept, size)) for name, size in (("w", WIDE), ("n", NARROW)))
    return Chart(wide, narrow, title, alt, rows)


def per_hundred(of: Backtest, days: float) -> float:
    """Days of everybody who is sorted, for a hundred schools."""
    return 100 * days / of.sorted


def by_lot(one: Threshold) -> float:
    """Which share of the falls as many schools would hold if they were drawn by lot."""
    return one.picked.flagged / one.picked.units


def _row(of: Backtest, one: Threshold) -> Row:
    shares = (one.picked.recall, by_lot(one), one.picked.precision)
    told = ("–" if share is None else f"{shown(100 * share, 'count')}%" for share in shares)
    return (f"{one.points} {'point' if one.points == 1 else 'points'}", shown(per_hundred(of, one.days), "count"), *told)


def _parts(of: Backtest, kept: list[Threshold], size: tuple[float, float]) -> list[str]:
    width, height = size
    days = [per_hundred(of, one.days) for one in kept]
    shares = [100 * (one.picked.recall or 0) for one in kept]
    lots = [100 * by_lot(one) for one in kept]
    along, levels = nice(days, 3 if width < WIDE[0] else 6), nice([0, *shares, *lots])
    across, up = Scale(along[0], along[-1], LEFT + 8, width - RIGHT - 8), Scale(levels[0], levels[-1], height - BOTTOM, TOP)
    parts = [
        line(LEFT, up(tick), width - RIGHT, up(tick), "grid") + text(LEFT - 6, up(tick) + 4, tick_words(tick), "end") for tick in levels
    ]
    parts += [text(across(tick), height - BOTTOM + 16, tick_words(tick), "mid") for tick in along]
    parts += [text(4, 14, "% of falls reached"), text(width - RIGHT, height - 8, "adviser days a year for 100 schools", "end")]
    where = [(across(day), up(share)) for day, share in zip(days, shares, strict=True)]
    parts += [path([(across(day), up(lot)) for day, lot in zip(days, lots, strict=True)], "break"), path(where, "own-line")]
    parts += [mark("own", x, y, f"from {one.points}: {share:.0f}% for {day:,.0f} days")
              for (x, y), one, share, day in zip(where, kept, shares, days, strict=True)]  # fmt: skip
    return parts + _numbers(where, kept)


def _numbers(where: list[tuple[float, float]], kept: list[Threshold]) -> list[str]:
    """The points beside their mark, where there is room for them."""
    parts: list[str] = []
    last = (-APART, -APART)
    for (x, y), one in zip(where, kept, strict=True):
        if abs(x - last[0]) >= APART or abs(y - last[1]) >= APART:
            parts.append(text(x, y - 9, str(one.points), "mid"))
            last = (x, y)
    return parts
