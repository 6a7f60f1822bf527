"""The frontier holds every threshold in its table and a mark, and days for a hundred schools; one threshold is no picture."""

from dataclasses import replace

import pytest

from headway.charts.frontier import by_lot, frontier
from headway.readings.tier_backtest.answers import Threshold
from headway.stats.detection import Picked
from tests.spec.language.test_backtests import FOUND

LINES = (Threshold(1, Picked(500, 120, 150, 1000), 700, 9000.0), Threshold(4, Picked(80, 36, 150, 1000), 100, 3000.0))


def test_every_threshold_is_in_the_table_and_drawn_at_its_days_for_a_hundred_schools() -> None:
    chart = frontier(replace(FOUND, frontier=LINES), "x")
    assert chart.table[1:] == (("1 point", "600", "80%", "50%", "24%"), ("4 points", "200", "24%", "8%", "45%"))
    for drawn in (chart.svg, chart.narrow):
        assert drawn.count('class="own"') == 2
    assert chart.title == "More days reach more of the schools that later fell: from 24% to 80%"
    assert by_lot(LINES[1]) == pytest.approx(0.08)


def test_one_threshold_or_none_that_flags_is_no_picture_and_keeps_its_table() -> None:
    none = Threshold(9, Picked(0, 0, 150, 1000), 0, 100.0)
    chart = frontier(replace(FOUND, frontier=(LINES[1], none)), "x")
    assert chart.svg == "" and len(chart.table) == 2
