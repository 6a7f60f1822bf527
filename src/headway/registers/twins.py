"""What the kernels mean, in NumPy: slower, plainer, and what stands in where the compiler cannot be had."""

import numpy as np
from numpy.typing import NDArray

from headway.registers.slots import Bytes

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]


def pack(marks: Bytes, classes: Bytes, per_word: int, planes: Words, first: int, last: int) -> None:
    kinds = classes[marks[first:last]]
    for word in range(planes.shape[0]):
        part = kinds[:, word * per_word : (word + 1) * per_word]
        weight = np.uint64(1) << np.arange(part.shape[1], dtype=np.uint64)
        for plane, chosen in enumerate((part != 0, part == 3, part == 4)):
            planes[word, plane, first:last] = (chosen * weight).sum(axis=1, dtype=np.uint64)


def count(planes: Words, masks: Words, out: NDArray[np.int16], first: int, last: int) -> None:
    for word, mask in enumerate(masks):
        out[:, first:last] += np.bitwise_count(planes[word, :, first:last] & mask).astype(np.int16)


def add_cells(
    counts: NDArray[np.int16], judged: NDArray[np.int16], cohort: Bytes, cells: NDArray[np.int32], rule: Ints, table: Ints, first: int,
    last: int,
) -> None:  # fmt: skip
    possible, authorised, unauthorised = counts[:, first:last].astype(np.int64)
    there = possible > 0
    expected, *missed = judged[:, first:last].astype(np.int64)
    inside, absent = there & (cohort[first:last] > 0), missed[0] + missed[1]
    decided = inside & (expected >= rule[0])
    columns = (
        possible, authorised * there, unauthorised * there, there, decided & (rule[1] * absent >= expected),
        decided & (rule[2] * absent >= expected), decided, inside & ~decided,
    )  # fmt: skip
    for column, values in enumerate(columns):
        np.add.at(table[:, column], cells[first:last], values.astype(np.int64))


def survey(
    planes: Words, weekdays: Words, per_week: int, weeks_in_word: int, open_weeks: Words, school: NDArray[np.int32],
    cells: NDArray[np.int32], cohort: Bytes, rule: Ints, table: Ints, flags: Bytes, pattern: Ints, first: int, last: int,
) -> None:  # fmt: skip
    counts = np.zeros((3, planes.shape[2]), np.int16)
    count(planes, np.full(planes.shape[0], ~np.uint64(0)), counts, first, last)
    add_cells(counts, counts, cohort, cells, rule, table, first, last)
    absent = planes[:, 1, first:last] | planes[:, 2, first:last]
    pattern += np.array([np.bitwise_count(absent & mask).sum(dtype=np.int64) for mask in weekdays])
    flags[first:last] = _windows(planes[:, 2, first:last], per_week, weeks_in_word, open_weeks[school[first:last]])
    np.add.at(table[:, 8], cells[first:last], flags[first:last].astype(np.int64) * (counts[0, first:last] > 0))


def _windows(unauthorised: Words, per_week: int, weeks_in_word: int, open_weeks: Words) -> Bytes:
    """Weeks in which the school was closed are pushed out, so that ten in a row are ten school weeks."""
    shifts = np.arange(weeks_in_word, dtype=np.uint64) * np.uint64(per_week)
    single = np.uint64((1 << per_week) - 1)
    weekly = np.bitwise_count((unauthorised[:, None, :] >> shifts[None, :, None]) & single).reshape(-1, unauthorised.shape[1])
    found = np.zeros(unauthorised.shape[1], np.uint8)
    for i in range(unauthorised.shape[1]):
        inside = (open_weeks[i] >> np.arange(min(len(weekly), 64), dtype=np.uint64)) & np.uint64(1) == 1
        weeks = weekly[: len(inside), i][inside].astype(np.int64)
        found[i] = len(weeks) > 0 and (np.convolve(weeks, np.ones(10, np.int64)) >= 10).any()
    return found


def tally(marks: Bytes, chosen: NDArray[np.int64], cells: NDArray[np.int32], table: Ints, first: int, last: int) -> None:
    slots = np.nonzero(chosen)[0]
    for slot in slots:
        np.add.at(table, (cells[first:last], marks[first:last, slot]), 1)


def listed(planes: Words, masks: Words, per_word: int, rows: Ints, starts: Ints, slots: Ints) -> None:
    del starts  # rows in order, and slots within them: as `nonzero` goes
    bits = (planes[:, 2][:, rows] & masks[:, None]).T[:, :, None] >> np.arange(per_word, dtype=np.uint64) & np.uint64(1)
    slots[:] = np.nonzero(bits.reshape(len(rows), per_word * len(planes)))[1]
