"""What a school's figure is set beside, year by year: a fixed number, England of its phase, its authority, or the mean of its family."""

from typing import TYPE_CHECKING

from headway.readings import comparators
from headway.readings.profile import PAGE_PHASES
from headway.readings.tier_proposal.figures import Asked, Figures
from headway.readings.tier_proposal.peers import Peers
from headway.vocabulary.place import ENGLAND, Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def fixed(number: float, years: int, many: int) -> "Floats":
    import numpy as np

    return np.full((years, many), float(number))


def of_areas(asked: Asked, kind: str, measure: str, cut: str, years: tuple[int, ...], wanted: "NDArray[np.int64]") -> "Floats":
    """England's or the authority's figure for each year and school asked for, of the school's phase where the source has it."""
    import numpy as np

    found = np.full((len(years), len(wanted)), np.nan)
    level = Level.ENGLAND if kind == "england" else Level.AUTHORITY
    phases = asked.schools.phase[wanted].tolist()
    places = [ENGLAND] * len(wanted) if kind == "england" else asked.schools.authority[wanted].tolist()
    here: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(zip(phases, places, strict=True)):
        here.setdefault(one, []).append(at)
    for (phase, place), listed in here.items():
        line = _line(asked, level, place, measure, cut, PAGE_PHASES.get(phase, ""))
        found[:, listed] = np.array([line.get(year, np.nan) for year in years])[:, None]
    return found


def _line(asked: Asked, level: Level, place: str, measure: str, cut: str, phase: str) -> dict[int, float]:
    """Year → the figure of a place, of what was known by the day."""
    key = ("tier area", level, place, asked.viewer.sees_early)
    if key not in asked.door.kept:
        asked.door.kept[key] = comparators.series(asked.door, level, place, asked.viewer)
    trends, _ = comparators.beside({level.value: asked.door.kept[key]}, measure, cut, phase)
    trend = trends.get(level.value)
    known = None if asked.known is None else asked.known.get(measure, set())
    return {
        one.year.start: one.value
        for one in (trend.readings if trend else ())
        if one.value is not None and (known is None or (one.year.start, one.release) in known)
    }


def of_families(figures: Figures, found: Peers) -> "Floats":
    """The mean of each family in each year; NaN where too few of it have a figure."""
    import numpy as np

    means = np.full((len(figures.years), len(found.members)), np.nan)
    nobody = found.members < 0
    for line in range(len(figures.years)):
        if np.isfinite(figures.value[line]).any():
            of = np.where(nobody, np.nan, figures.value[line][found.members])
            many = np.isfinite(of).sum(axis=1)
            total = np.nansum(of, axis=1)
            means[line] = np.where(many >= found.fewest, total / np.maximum(many, 1), np.nan)
    return means


def family_positions(figures: Figures, found: Peers, used: "NDArray[np.bool_]", own: "Floats") -> "Floats":
    """Where a school's mean of the years used stands among its family's means of the same years: the share below, ties halved."""
    import numpy as np

    total, many = np.zeros(found.members.shape), np.zeros(found.members.shape)
    for line in range(len(figures.years)):
        if used[line].any():
            of = np.where(found.members < 0, np.nan, figures.value[line][found.members])
            there = np.isfinite(of) & used[line][:, None]
            total, many = total + np.where(there, of, 0.0), many + there
    means = np.divide(total, many, out=np.full(total.shape, np.nan), where=many > 0)
    known = np.isfinite(means)
    below = (means < own[:, None]).sum(axis=1) + (means == own[:, None]).sum(axis=1) / 2
    count = known.sum(axis=1)
    return np.where((count >= found.fewest) & np.isfinite(own), below / np.maximum(count, 1), np.nan)
