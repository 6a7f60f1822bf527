"""Pupils who miss more and more before they are persistently absent: the last sessions against the pupil's own past.

Three things must hold beside the size of the rise. It is of two spells or more, for one illness is not drifting. It is beyond chance,
taking each session by itself (Newcombe's interval above nought); and, since an illness takes many sessions in a row, in no earlier stretch
of the same length was as much missed. A past of too few stretches tells nothing, and that is said.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.slots import Days
from headway.registers.so_far import NONE, Flags, Ints, SoFar, spells, stretches
from headway.stats.intervals import newcombe


@dataclass(frozen=True, eq=False)
class Drifts:
    """Of n pupils, each array of shape (n,). `short` and `long` are missed in the last stretches, NONE where they are not whole;
    `past` and `past_missed` are all sessions before the long one; `earlier` are whole stretches before it and `as_bad` those of them in
    which as much was missed; `told`: the past is long enough; `since`: the first session missed in the long stretch.
    """

    short: NDArray[np.int16]
    long: NDArray[np.int16]
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
    short, long = _last(so_far, early.short_stretch), stretches(so_far, early.long_stretch)
    latest = long[:, 0] if long.shape[1] else np.full(len(long), NONE, np.int16)
    earlier = (long[:, 1:] != NONE).sum(axis=1)
    as_bad = ((long[:, 1:] >= latest[:, None]) & (long[:, 1:] != NONE)).sum(axis=1)
    past, missed = so_far.sessions - early.long_stretch, so_far.missed - latest
    told = earlier >= early.fewest_stretches
    inside = so_far.last(early.long_stretch)
    persistent = rule.persistent_one_in * so_far.missed >= so_far.sessions
    rose = 100 * (latest.astype(np.int64) * past - missed * early.long_stretch) >= early.drift_points * early.long_stretch * past
    runs = spells(so_far, inside)
    drifting = told & ~persistent & rose & (as_bad == 0) & (runs >= early.fewest_spells)
    for row in np.nonzero(drifting)[0].tolist():
        low, _ = rise(int(latest[row]), early.long_stretch, int(missed[row]), int(past[row]))
        drifting[row] = low > 0
    return Drifts(
        short, latest, np.maximum(past, 0), np.where(past > 0, missed, 0), earlier, as_bad, told, drifting,
        so_far.first_missed(inside), runs,
    )  # fmt: skip


def rise(missed: int, of: int, past_missed: int, past: int) -> tuple[float, float]:
    """The limits (95%) of how much more is missed than in the past, as a share of sessions taken each by itself."""
    return newcombe(missed, of, past_missed, past)


def _last(so_far: SoFar, many: int) -> NDArray[np.int16]:
    missed = (so_far.last(many) & so_far.absent).sum(axis=1)
    return np.where(so_far.sessions >= many, missed, NONE).astype(np.int16)
