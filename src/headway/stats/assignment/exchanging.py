"""Rounds made from a guess and bettered by exchange: all that two providers do is shared out between them anew, as well as it can be.

A round is `who` (J,): the provider of each need, the last of all being nobody, who has days for everything and costs more than any round
without. `cost` (J, I + 1) is dense. All in whole numbers, in a fixed order, so that the same guess always ends in the same round.
"""

import numba as nb
import numpy as np

NONE = np.int64(1) << 50


@nb.njit(cache=True, nogil=True)
def _filled(a, b, many, cost, days, most, needs, least):
    """Row m of `least`: what the first m needs cost at least, by the days that a gives to them; b gives the rest."""
    least[0, : most + 1] = NONE
    least[0, 0] = 0
    for m in range(many):
        j = needs[m]
        size, of_a, of_b = days[j], cost[j, a], cost[j, b]
        before, after = least[m], least[m + 1]
        for c in range(min(size, most + 1)):
            after[c] = before[c] + of_b
        for c in range(size, most + 1):
            after[c] = min(before[c] + of_b, before[c - size] + of_a)


@nb.njit(cache=True, nogil=True)
def _better(a, b, who, cost, days, capacity, needs, least):
    """Share out what a and b do between them; whether it costs less now. The last two are room to work in."""
    many, asked, now = 0, 0, np.int64(0)
    for j in range(len(days)):
        if who[j] == a or who[j] == b:
            needs[many] = j
            many += 1
            asked += days[j]
            now += cost[j, who[j]]
    low, most = max(0, asked - capacity[b]), min(capacity[a], asked)
    _filled(a, b, many, cost, days, most, needs, least)
    at = low + np.argmin(least[many, low : most + 1])
    if least[many, at] >= now:
        return False
    for m in range(many - 1, -1, -1):
        j = needs[m]
        who[j] = b if least[m + 1, at] == least[m, at] + cost[j, b] else a
        at -= days[j] if who[j] == a else 0
    return True


@nb.njit(cache=True, nogil=True)
def settle(who, cost, days, capacity):
    """Exchange between any two until no two can do better; `who` becomes that round. What it costs."""
    providers, clock, again = len(capacity), 1, True
    needs, least = np.zeros(len(days), np.int64), np.zeros((len(days) + 1, capacity[:-1].max() + 1), np.int64)
    changed, tried = np.ones(providers, np.int64), np.zeros((providers, providers), np.int64)
    while again:
        again = False
        for b in range(providers - 1, -1, -1):
            for a in range(b):
                if tried[a, b] >= max(changed[a], changed[b]):
                    continue
                clock += 1
                tried[a, b] = clock
                if _better(a, b, who, cost, days, capacity, needs, least):
                    changed[a], changed[b], again = clock, clock, True
    total = np.int64(0)
    for j in range(len(days)):
        total += cost[j, who[j]]
    return total


@nb.njit(cache=True, nogil=True)
def _wishes(mean, need, provider, many):
    """(J,): whom each need was mostly with; −1 for nobody."""
    most, wish = np.zeros(many), np.full(many, -1)
    for k in range(len(need)):
        if mean[k] > most[need[k]]:
            most[need[k]], wish[need[k]] = mean[k], provider[k]
    return wish


@nb.njit(cache=True, nogil=True)
def _placed(j, who, cost, days, left):
    """The cheapest who still has days for a need; else nobody."""
    who[j] = len(left) - 1
    for i in range(len(left) - 1):
        if left[i] >= days[j] and cost[j, i] < cost[j, who[j]]:
            who[j] = i
    left[who[j]] -= days[j]


@nb.njit(cache=True, nogil=True)
def rounded(mean, need, provider, who, cost, days, capacity, order):
    """From the mean of many knapsacks: each need that is not settled (`who` below 0) has whom it was mostly with, the longest first; whose
    days are gone then the cheapest who still has some; else nobody."""
    left, wish = capacity.copy(), _wishes(mean, need, provider, len(days))
    for j in range(len(days)):
        if who[j] >= 0:
            left[who[j]] -= days[j]
    for j in order:
        if who[j] < 0 and wish[j] >= 0 and left[wish[j]] >= days[j]:
            who[j] = wish[j]
            left[wish[j]] -= days[j]
    for j in order:
        if who[j] < 0:
            _placed(j, who, cost, days, left)
