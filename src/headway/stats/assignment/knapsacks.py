"""What each provider would take if every need had a price: one knapsack each, in whole numbers, compiled once and kept.

Needs are priced (`price`, int64); a pair is worth its price less its cost. No round can cost less than all prices together less what the
knapsacks are worth: a lower bound without a rounding error, whatever the prices are (Fisher 1981, Management Science 27:1–18). Pairs are
sorted by provider: those of provider i are start[i] to start[i + 1].

What knapsacks are worth is worked out in 32 bits, of which a processor adds and compares twice as many at once as of 64: nobody asks
prices that add up to more (`most`, of each need).
"""

import numba as nb
import numpy as np

NEVER = np.int64(1) << 50  # what it costs to choose a pair that cannot be


@nb.njit(cache=True, nogil=True)
def _with(before, after, size, gain, room):
    """The worth of knapsacks up to `room` days when one pair more may be in them."""
    after[:size] = before[:size]
    without, within, best = before[size : room + 1], before[: room + 1 - size], after[size : room + 1]
    for c in range(len(best)):
        more = np.int32(within[c] + gain)
        best[c] = more if more > without[c] else without[c]


@nb.njit(cache=True, nogil=True)
def _knapsack(first, last, room, price, need, cost, days, taken, worth, listed):
    """What the best knapsack of so many days is worth; `taken` becomes its pairs. Row m of `worth` is what the first m pairs that gain are
    worth, by days."""
    many = 0
    for k in range(first, last):
        taken[k] = 0
        gain, size = price[need[k]] - cost[k], days[need[k]]
        if gain > 0 and size <= room:
            _with(worth[many], worth[many + 1], size, np.int32(gain), room)
            listed[many] = k
            many += 1
    best = np.int64(worth[many, room])
    for m in range(many - 1, -1, -1):
        if worth[m + 1, room] != worth[m, room]:
            taken[listed[m]] = 1
            room -= days[need[listed[m]]]
    return best


@nb.njit(cache=True, nogil=True)
def _told(first, last, price, seen, need, cost):
    """Whether a price changed that a knapsack goes by."""
    for k in range(first, last):
        now, before = price[need[k]], seen[need[k]]
        if now != before and max(now, before) > cost[k]:
            return True
    return False


@nb.njit(cache=True, nogil=True)
def _bound(price, seen, each, anew, start, need, cost, days, capacity, taken, worth, listed):
    """The lower bound at these prices; `each` (I,) is what each knapsack is worth, worked out `anew` or where a price changed since it was
    `seen`."""
    for i in range(len(capacity)):
        if anew or _told(start[i], start[i + 1], price, seen, need, cost):
            each[i] = _knapsack(start[i], start[i + 1], capacity[i], price, need, cost, days, taken, worth, listed)
    seen[:] = price
    return price.sum() - each.sum()


@nb.njit(cache=True, nogil=True)
def _both(before, after, size, room):
    """The worth of a knapsack without its last `size` days, shared out between two sets of pairs; `after` is by the days that are left."""
    first, last = before[: room + 1 - size], after[size : room + 1]
    most = np.int32(0)
    for c in range(len(first)):
        both = np.int32(first[c] + last[c])
        most = both if both > most else most
    return np.int64(most)


@nb.njit(cache=True, nogil=True)
def losses(price, start, need, cost, days, capacity, within, without):
    """How much the bound rises when a pair must be chosen (`within`), and when it must not be (`without`): exact, for each pair alone."""
    pairs, most = np.diff(start).max() + 1, capacity.max() + 1
    ahead, behind = np.empty((pairs, most), np.int32), np.empty((pairs, most), np.int32)
    for i in range(len(capacity)):
        room, many = capacity[i], 0
        ahead[0, : room + 1] = 0
        for k in range(start[i], start[i + 1]):
            gain, size = price[need[k]] - cost[k], days[need[k]]
            if gain > 0 and size <= room:
                _with(ahead[many], ahead[many + 1], size, np.int32(gain), room)
                many += 1
        best, at = np.int64(ahead[many, room]), many
        behind[many, : room + 1] = 0
        for k in range(start[i + 1] - 1, start[i] - 1, -1):
            gain, size = price[need[k]] - cost[k], days[need[k]]
            without[k] = 0
            if size > room:
                within[k] = NEVER
            elif gain <= 0:
                within[k] = best - gain - ahead[many, room - size]
            else:
                at -= 1
                _backwards(behind[at + 1], behind[at], size, np.int32(gain), room)
                within[k] = best - gain - _both(ahead[at], behind[at + 1], size, room)
                without[k] = best - _both(ahead[at], behind[at + 1], 0, room)


@nb.njit(cache=True, nogil=True)
def _backwards(before, after, size, gain, room):
    """As `_with`, by the days that are left."""
    after[room + 1 - size : room + 1] = before[room + 1 - size : room + 1]
    without, within, best = before[: room + 1 - size], before[size : room + 1], after[: room + 1 - size]
    for c in range(len(best)):
        more = np.int32(within[c] + gain)
        best[c] = more if more > without[c] else without[c]


@nb.njit(cache=True, nogil=True)
def dearer(price, start, need, cost, days, capacity):
    """(P,): how far at least above the bound at these prices a round with each pair lies: with a pair chosen, all others of its need are
    not. And how far at least one without it."""
    within, without, dropped = np.zeros(len(need), np.int64), np.zeros(len(need), np.int64), np.zeros(len(days), np.int64)
    losses(price, start, need, cost, days, capacity, within, without)
    for k in range(len(need)):
        dropped[need[k]] += without[k]
    for k in range(len(need)):
        within[k] += dropped[need[k]] - without[k]
    return within, without


@nb.njit(cache=True, nogil=True)
def _short(of, need, live, short):
    """How much of each need is not met: 1, or 0 of one that is settled, less what is chosen for it."""
    short[:] = live
    for k in range(len(need)):
        short[need[k]] -= of[k]


@nb.njit(cache=True, nogil=True)
def climb(price, mean, start, need, cost, days, capacity, live, steps, ahead, length, share, enough, most):
    """The best bound that so many steps find, with its prices in `price`: the volume algorithm of Barahona and Anbil (2000), Mathematical
    Programming 87:385–399, whose running mean of the knapsacks (`mean`, kept from climb to climb) says in which direction to go, `ahead`
    of the best being aimed at. When a climb comes to a stand, another with long steps again mostly gets further. Ends with `enough`."""
    taken, short, now = np.zeros(len(need), np.uint8), np.ones(len(days)), np.ones(len(days))
    pairs = np.diff(start).max() + 1
    worth, listed = np.zeros((pairs, capacity.max() + 1), np.int32), np.zeros(pairs, np.int64)
    seen, each = price.copy(), np.zeros(len(capacity), np.int64)
    best = _bound(price, seen, each, True, start, need, cost, days, capacity, taken, worth, listed)
    held, idle, goal = price.copy(), 0, best + ahead
    for step in range(steps):
        if best >= enough:
            break
        _short(mean, need, live, short)
        stride = length * (goal - best) / max((short * short).sum(), 1e-9)
        for j in range(len(price)):
            price[j] = min(most[j], np.int64(np.rint(held[j] + stride * short[j])))
        found = _bound(price, seen, each, False, start, need, cost, days, capacity, taken, worth, listed)
        _short(taken, need, live, now)
        apart = now - short
        mixed = min(max(-(short * apart).sum() / max((apart * apart).sum(), 1e-9), share / 10), share)
        mean[:] = mixed * taken + (1 - mixed) * mean
        idle += 1
        if found > best:
            length = min(length * 1.1, 2.0) if (now * short).sum() >= 0 else length
            best, idle = found, 0
            held[:] = price
            goal = best + ahead if best > goal - ahead // 20 else goal
        elif idle >= 10:
            length, idle = max(length * 0.66, 1e-4), 0
        share = max(share * 0.7, 0.005) if step % 100 == 99 else share
    price[:] = held
    return best
