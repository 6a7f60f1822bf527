"""Truths planted in Wrenford that later tests can look for, and how they bend a school's numbers."""

from dataclasses import dataclass

import numpy as np

from headway.example.schools import Sites

IMPROVING, DECLINING, FAULT = "improving", "declining", "data_fault"


@dataclass(frozen=True)
class Truth:
    """One planted truth. Quality goes from `before` to `after` (standard deviations of schools) in a straight line over the years."""

    kind: str
    site: int
    measure: str
    first: int
    last: int
    before: float = 0.0
    after: float = 0.0
    factor: float = 1.0

    def quality_in(self, start: int, usual: float, form: float) -> float:
        """The school's quality in a year. A little passing form stays, so that the line is not suspiciously straight."""
        if self.kind == FAULT:
            return usual
        share = min(max((start - self.first) / (self.last - self.first), 0.0), 1.0)
        return self.before + (self.after - self.before) * share + 0.1 * form


def plant(sites: Sites) -> tuple[Truth, ...]:
    """Picks five Wrenford schools with cohorts large enough for the truth to show, and one for the fault."""
    primary, secondary = _large(sites, "primary", 300), _large(sites, "secondary", 600)
    return (
        Truth(IMPROVING, primary[0], "ks2.rwm_expected", 2016, 2024, -1.6, 1.4),
        Truth(IMPROVING, primary[1], "ks2.rwm_expected", 2018, 2024, -1.2, 1.6),
        Truth(IMPROVING, secondary[0], "ks4.attainment8", 2016, 2024, -1.5, 1.3),
        Truth(DECLINING, primary[2], "ks2.rwm_expected", 2017, 2024, 1.4, -1.5),
        Truth(DECLINING, secondary[1], "ks4.attainment8", 2017, 2024, 1.3, -1.6),
        Truth(FAULT, primary[3], "attendance.overall_absence", 2022, 2022, factor=10.0),
    )


def _large(sites: Sites, kind: str, roll: int) -> list[int]:
    own = np.flatnonzero((sites.authority == 0) & sites.is_kind(kind))
    ranked = own[np.argsort(np.abs(sites.roll[own] - roll * 1.25), kind="stable")]
    for site in ranked[:4]:  # a typical intake, so that nothing but the planted change stands out
        sites.disadvantage[site], sites.eal[site], sites.roll[site] = 0.27, 0.18, max(sites.roll[site], roll)
    return [int(site) for site in ranked[:4]]
