"""Runs a kernel, or its twin where the compiler cannot be had, over ranges of pupils on as many threads as Headway may use."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise
from types import ModuleType

import numpy as np

from headway.registers import twins
from headway.store.engine import THREADS

FEW = 20_000  # pupils: below this a second thread costs more than it brings
SCHOOL = 3_000  # pupils: up to this the twins are as quick, and a page of one school need not load the compiler


@lru_cache(maxsize=1)
def compiled() -> ModuleType:
    """The kernels; the twins where numba is not there or HEADWAY_KERNELS=numpy."""
    if os.environ.get("HEADWAY_KERNELS") == "numpy":
        return twins
    try:
        from headway.registers import kernels
    except ImportError:
        return twins
    return kernels


def fitting(size: int) -> ModuleType:
    """What counts so many pupils: the twins for a school, which start at once, the kernels for more."""
    return twins if size <= SCHOOL else compiled()


def warm(size: int) -> None:
    """Begin to load the kernels beside what is done next, where so many pupils will be counted soon: it takes most of a second, and
    reading a file leaves a core idle.
    """
    if size > SCHOOL and compiled.cache_info().currsize == 0:
        threading.Thread(target=_first_call, name="kernels").start()


def _first_call() -> None:
    planes, masks = np.zeros((1, 3, 1), np.uint64), np.zeros(1, np.uint64)
    planes.flags.writeable = False  # as a mapped file is
    compiled().count(planes, masks, np.zeros((3, 1), np.int16), 0, 1)


def ranges(size: int) -> list[tuple[int, int]]:
    """One range of pupils for each thread."""
    parts = THREADS if size > FEW else 1
    edges = np.linspace(0, size, parts + 1).astype(int).tolist()
    return list(pairwise(edges))


def over(size: int, work: Callable[[int, int], None]) -> None:
    """Do the work for every range of pupils, each in a thread of its own."""
    parts = ranges(size)
    if len(parts) == 1:
        work(*parts[0])
        return
    with ThreadPoolExecutor(len(parts)) as threads:
        for done in [threads.submit(work, *part) for part in parts]:
            done.result()
