"""The caterpillar: a mark is filled where the school's interval leaves out nought, and everybody is in the table."""

from dataclasses import replace

from headway.charts.caterpillar import caterpillar
from headway.stats.value_added.comparison import PAIR, Z95
from tests.spec.language.test_value_added import comparison, school


def test_filled_marks_are_those_beyond_chance_whatever_the_interval_drawn() -> None:
    of = comparison(school(5.0, 1.0, 5.0, 900_001), school(1.5, 1.0, 0.0, 900_002), school(-4.0, 1.0, 0.5, 900_003))
    for half in (Z95, PAIR):
        chart = caterpillar(of, half, "c", "Two stand apart")
        assert (chart.svg.count('class="own"'), chart.svg.count('class="own-care"')) == (3, 3)
        assert chart.narrow.count('class="own-margin"') == 6
        assert chart.title == "Two stand apart"
        assert "<title>Pellwick School: +5 given prior attainment, +5 with context</title>" in chart.svg
        assert len(chart.table) == 4 and chart.table[1][1] == "+5"


def test_nothing_to_draw() -> None:
    assert caterpillar(comparison(), Z95, "c", "").svg == ""


def test_of_hundreds_only_those_picked_out_are_named_and_all_are_drawn() -> None:
    many = [replace(school(at / 10 - 15, 1.0, urn=900_000 + at), name=f"School {at}") for at in range(300)]
    chart = caterpillar(comparison(*many), Z95, "c", "Many", {900_007})
    for drawn in (chart.svg, chart.narrow):
        assert drawn.count('class="own-margin"') == 600 and drawn.count('class="band"') == 1
        assert ">School 7</text>" in drawn and ">School 8</text>" not in drawn
        assert float(drawn.split(' height="')[1].split('"')[0]) < 2_500
    assert len(chart.table) == 301 and "School 7: −14.3 given prior attainment" in chart.alt


def test_both_panels_have_one_scale() -> None:
    chart = caterpillar(comparison(school(2.0, 1.0, 2.0)), Z95, "c", "One")
    first, second = (float(part.split('"')[0]) for part in chart.svg.split('<circle class="own" cx="')[1:3])
    assert second - first == 370.0  # the distance of the panels
