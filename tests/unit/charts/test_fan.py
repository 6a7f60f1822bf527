"""The fan: the past, England, the bands, the path needed, and the same in words."""

from dataclasses import replace

from headway.charts.fan import fan
from headway.language.forecasts import between, chance_words, outlook_words, tried_words
from headway.readings.answers import BreakMark, MeasureFacts
from headway.readings.forecasting.answers import FanYear, Outlook, Tried
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status

MEASURE = MeasureFacts(
    "ks2.rwm_expected", "Reading, writing and maths", "Reading, writing and maths", "percent", "higher", "", "ks2_end", 11
)
Y = AcademicYear


def _reading(year: int, value: float, level: Level = Level.AUTHORITY) -> Reading:
    return Reading(
        level, "990", "Wrenford", MEASURE.id, Y(year), "all", value, None, None, None, None, Status.PUBLISHED, Status.NOT_PUBLISHED,
        Status.NOT_PUBLISHED, "percent", "higher", Release.FINAL, "lait.series", "file.csv", 1, "", None, None, "s",
    )  # fmt: skip


OWN = tuple(_reading(year, value) for year, value in ((2017, 60.0), (2018, 61.0), (2021, 57.0), (2022, 58.0)))
ENGLAND = tuple(_reading(year, value, Level.ENGLAND) for year, value in ((2017, 64.0), (2018, 65.0), (2021, 59.0), (2022, 60.0)))
BROKEN = (BreakMark(Y(2021), "comparable_with_care", "None were sat in between."),)
FAN = (FanYear(Y(2023), 55.0, 57.0, 58.5, 60.0, 62.0),)
WHY = ((Y(2024), "Tried two years ahead on two past years, it was worse than the last value alone, so it is not shown."),)
LEVEL = Outlook("990", "Wrenford", MEASURE, "all", False, None, OWN, ENGLAND, BROKEN, FAN, WHY, (Tried(1, 4, 0.94, "last"),))
GAP = replace(LEVEL, gap=True, fan=(FanYear(Y(2023), -4.0, -2.8, -1.9, -1.1, 0.2),))


def test_everything_in_the_picture_is_in_its_words_and_its_table() -> None:
    drawn = fan(LEVEL, "x", needed=((Y(2022), 59.0), (Y(2023), 61.0)))
    for kind in ("fan-wide", "fan-half", "fan-middle", "own-line", "england-line", "needed-line", "needed-end", "break"):
        assert f'class="{kind}"' in drawn.svg
        assert f'class="{kind}"' in drawn.narrow
    assert "2023/24 four times in five from 55.0% to 62.0%" in drawn.alt
    assert "Needed: 2022/23 59.0%, 2023/24 61.0%" in drawn.alt
    assert "The series changed in 2021/22" in drawn.alt
    rows = {row[0]: row for row in drawn.table}
    assert rows["2023/24"] == ("2023/24", "–", "–", "57.0% to 60.0%", "55.0% to 62.0%", "61.0%")
    assert rows["2024/25"][3].startswith("Tried two years ahead")
    assert rows["2018/19"][1:3] == ("61.0%", "65.0%")


def test_no_line_is_drawn_across_missing_years() -> None:
    assert fan(LEVEL, "x").svg.count('class="own-line"') == 2
    assert 'width="310"' in fan(LEVEL, "x").narrow


def test_of_a_gap_england_is_the_line_at_nought_and_words_say_above_or_below() -> None:
    drawn = fan(GAP, "x")
    assert ">England</text>" in drawn.svg
    assert "2022/23 2.0 below England" in drawn.alt
    assert {row[0]: row for row in drawn.table}["2023/24"][4] == "4.0 below England to 0.2 above England"


def test_without_a_forecast_the_picture_says_why_and_without_figures_there_is_none() -> None:
    none = replace(LEVEL, fan=(), no_forecast_because="Too few comparable years.")
    assert "fan-wide" not in fan(none, "x").svg
    assert "No forecast: Too few comparable years." in fan(none, "x").alt
    assert outlook_words(none) == "Reading, writing and maths in Wrenford: no forecast. Too few comparable years."
    assert fan(replace(LEVEL, readings=(), fan=()), "x").svg == ""


def test_what_is_said_of_a_fan() -> None:
    assert outlook_words(LEVEL) == (
        "Reading, writing and maths in Wrenford: in 2023/24 it is as likely as not to be between 57.0% and 60.0%, "
        "and four times in five between 55.0% and 62.0%."
    )
    assert between(-4.0, -1.1, GAP) == "1.1 and 4.0 points below England"
    assert between(-4.0, 0.2, GAP) == "4.0 points below England and 0.2 points above England"
    assert between(-0.01, 2.0, GAP) == "level with England and 2.0 points above England"
    assert (
        tried_words(LEVEL.tested[0])
        == "Tried one year ahead on the four past years it was chosen by, such forecasts were 6% closer than the last value alone."
    )


def test_a_chance_is_told_no_finer_than_the_past_bears_out() -> None:
    said = {chance: chance_words(chance) for chance in (0.01, 0.049, 0.06, 0.33, 0.5, 0.93, 0.97)}
    assert list(said.values()) == [
        "fewer than 5 in 100", "fewer than 5 in 100", "about 5 in 100", "about 35 in 100", "about 50 in 100", "about 95 in 100",
        "more than 95 in 100",
    ]  # fmt: skip
