"""What is said of an ambition: a verdict, the figures it rests on, what is missing. Frozen; every reading in it has passed the one door."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from headway.definitions.ambitions import Asks
from headway.definitions.publications import Known
from headway.readings.answers import MeasureFacts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release


class Verdict(StrEnum):
    """What can be said of a promise on a day. `met` and, once it is due, `off course` are final; all else may change."""

    MET = "met"
    ON_COURSE = "on course"
    AT_RISK = "at risk"
    OFF_COURSE = "off course"
    TOO_EARLY = "too early"
    CANNOT_TELL = "cannot tell"


# Of several parts the first of these that any has is the whole's: what is known to be off course weighs more than what is unknown,
# and what is unknown never counts as met.
WORST_FIRST = (Verdict.OFF_COURSE, Verdict.AT_RISK, Verdict.CANNOT_TELL, Verdict.TOO_EARLY, Verdict.ON_COURSE, Verdict.MET)


@dataclass(frozen=True)
class Missing:
    """A piece that a better answer would need: the exact series, the years, why it is not to be had, and what could be done."""

    series: str
    years: str
    why: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"series": self.series, "years": self.years, "why": self.why, "remedy": self.remedy}


@dataclass(frozen=True)
class Place:
    """One of several places that are asked alike, such as a district. `distance` as in Point; None where it has too few."""

    name: str
    schools: int
    value: float | None
    distance: float | None


@dataclass(frozen=True)
class Point:
    """One year as it was known on the day: the value, where it had to be (`target`), and how far short it is (`distance`).

    `distance` is in the unit of the answer and positive where the promise is not kept; nought or below where it is. `path` is the
    distance that the straight way from baseline to due date allows in that year. `target` moves with whom it is set beside.
    `lower` and `upper` are the value's 95% margin; where there is none `margin_because` says why. `published` is the day on which the
    last of its readings came out, known from the calendar as `listed`,
    `unchecked` or `usual`. `edited`: the source held is a later edition, so
    that small corrections since are not told apart. `below` and `of` count schools where every school is asked.
    """

    year: AcademicYear
    value: float
    target: float | None
    distance: float | None
    path: float | None
    lower: float | None
    upper: float | None
    margin_because: str
    published: date | None
    published_known: Known
    release: Release
    edited: bool
    readings: tuple[Reading, ...]
    beside: tuple[Reading, ...] = ()
    worked: str = ""
    small: bool = False
    below: int | None = None
    of: int | None = None
    places: tuple[Place, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {
            "year": str(self.year), "value": self.value, "target": self.target, "distance": self.distance, "path": self.path,
            "lower": self.lower, "upper": self.upper, "margin_because": self.margin_because, "published": self.published,
            "published_known": self.published_known, "release": str(self.release), "edited": self.edited, "worked": self.worked,
            "sources": sorted({one.source for one in (*self.readings, *self.beside)}), "below": self.below, "of": self.of,
            "places": [{"name": one.name, "schools": one.schools, "value": one.value, "distance": one.distance} for one in self.places],
        }  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One year of the path needed. `level` is the value it takes if whom it is set beside stands still; None where that is unknown."""

    year: AcademicYear
    distance: float
    level: float | None


@dataclass(frozen=True)
class Now:
    """Where a promise that is decided would stand by the newest figures: kept, not kept, or None where these cannot tell."""

    kept: bool | None
    point: Point | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class ChoiceFacts:
    name: str
    title: str
    why: str
    chosen: bool


@dataclass(frozen=True)
class Answer:
    """One ambition, or one part of one, on a day.

    `latest` is the figure that the verdict rests on: once decided that of the deciding year, with `now` beside it. `since` is the
    day on which the verdict became what it is. `newer` are figures that were out by the day and are not held, or not as then known.
    An ambition with parts has their worst verdict, and the figures of the part that decides, `worst`. `group` and `beside_group` are
    the cuts in words, `level` a fixed level's word, such as a grade's.
    """

    id: str
    set: str
    number: int
    title: str
    words: str
    owner: str
    area: str
    area_name: str
    as_of: date
    verdict: Verdict
    since: date | None
    due: date | None
    decides: AcademicYear | None
    past_due: bool
    decided: bool
    asks: Asks
    measure: MeasureFacts | None
    group: str = ""
    beside_group: str = ""
    level: str = ""
    baseline: Point | None = None
    latest: Point | None = None
    points: tuple[Point, ...] = ()
    path: tuple[Step, ...] = ()
    distance: float | None = None
    distance_unit: str = ""
    missing: tuple[Missing, ...] = ()
    newer: tuple[Missing, ...] = ()
    now: Now | None = None
    probability_underlying: float | None = None
    probability_published: float | None = None
    no_forecast_because: str = ""
    choice: str = ""
    choices: tuple[ChoiceFacts, ...] = ()
    worst: str = ""
    parts: tuple["Answer", ...] = ()

    @property
    def age_in_days(self) -> int | None:
        """How long before the day the figure it rests on came out."""
        return (self.as_of - self.latest.published).days if self.latest and self.latest.published else None

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON and tables."""
        facts = self.measure
        return {
            "id": self.id, "set": self.set, "number": self.number, "title": self.title, "words": self.words, "owner": self.owner,
            "authority": self.area, "name": self.area_name, "as_of": self.as_of, "verdict": str(self.verdict), "since": self.since,
            "due": self.due, "decides": str(self.decides) if self.decides else None, "past_due": self.past_due, "decided": self.decided,
            "measure": facts.id if facts else None, "cut": self.asks.cut, "group": self.group or None,
            "unit": facts.unit if facts else None,
            "baseline": self.baseline.as_dict() if self.baseline else None, "latest": self.latest.as_dict() if self.latest else None,
            "latest_age_in_days": self.age_in_days, "distance": self.distance, "distance_unit": self.distance_unit,
            "path": [{"year": str(step.year), "distance": step.distance, "level": step.level} for step in self.path],
            "probability": self.probability_published, "probability_underlying": self.probability_underlying,
            "probability_published": self.probability_published, "no_forecast_because": self.no_forecast_because,
            "missing": [one.as_dict() for one in self.missing], "newer": [one.as_dict() for one in self.newer],
            "now": _now(self.now), "choice": self.choice or None, "worst": self.worst or None,
            "parts": [part.as_dict() for part in self.parts],
        }  # fmt: skip


def _now(now: Now | None) -> dict[str, object] | None:
    if now is None:
        return None
    point = now.point.as_dict() if now.point else None
    return {"kept": now.kept, "point": point, "missing": [one.as_dict() for one in now.missing]}
