"""What is known of a pupil on a day that says how the year may end, and how it did end; plain arrays for a regression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule
from headway.registers.finding import sums_of_persons
from headway.registers.so_far import Flags, Ints, SoFar, spells
from headway.registers.terms import HalfTerm
from headway.registers.view import View

Floats = NDArray[np.float64]
NAMES = ("so_far", "of_late", "last_year", "unauthorised", "spells", "room")
WEIGHT = 20.0  # sessions of an average pupil that are added to each pupil's own, so that a short past says little
SETTLED_IN, NEAR_END = 21, 14  # days within which the marks of a full year begin and end


@dataclass(frozen=True, eq=False)
class Inputs:
    """Of n pupils: `values` (n, 6) in the order of NAMES; `at_risk` (n,): not persistently absent yet, and neither outcome certain."""

    values: Floats
    at_risk: Flags


def inputs(view: View, so_far: SoFar, last_year: Ints, remaining: int, cohort: Flags, rule: AbsenceRule) -> Inputs:
    """`last_year` is (possible, missed) of each pupil in the year before, (n, 2), nought where it is not known; `remaining` sessions of
    the year are still to come. Log odds of shares drawn towards the mean; spells in a hundred sessions; the log odds of the share of the
    sessions to come that may still be missed.
    """
    possible, missed = so_far.sessions.astype(float), so_far.missed.astype(float)
    mean = max(missed.sum(), 1.0) / max(possible.sum(), 2.0)
    lately = so_far.last(rule.early.long_stretch)
    recent, recent_missed = lately.sum(axis=1), (lately & so_far.absent).sum(axis=1)
    whole = possible + remaining
    room = (whole / rule.persistent_one_in - missed) / max(remaining, 1)
    runs = 100 * spells(so_far, so_far.possible) / np.maximum(possible, 1)
    columns = [
        _drawn(missed, possible, mean), _drawn(recent_missed, recent, mean), _drawn(last_year[:, 1], last_year[:, 0], mean),
        (so_far.unauthorised.sum(axis=1) + 0.5) / (missed + 2), runs, _odds(np.clip(room, 0.002, 0.998)),
    ]  # fmt: skip
    persistent = rule.persistent_one_in * so_far.missed >= so_far.sessions
    open_ = (rule.persistent_one_in * so_far.missed < whole) & (rule.persistent_one_in * (so_far.missed + remaining) >= whole)
    at_risk = cohort & (so_far.sessions >= rule.fewest_possible) & ~persistent & open_
    return Inputs(np.column_stack(columns), at_risk)


def _drawn(missed: Floats | Ints, possible: Floats | Ints, mean: float) -> Floats:
    return _odds((missed + WEIGHT * mean) / (possible + WEIGHT))


def _odds(share: Floats) -> Floats:
    found: Floats = np.log(share / (1 - share))
    return found


def of_year_before(view: View, before: View | None, before_so_far: SoFar | None) -> Ints:
    """(possible, missed) of each row's person in the year before at all schools, shape (n, 2); nought where it is not known."""
    if before is None or before_so_far is None:
        return np.zeros((len(view.rows), 2), np.int64)
    sums = np.stack([before_so_far.sessions, before_so_far.missed], axis=1)
    return sums_of_persons(before.rows, sums, view.rows.persons, np.ones(len(before.rows), np.bool_))


def sessions_after(halves: list[HalfTerm], day: int) -> int:
    """Sessions of the half terms' weekdays after a day: what is expected of the rest of a year."""
    return 2 * sum((one - 1) % 7 < 5 for half in halves for one in range(max(half.first, day + 1), half.last + 1))


def is_full(view: View, halves: list[HalfTerm]) -> bool:
    """Whether marks run from near the first day of the year's terms to near the last."""
    there = view.slots.ordinals[view.marks.any(axis=0)]
    return bool(halves) and len(there) > 0 and there[0] <= halves[0].first + SETTLED_IN and there[-1] >= halves[-1].last - NEAR_END


def became_persistent(view: View, rule: AbsenceRule, halves: list[HalfTerm]) -> Flags:
    """Who was persistently absent at the end of the year, by the rule that judges it."""
    counts = view.judged(np.ones(view.slots.width, np.bool_), rule, halves).astype(np.int64)
    found: Flags = (rule.persistent_one_in * (counts[1] + counts[2]) >= counts[0]) & (counts[0] >= rule.fewest_possible)
    return found
