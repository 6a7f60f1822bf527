"""The one pass over the pupils: from columns to the sums of each school.

Pupils come in any order. Their rows are laid out once, taken school by school through a buffer that stays in the
processor's cache, and each school's sums are one product of matrices.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headway.stats.value_added.missing import indicated, means
from headway.stats.value_added.sufficient import INTERCEPT, Floats, SchoolStatistics

CHUNK = 1 << 13  # pupils in the buffer: with a dozen columns under a megabyte
STRETCH = 1 << 12  # pupils laid out at a time
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
    schools, starts, order = _by_school(codes)
    root = None if weights is None else np.sqrt(_weights(weights, len(codes)))
    rows = _rows(list(columns.values()), centre, root)
    cross = _sums(rows, starts, order)
    logs = np.zeros(len(schools)) if root is None else np.add.reduceat((2 * np.log(root))[order], starts[:-1])
    found = SchoolStatistics((INTERCEPT, *list(columns)[:-1]), schools, None, np.diff(starts), cross, centre, logs)
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


def _by_school(codes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64] | slice]:
    """The codes once each; where each one's pupils start, and, last, their number; the pupils in that order, a slice if they come so."""
    schools, number = _numbered(codes)
    if len(schools) < FEW_SCHOOLS:
        number = number.astype(np.uint16)
    starts = np.concatenate([[0], np.cumsum(np.bincount(number, minlength=len(schools)))]).astype(np.int64)
    in_order = bool((number[1:] >= number[:-1]).all())
    return schools, starts, slice(None) if in_order else np.argsort(number, kind="stable")


def _numbered(codes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The codes once each, ascending, and the number of each pupil's among them."""
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
    return np.flatnonzero(there) + lowest, (np.cumsum(there) - 1)[shifted]


def _sums(rows: Floats, starts: NDArray[np.int64], order: NDArray[np.int64] | slice) -> Floats:
    """[X y]'W[X y] of each school."""
    cross = np.empty((len(starts) - 1, rows.shape[1], rows.shape[1]))
    buffer = np.empty((max(CHUNK, int(np.diff(starts).max())), rows.shape[1]))
    first = 0
    while first < len(cross):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + CHUNK, side="right")) - 1)
        begin, end = starts[first], starts[last]
        block = rows[begin:end] if isinstance(order, slice) else _taken(rows, order[begin:end], buffer)
        for number in range(first, last):
            own = block[starts[number] - begin : starts[number + 1] - begin]
            np.dot(own.T, own, out=cross[number])
        first = last
    return cross


def _taken(rows: Floats, chosen: NDArray[np.int64], buffer: Floats) -> Floats:
    # "raise" would copy once more, and the positions are our own
    return np.take(rows, chosen, axis=0, out=buffer[: len(chosen)], mode="clip")


def _rows(columns: Sequence[Floats], centre: Floats, root: Floats | None) -> Floats:
    """(pupils, p + 1): [X y] less its centre, times the root of the weight; laid out a stretch at a time, in the cache."""
    pupils = len(columns[0])
    rows = np.empty((pupils, len(columns) + 1))
    for begin in range(0, pupils, STRETCH):
        stretch = rows[begin : begin + STRETCH]
        stretch[:, 0] = 1.0
        for at, column in enumerate(columns, start=1):
            np.subtract(column[begin : begin + STRETCH], centre[at], out=stretch[:, at])
        if root is not None:
            stretch *= root[begin : begin + STRETCH, None]
    return rows
