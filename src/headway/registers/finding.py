"""Finds enrolments by school and pupil."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headway.registers.held import KEY, Enrolments, ids
from headway.registers.slots import Bytes

if TYPE_CHECKING:
    import pyarrow as pa

Places = NDArray[np.int64]


def rows_of(enrolments: Enrolments, urns: NDArray[np.int32], keys: Bytes) -> Places:
    """The row of each pupil at a school, −1 where there is none."""
    import pyarrow.compute as pc

    found = pc.index_in(_binary(ids(urns, keys)), value_set=_binary(enrolments.ids))
    rows: Places = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return rows


def rows_of_persons(enrolments: Enrolments, persons: Bytes, among: NDArray[np.bool_]) -> list[list[int]]:
    """The rows of each person, at whatever school, among those that count; a list for each person asked for."""
    asked = [person.tobytes() for person in persons]
    found: dict[bytes, list[int]] = {person: [] for person in asked}
    for row in np.nonzero(among)[0].tolist():
        rows = found.get(enrolments.persons[row].tobytes())
        if rows is not None:
            rows.append(row)
    return [found[person] for person in asked]


def _binary(keys: Bytes) -> "pa.Array":
    import pyarrow as pa

    whole = np.ascontiguousarray(keys)
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(4 + KEY), len(whole), [None, pa.py_buffer(whole)])
