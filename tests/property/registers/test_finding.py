"""Orders and distinct keys, however they are found, against the plain way."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.registers.finding import in_order, told_apart
from headway.registers.held import KEY

NUMBERS = st.one_of(st.integers(-3, 3), st.integers(-(2**40), 2**40))  # few bits, and more than two fit in a word


@given(pairs=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=60))
def test_an_order_by_two_numbers_is_that_of_sorted(pairs: list[tuple[int, int]]) -> None:
    major, minor = (np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1))
    assert in_order(major, minor).tolist() == sorted(range(len(pairs)), key=lambda at: pairs[at])


@given(drawn=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=40))
def test_keys_alike_in_their_first_half_are_told_apart(drawn: list[tuple[int, int]]) -> None:
    texts = [bytes([first] * 8 + [second] * 8) for first, second in drawn]
    keys = np.frombuffer(b"".join(texts), np.uint8).reshape(-1, KEY)
    stands, which = told_apart(keys)
    distinct = sorted(set(texts))
    assert [keys[at].tobytes() for at in stands] == distinct
    assert which.tolist() == [distinct.index(text) for text in texts]
