"""Value added of the schools of a stored file, without and with context, always side by side."""

from dataclasses import dataclass, replace

import numpy as np

from headway.definitions.progress8 import Progress8, tables_for
from headway.protected import PUPIL_RESULTS, access
from headway.protected.untold import untold
from headway.pupil_results import stored
from headway.pupil_results.stored import Stored
from headway.pupil_results.template import Stage
from headway.pupil_results.value_added import PupilArrays, arrays
from headway.readings.door import Door
from headway.readings.pupil_results import allowed, pupils_of
from headway.stats.intervals import Z95
from headway.stats.ranks import DRAWS, ranked
from headway.stats.value_added import INTERCEPT, SideBySide, ValueAdded, gather, side_by_side
from headway.stats.value_added.comparison import PAIR
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release, Status
from headway.vocabulary.viewer import Viewer

__all__ = ["PAIR", "Z95", "Comparison", "SchoolValueAdded", "value_added", "withheld_schools", "years"]
FEWEST = 10  # below it a school's sums are personal data, and its value added says next to nothing


@dataclass(frozen=True)
class SchoolValueAdded:
    """A school's value added in points of Attainment 8, shrunken, with comparative standard errors; `*_mean` unshrunken.

    `raw` takes account of prior attainment alone, `contextual` of who the pupils are as well. No number where the school has under ten
    pupils. `raw_place` and `contextual_place`: from which to which place in 95 of 100 draws, 1 the highest; None where the viewer sees only
    some of the schools, for a place tells of the others.
    """

    urn: int
    name: str
    year: AcademicYear
    pupils: int | None
    raw: float | None
    raw_error: float | None
    contextual: float | None
    contextual_error: float | None
    raw_mean: float | None
    contextual_mean: float | None
    status: Status
    release: Release
    raw_place: tuple[int, int] | None = None
    contextual_place: tuple[int, int] | None = None

    def limits(self, contextual: bool = False, half: float = Z95) -> tuple[float, float] | None:
        """`half` standard errors to either side: 1.96 to hold the school against the mean, PAIR (1.39) to hold two against each other."""
        value, error = (self.contextual, self.contextual_error) if contextual else (self.raw, self.raw_error)
        return None if value is None or error is None else (value - half * error, value + half * error)

    def as_dict(self) -> dict[str, object]:
        """Plain values, with the limits of 1.96 standard errors, of 1.39 for pairs, and the range of places."""
        limits = {
            f"{name}{kind}_{end}": value
            for kind, half in (("", Z95), ("_pair", PAIR))
            for name, contextual in (("raw", False), ("contextual", True))
            for end, value in zip(("lower", "upper"), self.limits(contextual, half) or (None, None), strict=True)
        }
        told = {name: str(value) if isinstance(value, AcademicYear) else value for name, value in vars(self).items() if "place" not in name}
        both = (("raw", self.raw_place or (None, None)), ("contextual", self.contextual_place or (None, None)))
        places = {f"{name}_place_{end}": value for name, pair in both for end, value in zip(("low", "high"), pair, strict=True)}
        return told | limits | places


@dataclass(frozen=True)
class Comparison:
    """The schools by name, the covariates of the contextual model, and what must be said beside them.

    `looked_at` counts the schools with a number in the whole file; a viewer with a patch gets fewer of them.
    """

    schools: list[SchoolValueAdded]
    covariates: tuple[str, ...]
    notes: list[str]
    year: AcademicYear
    looked_at: int
    pupils: int
    between_schools: float  # the share of the raw variance that lies between schools, 0 to 1


def years(door: Door) -> list[AcademicYear]:
    """The years of which results of key stage 4 are stored, in order."""
    return stored.years(open_workspace(door.home), Stage.KS4)


def value_added(door: Door, viewer: Viewer | None, *, year: AcademicYear | None = None) -> Comparison:
    """Fit both models to the pupils of key stage 4. A viewer with a patch gets their schools.

    Raises H-ACCESS-40 to 42, H-DATA-63, H-VALIDITY-10 (a year without key stage 2 results) and H-VALIDITY-12 (cannot be fitted).
    """
    person = allowed(viewer)
    pupils = pupils_of(door, Stage.KS4, year)
    taken = untold(lambda: arrays(pupils, _tables(door, pupils)))
    both = untold(lambda: _fitted(taken))
    every = _schools(door, pupils, both.raw, both.contextual)
    every = _placed(every) if person.urns is None else every
    schools = [one for one in every if person.urns is None or one.urn in person.urns]
    facts = {"stage": Stage.KS4, "year": str(pupils.year), "what": "value added", "rows": len(schools)}
    untold(lambda: access.record(open_workspace(door.home), PUPIL_RESULTS, "read", person.name, **facts))
    looked_at = sum(one.raw is not None for one in every)
    return Comparison(
        sorted(schools, key=lambda one: one.name), both.contextual.names[1:], _notes(taken, both), pupils.year, looked_at,
        int(both.raw.schools.pupils.sum()), both.raw.vpc(),
    )  # fmt: skip


def _tables(door: Door, pupils: Stored) -> Progress8 | None:
    """For the scores of outcomes without a scaled score. A year without tables is fitted without those pupils."""
    try:
        return tables_for(door.library.progress8, door.library.progress8_gaps, pupils.year)
    except HeadwayError as fault:
        if fault.code == "H-VALIDITY-10":
            raise
        return None


def _fitted(taken: PupilArrays) -> SideBySide:
    """Without and with context, from one pass over the pupils."""
    try:
        gathered = gather(taken.outcome, taken.covariates, taken.schools, missing="indicator")
        context = [name for name in gathered.names if name not in (INTERCEPT, *taken.raw)]
        return side_by_side(gathered, prior=taken.raw, context=context)
    except ValueError as fault:  # its words are of columns and counts, never of a pupil
        why = f"{str(fault)[0].upper()}{str(fault)[1:]}."
    raise HeadwayError(
        "H-VALIDITY-12", "Value added cannot be fitted to these pupils.", why, "Load more schools, or more columns of who pupils are."
    )


def _schools(door: Door, pupils: Stored, raw: ValueAdded, contextual: ValueAdded) -> list[SchoolValueAdded]:
    few = withheld_schools(raw.schools.pupils.tolist())
    found = []
    for at, urn in enumerate(raw.schools.codes.tolist()):
        name = door.name(Level.SCHOOL, str(urn))
        if at in few:
            withheld = SchoolValueAdded(urn, name, pupils.year, None, None, None, None, None, None, None, Status.SUPPRESSED, Release.EARLY)
            found.append(withheld)
            continue
        level, error, mean = _numbers(raw, at)
        with_context, error_with, mean_with = _numbers(contextual, at)
        many = int(raw.schools.pupils[at])
        numbers = (level, error, with_context, error_with, mean, mean_with)
        found.append(SchoolValueAdded(urn, name, pupils.year, many, *numbers, Status.PUBLISHED, Release.EARLY))
    return found


def _placed(schools: list[SchoolValueAdded]) -> list[SchoolValueAdded]:
    """With the places that each school with a number may have among them."""
    known = [one for one in schools if one.raw is not None]
    if len(known) < 2:
        return schools
    raw = _places([(one.raw or 0.0, one.raw_error or 0.0) for one in known])
    contextual = _places([(one.contextual or 0.0, one.contextual_error or 0.0) for one in known])
    placed = {one.urn: replace(one, raw_place=raw[at], contextual_place=contextual[at]) for at, one in enumerate(known)}
    return [placed.get(one.urn, one) for one in schools]


def _places(numbers: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """From joint draws of the schools' effects; the chance is seeded, so that the page says the same each time."""
    values, errors = np.array(numbers).T
    draws = np.random.default_rng(0).normal(values, errors, (DRAWS, len(values))).astype(np.float32)
    found = ranked([draws])
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))


def withheld_schools(sizes: list[int]) -> set[int]:
    """Which schools to withhold: those too small, and the next smallest where that is one alone, for the effects of all sum to nought."""
    few = {at for at, size in enumerate(sizes) if size < FEWEST}
    if len(few) == 1 and len(sizes) > 1:
        few.add(min((at for at in range(len(sizes)) if at not in few), key=lambda at: sizes[at]))
    return few


def _numbers(model: ValueAdded, at: int) -> tuple[float, float, float]:
    """A school's shrunken effect, its comparative standard error, and its unshrunken mean."""
    return float(model.schools.shrunken[at]), float(model.schools.standard_error[at]), float(model.schools.raw[at])


def _notes(taken: PupilArrays, both: SideBySide) -> list[str]:
    said = [
        "In points of Attainment 8, against the mean of the schools in the file and not of England; drawn in where pupils are few.",
        "Raw takes account of prior attainment alone, and so charges a school with its intake; contextual expects less of some children, "
        "and must not be made a target. Neither stands alone, and neither says why.",
    ]
    share = both.accounted_for
    if share is not None and share >= 0:
        said.append(f"Of the variance between these schools, who their pupils are accounts for {shown(100 * share, 'percent')}.")
    elif share is not None:
        said.append("These schools differ more, and not less, once it is taken into account who their pupils are.")
    if taken.without_start:
        said.append(f"{_many(taken.without_start)} pupils without a key stage 2 result are left out.")
    if taken.left_out:
        said.append(f"Not in the contextual model, for the file does not tell or it is the same for all: {', '.join(taken.left_out)}.")
    if taken.lacking:
        told = ", ".join(f"{name} ({_many(count).lower()})" for name, count in taken.lacking.items())
        said.append(f"Not known of some pupils, who are kept with the mean and a marker of their own: {told}.")
    return said


def _many(pupils: int) -> str:
    """Few pupils are not counted out: who else is in the file is known to the schools."""
    return f"{pupils:,}" if pupils >= FEWEST else f"Under {FEWEST}"
