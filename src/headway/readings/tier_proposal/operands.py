"""From figures to operands: what each condition on a measure looks at, for every school asked for at once."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from headway.definitions.predicates import Above, Below, FallingBy, GapAbove, Measured, OfMeasures, PositionAbove, PositionBelow, RisingBy
from headway.readings.tier_proposal import beside
from headway.readings.tier_proposal.figures import Asked, Figures, figures, with_size, with_variance
from headway.readings.tier_proposal.peers import Peers, peers
from headway.readings.trend import breaks, comparable
from headway.stats.intervals import Z95
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.answer import Unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Operands:
    """One operand a school, as headway.analysis.predicates reads them; NaN for None. `used` says from which years, the newest first."""

    value: "Floats"
    other: "Floats"
    margin: "Floats"
    n: "Floats"
    status: "NDArray[np.object_]"
    used: "NDArray[np.bool_]"  # (years, schools)
    years: tuple[int, ...]
    own: "Floats"  # the school's own figure and what it is set beside, for showing, whatever the condition makes of them
    theirs: "Floats"


class Measures:
    """Figures, families and comparators of the schools asked for, each worked out when first wanted."""

    def __init__(self, asked: Asked, wanted: "NDArray[np.int64]") -> None:
        self.asked, self.wanted = asked, wanted
        self._figures: dict[tuple[str, str, str], Figures] = {}

    @cached_property
    def peers(self) -> Peers:
        return peers(self.asked, self.wanted)

    def figures(self, measure: str, cut: str = "all", size_of: str = "") -> Figures:
        """Of all schools, with a variance wherever the number of pupils is known."""
        key = (measure, cut, size_of)
        if key not in self._figures:
            found = figures(self.asked, measure, cut)
            sized = found
            if size_of:
                sized = with_size(found, self.figures(size_of), self.asked.door.measure(size_of).unit == "count")
            self._figures[key] = with_variance(sized, self.asked.schools.phase)
        return self._figures[key]

    def operands(self, condition: OfMeasures) -> Operands:
        found = self.figures(condition.measure, condition.cut, condition.n_of or "")
        return _change(self, condition, found) if isinstance(condition, (RisingBy, FallingBy)) else _level(self, condition, found)


def _level(of: Measures, condition: OfMeasures, found: Figures) -> Operands:
    """The mean of the years used, weighted by pupils where all of them are known, and the same of what it is set beside."""
    import numpy as np

    own, n, variance = (array[:, of.wanted] for array in (found.value, found.n, found.variance))
    others = _beside(of, condition, found)
    looked = found.position[:, of.wanted] if _by_position(condition) else own
    window, newest = _window(of, condition, found)
    usable = window & np.isfinite(looked) & (np.isfinite(others) if others is not None else True)
    alone = usable if others is None else window & np.isfinite(looked)
    usable = np.where((usable.sum(axis=0) >= condition.fewest_years)[None, :], usable, alone)
    weight = _weights(usable, n)
    enough = usable.sum(axis=0) >= condition.fewest_years
    value = np.where(enough, _sum(weight, looked), np.nan)
    other = np.where(enough, _sum(weight, others), np.nan) if others is not None else np.full(len(value), np.nan)
    margin = np.where(enough, Z95 * np.sqrt(_sum(weight**2, variance)), np.nan)
    size = np.where(enough, _sum(usable.astype(float), n), np.nan)
    shown, theirs = np.where(enough, _sum(weight, own), np.nan), other
    if isinstance(condition, GapAbove):
        worse = 1 if of.asked.door.measure(condition.measure).better == "lower" else -1
        value, other = worse * (value - other), np.zeros(len(value))
    if isinstance(condition, (PositionBelow, PositionAbove)) and condition.among == "family":
        value = beside.family_positions(found, of.peers, usable, _sum(_weights(usable, np.full(n.shape, np.nan)), own))
    status = _status(of, condition, found, newest, value, enough)
    return Operands(value, other, margin, size, status, usable & enough, found.years, shown, theirs)


def _by_position(condition: OfMeasures) -> bool:
    return isinstance(condition, (PositionBelow, PositionAbove)) and condition.among == "england"


def _beside(of: Measures, condition: OfMeasures, found: Figures) -> "Floats | None":
    """What each year's figure is set beside, shape (years, schools asked for)."""
    if isinstance(condition, (PositionBelow, PositionAbove)):
        return beside.of_families(found, of.peers) if condition.among == "family" else None
    if not isinstance(condition, (Below, Above, GapAbove)):
        return None
    if condition.beside == "family":
        return beside.of_families(found, of.peers)
    if isinstance(condition.beside, str):
        return beside.of_areas(of.asked, condition.beside, condition.measure, condition.cut, found.years, of.wanted)
    return beside.fixed(condition.beside, len(found.years), len(of.wanted))


def _window(of: Measures, condition: Measured, found: Figures) -> "tuple[NDArray[np.bool_], NDArray[np.int64]]":
    """Which years count for each school: `years` of them from its newest row on, none from before a break that forbids it."""
    import numpy as np

    there = found.status[:, of.wanted] != ""
    newest = np.where(there.any(axis=0), there.argmax(axis=0), len(found.years))
    line = np.arange(len(found.years))[:, None]
    start = newest + condition.back
    window = (line >= start) & (line < start + condition.years) & (newest <= condition.fresh)
    definition = of.asked.door.measure(condition.measure)
    every = [AcademicYear(year) for year in sorted(found.years)]
    marks = tuple(breaks(definition, every))
    for first in set(newest.tolist()) - {len(found.years)}:
        forbidden = [not comparable(marks, AcademicYear(year), AcademicYear(found.years[first])) for year in found.years]
        window[np.ix_(np.array(forbidden), newest == first)] = False
    return window, newest


def _weights(usable: "NDArray[np.bool_]", n: "Floats") -> "Floats":
    """Shares of the years used, adding up to 1 for each school: by pupils where all are known, else equal."""
    import numpy as np

    sized = np.all((np.isfinite(n) & (n > 0)) | ~usable, axis=0)
    weight = np.where(usable, np.where(sized, np.nan_to_num(n), 1.0), 0.0)
    total = weight.sum(axis=0)
    found: Floats = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return found


def _sum(weight: "Floats", values: "Floats") -> "Floats":
    """Σ weight · value over the years used; NaN where a value that counts is missing."""
    import numpy as np

    used = np.where(weight > 0, values, 0.0)
    found: Floats = (weight * used).sum(axis=0)
    return found


def _status(
    of: Measures, condition: Measured, found: Figures, newest: "NDArray[np.int64]", value: "Floats", enough: "NDArray[np.bool_]"
) -> "NDArray[np.object_]":
    """Why there is no value: the state of the newest row, or that there is none, or none that is new enough."""
    import numpy as np

    line = np.minimum(newest, len(found.years) - 1)
    told = found.status[:, of.wanted][line, np.arange(len(of.wanted))]
    states = {one.value for one in Unknown}
    status = np.array([one if one in states else Unknown.TOO_FEW_YEARS.value for one in told], dtype=object)
    status[enough & np.isnan(value)] = Unknown.NO_COMPARATOR.value
    status[(newest > condition.fresh) & (newest < len(found.years))] = Unknown.OUT_OF_DATE.value
    status[newest == len(found.years)] = Unknown.NO_FIGURE.value
    return status


def _change(of: Measures, condition: "RisingBy | FallingBy", found: Figures) -> Operands:
    """The newest figure and the one `since` years before, each less England's where it is set beside England's movement."""
    import numpy as np

    own = found.value[:, of.wanted]
    if condition.beside == "england":
        own = own - beside.of_areas(of.asked, "england", condition.measure, condition.cut, found.years, of.wanted)
    window, newest = _window(of, condition.model_copy(update={"years": condition.since + 1}), found)
    many, last = len(of.wanted), len(found.years) - 1
    at = np.arange(many)
    later, earlier = np.minimum(newest + condition.back, last), np.minimum(newest + condition.back + condition.since, last)
    value = np.where(window[later, at], own[later, at], np.nan)
    other = np.where(window[earlier, at], own[earlier, at], np.nan)
    n, variance = found.n[:, of.wanted], found.variance[:, of.wanted]
    margin = Z95 * np.sqrt(variance[later, at] + variance[earlier, at])
    shown, theirs = value, other
    if condition.relative:
        value, other, margin = 100 * value / np.where(other > 0, other, np.nan), np.where(other > 0, 100.0, np.nan), np.full(many, np.nan)
    used = np.zeros((len(found.years), many), bool)
    used[later, at] = used[earlier, at] = True
    there = np.isfinite(value)
    status = _status(of, condition, found, newest, value, np.zeros(many, bool))
    status[~there & (newest <= condition.fresh) & np.isfinite(found.value[:, of.wanted][later, at])] = Unknown.NO_COMPARATOR.value
    return Operands(value, other, margin, n[later, at] + n[earlier, at], status, used & there, found.years, shown, theirs)
