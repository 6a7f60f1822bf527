"""Two shares set beside each other: the score test, against a figure worked out by hand and the chi-squared it is the root of."""

from math import erfc, sqrt

import pytest

from headway.stats.discovery import two_shares


def test_two_shares_are_pearsons_chi_squared_of_the_table():
    """30 of 50 and 20 of 50: chi-squared is 100 (30·30 − 20·20)² / (50·50·50·50) = 4."""
    assert two_shares(0.6, 50, 0.4, 50) == pytest.approx(erfc(sqrt(4 / 2)))
    assert two_shares(0.6, 50, 0.4, 50) == pytest.approx(0.0455, abs=1e-4)


def test_shares_of_all_or_none_and_equal_shares_are_not_apart():
    assert two_shares(1, 20, 1, 30) == two_shares(0, 20, 0, 30) == two_shares(0.5, 20, 0.5, 300) == 1


@pytest.mark.parametrize("wrong", [(1.2, 10, 0.5, 10), (0.5, 0, 0.5, 10), (0.5, 10, -0.1, 10)])
def test_what_is_no_share_is_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_shares(*wrong)
