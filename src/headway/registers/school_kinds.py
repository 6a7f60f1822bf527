"""Which schools are of primary and which of secondary pupils, by who is in their registers."""

import numpy as np

from headway.registers.view import View

PRIMARY, SECONDARY = "primary", "secondary"
YOUNG = ("R", "1", "2", "3", "4", "5", "6")


def kinds_of(view: View) -> dict[int, str]:
    """School → its kind, by which pupils are more; only schools whose pupils' year groups are known. Only like is compared with like."""
    rows = view.rows
    groups = rows.texts["year_group"]
    known = groups != ""
    schools, at = np.unique(rows.urns[known], return_inverse=True)
    pupils, young = np.bincount(at, minlength=len(schools)), np.bincount(at[np.isin(groups[known], YOUNG)], minlength=len(schools))
    told = zip(schools.tolist(), (2 * young >= pupils).tolist(), strict=True)
    return {urn: PRIMARY if mostly_young else SECONDARY for urn, mostly_young in told}
