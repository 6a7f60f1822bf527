"""What the kernels mean, in NumPy: slower, plainer, and what stands in where the compiler cannot be had."""

import numpy as np
from numpy.typing import NDArray

from headway.registers.slots import Bytes

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def pack(marks: Bytes, classes: Bytes, per_word: int, planes: Words, first: int, last: int) -> None:
    kinds = classes[marks[first:last]]
    bits = np.zeros((len(kinds), 64), np.bool_)
    for word in range(planes.shape[0]):
        part = kinds[:, word * per_word : (word + 1) * per_word]
        for plane, chosen in enumerate((part != 0, part == 3, part == 4)):
            bits[:, : part.shape[1]] = chosen
            planes[word, plane, first:last] = np.packbits(bits, axis=1, bitorder="little").view("<u8")[:, 0]
        bits[:] = False


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


def flagged(marks: Bytes, classes: Bytes, start: int, possible: Flags, absent: Flags, unauthorised: Flags, first: int, last: int) -> None:
    kinds = classes[marks[first:last, start : start + possible.shape[1]]]
    possible[first:last], absent[first:last], unauthorised[first:last] = kinds != 0, kinds >= 3, kinds == 4


def totals(flags: Bytes, out: Ints, first: int, last: int) -> None:
    out[first:last] = flags[first:last].sum(axis=1, dtype=np.int64)


def stretched(possible: Bytes, absent: Bytes, short: int, long: int, found: NDArray[np.int32], first: int, last: int) -> None:
    """A stretch after the other, each over everybody."""
    there, away = possible[first:last] > 0, absent[first:last] > 0
    from_end = there[:, ::-1].cumsum(axis=1, dtype=np.int16)[:, ::-1]
    seen, out = there.sum(axis=1), found[:, first:last]
    out[0] = np.where(seen >= short, (away & there & (from_end <= short)).sum(axis=1), -1)
    for at in range(int(seen.max(initial=0)) // long):
        missed = (away & there & (from_end > at * long) & (from_end <= (at + 1) * long)).sum(axis=1)
        whole = seen >= (at + 1) * long
        if at:
            out[2] += whole
            out[3] += whole & (missed >= out[1])
        else:
            out[1] = missed
    out[1][seen < long] = -1
    inside = there & (from_end <= long)
    hit, before = away & inside, np.zeros(len(there), np.bool_)
    for slot in range(there.shape[1]):
        out[4] += hit[:, slot] & ~before
        before = np.where(inside[:, slot], hit[:, slot], before)
    out[5] = np.where(hit.any(axis=1), hit.argmax(axis=1), -1) if hit.shape[1] else -1


def by_kind(possible: Bytes, absent: Bytes, kinds: Bytes, school: Ints, found: NDArray[np.int32], first: int, last: int) -> None:
    there, away = (np.any(flags[first:last].reshape(last - first, -1, 2), axis=2) for flags in (possible, absent))
    away &= there
    found[0, first:last], found[1, first:last] = there.sum(axis=1), away.sum(axis=1)
    for at in range(2, len(found), 3):
        of = (kinds[school[first:last]] >> (at // 3) & 1).astype(np.bool_)
        hit = away & of
        found[at, first:last], found[at + 1, first:last] = (there & of).sum(axis=1), hit.sum(axis=1)
        found[at + 2, first:last] = hit.argmax(axis=1) if hit.shape[1] else 0


def with_codes(
    marks: Bytes, codes: Bytes, chosen: Bytes, school: Ints, found: NDArray[np.int32], start: int, first: int, last: int
) -> None:
    bits = codes[marks[first:last, start : start + chosen.shape[1]]] & chosen[school[first:last]]
    for way in range(found.shape[1]):
        found[first:last, way] = (bits >> way & 1).sum(axis=1)
