"""What a ranking answers with. Every reading in it has passed the one door."""

from dataclasses import dataclass

from headway.readings.answers import MeasureFacts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading


@dataclass(frozen=True)
class Margin:
    """How uncertain a value is, as a standard deviation in the measure's unit, and where that was had from."""

    source: str  # published_limits, cohort_sizes, schools_added_up, year_to_year
    rounded: bool  # the source gives whole numbers
    typical: float  # the middle unit's
    year_to_year: float | None  # what a year differs by beyond sampling and rounding; None where the series cannot tell
    sizes: tuple[float, float] | None = None  # the smallest and the largest cohort, where they are known


@dataclass(frozen=True)
class NotRanked:
    place: str
    name: str
    why: str


@dataclass(frozen=True)
class ImprovedLine:
    """One place's change. `rank` is by the shrunken change, 1 the most improved; `rank_low` to `rank_high` hold 95% of the draws.

    `change` is as published; `p_rise` that the true value rose, `p_improved` that it moved the good way, `p_beyond` that it moved
    that way by more than England's did. `mix` is how much of the change comes of another mix of pupils; None where that cannot be told.
    """

    place: str
    name: str
    first: Reading
    last: Reading
    change: float
    shrunken_change: float
    shrunken_low: float
    shrunken_high: float
    p_rise: float
    p_improved: float
    p_beyond: float | None
    rank: int
    rank_low: int
    rank_high: int
    p_top: float
    published_rank: tuple[int, int]  # the places it shares with those of the same published change
    mix: float | None = None

    def as_dict(self, top: int) -> dict[str, object]:
        return {
            self.first.level.value: self.place, "name": self.name, "from": str(self.first.year), "to": str(self.last.year),
            "first": self.first.value, "last": self.last.value, "change": self.change, "shrunken_change": self.shrunken_change,
            "shrunken_low": self.shrunken_low, "shrunken_high": self.shrunken_high, "p_rise": self.p_rise, "p_improved": self.p_improved,
            "p_beyond_england": self.p_beyond, "rank": self.rank, "rank_low": self.rank_low, "rank_high": self.rank_high,
            f"p_top_{top}": self.p_top, "published_rank": self.published_rank[0], "published_rank_to": self.published_rank[1],
            "change_by_mix": self.mix, "release": str(self.last.release),
        }  # fmt: skip


@dataclass(frozen=True)
class Improved:
    """Who improved most between two years, the most improved first."""

    measure: MeasureFacts
    level: Level
    first: AcademicYear
    last: AcademicYear
    lines: tuple[ImprovedLine, ...]
    not_ranked: tuple[NotRanked, ...]
    england: tuple[Reading, Reading] | None
    common: float  # the common movement
    margin: Margin
    care: tuple[str, ...]  # breaks within the span that ask for care
    top: int
    surely_top: tuple[str, ...]  # places that are all among the first `top` at once in 95% of the draws
    draws: int

    def line(self, place: str) -> ImprovedLine | None:
        return next((line for line in self.lines if line.place == place), None)


@dataclass(frozen=True)
class StandingLine:
    """One place's value in one year and where it stands: rank 1 is the best."""

    place: str
    name: str
    reading: Reading
    shrunken: float
    sd: float  # of the shrunken value
    rank: int
    rank_low: int
    rank_high: int
    p_top: float
    published_rank: tuple[int, int]
    quartile: str  # A (best) to D, by the published values, as DfE's interactive tool bands authorities; empty where neither is better

    def as_dict(self, top: int) -> dict[str, object]:
        return {
            self.reading.level.value: self.place, "name": self.name, "year": str(self.reading.year), "value": self.reading.value,
            "shrunken": self.shrunken, "rank": self.rank, "rank_low": self.rank_low, "rank_high": self.rank_high,
            f"p_top_{top}": self.p_top, "published_rank": self.published_rank[0], "published_rank_to": self.published_rank[1],
            "quartile": self.quartile, "release": str(self.reading.release),
        }  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Where each place stands in one year, the best first."""

    measure: MeasureFacts
    level: Level
    year: AcademicYear
    lines: tuple[StandingLine, ...]
    not_ranked: tuple[NotRanked, ...]
    england: Reading | None
    margin: Margin
    top: int
    surely_top: tuple[str, ...]
    draws: int

    def line(self, place: str) -> StandingLine | None:
        return next((line for line in self.lines if line.place == place), None)
