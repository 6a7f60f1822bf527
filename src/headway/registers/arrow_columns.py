"""Columns of Arrow as NumPy has them. `to_numpy` would import pandas, which takes longer than to read a city's day."""

from typing import TYPE_CHECKING, Any, Union

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa


def values_of(column: Union["pa.Array", "pa.ChunkedArray"]) -> NDArray[Any]:
    """Whole numbers, or flags as bytes, none of which is missing; shape (rows,)."""
    import pyarrow as pa

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_boolean(whole.type):
        whole = whole.cast(pa.uint8())
    return np.from_dlpack(whole)
