"""Pupils who miss much more after a move from one school to the next than they did before it, in the same weeks of term."""

from dataclasses import dataclass

import numpy as np

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.finding import sums_of_persons
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


def transitions(view: View, now: SoFar, before_view: View, before: Ints, keep: Flags, rule: AbsenceRule) -> list[Transition]:
    """Among the pupils kept. `before` are possible and missed sessions of the same weeks, of each row of the year before, shape (n, 2);
    a person at several schools then counts with all sessions there.
    """
    found: list[Transition] = []
    for step in STEPS:
        found += _of_step(view, now, before_view, before, keep, rule, step)
    return sorted(found, key=lambda one: one.row)


def _of_step(
    view: View, now: SoFar, before_view: View, before: Ints, keep: Flags, rule: AbsenceRule, step: tuple[str, str]
) -> list[Transition]:
    earlier = before_view.rows.texts["year_group"] == step[0]
    rows = np.nonzero(keep & (view.rows.texts["year_group"] == step[1]))[0]
    was = sums_of_persons(before_view.rows, before, view.rows.persons[rows], earlier)
    is_ = np.stack([now.sessions[rows], now.missed[rows]], axis=1)
    enough = (was[:, 0] >= rule.fewest_possible) & (is_[:, 0] >= rule.fewest_possible)
    rows, was, is_ = rows[enough], was[enough], is_[enough]
    rose = 100 * (is_[:, 1] * was[:, 0] - was[:, 1] * is_[:, 0]) >= rule.early.transition_points * is_[:, 0] * was[:, 0]
    listed = []
    for at in np.nonzero(rose)[0].tolist():
        row, (possible, missed), (past, past_missed) = int(rows[at]), is_[at].tolist(), was[at].tolist()
        if newcombe(missed, possible, past_missed, past)[0] > 0:
            peers = view.rows.urns[rows] == view.rows.urns[row]
            listed.append(Transition(row, step, possible, missed, past, past_missed, int(peers.sum()), _rise(is_[peers], was[peers])))
    return listed


def _rise(now: Ints, was: Ints) -> float:
    """Sums over sums."""
    return float(now[:, 1].sum() / now[:, 0].sum() - was[:, 1].sum() / was[:, 0].sum())
