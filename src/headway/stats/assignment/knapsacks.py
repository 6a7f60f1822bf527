"""What each provider would take if every need had a price: one knapsack each, in whole numbers, compiled once and kept.

Needs are priced (`price`, int64); a pair is worth its price less its cost. No round can cost less than all prices together less what the
knapsacks are worth: a lower bound without a rounding error, whatever the prices are (Fisher 1981, Management Science 27:1–18). Pairs are
sorted by provider: those of provider i are start[i] to start[i + 1].
"""

import numba as nb
import numpy as np

NEVER = np.int64(1) << 50  # what it costs to choose a pair that cannot be


@nb.njit(cache=True, nogil=True)
def _with(before, after, size, gain, room):
    """The worth of knapsacks up to `room` days when one pair more may be in them."""
    after[: room + 1] = before[: room + 1]
    for c in range(size, room + 1):
        after[c] = max(before[c], before[c - size] + gain)


@nb.njit(cache=True, nogil=True)
def bound(price, start, need, cost, days, capacity, taken, worth, listed):
    """The lower bound at these prices; `taken` (P,) becomes the pairs of the knapsacks. The last two are room to work in: row m of `worth`
    is what the first m pairs that gain are worth, by days."""
    total = price.sum()
    for i in range(len(capacity)):
        room, many = capacity[i], 0
        worth[0, : room + 1] = 0
        for k in range(start[i], start[i + 1]):
            taken[k] = 0
            gain, size = price[need[k]] - cost[k], days[need[k]]
            if gain > 0 and size <= room:
                _with(worth[many], worth[many + 1], size, gain, room)
                listed[many] = k
                many += 1
        total -= worth[many, room]
        for m in range(many - 1, -1, -1):
            if worth[m + 1, room] != worth[m, room]:
                taken[listed[m]] = 1
                room -= days[need[listed[m]]]
    return total


@nb.njit(cache=True, nogil=True)
def _both(before, after, room):
    """The worth of a knapsack of so many days, shared out between two sets of pairs."""
    most = np.int64(0)
    for c in range(room + 1):
        most = max(most, before[c] + after[room - c])
    return most


@nb.njit(cache=True, nogil=True)
def losses(price, start, need, cost, days, capacity, within, without, ahead, behind):
    """How much the bound rises when a pair must be chosen (`within`), and when it must not be (`without`): exact, for each pair alone."""
    for i in range(len(capacity)):
        room, many = capacity[i], 0
        ahead[0, : room + 1] = 0
        for k in range(start[i], start[i + 1]):
            gain, size = price[need[k]] - cost[k], days[need[k]]
            if gain > 0 and size <= room:
                _with(ahead[many], ahead[many + 1], size, gain, room)
                many += 1
        best, at = ahead[many, room], many
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
                _with(behind[at + 1], behind[at], size, gain, room)
                within[k] = best - gain - _both(ahead[at], behind[at + 1], room - size)
                without[k] = best - _both(ahead[at], behind[at + 1], room)


@nb.njit(cache=True, nogil=True)
def _short(of, need, live, short):
    """How much of each need is not met: 1, or 0 of one that is settled, less what is chosen for it."""
    short[:] = live
    for k in range(len(need)):
        short[need[k]] -= of[k]


@nb.njit(cache=True, nogil=True)
def climb(price, mean, start, need, cost, days, capacity, live, steps, ahead, length, share, enough):
    """The best bound that so many steps find, with its prices in `price`: the volume algorithm of Barahona and Anbil (2000), Mathematical
    Programming 87:385–399, whose running mean of the knapsacks (`mean`, kept from climb to climb) says in which direction to go, `ahead`
    of the best being aimed at. When a climb comes to a stand, another with long steps again mostly gets further. Ends with `enough`."""
    taken, short, now = np.zeros(len(need), np.uint8), np.ones(len(days)), np.ones(len(days))
    most = np.diff(start).max() + 1
    worth, listed = np.zeros((most, capacity.max() + 1), np.int64), np.zeros(most, np.int64)
    best = bound(price, start, need, cost, days, capacity, taken, worth, listed)
    held, idle, goal = price.copy(), 0, best + ahead
    for step in range(steps):
        if best >= enough:
            break
        _short(mean, need, live, short)
        price[:] = np.rint(held + length * (goal - best) / max((short * short).sum(), 1e-9) * short).astype(np.int64)
        found = bound(price, start, need, cost, days, capacity, taken, worth, listed)
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
