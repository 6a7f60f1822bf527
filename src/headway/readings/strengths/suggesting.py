"""Which schools of an authority stand beyond chance above or below the schools similar to them, area of support by area of support.

Three years together, so that one lucky year is no strength; beside the family's mean in the same years, so that an easy intake is none;
of all that is shown, one in twenty is expected to be there by chance (Benjamini and Hochberg). What a school is drawn to after shrinking
orders the list. Inspection stands beside the figures and never among them. What is old says nothing of who teaches there now: figures that
end more than three years ago and inspections of more than five are left out, and counted. Schools that choose their pupils by ability are
set beside each other, and no other school beside them: intake does not tell what pupils knew when they came.

As of a past day only what was out by that day is looked at, in the schools that were open then; old is then old on that day. It tells what
a broker would have seen, and nothing of today.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from headway.definitions.brokerage import SupportArea, Told
from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.selective import selective_schools
from headway.readings.strengths.answers import Found, Inspected, Selective, Suggestions, TooOld
from headway.readings.tier_proposal.figures import Asked, figures, with_variance
from headway.readings.tier_proposal.graded import newest_visits
from headway.readings.tier_proposal.known import known_by
from headway.readings.tier_proposal.peers import NOBODY, Peers, peers
from headway.readings.tier_proposal.schools import schools
from headway.readings.trend import breaks, comparable
from headway.stats import discovery
from headway.stats.intervals import Z95
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RATE = 0.05  # of those shown, the share expected to be there by chance
YEARS, FEWEST_YEARS = 3, 2
ENOUGH = 0.3  # of the schools that ever had a figure: with fewer a year's figures are not out yet
OLDEST_FIGURES = 3  # years between this academic year and the newest of a school's figures that still say something of it
OLDEST_INSPECTION = timedelta(days=5 * 365 + 1)  # about the longest time between two inspections of a school
FEWEST = 20  # comparisons of a measure from which their spread can be told


def suggestions(door: Door, authority: str, as_of: date | None = None) -> Suggestions:
    """Of published figures only, whoever asks. Kept with the snapshot. Raises H-USAGE-91 for a day that has not come."""
    if as_of and as_of > today():
        raise HeadwayError("H-USAGE-91", f"{as_of} has not come yet.", "A suggestion rests on what is known.", "Give a day up to today.")
    key = ("suggestions", authority, as_of or today(), bool(as_of))
    if key not in door.kept:
        door.kept[key] = replace(_suggestions(door, authority, as_of), as_of=as_of)
    kept: Suggestions = door.kept[key]
    return kept


def _suggestions(door: Door, authority: str, as_of: date | None) -> Suggestions:
    import numpy as np

    scheme = next(iter(door.library.tiers.values()), None)  # only for which schools it sorts; whichever is in force
    if scheme is None:
        return Suggestions(authority, (), (), 0, 0)
    every, day = schools(door, scheme, as_of), as_of or today()
    asked = Asked(door, PUBLIC, every, AcademicYear.of(day).start, known_by(door.library, as_of) if as_of else None)
    wanted = np.flatnonzero(every.authority == authority)
    if not len(wanted):
        return Suggestions(authority, (), (), 0, 0)
    families, chosen = _of_like_admissions(peers(asked, wanted), every.urn, wanted, selective_schools(door))
    areas = door.library.support_areas.values()
    every_one = [one for area in areas for told in area.measures for one in _looked(asked, families, wanted, area, told)]
    looked = [one for one in every_one if asked.year - one.found.years[-1].start <= OLDEST_FIGURES]
    judged = _inspected(asked, wanted, day)
    recent = tuple(one for one in judged if day - one.inspected <= OLDEST_INSPECTION)
    too_old = TooOld(len(every_one) - len(looked), len(judged) - len(recent))
    return Suggestions(authority, _beyond_chance(looked), recent, len(looked), len(wanted), too_old, None, chosen)


def _of_like_admissions(
    families: Peers, urns: "NDArray[np.int64]", wanted: "NDArray[np.int64]", selective: frozenset[int]
) -> tuple[Peers, Selective]:  # fmt: skip
    """Of each family those who choose their pupils as the school itself does."""
    import numpy as np

    chooses = np.isin(urns, list(selective))
    own, theirs = chooses[wanted], chooses[families.members] & (families.members != NOBODY)
    members = np.where(theirs == own[:, None], families.members, NOBODY)
    alone = own & ((members != NOBODY).sum(axis=1) < families.fewest)
    return Peers(members, families.fewest), Selective(int(own.sum()), int(alone.sum()))


@dataclass(frozen=True)
class _Looked:
    """One comparison before it is known how many there are."""

    found: Found
    error: float
    spread: float  # tau² of the differences on the measure


def _looked(asked: Asked, families: Peers, wanted: "NDArray[np.int64]", area: SupportArea, told: Told) -> list[_Looked]:
    """The schools of the area's phases beside their families on one measure."""
    import numpy as np

    definition = asked.door.measure(told.measure)
    found = with_variance(figures(asked, told.measure, told.cut), asked.schools.phase)
    first = _newest(found.value)
    if first is None:
        return []
    lines = [line for line in range(first, min(first + YEARS, len(found.years))) if _joins(asked, told.measure, found.years, first, line)]
    value, variance = found.value[lines], found.variance[lines]
    there = np.isfinite(value) & np.isfinite(variance)
    many = there.sum(axis=0)
    facts, sign = measure_facts(definition), 1.0 if definition.better == "higher" else -1.0
    small = np.nansum(np.where(there, found.n[lines], 0.0), axis=0) < facts.floor
    mean = np.where((many >= min(FEWEST_YEARS, len(lines))) & ~small, np.where(there, value, 0.0).sum(axis=0) / np.maximum(many, 1), np.nan)
    error2 = np.where(there, variance, 0.0).sum(axis=0) / np.maximum(many, 1) ** 2
    rows = []
    for row, place in enumerate(wanted.tolist()):
        if asked.schools.phase[place] not in area.phases or not np.isfinite(mean[place]) or not error2[place] > 0:
            continue
        theirs = families.members[row]
        theirs = mean[theirs[theirs != NOBODY]]
        theirs = theirs[np.isfinite(theirs)]
        if len(theirs) >= families.fewest[row]:
            years = tuple(AcademicYear(found.years[line]) for line, used in zip(lines, there[:, place], strict=True) if used)
            rows.append(_beside(int(asked.schools.urn[place]), area.id, facts, told.cut, years, mean[place], theirs, error2[place], sign))
    return _with_spread(rows)


def _beside(
    urn: int, area: str, facts: MeasureFacts, cut: str, years: tuple[AcademicYear, ...], own: float, theirs: "Floats", error2: float,
    sign: float,
) -> tuple[Found, float]:  # fmt: skip
    better = float(sign * (own - float(theirs.mean())))  # plain: `strong` is told apart by identity
    error = float(error2 + theirs.var(ddof=1) / len(theirs)) ** 0.5
    ahead = float(((sign * theirs < sign * own).sum() + 0.5 * (theirs == own).sum()) / len(theirs))
    found = Found(
        urn, area, facts, cut, years[::-1], float(own), float(theirs.mean()), len(theirs), better,
        better - Z95 * error, better + Z95 * error, 0.0, 1.0, ahead,
    )  # fmt: skip
    return found, error


def _with_spread(rows: list[tuple[Found, float]]) -> list[_Looked]:
    """Each with how far such differences truly lie apart. With too few to tell it, nothing of the measure is suggested."""
    from headway.stats.shrinkage import tau_squared

    if len(rows) < FEWEST:
        return []
    spread = tau_squared([one.better_by for one, _ in rows], [error**2 for _, error in rows])  # type: ignore[arg-type]  # lists do
    return [_Looked(one, error, spread) for one, error in rows]


def _beyond_chance(looked: list[_Looked]) -> tuple[Found, ...]:
    """Those that lie so far from their families that of all shown, either way, one in twenty is expected to be there by chance."""
    chance = [2 * discovery.one_sided(abs(one.found.better_by), one.error) for one in looked]
    rated = zip(looked, discovery.q_values([min(1.0, one) for one in chance]), strict=True)
    kept = [
        (one.spread**0.5, replace(one.found, shrunken=one.found.better_by * one.spread / (one.spread + one.error**2), q=q))
        for one, q in rated
        if q <= RATE and one.spread > 0
    ]
    kept.sort(key=lambda one: (-abs(one[1].shrunken) / one[0], one[1].urn, one[1].measure.id))
    return tuple(found for _, found in kept)


def _newest(value: "Floats") -> int | None:
    """The newest year in which enough schools have a figure."""
    import numpy as np

    many = np.isfinite(value).sum(axis=1)
    full = np.flatnonzero((many > 0) & (many >= ENOUGH * many.max()))
    return int(full[0]) if len(full) else None


def _joins(asked: Asked, measure: str, years: tuple[int, ...], first: int, line: int) -> bool:
    """Whether a year may be put together with the newest: no break that forbids it lies between."""
    older, newest = AcademicYear(years[line]), AcademicYear(years[first])
    marks = tuple(breaks(asked.door.measure(measure), [older, newest]))
    return comparable(marks, older, newest)


def _inspected(asked: Asked, wanted: "NDArray[np.int64]", day: date) -> tuple[Inspected, ...]:
    library = asked.door.library
    scales = library.lists.get("inspection_scales") or {}
    visits = newest_visits(asked.door, asked.schools, day)
    found = []
    for place in wanted.tolist():
        visit = visits.get(int(asked.schools.urn[place]))
        scale = scales.get(visit.scale) if visit else None
        if visit is None or scale is None:
            continue
        for area in library.support_areas.values():
            if asked.schools.phase[place] not in area.phases:
                continue
            for judgement in area.judgements.get(visit.scale, ()):
                grade = visit.grades.get(judgement, "")
                if grade in (*scale.get("strong", ()), *scale.get("weak", ())):
                    words, strong = str(scale["grades"].get(grade, grade)), grade in scale["strong"]
                    urn = int(asked.schools.urn[place])
                    found.append(
                        Inspected(urn, area.id, visit.scale, judgement, words, visit.inspected, strong, visit.of_predecessor)
                    )  # fmt: skip
    return tuple(found)
