"""One promise over its years: how far from what was promised, the path needed, and the verdicts underneath."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.charts.drawing import Chart, Row, Scale, framed, hatch, line, nice, path, text, tick_words
from headway.readings.ambitions.answers import Answer, Point, Verdict
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown

Lane = tuple[AcademicYear, Verdict, str]  # the year of the figure that a verdict rests on, the verdict, its heading


@dataclass(frozen=True)
class Room:
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    every: int  # years between labels
    worded: bool = True  # whether verdicts have their words under them

    def tall(self, lane: Sequence[Lane]) -> float:
        """Without verdicts under the picture there is no room kept for them."""
        return self.height if lane else self.bottom + UNDER


UNDER = 36.0  # for the years
WIDE, NARROW = Room(900, 380, 52, 760, 24, 280, 1), Room(330, 330, 40, 300, 24, 236, 3, False)
PAPER = Room(620, 320, 52, 606, 24, 230, 1)  # the width of a page of print


def promise(answer: Answer, key: str, title: str, lane: Sequence[Lane] = ()) -> Chart:
    """A chart without a drawing where no year has a distance. `lane`: the verdicts so far, by the year of their figure.

    Nought is what was promised; above it the promise is kept, below it is not, whichever way the measure runs.
    """
    return _chart(answer, key, title, lane, (("wide", WIDE), ("narrow", NARROW)))


def on_paper(answer: Answer, key: str, title: str, lane: Sequence[Lane] = ()) -> Chart:
    """The same picture for a paper: one drawing, as wide as print."""
    return _chart(answer, key, title, lane, (("paper", PAPER),))


def _chart(answer: Answer, key: str, title: str, lane: Sequence[Lane], rooms: Sequence[tuple[str, Room]]) -> Chart:
    points = [one for one in answer.points if one.distance is not None]
    alt = _alt(answer, points)
    if not points:
        return Chart("", "", title, alt, table(answer))
    svg = [framed(f"{key}-{name}", room.width, room.tall(lane), title, alt, _drawn(answer, points, room, lane)) for name, room in rooms]
    return Chart(svg[0], svg[1] if len(svg) > 1 else "", title, alt, table(answer))


def unit_of(answer: Answer) -> str:
    """The unit of its values: every school at least is counted in per cent of schools."""
    return answer.measure.unit if answer.measure and answer.asks.relation != "every_school_at_least" else "percent"


def _alt(answer: Answer, points: Sequence[Point]) -> str:
    told = ", ".join(f"{one.year} {shown(-(one.distance or 0.0), 'points', sign=True)}" for one in points)
    way = f" The path needed runs to nought in {answer.decides}." if answer.path and answer.decides else ""
    return f"Difference to what was promised, in {answer.distance_unit or 'points'}: {told or 'no figures'}.{way}"


def _drawn(answer: Answer, points: Sequence[Point], room: Room, lane: Sequence[Lane]) -> list[str]:
    years = [one.year for one in points] + [step.year for step in answer.path]
    first, last = min(years), max(years)
    heights = [0.0, *(value for one in points for value in _span(answer, one)), *(-step.distance for step in answer.path)]
    ticks = nice(heights, 4)
    across = Scale(first.start, max(last.start, first.start + 1), room.left + 14, room.right - 14)
    up = Scale(ticks[0], ticks[-1], room.bottom, room.top)
    parts = [part for tick in ticks for part in _tick(tick, room, up)]
    parts += _gaps(points, first, across, room)
    parts += [line(room.left, up(0.0), room.right, up(0.0), "promised"), text(room.left + 4, up(0.0) - 6, "promised", "b")]
    parts.append(path([(across(step.year.start), up(-step.distance)) for step in answer.path], "needed"))
    parts += [_ring(across(step.year.start), up(-step.distance)) for step in answer.path]
    parts += [path(run, "own-line") for run in _runs(points, across, up)]
    parts += [part for one in points for part in _point(answer, one, across, up)]
    labels = range(last.start, first.start - 1, -room.every)
    parts += [text(across(start), room.bottom + 22, str(start + 1), "mid") for start in labels]
    return parts + _lane(lane, across, room)


def _tick(tick: float, room: Room, up: Scale) -> list[str]:
    words = f"+{tick_words(tick)}" if tick > 0 else tick_words(tick)
    return [line(room.left, up(tick), room.right, up(tick), "grid"), text(room.left - 8, up(tick) + 4, words, "end")]


def _span(answer: Answer, one: Point) -> tuple[float, ...]:
    """The point's place and those of its margin, as differences to what was promised."""
    own = -(one.distance or 0.0)
    if one.lower is None or one.upper is None:
        return (own,)
    way = -1.0 if answer.measure and answer.measure.better == "lower" else 1.0
    return (own, *(own + way * (limit - one.value) for limit in (one.lower, one.upper)))


def _point(answer: Answer, one: Point, across: Scale, up: Scale) -> list[str]:
    x, places = across(one.year.start), _span(answer, one)
    y = up(places[0])
    tip = f"<title>{one.year}: {shown(one.value, unit_of(answer))}</title>"
    drawn = [f'<path class="own" d="M{x:g} {y - 6:g}l6 11h-12z">{tip}</path>']
    return [line(x, up(places[1]), x, up(places[2]), "own-margin"), *drawn] if len(places) == 3 else drawn


def _runs(points: Sequence[Point], across: Scale, up: Scale) -> list[list[tuple[float, float]]]:
    """Lines join years that follow each other: never across a year without a figure."""
    runs: list[list[tuple[float, float]]] = []
    before: AcademicYear | None = None
    for one in points:
        if before is None or one.year - before != 1:
            runs.append([])
        runs[-1].append((across(one.year.start), up(-(one.distance or 0.0))))
        before = one.year
    return runs


def _gaps(points: Sequence[Point], first: AcademicYear, across: Scale, room: Room) -> list[str]:
    known = {one.year for one in points}
    half = (across(first.start + 1) - across(first.start)) / 2
    missing = [year for year in first.to(points[-1].year) if year not in known]
    return [hatch(across(year.start) - half, room.top, 2 * half, room.bottom - room.top) for year in missing]


def _ring(x: float, y: float) -> str:
    return f'<circle class="needed-mark" cx="{x:g}" cy="{y:g}" r="2.6"/>'


def _lane(lane: Sequence[Lane], across: Scale, room: Room) -> list[str]:
    if not lane:
        return []
    y = room.bottom + 56
    parts = [line(0, y - 22, room.right, y - 22, "grid")]
    parts += [text(0, y + 4, "Verdict", "b")] if room.worded else []
    for year, verdict, words in lane:
        parts.append(f"<g><title>{year}: {words}</title>{verdict_mark(verdict, across(year.start), y)}</g>")
        parts += [text(across(year.start), y + 26, words, "mid")] if room.worded else []
    return parts


def verdict_mark(verdict: Verdict, x: float, y: float) -> str:
    """The fixed mark of each verdict, told by its shape as well as by its colour."""
    ring = f'<circle class="v-ring" cx="{x:g}" cy="{y:g}" r="5.6"/>'
    if verdict is Verdict.MET:
        return f'<circle class="v-on" cx="{x:g}" cy="{y:g}" r="6"/><path class="v-tick" d="M{x - 3:g} {y:g}l2 2.4l4 -4.8"/>'
    if verdict is Verdict.ON_COURSE:
        return f'<circle class="v-on" cx="{x:g}" cy="{y:g}" r="6"/>'
    if verdict is Verdict.AT_RISK:
        return f'<g class="v-risk">{ring}<path class="v-half" d="M{x:g} {y - 6:g}a6 6 0 0 1 0 12Z"/></g>'
    if verdict is Verdict.OFF_COURSE:
        return f'<g class="v-off">{ring}<path class="v-cross" d="M{x - 3:g} {y - 3:g}l6 6m0 -6l-6 6"/></g>'
    if verdict is Verdict.TOO_EARLY:
        return f'<g class="v-early">{ring}</g>'
    return f'<g class="v-none">{ring}<path class="v-cross" d="M{x - 3:g} {y:g}h6"/></g>'


def table(answer: Answer) -> tuple[Row, ...]:
    """Every year with its value, where it had to be, the difference, the path, the margin and the release; then the path to come."""
    unit = unit_of(answer)
    head: Row = ("Year", answer.area_name, "Needed to keep it", "Difference", "Path needed", "95% margin", "Release")
    rows = [_row(one, unit) for one in answer.points]
    known = {one.year for one in answer.points}
    ahead = [step for step in answer.path if step.year not in known and (not answer.points or step.year > answer.points[-1].year)]
    rows += [(str(step.year), "–", "–", "–", _signed(-step.distance), "–", "to come") for step in ahead]
    return (head, *rows)


def _row(one: Point, unit: str) -> Row:
    margin = "–" if one.lower is None or one.upper is None else f"{shown(one.lower, unit)} to {shown(one.upper, unit)}"
    path_ = "–" if one.path is None else _signed(-one.path)
    short = "–" if one.distance is None else _signed(-one.distance)
    return (str(one.year), shown(one.value, unit), shown(one.target, unit), short, path_, margin, one.release.words)


def _signed(value: float) -> str:
    return shown(value, "points", sign=True)
