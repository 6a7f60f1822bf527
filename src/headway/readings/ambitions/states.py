"""Where one part of an ambition stands on a day: its points, its path, its verdict, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from headway.definitions.ambition_checks import deciding_year
from headway.definitions.ambitions import KEEPS, MOVES_BY, Asks
from headway.definitions.publications import least_sure
from headway.readings.ambitions import judging, missing
from headway.readings.ambitions.answers import Missing, Place, Point, Verdict
from headway.readings.ambitions.figures import Found, beside, own
from headway.readings.ambitions.membership import schools
from headway.readings.ambitions.series import Asof, area, neighbours_of, published
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

BEHIND = 1  # a verdict rests on a figure at most so many years behind the newest that was out; beyond that nobody can tell


@dataclass(frozen=True)
class State:
    verdict: Verdict
    points: tuple[Point, ...] = ()
    baseline: Point | None = None
    latest: Point | None = None
    missing: tuple[Missing, ...] = ()
    newer: tuple[Missing, ...] = ()
    decided: bool = False


@dataclass(frozen=True)
class Question:
    """One part of an ambition, of one authority, asked at one door."""

    door: Door
    asks: Asks
    authority: str
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    @property
    def decides(self) -> AcademicYear | None:
        return deciding_year(self.asks)

    @property
    def better(self) -> str:
        return self.door.measure(self.asks.measure).better

    def years(self, when: Asof) -> list[AcademicYear]:
        """Years from the baseline on in which any release is held, whether or not it was out by the day."""
        if "years" not in self.kept:
            if self.asks.who.of == "area":
                found = set(area(self.door, when.viewer, self.asks.measure, self.asks.cut, self.authority))
            else:
                found = {year for years in schools(self.door, when.viewer, self.asks, self.authority).values() for year in years}
            self.kept["years"] = sorted(year for year in found if self.asks.baseline is None or year >= self.asks.baseline)
        years: list[AcademicYear] = self.kept["years"]
        return years

    def out_by(self, when: Asof, year: AcademicYear | None) -> tuple[bool, ...]:
        """Which releases of a year were out by the day. Nothing else about a year's figures depends on the day."""
        key = ("out", year)
        if key not in self.kept:
            statistic = published(self.door, self.asks.measure)
            kinds = (Release.PROVISIONAL, Release.FINAL) if statistic and year else ()
            self.kept[key] = tuple(statistic.out(year, one).day for one in kinds if statistic and year)
        return tuple(day is not None and day <= when.day for day in self.kept[key])

    def events(self, when: Asof) -> list[date]:
        """The days up to the day asked on which the verdict may have changed, the newest first."""
        statistic = None if self.asks.lacking else published(self.door, self.asks.measure)
        days: set[date] = {self.asks.due} if self.asks.due else set()
        if statistic:
            outs = [statistic.out(year, one).day for year in self.years(when) for one in (Release.PROVISIONAL, Release.FINAL)]
            days |= {day for day in outs if day}
        return sorted((day for day in days if day <= when.day), reverse=True)


def state(question: Question, when: Asof) -> State:
    """The state on a day, by what was out by then."""
    if when not in question.kept:
        question.kept[when] = _state(question, when)
    found: State = question.kept[when]
    return found


def _state(question: Question, when: Asof) -> State:
    asks = question.asks
    if asks.lacking is not None:
        lacking = asks.lacking
        named = Missing(lacking.series, lacking.years, " ".join(lacking.why.split()), " ".join(lacking.remedy.split()))
        return State(Verdict.CANNOT_TELL, missing=(named,))
    points = _points(question, when)
    base = next((one for one in points if one.year == asks.baseline), None)
    if _needs_start(asks) and base is None:
        return replace(_without_start(question, when, points), points=points)
    judged = [one for one in points if one.distance is not None]
    found = _decided(question, when, points) or _under_way(question, when, judged, base)
    return replace(found, points=points, baseline=base)


def _needs_start(asks: Asks) -> bool:
    against = asks.against
    return asks.relation in MOVES_BY or (against is not None and (against.kind == "own_baseline" or against.moves == "held_at_baseline"))


def _without_start(question: Question, when: Asof, points: tuple[Point, ...]) -> State:
    baseline = question.asks.baseline or AcademicYear.of(when.day)
    latest = points[-1] if points else None
    if _first_out(question, baseline + 1, when) is False and not points:
        return State(Verdict.TOO_EARLY, latest=latest)
    return State(Verdict.CANNOT_TELL, latest=latest, missing=(_missing(question, when, baseline),))


def _missing(question: Question, when: Asof, year: AcademicYear, points: Sequence[Point] = ()) -> Missing:
    """Why a year cannot be used: for want of its own figure, or of that which it is set beside."""
    asked = (question.door, when, question.asks, question.authority, year)
    beside_it = missing.beside_of_year(*asked) if any(one.year == year and one.distance is None for one in points) else None
    return beside_it or missing.of_year(*asked)


def _points(question: Question, when: Asof) -> tuple[Point, ...]:
    """Each year's point is made once for the releases that were out: a verdict is asked of many days, and few of them tell a year anew."""
    asks, found = question.asks, []
    listed = asks.against is not None and asks.against.kind == "neighbours" and bool(neighbours_of(question.door, when, question.authority))
    common = (when.explicit, question.out_by(when, asks.baseline), listed)
    for year in question.years(when):
        key = ("point", year, question.out_by(when, year), common)
        if key not in question.kept:
            question.kept[key] = _made(question, when, year, common)
        if question.kept[key] is not None:
            found.append(question.kept[key])
    return tuple(found)


def _made(question: Question, when: Asof, year: AcademicYear, common: tuple[Any, ...]) -> Point | None:
    """None for a year without a figure."""
    door, asks, authority = question.door, question.asks, question.authority
    figure = own(door, when, asks, authority, year)
    if figure is None:
        return None
    start, held = _start(question, when, common)
    source = figure.readings[0].source if asks.who.of == "area" else ""
    other = held or beside(door, when, asks, authority, year, source)
    return _point(question, year, figure, other, start.value if start else None)


def _start(question: Question, when: Asof, common: tuple[Any, ...]) -> tuple[Found | None, Found | None]:
    """The figure of the baseline year, and what it was set beside where that is held still."""
    door, asks, base = question.door, question.asks, question.asks.baseline
    key = ("start", common)
    if key not in question.kept:
        still = base is not None and asks.against is not None and asks.against.moves == "held_at_baseline"
        start = own(door, when, asks, question.authority, base) if base else None
        question.kept[key] = (start, beside(door, when, asks, question.authority, base) if base and still else None)
    found: tuple[Found | None, Found | None] = question.kept[key]
    return found


def _point(question: Question, year: AcademicYear, figure: Found, other: Found | None, start: float | None) -> Point:
    asks, better = question.asks, question.better
    fixed = asks.against.level if asks.against else None
    wanted = judging.target(asks, better, other.value if other else fixed, start)
    places = tuple(
        Place(name, schools, one.value if one else None, judging.distance(asks, better, one.value, wanted) if one else None)
        for name, schools, one in figure.parts
    )
    days = [one.published for one in (figure, other) if one is not None]
    known = least_sure(one.published_known for one in (figure, other) if one is not None)
    low, high = figure.limits or (None, None)
    return Point(
        year, figure.value, wanted, judging.distance(asks, better, figure.value, wanted), None, low, high, figure.margin_because,
        max(day for day in days if day) if all(days) else None, known, figure.release,
        figure.edited or bool(other and other.edited), figure.readings, other.readings if other else (), figure.worked, figure.small,
        figure.below, figure.of, places,
    )  # fmt: skip


def on_path(question: Question, found: State) -> State:
    """The points with the distance that the path leaves each; none for what has no path. No verdict rests on it."""
    asks, decides, base = question.asks, question.decides, found.baseline
    if decides is None or base is None or base.distance is None or asks.relation in KEEPS:
        return found
    start = base.distance
    points = tuple(replace(one, path=judging.allowed(start, base.year, decides, one.year)) for one in found.points)
    at = {one.year: one for one in points}
    latest = at.get(found.latest.year) if found.latest else None
    return replace(found, points=points, latest=latest, baseline=at.get(base.year, base))


def _decided(question: Question, when: Asof, every: tuple[Point, ...]) -> State | None:
    """By the deciding year's figure, once that is out; what makes it undecidable, once the day has passed."""
    decides, due = question.decides, question.asks.due
    if decides is None or due is None:
        return None
    points = [one for one in every if one.distance is not None]
    point = next((one for one in points if one.year == decides), None)
    if point is not None:
        if point.small:
            return State(Verdict.CANNOT_TELL, latest=point, missing=(_too_few(question, point),))
        return State(judging.decided(question.asks, point.distance or 0.0), latest=point, decided=True)
    if when.day < due or _first_out(question, decides, when) is False:
        return None
    return State(Verdict.CANNOT_TELL, latest=points[-1] if points else None, missing=(_missing(question, when, decides, every),))


def _first_out(question: Question, year: AcademicYear, when: Asof) -> bool | None:
    """Whether a year's figure was out by the day; None where it never came, is declared missing, or nobody knows."""
    statistic = published(question.door, question.asks.measure)
    if year.last_day > when.day:
        return False
    if statistic is None or any(year in gap.years for gap in question.asks.gaps):
        return None
    day = statistic.first(year).day
    return None if day is None else day <= when.day


def _under_way(question: Question, when: Asof, points: list[Point], base: Point | None) -> State:
    asks = question.asks
    baseline = asks.baseline or AcademicYear.of(when.day)
    latest = points[-1] if points else None
    newer = newer_than(question, when, latest.year if latest else baseline)
    if latest is None or latest.year <= baseline:
        early = not newer and (latest is not None or _first_out(question, baseline + 1, when) is False)
        lacking = newer or (_missing(question, when, baseline),)
        return State(Verdict.TOO_EARLY if early else Verdict.CANNOT_TELL, latest=latest, missing=() if early else lacking, newer=newer)
    if len(newer) > BEHIND:
        return State(Verdict.CANNOT_TELL, latest=latest, missing=newer, newer=newer)
    if latest.small:
        return State(Verdict.CANNOT_TELL, latest=latest, missing=(_too_few(question, latest),), newer=newer)
    start = base.distance if base else None
    verdict = judging.under_way(asks, latest.distance or 0.0, latest.year, start, _margin(question, latest), question.decides)
    if verdict is None:
        return State(Verdict.CANNOT_TELL, latest=latest, missing=(_no_start(question, when, base, baseline),), newer=newer)
    return State(verdict, latest=latest, newer=newer)


def _no_start(question: Question, when: Asof, base: Point | None, baseline: AcademicYear) -> Missing:
    return _missing(question, when, baseline, (base,) if base else ())


def newer_than(question: Question, when: Asof, year: AcademicYear) -> tuple[Missing, ...]:
    """Years after that of the newest usable figure whose own was out by the day, or never came: one for each."""
    statistic = published(question.door, question.asks.measure)
    if statistic is None:
        return ()
    ended = AcademicYear.of(when.day) + -1
    behind = [one for one in (year + 1).to(ended) if _first_out(question, one, when) is not False]
    return tuple(_missing(question, when, one) for one in behind)


def _too_few(question: Question, point: Point) -> Missing:
    floor = question.door.measure(question.asks.measure).floor
    named = missing.series_name(question.door, question.asks, question.authority)
    return Missing(named, str(point.year), f"fewer than {floor} pupils: too few for chance not to decide", "Read several years together.")


def _margin(question: Question, point: Point) -> float:
    """How far chance alone may have kept the figure from its path."""
    if point.lower is None or point.upper is None:
        return 0.0
    return point.value - point.lower if question.better == "lower" else point.upper - point.value
