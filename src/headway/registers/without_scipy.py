"""Lets numba begin without scipy, whose linear algebra it would import to see whether it is there: a third of a second of a command that
counts bits. Where a product of matrices is compiled later in the same process, numba looks again.
"""

import contextlib
from importlib.util import find_spec


def _not_now() -> None:
    raise ImportError


with contextlib.suppress(ImportError, AttributeError):  # of another version of numba: then it takes its time
    from numba.np import linalg

    _whole, linalg.ensure_blas = linalg.ensure_blas, _not_now
    try:
        from numba.np import arraymath

        arraymath._HAVE_BLAS = find_spec("scipy") is not None
    finally:
        linalg.ensure_blas = _whole
