"""The caterpillar: a mark is filled where the school's interval leaves out nought, and everybody is in the table."""

from headway.charts.caterpillar import caterpillar
from headway.stats.value_added.comparison import PAIR, Z95
from tests.spec.language.test_value_added import comparison, school


def test_filled_marks_are_those_beyond_chance_whatever_the_interval_drawn() -> None:
    of = comparison(school(5.0, 1.0, 5.0, 900_001), school(1.5, 1.0, 0.0, 900_002), school(-4.0, 1.0, 0.5, 900_003))
    for half in (Z95, PAIR):
        chart = caterpillar(of, half, "c")
        assert (chart.svg.count('class="own"'), chart.svg.count('class="own-care"')) == (3, 3)
        assert chart.narrow.count('class="own-margin"') == 6
        assert len(chart.table) == 4 and chart.table[1][1] == "+5"


def test_nothing_to_draw() -> None:
    assert caterpillar(comparison(), Z95, "c").svg == ""
