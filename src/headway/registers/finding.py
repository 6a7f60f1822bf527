"""Finds enrolments by school and pupil."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headway.registers.arrow_columns import values_of
from headway.registers.held import KEY, Enrolments, ids
from headway.registers.slots import Bytes

if TYPE_CHECKING:
    import pyarrow as pa

Places = NDArray[np.int64]


def rows_of(enrolments: Enrolments, urns: NDArray[np.int32], keys: Bytes) -> Places:
    """The row of each pupil at a school, −1 where there is none."""
    import pyarrow.compute as pc

    found = pc.index_in(_binary(ids(urns, keys)), value_set=_binary(enrolments.ids))
    rows: Places = values_of(found.fill_null(-1)).astype(np.int64)
    return rows


def halves(keys: Bytes) -> NDArray[np.uint64]:
    """Keys as two numbers each that sort as they do, shape (n, 2)."""
    found: NDArray[np.uint64] = np.ascontiguousarray(keys).view(">u8").astype(np.uint64).reshape(-1, KEY // 8)
    return found


def told_apart(keys: Bytes) -> tuple[Places, Places]:
    """(where each distinct key first stands in the order of keys, which of them each is)."""
    parts = halves(keys)
    order = np.lexsort((parts[:, 1], parts[:, 0]))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(parts[order], axis=0) != 0).any(axis=1)
    of = np.empty(len(order), np.int64)
    of[order] = np.cumsum(new) - 1
    return order[new], of


def sums_of_persons(enrolments: Enrolments, sums: Places, persons: Bytes, among: NDArray[np.bool_]) -> Places:
    """What the rows of each person say together, at whatever school, of those that count: `sums` (rows, k) → (persons, k), nought where
    a person has none.
    """
    there = np.nonzero(among)[0]
    _, of = told_apart(np.concatenate([enrolments.persons[there], persons]))
    found = np.zeros((int(of.max(initial=-1)) + 1, sums.shape[1]), np.int64)
    np.add.at(found, of[: len(there)], sums[there])
    return found[of[len(there) :]]


def _binary(keys: Bytes) -> "pa.Array":
    import pyarrow as pa

    whole = np.ascontiguousarray(keys)
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(4 + KEY), len(whole), [None, pa.py_buffer(whole)])
