"""Year groups in which more pupils than elsewhere in the school fell away of late: one cause may be behind them."""

from dataclasses import dataclass

import numpy as np

from headway.definitions.absence_rules import Early
from headway.registers.so_far import Flags
from headway.registers.view import View
from headway.stats.discovery import q_values
from headway.stats.hypergeometric import upper_tail


@dataclass(frozen=True)
class Cluster:
    """`flagged` of `pupils` in a year group; `others_flagged` of `others` in the rest of its school."""

    urn: int
    year_group: str
    pupils: int
    flagged: int
    others: int
    others_flagged: int
    chance: float
    q: float


def clusters(view: View, flagged: Flags, keep: Flags, early: Early) -> tuple[list[Cluster], int]:
    """Among the pupils kept: the year groups that stand out, and how many were compared. A school of one year group has no rest."""
    cells = view.cells(("school", "year_group"), keep)
    size = np.bincount(cells.of[keep], minlength=len(cells.labels))
    hits = np.bincount(cells.of[keep & flagged], minlength=len(cells.labels))
    _, school = np.unique([urn for urn, _ in cells.labels], return_inverse=True)
    rest, rest_flagged = (np.bincount(school, many)[school].astype(np.int64) - many for many in (size, hits))
    found = []
    for at, (urn, group) in enumerate(cells.labels):
        others, others_flagged = int(rest[at]), int(rest_flagged[at])
        if group and size[at] >= early.fewest_in_group and others >= early.fewest_in_group:
            found.append(Cluster(int(urn), group, int(size[at]), int(hits[at]), others, others_flagged, 1.0, 1.0))
    return _told(found, early), len(found)


def _told(found: list[Cluster], early: Early) -> list[Cluster]:
    numbers = np.array([(one.flagged, one.pupils + one.others, one.flagged + one.others_flagged, one.pupils) for one in found], np.int64)
    chances = upper_tail(*numbers.T).tolist() if found else []
    listed = [
        Cluster(**{**vars(one), "chance": chance, "q": q})
        for one, chance, q in zip(found, chances, q_values(chances), strict=True)
        if q <= early.false_share / 100 and one.flagged >= early.fewest_flagged
    ]
    return sorted(listed, key=lambda one: (one.q, one.urn, one.year_group))
