"""The picture of a promise: nought is the promise kept whichever way the measure runs, and lines never cross a missing year."""

from dataclasses import replace

from headway.charts.promise import promise
from headway.readings.ambitions.answers import Step, Verdict
from headway.vocabulary.academic_year import AcademicYear
from tests.spec.language.test_promises import RWM, answer, point

ABSENCE = replace(RWM, better="lower")


def test_a_line_never_crosses_a_year_without_a_figure() -> None:
    chart = promise(answer(Verdict.AT_RISK, point(2018, 60.0, 62.0), point(2021, 58.0, 60.0), point(2022, 59.0, 60.0)), "p", "Behind")
    assert chart.svg.count('class="own-line"') == 1  # of 2021 and 2022; 2018 stands alone
    assert chart.svg.count('class="gap"') == 2  # 2019 and 2020
    assert chart.svg.count('class="own"') == chart.narrow.count('class="own"') == 3


def heights(svg: str) -> list[float]:
    """The tops of the figures' triangles, down the page."""
    return [float(part.split(" ")[1].split("l")[0]) for part in svg.split('class="own" d="M')[1:]]


def test_up_is_nearer_to_the_promise_for_a_measure_of_which_lower_is_better() -> None:
    short, kept = point(2022, 8.0, 7.0), point(2023, 6.0, 7.0)
    short, kept = replace(short, distance=1.0), replace(kept, distance=-1.0)
    falling = replace(answer(Verdict.ON_COURSE, short, kept), measure=ABSENCE)
    first, second = heights(promise(falling, "p", "").svg)
    assert second < first
    assert [row[3] for row in promise(falling, "p", "").table[1:]] == ["−1.0", "+1.0"]


def test_a_margin_lies_about_its_figure_whichever_way_the_measure_runs() -> None:
    one = replace(point(2022, 8.0, 7.0, (7.5, 8.4)), distance=1.0)
    svg = promise(replace(answer(Verdict.AT_RISK, one), measure=ABSENCE), "p", "").svg
    ends = sorted(float(svg.split('class="own-margin"')[1].split(f'{name}="')[1].split('"')[0]) for name in ("y1", "y2"))
    (top,) = heights(svg)
    assert ends[0] < top + 6 < ends[1]


def test_the_path_to_come_is_in_the_table() -> None:
    way = tuple(Step(AcademicYear(year), left, None) for year, left in ((2022, 2.0), (2023, 1.0), (2024, 0.0)))
    chart = promise(replace(answer(Verdict.ON_COURSE, point(2022, 60.0, 62.0)), path=way), "p", "")
    assert [(row[0], row[4], row[6]) for row in chart.table[2:]] == [("2023/24", "−1.0", "to come"), ("2024/25", "0.0", "to come")]
    assert chart.svg.count('class="needed-mark"') == 3


def test_nothing_to_set_beside_is_no_picture_and_still_a_table() -> None:
    one = replace(point(2022, 60.0, 62.0), target=None, distance=None)
    chart = promise(answer(Verdict.CANNOT_TELL, one), "p", "None")
    assert chart.svg == chart.narrow == "" and chart.table[1][1] == "60.0%" and chart.table[1][3] == "–"


def test_each_verdict_has_its_own_shape() -> None:
    lane = [(AcademicYear(2015 + place), verdict, str(verdict)) for place, verdict in enumerate(Verdict)]
    years = tuple(point(2015 + place, 60.0, 61.0) for place in range(len(lane)))
    svg = promise(answer(Verdict.AT_RISK, *years), "p", "", lane).svg
    shapes = {
        part.split("</g>")[0].split("</title>")[1].translate(str.maketrans("", "", "0123456789.-")) for part in svg.split("<g><title>")[1:]
    }
    assert len(shapes) == len(Verdict)
