"""How the true figures of a phase's schools lie: what a school's place among them, with its margin, is read from.

For each measure, year and phase: the common mean, the spread beyond chance, and a hundred steps of where the truths lie. The steps are
the quantiles of one joint draw of every school's truth given its figure: as many schools are in it as have one, so that the draw's
own luck is far below what a page shows. Reference: Louis (1984), Journal of the American Statistical Association 79:393–398, why
neither the figures (too wide) nor their shrunken values (too narrow) may stand for the truths.
"""

from typing import TYPE_CHECKING, Any

from headway.definitions.schemas import Measure, counts_persons
from headway.stats.intervals import Z95, share_variance
from headway.stats.shrinkage import tau_squared
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

YEARS = 6  # the newest so many have a place with a margin
FEWEST = 50  # schools
STEPS = 100
SQL = """
WITH known AS (
    SELECT r.measure, r.year, coalesce(p.phase, 'other') AS phase, r.place, r.value, r.denominator, r.lower, r.upper
    FROM reading r
    JOIN (SELECT DISTINCT urn::VARCHAR AS place, year, phase FROM establishment_year) p ON p.place = r.place AND p.year = r.year
    WHERE r.level = 'school' AND r.cut = 'all' AND r.value IS NOT NULL AND (r.lower IS NOT NULL OR r.denominator > 0)
    QUALIFY r.year > max(r.year) OVER (PARTITION BY r.measure) - ?
)
SELECT measure, year, phase, list(value ORDER BY place), list(coalesce(denominator, 0) ORDER BY place),
    list(coalesce(upper - lower, 0) ORDER BY place)
FROM known GROUP BY ALL HAVING count(*) >= ? ORDER BY ALL
"""


def spreads(known: "pa.Table", measures: dict[str, Measure]) -> "pa.Table":
    """The answer of SQL → measure, year, phase, mean, tau, steps (STEPS + 1 values, rising), schools."""
    import numpy as np
    import pyarrow as pa

    chance = np.random.default_rng(0)
    found: list[dict[str, Any]] = []
    for line in range(known.num_rows):
        name, year, phase, *columns = (column[line] for column in known.columns)
        measure = measures.get(name.as_py())
        values_and_sizes = (column.values.to_numpy(zero_copy_only=False) for column in columns)
        told = _known(measure, int(year.as_py()), *values_and_sizes) if measure else None
        if told is None or len(told[0]) < FEWEST:
            continue
        values, variances = told
        tau2 = tau_squared(values, variances)
        weight = 1 / (variances + tau2)
        mean = float(weight @ values / weight.sum())
        kept = tau2 * weight
        truths = (1 - kept) * mean + kept * values + np.sqrt(kept * variances) * chance.standard_normal(len(values))
        steps = np.quantile(truths, np.linspace(0, 1, STEPS + 1))
        found.append(
            {
                "measure": name.as_py(), "year": int(year.as_py()), "phase": phase.as_py(), "mean": mean, "tau": float(np.sqrt(tau2)),
                "steps": steps.tolist(), "schools": len(values),
            }
        )  # fmt: skip
    columns_of = {"measure": pa.string(), "year": pa.int16(), "phase": pa.string(), "mean": pa.float64(), "tau": pa.float64(),
                  "steps": pa.list_(pa.float64()), "schools": pa.int32()}  # fmt: skip
    return pa.Table.from_pylist(found, schema=pa.schema(list(columns_of.items())))


def _known(measure: Measure, year: int, values: "Floats", sizes: "Floats", widths: "Floats") -> "tuple[Floats, Floats] | None":
    """The values whose error is known, with their variances: from published limits, else from the number of pupils."""
    if (widths > 0).mean() > 0.5:
        fit = widths > 0
        return values[fit], (widths[fit] / 2 / Z95) ** 2
    scattered = measure.spread.years.get(AcademicYear(year)) if measure.spread else None
    if scattered:
        fit = sizes >= max(measure.floor, 1)
        return (values[fit], scattered**2 / sizes[fit]) if fit.any() else None
    if not counts_persons(measure.unit, measure.cohort):
        return None
    fit = (sizes >= measure.floor) & (values >= 0) & (values <= 100)
    return (values[fit], 10_000 * share_variance(values[fit] / 100, sizes[fit])) if fit.any() else None
