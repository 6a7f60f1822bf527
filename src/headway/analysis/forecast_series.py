"""The series that forecasts are made of: one measure and cut over all authorities, in runs of years that can be compared.

A run ends where the library says that figures may not be set beside those before. The years of the pandemic are left out of what they
touched, as time that passed. Both what is tried at publication and what is forecast for a page are put together here, so that nothing
is shown that was not tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headway.definitions.schemas import Measure
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from headway.stats.forecast.national import Scale

    Floats = NDArray[np.float64]

FEWEST_PLACES = 10  # of a year that is learnt from
APART = ("inspection.",)  # after July 2018 only survivors are held, and a stock of grades is not a year's figure
Figures = Mapping[str, Mapping[int, float]]  # place → start of the year → figure


@dataclass(frozen=True, eq=False)
class Run:
    """Places (K,), years (Y,), gaps to England (K, Y) with NaN where missing, and England itself (Y,)."""

    places: tuple[str, ...]
    years: "Floats"
    gaps: "Floats"
    england: "Floats"
    scale: "Scale"
    step: float  # 1 where every figure is a whole number

    @property
    def stretch(self) -> "Floats":
        return self.scale.stretch(self.england)


def forecast_apart(measure: Measure) -> bool:
    """Measures that are not forecast, whatever a trial would say: nobody promises what is neither better high nor low."""
    return measure.unit == "grade" or measure.better == "neither" or measure.id.startswith(APART)


def runs(measure: Measure, figures: Figures, england: Mapping[int, float], pandemic: Mapping[str, Any]) -> list[Run]:
    """The comparable runs of two years or more, oldest first. A year without England, or with few places, is left out."""
    counts: dict[int, int] = {}
    for by_year in figures.values():
        for year in by_year:
            counts[year] = counts.get(year, 0) + 1
    kept = [
        year
        for year in sorted(counts)
        if year in england
        and counts[year] >= FEWEST_PLACES
        and not touched(measure.id, year, pandemic)
        and measure.period(AcademicYear(year))
    ]
    parts: dict[int, list[int]] = {}
    for year in kept:
        parts.setdefault(_part(measure, year), []).append(year)
    return [_run(measure, figures, england, years) for _, years in sorted(parts.items()) if len(years) > 1]


def touched(measure: str, year: int, pandemic: Mapping[str, Any]) -> bool:
    """Whether the pandemic made this measure's figure of that year."""
    years = {AcademicYear.parse(text).start for text in pandemic.get("years", ())}
    return year in years and measure.startswith(tuple(pandemic.get("measures", ())))


def scale_of(measure: Measure) -> "Scale":
    from headway.stats.forecast.national import Scale

    return Scale("logit" if measure.unit == "percent" else "log" if measure.unit in ("rate_per_100", "ratio") else "plain")


def _part(measure: Measure, year: int) -> int:
    """How many breaks that forbid comparison lie before the year."""
    return sum(
        1 for one in measure.periods if one.break_ and one.break_.kind == "not_comparable" and one.from_.start <= year
    )  # fmt: skip


def _run(measure: Measure, figures: Figures, england: Mapping[int, float], years: list[int]) -> Run:
    import numpy as np

    nothing = float("nan")
    places = tuple(sorted(place for place, by_year in figures.items() if any(year in by_year for year in years)))
    values = np.array([[figures[place].get(year, nothing) for year in years] for place in places], float)
    national = np.array([england[year] for year in years], float)
    whole = bool((np.nan_to_num(values) % 1 == 0).all() and (national % 1 == 0).all())
    return Run(places, np.array(years, float), values - national, national, scale_of(measure), 1.0 if whole else 0.0)
