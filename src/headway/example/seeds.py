"""Randomness, one independent stream for each topic and year, so that adding a topic changes no other's numbers."""

import zlib

import numpy as np
from numpy.random import Generator


def stream(seed: int, topic: str, year: int = 0) -> Generator:
    """The generator of one topic in one year: the same seed gives the same numbers, whatever was drawn before."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode()), year])
