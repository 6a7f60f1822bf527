"""Attendance in the school weeks before a day and after it, of schools and pupils, and the nearest others to set beside each."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.registers.slots import monday
from headway.registers.view import View

WEEKS, LEAST = 6, 3  # school weeks before and after; and how many there must be of each
COMPARED = 8  # the nearest, with which each is compared
SCHOOL_POINTS, PUPIL_POINTS = 2.0, 5.0  # how near in attendance before
FEWEST_SESSIONS = 20  # of a pupil, before and after
FEWEST_ENROLMENTS = 30  # of a school: of fewer its attendance tells of few
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rates = tuple[Floats, Floats]  # before and after, in per cent; NaN where there are too few sessions


def spans(view: View, on: date, until: date) -> tuple[Flags, Flags, int] | None:
    """The slots of the last school weeks before a day's week and of the first ones after it, as many of each; None: too few."""
    week = on.toordinal() - on.weekday()
    mondays, until_then = monday(view.slots.ordinals), view.between(0, until.toordinal())
    held = np.unique(mondays[view.marked & until_then]).tolist()
    before, after = [one for one in held if one < week][-WEEKS:], [one for one in held if one > week][:WEEKS]
    if min(len(before), len(after)) < LEAST:
        return None
    return np.isin(mondays, before), np.isin(mondays, after) & until_then, len(after)


def by_school(view: View, found: tuple[Flags, Flags]) -> tuple[NDArray[np.int32], Rates]:
    urns, first, many = np.unique(view.rows.urns, return_index=True, return_counts=True)

    def rate(chosen: Flags) -> Floats:
        possible, absent = counted(view, chosen)
        sums = np.add.reduceat(possible, first), np.add.reduceat(absent, first)
        return per_cent(sums[0], sums[1], (many >= FEWEST_ENROLMENTS) & (sums[0] > 0))

    return urns, (rate(found[0]), rate(found[1]))


def counted(view: View, chosen: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sessions = view.sessions(chosen).astype(np.int64)
    return sessions[0], sessions[1] + sessions[2]


def per_cent(possible: NDArray[np.int64], absent: NDArray[np.int64], known: Flags) -> Floats:
    return np.where(known, 100 * (possible - absent) / np.maximum(possible, 1), np.nan)


def nearest(before: Floats, after: Floats, own: int, alike: Flags, points: float) -> dict[int, float]:
    """Place → change of the others that are like it and stood nearest before; those as near in their order."""
    apart = np.abs(before - before[own])
    fit = alike & ~np.isnan(before + after) & (apart <= points)
    fit[own] = False
    places = np.nonzero(fit)[0]
    chosen = places[np.argsort(apart[places], kind="stable")][:COMPARED]
    return {int(one): float(after[one] - before[one]) for one in chosen}


def told_of(
    view: View, found: tuple[Flags, Flags], pupils: Sequence[tuple[int, str]], out: set[bytes]
) -> list[tuple[float, dict[int, float]]]:
    """(change, changes of comparable pupils) of each pupil with sessions enough before and after."""
    before, after = (of_pupils(view, chosen) for chosen in found)
    rows, unsupported, made = view.rows, free(view, out), []
    for urn, key in pupils:
        own = row(view, urn, bytes.fromhex(key))
        if own is not None and not np.isnan(before[own] + after[own]):
            alike = unsupported & (rows.texts["year_group"] == rows.texts["year_group"][own])
            made.append((float(after[own] - before[own]), nearest(before, after, own, alike, PUPIL_POINTS)))
    return made


def row(view: View, urn: int, key: bytes) -> int | None:
    first, last = np.searchsorted(view.rows.urns, [urn, urn + 1]).tolist()
    at = np.nonzero((view.rows.pupils[first:last] == np.frombuffer(key, np.uint8)).all(axis=1))[0]
    return int(at[0]) + first if len(at) else None


def free(view: View, out: set[bytes]) -> Flags:
    """Who is none of these: found by half of the key, and looked at again."""
    halves = np.ascontiguousarray(view.rows.pupils[:, :8]).view(np.uint64).ravel()
    wanted = np.frombuffer(b"".join(sorted(key[:8] for key in out)), np.uint64)
    found = np.ones(len(halves), np.bool_)
    for at in np.nonzero(np.isin(halves, wanted))[0].tolist():
        found[at] = view.rows.pupils[at].tobytes() not in out
    return found


def of_pupils(view: View, chosen: Flags) -> Floats:
    possible, absent = counted(view, chosen)
    return per_cent(possible, absent, possible >= FEWEST_SESSIONS)
