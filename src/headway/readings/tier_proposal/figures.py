"""One measure of every school over the years that a rule looks at, as arrays: own figures, or a predecessor's where it has none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headway.definitions.schemas import counts_persons
from headway.readings.columns import Columns, columns
from headway.readings.door import Door
from headway.readings.tier_proposal.schools import Schools
from headway.stats.intervals import Z95, share_variance
from headway.stats.jumps import pupil_variance
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DEEPEST = 12  # years that rules look back, and that families are made of


@dataclass(frozen=True, eq=False)
class Figures:
    """Of shape (years, schools), the newest year first; NaN where there is none. `status` is empty text where no row tells."""

    years: tuple[int, ...]
    value: "Floats"
    n: "Floats"
    variance: "Floats"  # of the value, from published limits or from the number of persons; NaN where neither is to be had
    position: "Floats"
    status: "NDArray[np.object_]"


@dataclass(frozen=True, eq=False)
class Asked:
    """Who is looking at which day, and which years that day's rules reach."""

    door: Door
    viewer: Viewer
    schools: Schools
    year: int  # the academic year of the day asked about
    known: "dict[str, set[tuple[int, Release]]] | None" = None  # measure → what was out by then; None: everything that is held


def figures(asked: Asked, measure: str, cut: str = "all") -> Figures:
    """Raises H-USAGE-05 for a measure that is not in the library."""
    import numpy as np

    definition = asked.door.measure(measure)
    known = None if asked.known is None else asked.known.get(measure, set())
    first = asked.year - DEEPEST
    rows = columns(asked.door, asked.viewer, measure, cut, first, asked.year, known)
    years, many = tuple(range(asked.year, first - 1, -1)), len(asked.schools.urn)
    found = {name: np.full((len(years), many), np.nan) for name in ("value", "denominator", "lower", "upper", "position")}
    status = np.full((len(years), many), "", dtype=object)
    place, line = asked.schools.places(rows.urn), asked.year - rows.year
    inside = place >= 0
    for name, array in found.items():
        array[line[inside], place[inside]] = getattr(rows, name)[inside]
    status[line[inside], place[inside]] = rows.status[inside]
    _inherit(asked, rows, found | {"status": status})
    variance = ((found["upper"] - found["lower"]) / 2 / Z95) ** 2
    if counts_persons(definition.unit, definition.cohort):
        with np.errstate(invalid="ignore", divide="ignore"):
            persons = 10_000 * share_variance(found["value"] / 100, np.where(found["denominator"] > 0, found["denominator"], np.nan))
        variance = np.where(np.isnan(variance), persons, variance)
    return Figures(years, found["value"], found["denominator"], variance, found["position"], status)


def _inherit(asked: Asked, rows: Columns, found: "dict[str, NDArray[Any]]") -> None:
    """Fill what a school has no row of its own for with its nearest predecessor's, as its page does."""
    import numpy as np

    keys = rows.urn * 10_000 + rows.year  # in order, as the rows are
    own = found["status"] != ""
    if not len(keys):
        return
    for line, year in enumerate(range(asked.year, asked.year - len(own), -1)):
        in_year = (asked.schools.past_first <= year) & (asked.schools.past_last >= year)
        wanted = asked.schools.past_urn[in_year] * 10_000 + year
        row = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        place = asked.schools.past_place[in_year]
        take = (keys[row] == wanted) & ~own[line, place]
        for name, array in found.items():
            array[line, place[take]] = getattr(rows, name)[row[take]]  # of several the last stays: the nearest


def with_size(found: Figures, size: Figures, counts: bool) -> Figures:
    """The same with the number of pupils of another measure, in the same year or the nearest before or after, where its own is not told.

    `counts`: the other measure's value is itself a number of pupils, as a school's roll; else its cohort is taken.
    """
    import numpy as np

    n, known = found.n.copy(), size.value if counts else size.n
    for at in range(len(found.years)):
        for near in sorted(range(len(found.years)), key=lambda other: (abs(other - at), other)):
            gap = np.isnan(n[at])
            n[at, gap] = known[near, gap]
    return Figures(found.years, found.value, n, found.variance, found.position, found.status)


def with_variance(found: Figures, phase: "NDArray[np.object_]") -> Figures:
    """The same with a variance wherever the number of pupils is known: from how far schools of a phase jump from year to year."""
    import numpy as np

    variance = found.variance.copy()
    for one in set(phase.tolist()):
        of = np.flatnonzero(phase == one)
        pupil = pupil_variance(found.value[:, of], found.n[:, of])
        if pupil is not None:
            part = variance[:, of]
            n = np.where(found.n[:, of] > 0, found.n[:, of], np.nan)
            variance[:, of] = np.where(np.isnan(part), pupil / n, part)
    return Figures(found.years, found.value, found.n, variance, found.position, found.status)
