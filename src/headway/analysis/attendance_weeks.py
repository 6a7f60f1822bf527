"""Attendance as expressions over weekly counts of enrolments: the same figures on any engine. `weeks` are registers/weekly.py's.

Sums, comparisons and one running sum over rows, which every engine has; nothing is approximate.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from ibis.expr.types import Table


def measures(weeks: "Table", by: Sequence[str], *, fewest: int = 30, persistent: int = 10, severe: int = 2) -> "Table":
    """Counts by columns of `weeks`: possible, authorised, unauthorised, enrolments, persistent, severe, decided, too_early.

    `fewest` possible sessions are needed to tell of persistent absence: one in `persistent` missed, one in `severe`.
    """
    own = ("enrolment", "urn", "year_group", "fsm")
    totals = weeks.group_by(list(own)).aggregate(
        possible=weeks.possible.sum(), authorised=weeks.authorised.sum(), unauthorised=weeks.unauthorised.sum()
    )
    there = totals.filter(totals.possible > 0)
    absent = there.authorised + there.unauthorised
    flagged = there.mutate(
        decided=(there.possible >= fewest).cast("int64"),
        persistent=((there.possible >= fewest) & (persistent * absent >= there.possible)).cast("int64"),
        severe=((there.possible >= fewest) & (severe * absent >= there.possible)).cast("int64"),
    )
    return flagged.group_by(list(by)).aggregate(
        possible=flagged.possible.sum(), authorised=flagged.authorised.sum(), unauthorised=flagged.unauthorised.sum(),
        enrolments=flagged.count(), persistent=flagged.persistent.sum(), severe=flagged.severe.sum(), decided=flagged.decided.sum(),
        too_early=(1 - flagged.decided).sum(),
    )  # fmt: skip


def at_threshold(weeks: "Table", *, sessions: int = 10, school_weeks: int = 10) -> "Table":
    """The enrolments with so many unauthorised sessions within so many weeks in which their school was open."""
    open_ = weeks.filter(weeks.school_week)
    window = ibis.window(group_by=["urn", "enrolment"], order_by=["week"], preceding=school_weeks - 1, following=0)
    rolled = open_.mutate(within=open_.unauthorised.sum().over(window))
    return rolled.filter(rolled.within >= sessions).select("urn", "enrolment").distinct()
