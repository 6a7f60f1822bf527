"""What is to be assigned: needs, providers, and the pairs that may be, each with its cost.

A need wants one provider or several different ones, each for the same number of days. A provider has days to give, and may help so many
needs at most at a time; providers of one team, as the schools of a trust, may together help at most so many. A pair that is not listed may
not be: another phase, too far, a conflict of interest. Reference: the transport problem with side constraints, as in Burkard, Dell'Amico
and Martello, Assignment Problems (2009), chapters 4 and 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Whole = NDArray[np.int64]

UNLIMITED = 1 << 40
NO_TEAM = -1
LOTS = 1 << 10


@dataclass(frozen=True, eq=False)
class Problem:
    """Made by `problem`. P pairs, J needs, I providers, T teams; all whole numbers."""

    need: "Whole"  # (P,)
    provider: "Whole"  # (P,)
    cost: "Whole"  # (P,): of a pair, in one unit of the caller's
    lot: "Whole"  # (P,): below 1,024; of equally good rounds that with the least sum of lots is taken
    days: "Whole"  # (J,): that one pair takes of its provider
    wanted: "Whole"  # (J,): how many different providers
    weight: "Whole"  # (J,): of leaving one of them out
    capacity: "Whole"  # (I,): days
    most: "Whole"  # (I,): needs at a time
    opening: "Whole"  # (I,): cost of calling on a provider at all
    team: "Whole"  # (I,): −1 for none
    team_most: "Whole"  # (T,): pairs


def problem(
    *,
    need: "ArrayLike",
    provider: "ArrayLike",
    cost: "ArrayLike",
    days: "ArrayLike",
    capacity: "ArrayLike",
    wanted: "ArrayLike | None" = None,
    weight: "ArrayLike | None" = None,
    most: "ArrayLike | None" = None,
    opening: "ArrayLike | None" = None,
    team: "ArrayLike | None" = None,
    team_most: "ArrayLike" = (),
    lot: "ArrayLike | None" = None,
) -> Problem:
    """Left out, a need wants one provider and weighs 1, a provider has no limit but its days, costs nothing to call on and has no team.

    Raises ValueError for lengths that do not agree, places that do not exist, a pair that is listed twice, or numbers that are not whole or
    below 0.
    """
    import numpy as np

    pairs, needs, providers = len(np.atleast_1d(cost)), len(np.atleast_1d(days)), len(np.atleast_1d(capacity))
    limits = _whole("team_most", team_most, None)
    found = Problem(
        _placed("need", need, pairs, needs), _placed("provider", provider, pairs, providers), _whole("cost", cost, pairs),
        np.zeros(pairs, np.int64), _whole("days", days, needs), _whole("wanted", _or(wanted, needs, 1), needs),
        _whole("weight", _or(weight, needs, 1), needs), _whole("capacity", capacity, providers),
        _whole("most", _or(most, providers, UNLIMITED), providers), _whole("opening", _or(opening, providers, 0), providers),
        _placed("team", _or(team, providers, NO_TEAM), providers, len(limits), least=NO_TEAM), limits,
    )  # fmt: skip
    keys = found.need * max(providers, 1) + found.provider
    if len(np.unique(keys)) < pairs:
        raise ValueError("a pair is listed twice")
    drawn = lots(found.need, found.provider) if lot is None else _whole("lot", lot, pairs)
    if len(drawn) and drawn.max() >= LOTS:
        raise ValueError(f"a lot is whole and below {LOTS}")
    return Problem(**{**vars(found), "lot": drawn})


def lots(needs: "ArrayLike", providers: "ArrayLike") -> "Whole":
    """A lot for each pair of keys, drawn once and for all: no place in a list favours anybody, and the same pair always has the same.

    Keys are whole numbers at least 0, as rows of a database have. The mixing is Steele, Lea and Flood's SplitMix64 (2014).
    """
    import numpy as np

    mixed = np.asarray(needs, np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.asarray(providers, np.uint64) + np.uint64(1)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(LOTS)).astype(np.int64)


def _or(given: "ArrayLike | None", many: int, otherwise: int) -> "ArrayLike":
    import numpy as np

    return np.full(many, otherwise) if given is None else given


def _whole(name: str, given: "ArrayLike", many: int | None, least: int = 0) -> "Whole":
    import numpy as np

    found = np.atleast_1d(np.asarray(given, float)) if not isinstance(given, Sequence) or len(given) else np.zeros(0)
    if many is not None and found.shape != (many,):
        raise ValueError(f"{name} has {len(found)} numbers, not {many}")
    if len(found) and (not np.isfinite(found).all() or (found != np.rint(found)).any() or found.min() < least):
        raise ValueError(f"{name} holds a number that is not whole or is below {least}")
    return found.astype(np.int64)


def _placed(name: str, given: "ArrayLike", many: int, places: int, least: int = 0) -> "Whole":
    found = _whole(name, given, many, least)
    if len(found) and found.max() >= places:
        raise ValueError(f"{name} names place {found.max()}, of {places}")
    return found
