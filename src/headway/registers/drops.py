"""The last school days of each pupil, to set beside all before them."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.view import View


def recent_sessions(view: View, until: date, school_days: int) -> NDArray[np.int64]:
    """Possible, authorised and unauthorised sessions in the last so many days on which each school was open, shape (3, n)."""
    schools, open_ = view.school_sessions
    days = np.any((open_ & view.between(0, until.toordinal())).reshape(len(schools), view.slots.width // 2, 2), axis=2)
    last = days & (days[:, ::-1].cumsum(axis=1)[:, ::-1] <= school_days)
    masks, of = view.layout.masks(np.repeat(last, 2, axis=1)), np.searchsorted(schools, view.rows.urns)
    found = np.zeros((3, len(view.rows)), np.int64)
    for word, planes in enumerate(view.planes):
        if masks[:, word].any():
            found += np.bitwise_count(planes & masks[of, word])
    return found


def dropped(sessions: NDArray[np.int64], recent: NDArray[np.int64], rule: AbsenceRule) -> NDArray[np.bool_]:
    """Attendance of the last school days lower by so many points than that of all before them; compared as whole numbers.

    Both are possible, authorised and unauthorised sessions, shape (3, n): all so far, and those of the last school days.
    """
    before = sessions - recent
    now_possible, was_possible = recent[0], before[0]
    now_absent, was_absent = recent[1] + recent[2], before[1] + before[2]
    enough = (now_possible >= rule.watch.fewest_recent) & (was_possible >= rule.fewest_possible)
    fell = 100 * (now_absent * was_possible - was_absent * now_possible) >= rule.watch.drop_points * now_possible * was_possible
    found: NDArray[np.bool_] = enough & fell
    return found
