"""Columns between Arrow and NumPy. `to_numpy`, `pa.array` and `pa.scalar` would import pandas, which takes longer than a city's day."""

from typing import TYPE_CHECKING, Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

    Column: TypeAlias = Union[pa.Array, pa.ChunkedArray]  # noqa: UP007  (neither is known to mypy)


def values_of(column: "Column") -> NDArray[Any]:
    """Whole numbers, or flags as bytes, none of which is missing; shape (rows,)."""
    import pyarrow as pa

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_boolean(whole.type):
        whole = whole.cast(pa.uint8())
    return np.from_dlpack(whole)


def places_in(asked: "Column", known: "Column") -> NDArray[np.int64]:
    """The place of each value among those known, −1 where it is none of them."""
    import pyarrow.compute as pc

    none = column_of(np.array([-1], np.int32))[0]
    return values_of(pc.fill_null(pc.index_in(asked, value_set=known), none)).astype(np.int64)


def column_of(values: NDArray[Any]) -> "pa.Array":
    """Whole numbers or flags, shape (rows,)."""
    import pyarrow as pa

    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(np.packbits(values, bitorder="little"))])
    whole = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(whole.dtype), len(whole), [None, pa.py_buffer(whole)])


def fixed(rows: NDArray[np.uint8]) -> "pa.Array":
    """Rows of bytes, shape (rows, width)."""
    import pyarrow as pa

    packed = np.ascontiguousarray(rows)
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(packed.shape[1]), len(packed), [None, pa.py_buffer(packed)])


def words_of(values: NDArray[np.str_]) -> "pa.DictionaryArray":
    """Few distinct texts, each once, in the order in which they come."""
    import pyarrow as pa

    places: dict[str, int] = {}
    at = np.array([places.setdefault(text, len(places)) for text in values.tolist()], np.int32)
    spelt = [text.encode() for text in places]
    ends = np.cumsum([0, *map(len, spelt)]).astype(np.int32)
    texts = pa.StringArray.from_buffers(len(spelt), pa.py_buffer(ends), pa.py_buffer(b"".join(spelt)))
    return pa.DictionaryArray.from_arrays(column_of(at), texts)
