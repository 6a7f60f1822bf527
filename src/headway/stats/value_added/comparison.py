"""Schools beside each other, and each school's raw value added beside its contextual one.

References: Goldstein & Healy (1995), Journal of the Royal Statistical Society A 158:175–177, for intervals whose overlap
tells of pairs; Goldstein & Spiegelhalter (1996), same journal 159:385–443, for why pairs and ranks need care.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.stats.intervals import Z95
from headway.stats.value_added.fitting import fit
from headway.stats.value_added.results import Effects, ValueAdded
from headway.stats.value_added.sufficient import Floats, SchoolStatistics

PAIR = Z95 / sqrt(2)  # 1.39: two equal intervals of this half-width just touch where the difference is 1.96 of its standard error


@dataclass(frozen=True, eq=False)
class Caterpillar:
    """Schools in ascending order of their shrunken residual; all arrays (J,).

    lower, upper: 1.96 standard errors, to hold one school against the average; never to hold two against each other.
    pair_lower, pair_upper: 1.39 standard errors; two schools with standard errors alike differ beyond chance where these do not
    overlap. pairs: how many pairs there are to look at; by chance alone one in twenty would seem to differ.
    """

    codes: NDArray[Any]
    pupils: NDArray[np.int64]
    shrunken: Floats
    standard_error: Floats
    lower: Floats
    upper: Floats
    pair_lower: Floats
    pair_upper: Floats
    pairs: int

    @property
    def above(self) -> NDArray[np.bool_]:
        """(J,): above the average beyond chance, each looked at alone."""
        return self.lower > 0

    @property
    def below(self) -> NDArray[np.bool_]:
        return self.upper < 0


def caterpillar(effects: Effects, at: float = 0.0) -> Caterpillar:
    """`at`: the value of the slope's covariate for which the schools are held beside each other, where there is a slope."""
    shrunken, error = effects.at(at)
    order = np.lexsort((effects.codes, shrunken))
    value, one = shrunken[order], error[order]
    wide, narrow = Z95 * one, PAIR * one
    limits = (value - wide, value + wide, value - narrow, value + narrow)
    return Caterpillar(effects.codes[order], effects.pupils[order], value, one, *limits, comb(len(order), 2))


def differ(effects: Effects, first: Any, second: Any, at: float = 0.0) -> bool:
    """Whether two schools, by code, chosen beforehand, differ beyond chance: the difference itself is tested, whatever the sizes.

    Raises ValueError for a code that is not among them.
    """
    places = [np.flatnonzero(effects.codes == code) for code in (first, second)]
    for code, place in zip((first, second), places, strict=True):
        if not len(place):
            raise ValueError(f"{code} is not among the schools of the model")
    shrunken, error = effects.at(at)
    one, other = int(places[0][0]), int(places[1][0])
    return bool(abs(shrunken[one] - shrunken[other]) > Z95 * sqrt(error[one] ** 2 + error[other] ** 2))


@dataclass(frozen=True, eq=False)
class SideBySide:
    """Two fits to the same pupils: raw, given what they could do before; contextual, given who they are as well.

    Neither stands alone. The raw one charges a school with its intake; the contextual one expects less of some children, and must
    not be made a target.
    """

    raw: ValueAdded
    contextual: ValueAdded

    @property
    def moved(self) -> Floats:
        """(J,): contextual less raw shrunken residual, in the order of raw.schools.codes, which is that of both."""
        return self.contextual.schools.shrunken - self.raw.schools.shrunken

    @property
    def accounted_for(self) -> float | None:
        """The share of the raw variance between schools that context accounts for; negative where they differ more given it.

        None where raw there is no difference to account for.
        """
        before = self.raw.school_variance
        return 1 - self.contextual.school_variance / before if before > 0 else None


def side_by_side(
    statistics: SchoolStatistics, *, prior: Sequence[str], context: Sequence[str], in_areas: bool = False, method: str = "REML"
) -> SideBySide:
    """Both fits from the same sums. prior: covariates of prior attainment; context: those of pupils and intake.

    Raises ValueError as `fit` does, and where there is no context or a covariate is in both.
    """
    if not context:
        raise ValueError("without covariates of context there is nothing to put beside the raw value added")
    both = [name for name in context if name in prior]
    if both:
        raise ValueError(f"{both[0]} is given as prior attainment and as context")
    raw = fit(statistics, covariates=prior, in_areas=in_areas, method=method)
    return SideBySide(raw, fit(statistics, covariates=[*prior, *context], in_areas=in_areas, method=method))
