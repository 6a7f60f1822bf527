"""Which schools are of primary and which of secondary pupils, by who is in their registers."""

import numpy as np

from headway.registers.view import View

PRIMARY, SECONDARY = "primary", "secondary"
YOUNG = ("R", "1", "2", "3", "4", "5", "6")


def kinds_of(view: View) -> dict[int, str]:
    """School → its kind, by which pupils are more; only schools whose pupils' year groups are known. Only like is compared with like."""
    rows = view.rows
    known = rows.texts["year_group"] != ""
    young = np.isin(rows.texts["year_group"], YOUNG)
    found = {}
    for urn in np.unique(rows.urns[known]).tolist():
        own = (rows.urns == urn) & known
        found[int(urn)] = PRIMARY if 2 * young[own].sum() >= own.sum() else SECONDARY
    return found
