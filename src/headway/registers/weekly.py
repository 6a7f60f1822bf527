"""A year as weekly counts of each enrolment, for engines of other people: what the planes hold, in a table that anything can add up."""

from typing import TYPE_CHECKING

import numpy as np

from headway.registers.code_book import AUTHORISED, NOT_COUNTED, UNAUTHORISED
from headway.registers.view import View

if TYPE_CHECKING:
    import pyarrow as pa


def weekly_counts(view: View) -> "pa.Table":
    """enrolment, urn, year_group, fsm, week (its Monday over 7), school_week, possible, authorised, unauthorised.

    A row for each enrolment and each week in which its school was open or it has a possible session; no pupil's key.
    """
    import pyarrow as pa

    kinds = view.book.classes[view.marks].reshape(len(view.rows), -1, view.slots.per_week)
    sums = {"possible": kinds != NOT_COUNTED, "authorised": kinds == AUTHORISED, "unauthorised": kinds == UNAUTHORISED}
    counts = {name: flags.sum(axis=2) for name, flags in sums.items()}
    schools, open_ = view.school_sessions
    weekly = np.any(open_.reshape(len(schools), len(view.slots.weeks), view.slots.per_week), axis=2)
    school_week = weekly[np.searchsorted(schools, view.rows.urns)] if len(view.rows) else np.empty((0, 0), np.bool_)
    row, week = np.nonzero(school_week | (counts["possible"] > 0))
    columns = {
        "enrolment": row.astype(np.int64), "urn": view.rows.urns[row], "year_group": view.rows.texts["year_group"][row].astype(object),
        "fsm": view.rows.texts["fsm"][row].astype(object), "week": np.array(view.slots.weeks, np.int64)[week] // 7,
        "school_week": school_week[row, week], **{name: values[row, week].astype(np.int64) for name, values in counts.items()},
    }  # fmt: skip
    return pa.table(columns)
