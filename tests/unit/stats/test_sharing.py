"""A movement shared out so that it is equally hard for each school."""

import itertools

import numpy as np
import pytest

from headway.stats.forecast.sharing import did, share_out

LIKES = [np.arange(-10.0, 11.0), np.arange(-20.0, 21.0), np.array([])]
WEIGHTS = np.array([0.2, 0.3, 0.5])
ROOMS = np.array([100.0, 100.0, 100.0])


def test_each_is_asked_for_what_the_same_share_of_its_likes_did() -> None:
    found = share_out(3.0, WEIGHTS, ROOMS, LIKES)
    assert found.enough
    assert float(WEIGHTS @ found.moves) == pytest.approx(3.0, abs=1e-6)
    assert found.moves[1] == pytest.approx(2 * found.moves[0])  # its likes moved twice as far
    assert found.moves[2] == 0.0  # without likes nothing is asked
    shares = [did(likes, move) / len(likes) for likes, move in zip(LIKES[:2], found.moves, strict=False)]
    assert shares == pytest.approx([found.share, found.share], abs=0.06)


def test_a_small_need_asks_for_a_part_of_what_every_second_did() -> None:
    easy = [likes + 5 for likes in LIKES[:2]]
    found = share_out(0.5, WEIGHTS[:2], ROOMS[:2], easy)
    assert found.share == 0.5
    assert float(WEIGHTS[:2] @ found.moves) == pytest.approx(0.5)


def test_what_nobody_did_is_not_asked() -> None:
    found = share_out(50.0, WEIGHTS, ROOMS, LIKES)
    assert not found.enough
    assert found.share == 0.02
    assert (found.moves <= [10.0, 20.0, 0.0]).all()


def test_no_school_is_asked_for_more_than_there_is() -> None:
    found = share_out(1.0, WEIGHTS, np.array([2.0, 100.0, 100.0]), LIKES)
    assert found.moves[0] <= 2.0
    assert float(WEIGHTS @ found.moves) == pytest.approx(1.0, abs=1e-6)


def test_a_harder_promise_asks_more_of_every_school() -> None:
    asked = [share_out(needed, WEIGHTS, ROOMS, LIKES) for needed in (0.5, 1.0, 2.0, 4.0)]
    for less, more in itertools.pairwise(asked):
        assert (less.moves <= more.moves + 1e-9).all()
        assert less.share >= more.share
