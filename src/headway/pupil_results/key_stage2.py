"""Key stage 2: reading and maths from scaled scores, writing from the teacher's assessment.

A pupil who was absent, worked below the test or was not awarded a score stays in the cohort as not meeting the standard; one who left,
whose result is lost, or who takes the test in another year does not belong to it. The average is over those with a score alone, so it
is of another, smaller cohort. Sources: primary school accountability, technical guide, Department for Education; codes as its
assessment and reporting arrangements list them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.pupil_results.outcome_codes import OUTSIDE, WRITING_HIGHER, WRITING_MET

Floats = NDArray[np.float64]
Texts = NDArray[np.str_]
Flags = NDArray[np.bool_]
EXPECTED, HIGHER = 100.0, 110.0


@dataclass(frozen=True)
class Outcomes:
    """Of n pupils: the scaled score (NaN where there is none), the code in its place (empty where there is a score), and writing."""

    reading: Floats
    maths: Floats
    reading_code: Texts
    maths_code: Texts
    writing: Texts


def in_cohort(outcomes: Outcomes) -> Flags:
    """Who counts in reading, writing and maths together: nobody with an outcome of OUTSIDE in any of them."""
    outside = sorted(OUTSIDE)
    away = np.isin(outcomes.reading_code, outside) | np.isin(outcomes.maths_code, outside) | np.isin(outcomes.writing, outside)
    found: Flags = ~away
    return found


def expected(outcomes: Outcomes) -> Flags:
    """Who met the expected standard in reading, writing and maths."""
    return _met(outcomes, EXPECTED, sorted(WRITING_MET))


def higher(outcomes: Outcomes) -> Flags:
    """Who reached the higher standard: a high score in both tests, and greater depth in writing."""
    return _met(outcomes, HIGHER, sorted(WRITING_HIGHER))


def _met(outcomes: Outcomes, score: float, writing: list[str]) -> Flags:
    met: Flags = (outcomes.reading >= score) & (outcomes.maths >= score) & np.isin(outcomes.writing, writing)
    return met & in_cohort(outcomes)
