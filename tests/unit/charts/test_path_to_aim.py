"""The drawing of a path holds every point and figure in its table, and nothing for no path."""

from datetime import date

from headway.charts.path_to_aim import path_to_aim

START = (date(2026, 9, 1), 50.0)
POINTS = (("Autumn term 2026", date(2026, 12, 18), 55.0), ("Spring term 2027", date(2027, 3, 25), 60.0))


def test_every_point_and_figure_is_in_the_table_and_marked() -> None:
    chart = path_to_aim(START, POINTS, [(date(2026, 8, 31), 48.0)], "percent", "x", "A title")
    assert chart.table[1:] == (("Autumn term 2026", "55.0%", ""), ("Spring term 2027", "60.0%", ""), ("2025/26", "", "48.0%"))
    assert chart.svg.count("<circle") == 3 and "From 50.0% to 60.0% by Spring term 2027." in chart.svg


def test_no_path_is_no_picture() -> None:
    assert path_to_aim(START, (), [], "percent", "x", "A title").svg == ""
