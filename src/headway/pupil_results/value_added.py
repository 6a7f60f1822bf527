"""A stored key stage 4 file as the arrays that models of value added are fitted to: outcome, covariates, schools.

Value added here is among the schools of the file, and not of England: a model of one area's pupils says how its schools differ from
each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.progress8 import Progress8
from headway.pupil_results.measures import attainment, starts
from headway.pupil_results.stored import Stored

Floats = NDArray[np.float64]
PRIOR = ("prior attainment", "prior attainment squared")
EXPECTED = 100.0  # the covariates of prior attainment count from the expected standard
FLAGS = {
    "girl": ("sex", "girls"),
    "EAL": ("eal", "yes"),
    "disadvantaged": ("disadvantaged", "yes"),
    "SEN support": ("sen", "support"),
    "EHCP": ("sen", "ehcp"),
}
YOUNGER = "months younger"
SEPTEMBER = 9


@dataclass(frozen=True)
class PupilArrays:
    """Of the n pupils with a key stage 2 result: Attainment 8, covariates by name with NaN where a pupil's is not known, and schools.

    `raw` names the covariates of the model without context; the other model has all. `left_out` are covariates that nobody in the file
    has or that are the same for everybody, and `lacking` how many pupils lack each of the others. `without_start` pupils are not here.
    """

    outcome: Floats
    covariates: dict[str, Floats]
    schools: NDArray[np.int64]
    raw: tuple[str, ...]
    left_out: tuple[str, ...]
    lacking: dict[str, int]
    without_start: int


def arrays(stored: Stored, tables: Progress8 | None) -> PupilArrays:
    """The arrays of a key stage 4 file. Shapes (n,) each."""
    start = starts(stored, tables)
    known = ~np.isnan(start)
    prior = start[known] - EXPECTED
    context = {name: values[known] for name, values in _context(stored).items()}
    kept = {name: values for name, values in context.items() if _varies(values)}
    return PupilArrays(
        attainment(stored).total[known],
        {PRIOR[0]: prior, PRIOR[1]: prior**2, **kept},
        stored.urns[known],
        PRIOR,
        tuple(name for name in context if name not in kept),
        {name: count for name, values in kept.items() if (count := int(np.isnan(values).sum()))},
        int((~known).sum()),
    )


def _context(stored: Stored) -> dict[str, Floats]:
    found = {}
    for name, (column, group) in FLAGS.items():
        texts = stored.columns[column]
        found[name] = np.where(texts == "", np.nan, (texts == group).astype(np.float64))
    return found | {YOUNGER: (stored.numbers("birth_month") - SEPTEMBER) % 12}


def _varies(values: Floats) -> bool:
    there = values[~np.isnan(values)]
    return len(there) > 0 and float(there.min()) < float(there.max())
