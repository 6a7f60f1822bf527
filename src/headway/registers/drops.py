"""The last school days of each pupil, to set beside all before them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.registers.code_book import AUTHORISED, NOT_COUNTED, UNAUTHORISED
from headway.registers.view import View


def recent_sessions(view: View, until: date, school_days: int) -> NDArray[np.int64]:
    """Possible, authorised and unauthorised sessions in the last so many days on which each school was open, shape (3, n)."""
    schools, open_ = view.school_sessions
    allowed = view.between(0, until.toordinal())
    found = np.zeros((3, len(view.rows)), np.int64)
    edges = np.searchsorted(view.rows.urns, [*schools.tolist(), schools[-1] + 1 if len(schools) else 0])
    for at in range(len(schools)):
        slots = _last(view, open_[at] & allowed, school_days)
        kinds = view.book.classes[view.marks[edges[at] : edges[at + 1]][:, slots]]
        for plane, chosen in enumerate((kinds != NOT_COUNTED, kinds == AUTHORISED, kinds == UNAUTHORISED)):
            found[plane, edges[at] : edges[at + 1]] = chosen.sum(axis=1)
    return found


def _last(view: View, open_: NDArray[np.bool_], school_days: int) -> NDArray[np.int64]:
    days = np.unique(view.slots.ordinals[open_])[-school_days:]
    return np.nonzero(np.isin(view.slots.ordinals, days))[0]
