"""Pupils who miss much more after a move from one school to the next than they did before it, in the same weeks of term."""

from dataclasses import dataclass

import numpy as np

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.finding import rows_of_persons
from headway.registers.so_far import Flags, Ints, SoFar
from headway.registers.view import View
from headway.stats.intervals import newcombe

STEPS = (("6", "7"), ("7", "8"))  # year groups before and after


@dataclass(frozen=True)
class Transition:
    """One pupil, by row of the year after. The school's `peers` made the same step; `peers_rise` is how much more they miss together."""

    row: int
    step: tuple[str, str]
    possible: int
    missed: int
    before_possible: int
    before_missed: int
    peers: int
    peers_rise: float  # a share of sessions


def transitions(view: View, now: SoFar, before_view: View, before: SoFar, keep: Flags, rule: AbsenceRule) -> list[Transition]:
    """Among the pupils kept. A person at several schools before counts with all sessions there."""
    found: list[Transition] = []
    for step in STEPS:
        found += _of_step(view, now, before_view, before, keep, rule, step)
    return sorted(found, key=lambda one: one.row)


def _of_step(
    view: View, now: SoFar, before_view: View, before: SoFar, keep: Flags, rule: AbsenceRule, step: tuple[str, str]
) -> list[Transition]:
    earlier = before_view.rows.texts["year_group"] == step[0]
    rows = np.nonzero(keep & (view.rows.texts["year_group"] == step[1]))[0]
    was = _pooled(view, before_view, before, earlier, rows)
    is_ = np.stack([now.sessions[rows], now.missed[rows]], axis=1)
    enough = (was[:, 0] >= rule.fewest_possible) & (is_[:, 0] >= rule.fewest_possible)
    rows, was, is_ = rows[enough], was[enough], is_[enough]
    listed = []
    for at, row in enumerate(rows.tolist()):
        (possible, missed), (past, past_missed) = is_[at].tolist(), was[at].tolist()
        rose = 100 * (missed * past - past_missed * possible) >= rule.early.transition_points * possible * past
        if rose and newcombe(missed, possible, past_missed, past)[0] > 0:
            peers = view.rows.urns[rows] == view.rows.urns[row]
            listed.append(Transition(row, step, possible, missed, past, past_missed, int(peers.sum()), _rise(is_[peers], was[peers])))
    return listed


def _pooled(view: View, before_view: View, before: SoFar, earlier: Flags, rows: Ints) -> Ints:
    """(possible, missed) of each row's person in the year before, nought where there is none: shape (rows, 2)."""
    sums = np.stack([before.sessions, before.missed], axis=1)
    found = np.zeros((len(rows), 2), np.int64)
    for at, places in enumerate(rows_of_persons(before_view.rows, view.rows.persons[rows], earlier)):
        found[at] = sums[places].sum(axis=0)
    return found


def _rise(now: Ints, was: Ints) -> float:
    """Sums over sums."""
    return float(now[:, 1].sum() / now[:, 0].sum() - was[:, 1].sum() / was[:, 0].sum())
