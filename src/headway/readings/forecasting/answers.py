"""What is said of the future: a fan, the chance of a promise, and how such forecasts have held. Frozen."""

from dataclasses import asdict, dataclass
from datetime import date

from headway.readings.answers import BreakMark, MeasureFacts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class FanYear:
    """Where the published figure of one year may be: as likely as not within `q25` and `q75`, four times in five within `q10` and `q90`."""

    year: AcademicYear
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float

    def width(self) -> float:
        """How wide the band of four in five is."""
        return self.q90 - self.q10

    def as_dict(self) -> dict[str, object]:
        return {"year": str(self.year), **{name: getattr(self, name) for name in ("q10", "q25", "q50", "q75", "q90")}}


@dataclass(frozen=True)
class Tried:
    """What the forecast has behind it at one horizon: trials, and its score over the better baseline's."""

    horizon: int
    trials: int
    ratio: float
    baseline: str  # last or three


@dataclass(frozen=True)
class Likely:
    """The chance of a promise for the underlying rate and for the figure that will be published; or why none is given."""

    underlying: float | None
    published: float | None
    no_forecast_because: str
    tested: Tried | None = None


@dataclass(frozen=True)
class Outlook:
    """One place's figure, and where it may go: as a level, and as the gap to England (`gap`), which England's own movement does not blur.

    A year stands in `fan` only where its horizon was tried and found better; `withheld` says of each other year why it is not there.
    """

    place: str
    name: str
    measure: MeasureFacts
    cut: str
    gap: bool
    as_of: date | None
    readings: tuple[Reading, ...]
    england: tuple[Reading, ...]
    breaks: tuple[BreakMark, ...]
    fan: tuple[FanYear, ...]
    withheld: tuple[tuple[AcademicYear, str], ...]
    tested: tuple[Tried, ...]
    no_forecast_because: str = ""

    def as_dicts(self) -> list[dict[str, object]]:
        kind = "gap" if self.gap else "level"
        said = {"place": self.place, "name": self.name, "measure": self.measure.id, "cut": self.cut, "kind": kind}
        rows = [said | one.as_dict() | {"no_forecast_because": ""} for one in self.fan]
        nothing = dict.fromkeys(("q10", "q25", "q50", "q75", "q90"))
        return rows + [said | {"year": str(year), **nothing, "no_forecast_because": why} for year, why in self.withheld]


@dataclass(frozen=True)
class Held:
    """How often figures fell within an interval that should hold `should` of them; the limits are Wilson's, at 95%."""

    should: float
    share: float
    low: float
    high: float
    figures: int

    def as_dict(self) -> dict[str, object]:
        return {"should": self.should, "held": self.share, "low": self.low, "high": self.high, "figures": self.figures}


@dataclass(frozen=True)
class MeasureRecord:
    """One measure and cut at one horizon. `ratio` is the score over the better baseline's on later trials than it was chosen on."""

    measure: str
    title: str
    cut: str
    horizon: int
    shown: bool
    reason: str
    trials: int
    figures: int
    model: float | None
    last: float | None
    three: float | None
    ratio: float | None
    held: tuple[Held, ...]
    width: float | None
    by_size: tuple[Held, ...]  # 80% intervals in small, middling and large places
    years: tuple[AcademicYear, ...]
    slope: float | None
    intercept: float | None

    def as_dict(self) -> dict[str, object]:
        plain = ("measure", "title", "cut", "horizon", "shown", "reason", "trials", "figures", "model", "last", "three", "ratio", "width",
                 "slope", "intercept")  # fmt: skip
        inside = {f"inside_{one.should:.0%}".replace("%", ""): one.share for one in self.held}
        return {name: getattr(self, name) for name in plain} | inside | {"years": [str(year) for year in self.years]}


@dataclass(frozen=True)
class YearRecord:
    """All series together in the year whose figures were forecast."""

    year: AcademicYear
    horizon: int
    held: Held
    series: int


@dataclass(frozen=True)
class Every:
    """Every trial of one horizon, whether it would have been shown or not. `ratio`: over the baseline that was the better until then."""

    trials: int
    figures: int
    years: tuple[AcademicYear, ...]
    ratio: float
    ratio_low: float
    ratio_high: float
    held: tuple[Held, ...]
    slope: float | None

    def as_dict(self) -> dict[str, object]:
        plain = ("trials", "figures", "ratio", "ratio_low", "ratio_high", "slope")
        return {name: getattr(self, name) for name in plain} | {
            "years": [str(year) for year in self.years], "held": [one.as_dict() for one in self.held],
        }  # fmt: skip


FEWEST_LATER = 10  # trials: with fewer that were chosen on earlier ones, how forecasts hold is told of every trial


@dataclass(frozen=True)
class Record:
    """How forecasts of one horizon have held: of the trials that were shown, each chosen on earlier ones; and of `every` trial."""

    horizon: int
    series: int
    shown_today: int
    not_better: int
    too_narrow: int
    untested: int
    trials: int
    figures: int
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    held: tuple[Held, ...]
    pit: tuple[float, ...]  # the share of figures in each tenth of their forecast
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    intercept: float | None
    promises: int
    told: tuple[tuple[float, float, int], ...]  # probability told, share that came true, how many: enough of them
    years: tuple[YearRecord, ...]
    every: Every | None = None

    @property
    def tells(self) -> bool:
        """Whether enough forecasts have come due since they could have been shown to say how they hold."""
        return self.trials >= FEWEST_LATER

    def as_dict(self) -> dict[str, object]:
        plain = ("horizon", "series", "shown_today", "not_better", "too_narrow", "untested", "trials", "figures", "ratio", "ratio_low",
                 "ratio_high", "pit", "slope", "slope_low", "slope_high", "intercept", "promises", "told")  # fmt: skip
        return {
            **{name: getattr(self, name) for name in plain},
            "held": [one.as_dict() for one in self.held],
            "years": [{"year": str(one.year), "series": one.series, **one.held.as_dict()} for one in self.years],
            "every": self.every.as_dict() if self.every else None,
        }


@dataclass(frozen=True)
class Levels:
    """England's own moves, each left out and asked of the others: what the 80% interval holds as it is, and as widened."""

    series: int
    moves: int
    plain: float
    held: float
    least: float
    widened: int


@dataclass(frozen=True)
class Calibration:
    records: tuple[Record, ...]
    measures: tuple[MeasureRecord, ...]
    levels: Levels | None

    def levels_dict(self) -> dict[str, object] | None:
        return asdict(self.levels) if self.levels else None
