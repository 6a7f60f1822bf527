"""Drawings are valid, escaped, say what they cannot show, and never draw a line across a gap or a break."""

import re
import time
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from headway.charts.area_map import area_map
from headway.charts.distribution import distribution
from headway.charts.lanes import lanes
from headway.charts.multiples import multiples, years_table
from headway.charts.side_by_side import side_by_side
from headway.charts.sparkline import sparkline
from headway.charts.trend import trend
from headway.readings.answers import BreakMark, Distribution, Establishment, Gap, InspectionEvent
from headway.vocabulary.status import Status
from tests.factories import lines as make

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'St <Mary> & "All" Saints'
PANDEMIC = Gap(make.year("2019/20"), make.year("2020/21"), "no tests or published results in the pandemic")


def drawn(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)


def classed(svg, kind):
    return [item for item in drawn(svg).iter() if item.get("class") == kind]


def xs(item):
    return [float(x) for x in re.findall(r"[ML]([\d.]+) ", item.get("d"))]


def a_line(**options):
    own = make.trend(
        *(make.reading(at, value, n=30, name=NASTY) for at, value in [("2017/18", 55), ("2018/19", 60), ("2021/22", 58), ("2022/23", 61)]),
        make.reading("2023/24", None, status=Status.SUPPRESSED, name=NASTY),
        gaps=(PANDEMIC,),
        **options,
    )
    england = make.trend(make.reading("2018/19", 65, name="England"), make.reading("2022/23", 60, name="England"))
    return make.line(own, england=england)


def establishment(urn, name, **known):
    return Establishment(
        **(dict.fromkeys(Establishment.__dataclass_fields__, "") | {"latitude": None, "longitude": None, "urn": urn, "name": name} | known)
    )


def spread():
    rows = tuple((establishment(900000 + index, NASTY), make.reading("2023/24", 40.0 + index % 7)) for index in range(30))
    return Distribution(make.RWM, make.year("2023/24"), rows, {"withheld to protect people": 2})


def event(scale, on, judgement, words):
    return InspectionEvent(900123, on, on, scale, judgement, "2", words, "ofsted")


EVENTS = [
    event("four_grades", date(2014, 5, 1), "overall_effectiveness", "Requires improvement"),
    event("four_grades", date(2019, 5, 1), "overall_effectiveness", "Good"),
    event("report_card_2025", date(2025, 11, 25), "inclusion", "Strong standard"),
    event("report_card_2025", date(2025, 11, 25), "achievement", "Expected standard"),
]
RING = ((-1.2, 52.0), (-1.0, 52.0), (-1.0, 52.2), (-1.2, 52.2))
SCHOOLS = (
    establishment(900123, NASTY, latitude=52.1, longitude=-1.1, placed_by="coordinates"),
    establishment(900124, "Second", latitude=52.05, longitude=-1.15, placed_by="locality"),
    establishment(900125, "Third"),
)
SCALES = {"four_grades": "Overall grade & <all>", "report_card_2025": "Report card"}


def a_map():
    return area_map(SCHOOLS, (RING,), "k", "Wrenford", "/schools/{urn}/")


def some_lanes(events=EVENTS):
    return lanes(events, SCALES, "k", date(2026, 1, 1))


CHARTS = {
    "trend": lambda: trend(a_line(), "k"),
    "side": lambda: side_by_side(a_line(), "k"),
    "spark": lambda: sparkline(a_line().own, "k"),
    "spread": lambda: distribution(spread(), "k", href="/schools/{urn}/"),
    "lanes": some_lanes,
    "map": a_map,
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_named_and_without_styles(name):
    chart = CHARTS[name]()
    for svg in filter(None, (chart.svg, chart.narrow)):
        root = drawn(svg)
        ids = [item.get("id") for item in root.iter() if item.get("id")]
        assert root.get("role") == ("group" if "<a " in svg else "img")
        assert {root.get("aria-labelledby"), root.get("aria-describedby")} == set(ids)
        assert len(ids) == 2
        assert not re.search(r"style=|<script|on\w+=", svg)
    assert float(drawn(chart.narrow or chart.svg).get("width")) <= 330
    assert chart.title
    assert chart.alt
    assert len({len(row) for row in chart.table}) == 1
    assert len(chart.table) > 1


@pytest.mark.parametrize("name", ["side", "spread", "map"])
def test_names_are_escaped(name):
    svg = CHARTS[name]().svg
    assert "<Mary>" not in svg
    assert "&lt;Mary&gt;" in svg


def test_no_line_runs_across_missing_years():
    svg = trend(a_line(), "k").svg
    lines = classed(svg, "own-line")
    assert len(lines) == 2
    assert max(xs(lines[0])) < min(xs(lines[1]))
    assert len(classed(svg, "gap")) == 2
    assert "no tests" in svg


def test_no_line_runs_across_a_break():
    whole = make.line(make.trend(*(make.reading(f"20{at}/{at + 1}", 50 + at) for at in range(15, 20))))
    marks = (BreakMark(make.year("2017/18"), "not_comparable", "new tests"),)
    broken = replace(whole, own=replace(whole.own, breaks=marks))
    assert len(classed(trend(whole, "k").svg, "own-line")) == 1
    svg = trend(broken, "k").svg
    assert len(classed(svg, "own-line")) == 2
    assert len(classed(svg, "break")) == 1
    assert "comparable</text>" in svg
    assert len(classed(sparkline(broken.own, "k").svg, "own-line")) == 2


def test_england_is_not_joined_across_years_either():
    assert classed(trend(a_line(), "k").svg, "england-line") == []


def test_a_suppressed_year_has_no_point_and_says_so():
    chart = trend(a_line(), "k")
    assert len(classed(chart.svg, "own")) == 4
    assert "2023/24 withheld to protect people" in chart.alt
    assert chart.table[-1][:2] == ("2023/24", "withheld to protect people")


def test_a_margin_is_drawn_where_the_cohort_gives_one():
    assert len(classed(trend(a_line(), "k").svg, "own-margin")) == 4
    sessions = make.line(make.trend(make.reading("2023/24", 7.1, make.ABSENCE, n=9000), measure=make.ABSENCE))
    assert classed(trend(sessions, "k").svg, "own-margin") == []


def test_a_comparator_without_a_value_in_the_year_is_said():
    chart = side_by_side(make.line(make.trend(make.reading("2023/24", 60)), england=make.trend(make.reading("2022/23", 59))), "k")
    assert chart.table[-1] == ("England", "no figure this year")
    assert "no figure this year" in chart.svg


def test_the_newest_year_that_others_have_too_is_set_side_by_side():
    own = make.trend(make.reading("2022/23", 60), make.reading("2023/24", 70))
    chart = side_by_side(make.line(own, england=make.trend(make.reading("2022/23", 59))), "k")
    assert chart.table[1:] == (("Pellwick Primary School", "60.0%"), ("England", "59.0%"))
    assert chart.title.endswith("2022/23, the newest year that others have too")


def test_a_long_name_is_set_in_lines_not_cut():
    name = "St Aldhelm and All Saints Church of England Primary Academy"
    chart = side_by_side(make.line(make.trend(make.reading("2023/24", 60, name=name))), "k")
    assert "…" not in chart.svg.replace("<desc", "").split("<text")[1]
    drawn = " ".join(re.findall(r'class="mine">([^<]+)</text>', chart.svg))
    assert drawn.startswith("St Aldhelm and All Saints Church of England")


def test_each_scale_has_its_lane_and_grades_are_not_merged():
    chart = some_lanes()
    assert len(classed(chart.svg, "lane")) == 2
    assert "2 judgements" in chart.svg
    assert len(chart.table) == 5


def test_every_school_of_a_spread_is_a_dot_and_the_hidden_are_counted():
    chart = distribution(spread(), "k")
    assert len(classed(chart.svg, "spot")) == len(classed(chart.narrow, "spot")) == 30
    assert chart.table[-1] == ("2 schools", "withheld to protect people")


def test_the_map_counts_who_is_not_on_it_and_keeps_its_proportions():
    chart = a_map()
    assert "1 cannot be placed" in chart.alt
    assert len(classed(chart.svg, "spot")) == len(classed(chart.svg, "spot near")) == 1
    numbers = [float(n) for n in re.findall(r"[\d.]+", classed(chart.svg, "land")[0].get("d"))]
    width, height = max(numbers[::2]) - min(numbers[::2]), max(numbers[1::2]) - min(numbers[1::2])
    assert width / height == pytest.approx(0.614, abs=0.01)  # the cosine of 52.1 degrees


@pytest.mark.parametrize(
    "empty",
    [
        lambda: trend(make.line(make.trend()), "k"),
        lambda: side_by_side(make.line(make.trend()), "k"),
        lambda: sparkline(make.trend(), "k"),
        lambda: distribution(Distribution(make.RWM, make.year("2023/24"), (), {}), "k"),
        lambda: some_lanes([]),
        lambda: area_map((), (), "k", "Wrenford"),
    ],
)
def test_nothing_to_draw_is_words_and_no_picture(empty):
    chart = empty()
    assert chart.svg == chart.narrow == ""
    assert chart.alt


def test_a_page_of_twenty_is_quick():
    of = a_line()
    begun = time.process_time()
    for index in range(10):
        trend(of, f"k{index}")
        side_by_side(of, f"k{index}")
    assert time.process_time() - begun < 0.05  # about 6 ms on an idle machine


def test_small_multiples_share_one_scale_and_draw_no_line_over_what_is_missing():
    lines = [a_line(), make.line(make.trend(make.reading("2022/23", 5.0, n=30), make.reading("2023/24", 8.0, n=30))), None]
    panels = multiples(lines, [NASTY, "second", "third"], "k")
    ticks = [[item.text for item in drawn(panel.svg).iter(f"{SVG}text")] for panel in panels[:2]]
    assert ticks[0] == ticks[1]
    assert (panels[2].svg, panels[2].alt) == ("", "No figure has been published.")
    assert len(classed(panels[0].svg, "own-line")) == 2  # before and after the pandemic
    assert drawn(panels[0].svg).find(f"{SVG}title").text == NASTY
    heights = [float(item.get("cy")) for panel in panels[:2] for item in classed(panel.svg, "own")]
    assert min(heights[:4]) < min(heights[4:])  # 55 to 61% stand above 5 and 8%, since the scale is one


def test_the_years_of_small_multiples_say_why_a_value_is_missing():
    head, *rows = years_table([a_line(), None], [NASTY, "none"])
    told = {row[0]: row[1:] for row in rows}
    assert head == ("Year", NASTY, "none", "What changed")
    assert told["2018/19"][:2] == ("60.0%", "–")
    assert told["2019/20"][0] == PANDEMIC.reason
    assert told["2023/24"][0] == Status.SUPPRESSED.words
    assert [row[0] for row in rows] == sorted(told, reverse=True)
