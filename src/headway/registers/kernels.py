"""Counting in bit planes and bytes, compiled once and cached. Each has a NumPy twin in `twins.py`, which says what it means.

A plane word holds whole weeks: six of ten sessions, or four of fourteen. Planes are shaped (words, 3, n): possible, authorised,
unauthorised; pupils run fastest, so that a loop over them reads memory in order and several at a time. Kernels let go of Python's
lock; whoever wants two cores calls them from two threads on two ranges of pupils.
"""

import numba as nb
import numpy as np
from numba.core import types
from numba.extending import intrinsic

from headway.registers import without_scipy  # noqa: F401  (before the first kernel is loaded)

PIECE = 2048  # pupils at a time: their counts stay in the nearest cache
ROWS = 256  # pupils at a time whose marks do
MANY = 1024  # pupils of one cell in a row, from which their marks are counted in pairs
TEN, TWENTY = 10, np.uint64((1 << 20) - 1)  # pairs of marks, and the bits that they make


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
def _pairs(classes):
    """For each two marks what they say in all three planes, twenty bits apart: so that ten pairs make twenty bits of each."""
    table = np.empty(1 << 16, np.uint64)
    for pair in range(1 << 16):
        found = np.uint64(0)
        for at in range(2):
            kind = classes[(pair >> (8 * at)) & 255]
            found |= (np.uint64(kind != 0) | np.uint64(kind == 3) << np.uint64(20) | np.uint64(kind == 4) << np.uint64(40)) << np.uint64(at)
        table[pair] = found
    return table


@nb.njit(cache=True, nogil=True)
def pack(marks, classes, per_word, planes, first, last):
    """Marks (n, width) of pupils first to last into planes; `classes` is byte → class. Rows lie one after the other in memory.

    Sessions come in pairs, so width is even; a few hundred pupils at a time, so that a row is fetched once for all its words. An index
    is unsigned where it can be, for then nothing asks whether it counts from the end.
    """
    table, pairs, half = _pairs(classes), marks.view(np.uint16), per_word // 2
    for some in range(first, last, ROWS):
        for word in range(planes.shape[0]):
            start, end = word * half, min((word + 1) * half, pairs.shape[1])
            tens, rest = (end - start) // TEN, (end - start) % TEN
            for i in range(some, min(some + ROWS, last)):
                row, at, slot = pairs[i], np.uint64(0), np.uint64(start)
                possible = authorised = unauthorised = np.uint64(0)
                for _ in range(tens):
                    found = np.uint64(0)
                    for k in range(TEN):  # a number of turns that is known: they are laid out one after the other
                        found |= table[row[slot + np.uint64(k)]] << np.uint64(2 * k)
                    possible |= (found & TWENTY) << at
                    authorised |= (found >> np.uint64(20) & TWENTY) << at
                    unauthorised |= (found >> np.uint64(40)) << at
                    slot, at = slot + np.uint64(TEN), at + np.uint64(20)
                found = np.uint64(0)
                for k in range(rest):
                    found |= table[row[slot + np.uint64(k)]] << np.uint64(2 * k)
                planes[word, 0, i] = possible | (found & TWENTY) << at
                planes[word, 1, i] = authorised | (found >> np.uint64(20) & TWENTY) << at
                planes[word, 2, i] = unauthorised | (found >> np.uint64(40)) << at


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
    counts, sums, adders = np.zeros((3, PIECE), np.int16), np.zeros(65, np.int64), np.zeros((3, PIECE // 7 + 1), np.uint64)
    single = np.uint64((1 << per_week) - 1)
    for start in range(first, last, PIECE):
        stop = min(start + PIECE, last)
        counts[:, : stop - start] = 0
        for word in range(planes.shape[0]):
            for plane in range(3):
                row, out = planes[word, plane, start:stop], counts[plane]  # an index from nought on needs no look at its sign
                for i in range(stop - start):
                    out[i] += np.int16(_ones(row[i]))
            _weekdays(planes[word, 1, start:stop], planes[word, 2, start:stop], weekdays, adders, pattern)
        own, inside, flagged, of = cells[start:stop], cohort[start:stop], flags[start:stop], school[start:stop]
        for i in range(stop - start):
            if counts[2, i] >= 10:
                flagged[i] = _window(planes, start + i, single, per_week, weeks_in_word, open_weeks[of[i]], sums)
            if counts[0, i]:
                row = table[own[i]]
                _survey_one(row, np.int64(counts[0, i]), np.int64(counts[1, i]), np.int64(counts[2, i]), inside[i], rule)
                row[8] += flagged[i]


@nb.njit(cache=True, nogil=True)
def _survey_one(row, possible, authorised, unauthorised, inside, rule):
    absent = authorised + unauthorised
    row[0] += possible
    row[1] += authorised
    row[2] += unauthorised
    row[3] += 1
    if inside and possible < rule[0]:
        row[7] += 1
    elif inside:
        row[6] += 1
        row[4] += np.int64(rule[1] * absent >= possible)
        row[5] += np.int64(rule[2] * absent >= possible)


@nb.njit(cache=True, nogil=True)
def _weekdays(authorised, unauthorised, weekdays, adders, pattern):
    """Adds absence by weekday. Seven words at a time go through full adders, bit by bit, and three are left to be counted: each bit of
    the first stands for one, of the second for two, of the third for four (carry-save; Harley and Seal).
    """
    n = len(authorised) // 7
    ones, twos, fours = adders[0, :n], adders[1, :n], adders[2, :n]
    parts = authorised[: 7 * n].reshape(7, n), unauthorised[: 7 * n].reshape(7, n)
    a, b, c, d, e, f, g = parts[0][0], parts[0][1], parts[0][2], parts[0][3], parts[0][4], parts[0][5], parts[0][6]
    h, j, k, m, o, p, q = parts[1][0], parts[1][1], parts[1][2], parts[1][3], parts[1][4], parts[1][5], parts[1][6]
    for i in range(n):
        one, first = _adder(a[i] | h[i], b[i] | j[i], c[i] | k[i])
        one, second = _adder(one, d[i] | m[i], e[i] | o[i])
        ones[i], third = _adder(one, f[i] | p[i], g[i] | q[i])
        twos[i], fours[i] = _adder(first, second, third)
    for day in range(weekdays.shape[0]):
        mask, many = weekdays[day], np.uint64(0)
        for i in range(n):
            many += _ones(ones[i] & mask) + np.uint64(2) * _ones(twos[i] & mask) + np.uint64(4) * _ones(fours[i] & mask)
        for i in range(7 * n, len(authorised)):
            many += _ones((authorised[i] | unauthorised[i]) & mask)
        pattern[day] += np.int64(many)


@nb.njit(cache=True, nogil=True)
def _adder(a, b, c):
    """(sum, carry) of three bits, for each place of the words."""
    half = a ^ b
    return half ^ c, (a & b) | (half & c)


@nb.njit(cache=True, nogil=True)
def _window(planes, i, single, per_week, weeks_in_word, open_weeks, sums):
    """Whether ten unauthorised sessions lie within ten weeks in which the school was open. `sums` (65,): so far after each, from nought."""
    total, many, week = np.int64(0), np.int64(0), np.uint64(0)
    for word in range(planes.shape[0]):
        rest = planes[word, 2, i]
        for _ in range(weeks_in_word):
            if (open_weeks >> week) & np.uint64(1):
                total += np.int64(_ones(rest & single))
                many += 1
                sums[many] = total
                if total - sums[max(many - 10, 0)] >= 10:
                    return np.uint8(1)
            rest >>= np.uint64(per_week)
            week += np.uint64(1)
    return np.uint8(0)


@nb.njit(cache=True, nogil=True)
def tally(marks, chosen, cells, table, first, last):
    """How often each byte stands, by cell: adds to `table` (cells, 256). `chosen` (width,) are the slots that count, those of a day alike
    or not. Where many pupils of one cell follow each other, days are counted as pairs of marks, half as many, and spelt out at the end.
    """
    i = first
    while i < last:
        end = i + 1
        while end < last and cells[end] == cells[i]:
            end += 1
        if end - i >= MANY:
            _tally_pairs(marks, chosen, table[cells[i]], i, end)
        else:
            row = table[cells[i]]
            for j in range(i, end):
                for slot in range(marks.shape[1]):
                    row[marks[j, slot]] += chosen[slot]
        i = end


@nb.njit(cache=True, nogil=True)
def _tally_pairs(marks, chosen, out, first, last):
    """Four tables in turn, so that no count waits for the one before it; days of which one half counts go into the answer at once."""
    pairs, (whole, single) = marks.view(np.uint16), _days(chosen)
    some, many, fours = np.zeros((4, 1 << 16), np.uint32), whole.shape[0], whole.shape[0] // 4
    a, b, c, d = some[0], some[1], some[2], some[3]
    straight = many == pairs.shape[1]
    for i in range(first, last):
        row = pairs[i]
        for k in range(fours):
            at = np.uint64(4 * k)
            if straight:
                a[row[at]] += np.uint32(1)
                b[row[at + np.uint64(1)]] += np.uint32(1)
                c[row[at + np.uint64(2)]] += np.uint32(1)
                d[row[at + np.uint64(3)]] += np.uint32(1)
            else:
                a[row[whole[at]]] += np.uint32(1)
                b[row[whole[at + np.uint64(1)]]] += np.uint32(1)
                c[row[whole[at + np.uint64(2)]]] += np.uint32(1)
                d[row[whole[at + np.uint64(3)]]] += np.uint32(1)
        for k in range(4 * fours, many):
            a[row[whole[k]]] += np.uint32(1)
        for k in range(single.shape[0]):
            out[marks[i, single[k]]] += 1
    _spelt_out(some, out)


@nb.njit(cache=True, nogil=True)
def _days(chosen):
    """The days of which both sessions count, and the slots of those that count alone."""
    whole, single, many, odd = np.empty(chosen.shape[0], np.int64), np.empty(chosen.shape[0], np.int64), 0, 0
    for day in range(chosen.shape[0] // 2):
        morning, afternoon = chosen[2 * day] != 0, chosen[2 * day + 1] != 0
        if morning and afternoon:
            whole[many] = day
            many += 1
        elif morning or afternoon:
            single[odd] = 2 * day + afternoon
            odd += 1
    return whole[:many], single[:odd]


@nb.njit(cache=True, nogil=True)
def _spelt_out(some, out):
    for pair in range(1 << 16):
        times = np.int64(some[0, pair]) + np.int64(some[1, pair]) + np.int64(some[2, pair]) + np.int64(some[3, pair])
        if times:
            out[pair & 255] += times
            out[pair >> 8] += times


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


@nb.njit(cache=True, nogil=True)
def flagged(marks, classes, start, possible, absent, unauthorised, first, last):
    """Marks of pupils from slot `start` on as flags (n, w): which sessions were possible, which missed, which of those unauthorised."""
    for i in range(first, last):
        row = marks[i, start : start + possible.shape[1]]
        there, away, without = possible[i], absent[i], unauthorised[i]
        for slot in range(there.shape[0]):
            kind = classes[row[slot]]
            there[slot], away[slot], without[slot] = kind != 0, kind >= 3, kind == 4


@nb.njit(cache=True, nogil=True)
def totals(flags, out, first, last):
    """How many flags of each pupil are up: `flags` (n, w) as bytes, `out` (n,)."""
    for i in range(first, last):
        row, many = flags[i], np.uint32(0)
        for slot in range(row.shape[0]):
            many += row[slot]
        out[i] = many


@nb.njit(cache=True, nogil=True)
def stretched(possible, absent, short, long, found, first, last):
    """The last possible sessions of each pupil, from the last backwards; `found` (6, n): missed in the last `short` and in the last
    `long`, −1 where there are not so many; whole stretches of `long` before that, and those of them in which as much was missed; in
    how many spells the sessions missed in the last `long` lie; and the slot of the first of them, −1 where none was missed.
    """
    for i in range(first, last):
        there, away = possible[i], absent[i]
        seen = missed = of_short = of_long = earlier = as_bad = spells = 0
        before, place, left = False, -1, long  # counted down, for a division would take longer than all the rest
        for slot in range(there.shape[0] - 1, -1, -1):
            if not there[slot]:
                continue
            gone = away[slot] != 0
            seen += 1
            missed += gone
            if seen <= long:
                spells += gone and not before
                before = gone
                place = slot if gone else place
                of_short = missed if seen == short else of_short
            left -= 1
            if left == 0:
                left = long
                if seen == long:
                    of_long = missed
                else:
                    earlier += 1
                    as_bad += missed >= of_long
                missed = 0
        found[0, i] = of_short if seen >= short else -1
        found[1, i] = of_long if seen >= long else -1
        found[2, i], found[3, i], found[4, i], found[5, i] = earlier, as_bad, spells, place


@nb.njit(cache=True, nogil=True)
def by_kind(possible, absent, kinds, school, found, first, last):
    """Days of each pupil by kind. Two slots are a day; `kinds` (schools, days) has a bit for each of k kinds; `found` (2 + 3k, n): days
    possible, days away, and for each kind of the days those possible, those away and the first day away (0 where none is).
    """
    many = (found.shape[0] - 2) // 3
    days = np.zeros(1 << many, np.int32)  # how many there are of each set of kinds: most days are of none
    for i in range(first, last):
        there, away, of = possible[i], absent[i], kinds[school[i]]
        days[:] = 0
        for day in range(of.shape[0]):
            days[of[day]] += (there[2 * day] | there[2 * day + 1]) != 0
            if (there[2 * day] | there[2 * day + 1]) and (away[2 * day] | away[2 * day + 1]):
                found[1, i] += 1
                for kind in range(many):
                    if of[day] >> kind & 1:
                        if found[3 + 3 * kind, i] == 0:
                            found[4 + 3 * kind, i] = day
                        found[3 + 3 * kind, i] += 1
        for of_these in range(days.shape[0]):
            found[0, i] += days[of_these]
            for kind in range(many):
                if of_these >> kind & 1:
                    found[2 + 3 * kind, i] += days[of_these]


@nb.njit(cache=True, nogil=True)
def with_codes(marks, codes, chosen, school, found, start, first, last):
    """Counts each pupil's marks in k ways, `found` (n, k): bit k of `codes` (256,) says which bytes count, and of `chosen` (schools, w)
    at which slots from `start` on.
    """
    for i in range(first, last):
        row, here, out = marks[i, start : start + chosen.shape[1]], chosen[school[i]], found[i]
        for slot in range(here.shape[0]):
            bits = codes[row[slot]] & here[slot]
            if bits:
                for way in range(out.shape[0]):
                    out[way] += bits >> way & 1
