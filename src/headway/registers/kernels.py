"""Counting in bit planes and bytes, compiled once and cached. Each has a NumPy twin in `twins.py`, which says what it means.

A plane word holds whole weeks: six of ten sessions, or four of fourteen. Planes are shaped (words, 3, n): possible, authorised,
unauthorised; pupils run fastest, so that a loop over them reads memory in order and several at a time. Kernels let go of Python's
lock; whoever wants two cores calls them from two threads on two ranges of pupils.
"""

import numba as nb
import numpy as np
from numba.core import types
from numba.extending import intrinsic

PIECE = 2048  # pupils at a time: their counts stay in the nearest cache


@intrinsic
def _ones(typing, word):
    def build(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), build


@intrinsic
def _zeros(typing, word):
    def build(context, builder, signature, arguments):
        return builder.cttz(arguments[0], context.get_constant(types.boolean, True))

    return types.uint64(types.uint64), build


@nb.njit(cache=True, nogil=True)
def pack(marks, classes, per_word, planes, first, last):
    """Marks (n, width) of pupils first to last into planes; `classes` is byte → class."""
    width = marks.shape[1]
    for word in range(planes.shape[0]):
        begin, end = word * per_word, min((word + 1) * per_word, width)
        for i in range(first, last):
            possible = authorised = unauthorised = np.uint64(0)
            for slot in range(begin, end):
                kind = classes[marks[i, slot]]
                bit = np.uint64(slot - begin)
                possible |= np.uint64(kind != 0) << bit
                authorised |= np.uint64(kind == 3) << bit
                unauthorised |= np.uint64(kind == 4) << bit
            planes[word, 0, i], planes[word, 1, i], planes[word, 2, i] = possible, authorised, unauthorised


@nb.njit(cache=True, nogil=True)
def count(planes, masks, out, first, last):
    """Possible, authorised and unauthorised sessions of each pupil under one mask a word: adds to `out` (3, n)."""
    for start in range(first, last, PIECE):
        stop = min(start + PIECE, last)
        for word in range(planes.shape[0]):
            mask = masks[word]
            if mask:
                for plane in range(3):
                    for i in range(start, stop):
                        out[plane, i] += np.int16(_ones(planes[word, plane, i] & mask))


@nb.njit(cache=True, nogil=True)
def add_cells(counts, judged, cohort, cells, rule, table, first, last):
    """Adds pupils' counts up by cell: possible, authorised, unauthorised, enrolments, persistent, severe, decided, too early.

    `judged` are the counts that persistent absence is judged by; `rule` is fewest possible, persistent one in, severe one in.
    """
    for i in range(first, last):
        if counts[0, i]:
            _add(table[cells[i]], counts[:, i], judged[:, i], cohort[i], rule)


@nb.njit(cache=True, nogil=True)
def _add(row, count, judged, inside, rule):
    row[0] += count[0]
    row[1] += count[1]
    row[2] += count[2]
    row[3] += 1
    possible, absent = np.int64(judged[0]), np.int64(judged[1]) + np.int64(judged[2])
    if inside and possible < rule[0]:
        row[7] += 1
    elif inside:
        row[6] += 1
        row[4] += np.int64(rule[1] * absent >= possible)
        row[5] += np.int64(rule[2] * absent >= possible)


@nb.njit(cache=True, nogil=True)
def survey(planes, weekdays, per_week, weeks_in_word, open_weeks, school, cells, cohort, rule, table, flags, pattern, first, last):
    """Everything of a headline in one pass: cells as `add_cells`, who has ten unauthorised sessions in ten school weeks, and absence
    by weekday. `open_weeks` (s,) has a bit for each week that a school was open in; `weekdays` (d,) a mask for each day of a word.
    """
    words = planes.shape[0]
    counts = np.zeros((3, PIECE), np.int16)
    single = np.uint64((1 << per_week) - 1)
    for start in range(first, last, PIECE):
        stop = min(start + PIECE, last)
        counts[:, : stop - start] = 0
        for word in range(words):
            for plane in range(3):
                for i in range(stop - start):
                    counts[plane, i] += np.int16(_ones(planes[word, plane, start + i]))
            for day in range(weekdays.shape[0]):
                mask = weekdays[day]
                total = np.uint64(0)
                for i in range(start, stop):
                    total += _ones((planes[word, 1, i] | planes[word, 2, i]) & mask)
                pattern[day] += np.int64(total)
        for i in range(stop - start):
            at = start + i
            possible = counts[0, i]
            if counts[2, i] >= 10:
                flags[at] = _window(planes, at, single, per_week, weeks_in_word, open_weeks[school[at]])
            if possible:
                _add(table[cells[at]], counts[:, i], counts[:, i], cohort[at], rule)
                table[cells[at], 8] += flags[at]


@nb.njit(cache=True, nogil=True)
def _window(planes, i, single, per_week, weeks_in_word, open_weeks):
    """Whether ten unauthorised sessions lie within ten weeks in which the school was open."""
    ring = np.zeros(10, np.int64)
    total, at, week = np.int64(0), 0, np.uint64(0)
    for word in range(planes.shape[0]):
        rest = planes[word, 2, i]
        for _ in range(weeks_in_word):
            if (open_weeks >> week) & np.uint64(1):
                found = np.int64(_ones(rest & single))
                total += found - ring[at]
                if total >= 10:
                    return np.uint8(1)
                ring[at] = found
                at = (at + 1) % 10
            rest >>= np.uint64(per_week)
            week += np.uint64(1)
    return np.uint8(0)


@nb.njit(cache=True, nogil=True)
def tally(marks, chosen, cells, table, first, last):
    """How often each byte stands, by cell: adds to `table` (cells, 256). `chosen` (width,) are the slots that count."""
    for i in range(first, last):
        row = table[cells[i]]
        for slot in range(marks.shape[1]):
            row[marks[i, slot]] += chosen[slot]


@nb.njit(cache=True, nogil=True)
def listed(planes, masks, per_word, rows, starts, slots):
    """The slots of the unauthorised sessions of some rows under one mask a word, in order; those of row i from `starts[i]` on."""
    for i in range(rows.shape[0]):
        at = starts[i]
        for word in range(planes.shape[0]):
            rest = planes[word, 2, rows[i]] & masks[word]
            while rest:
                slots[at] = word * per_word + np.int64(_zeros(rest))
                rest &= rest - np.uint64(1)
                at += 1
