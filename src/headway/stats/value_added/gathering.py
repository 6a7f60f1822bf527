"""The one pass over the pupils: from columns to the sums of each school.

Pupils come in any order. Some schools at a time, their rows are laid out and taken school by school through a buffer that
stays in the processor's cache; each school's sums are one product of matrices. The whole cohort is never copied.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headway.stats.value_added.missing import indicated, means
from headway.stats.value_added.sufficient import INTERCEPT, Floats, SchoolStatistics

BLOCK = 1 << 18  # pupils laid out at a time: with a dozen columns some 25 MB
CHUNK = 1 << 13  # pupils in the buffer: with a dozen columns under a megabyte
STRETCH = 1 << 12  # pupils of whom each column is taken at a time
WIDEST_RANGE = 1 << 23  # codes that spread over no more than this are ordered by counting, not by comparing
FEW_SCHOOLS = 1 << 16  # numbers below this fit 16 bits, which NumPy orders by radix


def gather(
    outcome: ArrayLike,
    covariates: Mapping[str, ArrayLike],
    school: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    areas: Mapping[Any, Any] | None = None,
    missing: str = "refuse",
) -> SchoolStatistics:
    """Sum the pupils of each school.

    outcome, each covariate, school and weights: one value for each pupil, in the same order. A pupil's weight w means a
    residual variance of σ²/w. areas: the area of each school's code. The intercept is added and need not be given.
    missing: "refuse" raises ValueError that names each covariate with missing values and how many pupils lack it;
    "indicator" puts the mean in their place and adds a covariate "NAME missing" that is 1 for them. This keeps the
    pupils, and biases the other coefficients where what is missing depends on the outcome: say so beside the result.
    Raises ValueError, too, for no pupils, columns of unlike length, a missing outcome, or a weight that is not above 0.
    """
    given = {"outcome": outcome, **covariates}
    columns = {name: _column(name, values) for name, values in given.items()}
    codes = np.asarray(school)
    _refuse_unlike({**columns, "school": codes})
    columns["outcome"] = columns.pop("outcome")  # last, where the sums have it
    if missing == "indicator":
        columns = indicated(columns, but="outcome")
    elif missing != "refuse":
        raise ValueError(f"missing is 'refuse' or 'indicator', not {missing!r}")
    centre = np.array([0.0, *means(columns)])
    schools, number = _numbered(codes)
    pupils = np.bincount(number, minlength=len(schools)).astype(np.int64)
    root = None if weights is None else np.sqrt(_weights(weights, len(codes)))
    cross = _sums(list(columns.values()), centre, root, number, np.concatenate([[0], np.cumsum(pupils)]))
    logs = np.zeros(len(schools))
    if root is not None:
        logs += np.bincount(number, 2 * np.log(root), len(schools))
    found = SchoolStatistics((INTERCEPT, *list(columns)[:-1]), schools, None, pupils, cross, centre, logs)
    return found if areas is None else found.placed_in(areas)


def _column(name: str, values: ArrayLike) -> Floats:
    if name == INTERCEPT:
        raise ValueError(f"{INTERCEPT!r} is added by itself; give that covariate another name")
    try:
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} holds something that is not a number") from None


def _refuse_unlike(columns: Mapping[str, NDArray[Any]]) -> None:
    pupils = len(columns["outcome"])
    if not pupils:
        raise ValueError("there are no pupils")
    for name, column in columns.items():
        if column.shape != (pupils,):
            raise ValueError(f"{name} has the shape {column.shape}; the outcome has {pupils} pupils")


def _weights(weights: ArrayLike, pupils: int) -> Floats:
    column = _column("weights", weights)
    _refuse_unlike({"outcome": np.empty(pupils), "weights": column})
    wrong = int((~(np.isfinite(column) & (column > 0))).sum())
    if wrong:
        raise ValueError(f"weights: {wrong} of {pupils} pupils have a weight that is not above 0")
    return column


def _numbered(codes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The codes once each, ascending, and the number of each pupil's among them, in 16 bits where they are few."""
    schools, number = _counted(codes)
    return schools, number.astype(np.uint16, copy=False) if len(schools) < FEW_SCHOOLS else number


def _counted(codes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    if codes.dtype.kind == "f":
        means({"school": codes.astype(np.float64)})
    if codes.dtype.kind not in "iu":
        if codes.dtype.kind == "O":
            codes = codes.astype(str)
        return np.unique(codes, return_inverse=True)
    lowest, highest = int(codes.min()), int(codes.max())
    if highest - lowest > WIDEST_RANGE:
        return np.unique(codes, return_inverse=True)
    there = np.zeros(highest - lowest + 1, dtype=bool)
    shifted = codes - lowest
    there[shifted] = True
    schools, places = np.flatnonzero(there) + lowest, np.cumsum(there) - 1
    return schools, (places.astype(np.uint16) if len(schools) < FEW_SCHOOLS else places)[shifted]


def _sums(columns: Sequence[Floats], centre: Floats, root: Floats | None, number: NDArray[Any], starts: NDArray[np.int64]) -> Floats:
    """[X y]'W[X y] of each school; number: each pupil's school; starts: the pupils before each school, and, last, of all."""
    width, schools = len(centre), len(starts) - 1
    cross = np.empty((schools, width, width))
    in_order = bool((number[1:] >= number[:-1]).all())
    # a bytearray, since NumPy asks the system for huge pages: to find some may cost more than all the sums
    room = np.frombuffer(bytearray(8 * width * max(BLOCK, int(np.diff(starts).max())))).reshape(-1, width)
    first = 0
    while first < schools:
        last = _until(starts, first, BLOCK)
        if in_order:
            _add(cross, room[: _fill(room, columns, centre, root, slice(starts[first], starts[last]))], starts, first, last)
        else:
            chosen = np.flatnonzero((number >= first) & (number < last))
            rows = room[: _fill(room, columns, centre, root, chosen)]
            _add_mixed(cross, rows, np.argsort(number[chosen], kind="stable"), starts, first, last)
        first = last
    return cross


def _until(starts: NDArray[np.int64], first: int, most: int) -> int:
    """The school after the last that fits with those from `first` on; one fits always."""
    return max(first + 1, int(np.searchsorted(starts, starts[first] + most, side="right")) - 1)


def _fill(room: Floats, columns: Sequence[Floats], centre: Floats, root: Floats | None, chosen: NDArray[np.int64] | slice) -> int:
    """[X y] of the chosen pupils less its centre, times the root of the weight; how many they are. A stretch at a time, in the cache."""
    begin, end = (chosen.start, chosen.stop) if isinstance(chosen, slice) else (0, len(chosen))
    for at in range(begin, end, STRETCH):
        until = min(at + STRETCH, end)
        which = slice(at, until) if isinstance(chosen, slice) else chosen[at:until]
        stretch = room[at - begin : until - begin]
        stretch[:, 0] = 1.0
        for place, column in enumerate(columns, start=1):
            taken = column[which] if isinstance(which, slice) else column.take(which, mode="clip")
            np.subtract(taken, centre[place], out=stretch[:, place])
        if root is not None:
            stretch *= root[which, None]
    return int(end - begin)


def _add_mixed(cross: Floats, rows: Floats, order: NDArray[np.int64], starts: NDArray[np.int64], first: int, last: int) -> None:
    """Rows school by school in a buffer small enough for the cache, and their sums."""
    buffer = np.empty((max(CHUNK, int(np.diff(starts[first : last + 1]).max())), rows.shape[1]))
    at = first
    while at < last:
        until = min(last, _until(starts, at, CHUNK))
        chosen = order[starts[at] - starts[first] : starts[until] - starts[first]]
        # "raise" would copy once more, and the positions are our own
        _add(cross, np.take(rows, chosen, axis=0, out=buffer[: len(chosen)], mode="clip"), starts, at, until)
        at = until


def _add(cross: Floats, rows: Floats, starts: NDArray[np.int64], first: int, last: int) -> None:
    """The sums of schools `first` to `last`, whose pupils' rows stand in their order."""
    for school in range(first, last):
        own = rows[starts[school] - starts[first] : starts[school + 1] - starts[first]]
        np.dot(own.T, own, out=cross[school])
