"""What is left when pairs go: needs with one pair are settled, pairs that no longer fit go too, and so on."""

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def settled(keep, need, provider, cost, days, capacity, who, price):
    """Settle each need that has one pair left, and leave out what then no longer fits, until nothing more follows. All but `need` to
    `days` are changed. What is settled costs; −1 where a need is left with none or somebody's days are overrun."""
    many, base, again = np.zeros(len(days), np.int64), np.int64(0), True
    for k in range(len(need)):
        many[need[k]] += keep[k]
    if ((many == 0) & (who < 0)).any():
        return np.int64(-1)
    while again:
        again = False
        for k in range(len(need)):
            j, i = need[k], provider[k]
            if not keep[k] or (many[j] > 1 and days[j] <= capacity[i]):
                continue
            keep[k], again = False, True
            many[j] -= 1
            if days[j] > capacity[i]:
                if many[j] == 0:
                    return np.int64(-1)
                continue
            who[j], price[j] = i, 0
            capacity[i] -= days[j]
            base += cost[k]
    return base
