"""The map of a measure: a mark's shape is what the margin says, every school drawn or counted."""

from hypothesis import given
from hypothesis import strategies as st

from headway.charts.measure_map import SAID, counted, measure_map
from headway.language.maps import map_sentence
from headway.readings.answers import Distribution
from headway.readings.margins import against, margin
from tests.factories.lines import ABSENCE, RWM, reading
from tests.unit.charts.test_charts import establishment

FIGURES, SIZES = st.floats(0, 100).map(lambda value: round(value, 1)), st.none() | st.integers(1, 300)


@given(st.sampled_from([RWM, ABSENCE]), FIGURES, SIZES, FIGURES)
def test_a_school_stands_apart_only_beyond_its_margin_and_on_the_side_that_is_better(facts, value, size, england):
    one = reading("2023/24", value, facts, size)
    limits, stands = margin(one, facts), against(one, facts, england)
    if limits is None:
        assert stands == "unknown"
    elif limits[0] <= england <= limits[1]:
        assert stands == "level"
    else:
        ahead = (value > england) == (facts.better == "higher")
        assert stands == ("better" if ahead else "behind")


def spread(*values):
    at = {"latitude": 52.1, "longitude": -1.1, "placed_by": "coordinates"}
    rows = tuple((establishment(100_001 + place, "A", **at), reading("2023/24", value, RWM, 100)) for place, value in enumerate(values))
    return Distribution(RWM, rows[0][1].year, rows, {})


def test_every_school_with_a_figure_is_drawn_by_its_shape_and_stands_in_the_table():
    of = spread(90.0, 62.0, 61.0, 20.0, 25.0)
    chart = measure_map(of, 62.0, [], "m", "/schools/{urn}/")
    assert (chart.svg.count("is-better"), chart.svg.count('<rect class="spot is-behind"'), chart.svg.count('"spot near"')) == (1, 2, 2)
    assert [row[2] for row in chart.table[1:]] == [SAID[one] for one in ("better", "level", "level", "behind", "behind")]
    assert "/schools/100004/" in chart.svg and "1 better than England" in chart.alt and "2 behind England" in chart.alt
    assert "of 5 schools one is better and two behind" in map_sentence(of, 62.0)


def test_nothing_to_judge_is_said():
    assert counted([]) == "."
    assert "No school has a margin" in map_sentence(Distribution(RWM, spread(50.0).year, (), {}), 62.0)
