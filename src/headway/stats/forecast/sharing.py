"""A movement that an area needs, shared out among its schools so that it is equally hard for each.

How hard a move is, is how often similar schools with similar starts made it. Every school is asked for the move that the same share of
its likes made or passed: not the same number of points, for a school near the top, or one whose likes hardly moved, would be asked for
what nobody did.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.stats.forecast.student import Floats

EASIEST, HARDEST = 0.5, 0.02  # shares of the likes: every second, one in fifty
HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Shared:
    """`moves` (K,), good ways positive; `share` of the likes did as much. Not `enough`: even the hardest share falls short."""

    moves: Floats
    share: float
    enough: bool


def share_out(needed: float, weights: Floats, rooms: Floats, gains: Sequence[Floats]) -> Shared:
    """`needed` is the move of the weighted mean; `weights` (K,) sum to 1 over the whole area, so those of some of its schools to less.

    `rooms` (K,) is how far each can move at all; `gains` the past moves of each school's likes. A school without likes is asked nothing.
    """
    ordered = [np.sort(np.asarray(one, float)) for one in gains]
    low, high = HARDEST, EASIEST

    def asked(share: float) -> Floats:
        found = [
            min(room, max(0.0, float(np.quantile(one, 1 - share)))) if len(one) else 0.0 for room, one in zip(rooms, ordered, strict=True)
        ]
        return np.array(found)

    if float(weights @ asked(low)) < needed:
        return Shared(asked(low), low, False)
    easy = asked(high)
    if (there := float(weights @ easy)) >= needed:
        return Shared(easy * (needed / there if there else 0.0), high, True)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if float(weights @ asked(middle)) >= needed else (low, middle)
    return Shared(asked(low), low, True)


def did(gains: Floats, move: float) -> int:
    """How many of the likes moved at least so far."""
    return int((np.asarray(gains, float) >= move - 1e-9).sum())
