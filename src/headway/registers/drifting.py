"""Pupils who miss more and more before they are persistently absent: the last sessions against the pupil's own past.

Three things must hold beside the size of the rise. It is of two spells or more, for one illness is not drifting. It is beyond chance,
taking each session by itself (Newcombe's interval above nought); and, since an illness takes many sessions in a row, in no earlier stretch
of the same length was as much missed. A past of too few stretches tells nothing, and that is said.
"""

from dataclasses import dataclass

import numpy as np

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.slots import Days
from headway.registers.so_far import Flags, Ints, SoFar
from headway.stats.intervals import newcombe


@dataclass(frozen=True, eq=False)
class Drifts:
    """Of n pupils, each array of shape (n,). `short` and `long` are missed in the last stretches, −1 where they are not whole;
    `past` and `past_missed` are all sessions before the long one; `earlier` are whole stretches before it and `as_bad` those of them in
    which as much was missed; `told`: the past is long enough; `since`: the first session missed in the long stretch.
    """

    short: Ints
    long: Ints
    past: Ints
    past_missed: Ints
    earlier: Ints
    as_bad: Ints
    told: Flags
    drifting: Flags
    since: Days
    spells: Ints


def drifts(so_far: SoFar, rule: AbsenceRule) -> Drifts:
    early = rule.early
    short, latest, earlier, as_bad, runs, place = so_far.stretched(early.short_stretch, early.long_stretch).astype(np.int64)
    past, missed = so_far.sessions - early.long_stretch, so_far.missed - latest
    told = earlier >= early.fewest_stretches
    persistent = rule.persistent_one_in * so_far.missed >= so_far.sessions
    rose = 100 * (latest * past - missed * early.long_stretch) >= early.drift_points * early.long_stretch * past
    drifting = told & ~persistent & rose & (as_bad == 0) & (runs >= early.fewest_spells)
    for row in np.nonzero(drifting)[0].tolist():
        low, _ = rise(int(latest[row]), early.long_stretch, int(missed[row]), int(past[row]))
        drifting[row] = low > 0
    since = np.where(place >= 0, so_far.days[place], 0) if len(so_far.days) else np.zeros(len(place))
    return Drifts(
        short, latest, np.maximum(past, 0), np.where(past > 0, missed, 0), earlier, as_bad, told, drifting, since.astype(np.int32), runs
    )


def rise(missed: int, of: int, past_missed: int, past: int) -> tuple[float, float]:
    """The limits (95%) of how much more is missed than in the past, as a share of sessions taken each by itself."""
    return newcombe(missed, of, past_missed, past)
