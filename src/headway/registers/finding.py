"""Finds enrolments by school and pupil."""

import numpy as np
from numpy.typing import NDArray

from headway.registers.arrow_columns import fixed, places_in
from headway.registers.held import KEY, Enrolments, ids
from headway.registers.slots import Bytes

Places = NDArray[np.int64]
WORD = 63


def rows_of(enrolments: Enrolments, urns: NDArray[np.int32], keys: Bytes) -> Places:
    """The row of each pupil at a school, −1 where there is none."""
    return places_in(fixed(ids(urns, keys)), fixed(enrolments.ids))


def halves(keys: Bytes) -> NDArray[np.uint64]:
    """Keys as two numbers each that sort as they do, shape (n, 2)."""
    found: NDArray[np.uint64] = np.ascontiguousarray(keys).view(">u8").astype(np.uint64).reshape(-1, KEY // 8)
    return found


def in_order(major: NDArray[np.int64], minor: NDArray[np.int64]) -> Places:
    """The order by two numbers, those that are alike in both as they stand. The two and the place are packed into one word, for words
    are sorted in a fraction of the time of an order of them; where they do not fit, it takes its time.
    """
    if not len(major):
        return np.empty(0, np.int64)
    lows = int(major.min()), int(minor.min())
    bits = [int(one).bit_length() for one in (int(major.max()) - lows[0], int(minor.max()) - lows[1], len(major))]
    if sum(bits) > WORD:
        return np.lexsort((minor, major))
    word: Places = major - lows[0]
    word <<= bits[1]
    word |= minor - lows[1]
    word <<= bits[2]
    word |= np.arange(len(major))
    word.sort()
    word &= (1 << bits[2]) - 1
    return word


def told_apart(keys: Bytes) -> tuple[Places, Places]:
    """(where each distinct key stands once, in the order of keys; which of them each is)."""
    parts = halves(keys)
    order = np.argsort(parts[:, 0])
    sorted_ = parts[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = sorted_[1:, 0] != sorted_[:-1, 0]
    if (~new[1:] & (sorted_[1:, 1] != sorted_[:-1, 1])).any():  # two keys alike in their first half: as good as never
        order = np.lexsort((parts[:, 1], parts[:, 0]))
        new[1:] = (np.diff(parts[order], axis=0) != 0).any(axis=1)
    of = np.empty(len(order), np.int64)
    of[order] = np.cumsum(new) - 1
    return order[new], of


def sums_of_persons(enrolments: Enrolments, sums: Places, persons: Bytes, among: NDArray[np.bool_]) -> Places:
    """What the rows of each person say together, at whatever school, of those that count: `sums` (rows, k) → (persons, k), nought where
    a person has none.
    """
    there = np.nonzero(among)[0]
    _, of = told_apart(np.concatenate([enrolments.persons[there], persons]))
    found = np.zeros((int(of.max(initial=-1)) + 1, sums.shape[1]), np.int64)
    np.add.at(found, of[: len(there)], sums[there])
    return found[of[len(there) :]]
