"""The ambitions that ship, and what an impossible one is refused for: every fault at once, with file and line."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from headway.definitions.ambition_reading import read_ambition
from headway.definitions.loading import library_for, read_library
from headway.definitions.publications import publication_of
from headway.vocabulary.errors import HeadwayError

LIBRARY = library_for()
SOUND: dict[str, Any] = {
    "title": "Close the gap",
    "words": "Close the gap",
    "owner": "us",
    "review_by": "2027-09-30",
    "reference": {"title": "A plan", "href": "https://example.org", "seen": "2026-11-22"},
    "asks": {
        "measure": "ks2.rwm_expected",
        "cut": "disadvantage=yes",
        "relation": "within",
        "amount": 5,
        "unit": "points",
        "against": {"kind": "area_average", "moves": "each_year"},
        "baseline": "2016/17",
        "due": "2019-08-31",
    },
}


def faults(tmp_path: Path, change: dict[str, Any] | None = None, **asks: Any) -> list[str]:
    """What is told of the sound ambition after a change; a field set to None is left out."""
    content = {**SOUND, **(change or {}), "asks": {**SOUND["asks"], **asks}}
    content["asks"] = {name: value for name, value in content["asks"].items() if value is not None}
    path = tmp_path / "one.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False))
    found: list[str] = []
    read_ambition("own.one", path, LIBRARY.checks_ambitions_by.without_sets(), found)
    return found


def test_the_sound_one_is_sound(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_birmingham_has_eleven_worcestershire_four_stoke_five_and_there_is_a_blueprint() -> None:
    counts = {name: sum(one.set == name for one in LIBRARY.ambitions.values()) for name in LIBRARY.ambition_sets}
    assert counts == {"birmingham_2015": 11, "worcestershire": 4, "stoke": 5, "attendance_strategy": 5}
    numbers = sorted(one.number for one in LIBRARY.ambitions.values() if one.set == "birmingham_2015")
    assert numbers == list(range(1, 12))


def test_each_measure_that_an_ambition_follows_is_in_the_calendar_of_publications() -> None:
    followed = {asks.measure for one in LIBRARY.ambitions.values() for asks in one.all_parts().values() if asks.measure}
    assert [name for name in sorted(followed) if publication_of(LIBRARY.publications, name) is None] == []


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ({"due": "2016-08-31"}, "not after its baseline 2016/17"),
        ({"due": "2017-12-31"}, "not after its baseline 2016/17"),
        ({"amount": -5}, "-5 is not above nought"),
        ({"amount": 0}, "0 is not above nought"),
        ({"amount": None}, "within how much"),
        ({"unit": None}, "points, or percent? An amount must say which"),
        ({"amount": 120, "unit": "percent"}, "more than the whole"),
        ({"measure": "ks2.nothing"}, "there is no measure 'ks2.nothing'"),
        ({"cut": "disadvantage=perhaps"}, "not a group that the library knows"),
        ({"measure": "ks1.reading_expected"}, "is not counted for disadvantage=yes"),
        ({"against": None}, "what is it set beside?"),
        ({"against": {"kind": "england"}}, "england moves every year"),
        ({"against": {"kind": "fixed"}}, "a fixed level is a number"),
        ({"against": {"kind": "fixed", "level": 140}}, "outside what ks2.rwm_expected can be"),
        ({"against": {"kind": "fixed", "level": 60, "moves": "each_year"}}, "fixed does not move"),
        ({"cut": "all"}, "sets a figure beside itself"),
        ({"relation": "reach"}, "reach takes no amount"),
        ({"relation": "rise_by"}, "rise_by is measured from its own baseline"),
        ({"relation": "stay_below", "amount": None, "unit": None}, "higher is better: stay_below would promise to get worse"),
        ({"relation": "fall_by", "against": None}, "higher is better: fall_by would promise to get worse"),
        ({"measure": "attendance.overall_absence", "cut": "looked_after=yes", "relation": "stay_above", "amount": None, "unit": None},
         "lower is better: stay_above would promise to get worse"),
        ({"measure": "context.eal", "cut": "all", "against": {"kind": "england", "moves": "each_year"}}, "neither high nor low is better"),
        ({"measure": "ks4.progress8", "unit": "percent"}, "per cent of nought means nothing"),
        ({"measure": "ks4.progress8", "due": "2025-08-31"}, "ks4.progress8 has no figure for 2024/25: These pupils have no key stage 2"),
        ({"due": "2020-08-31"}, "has no figure for 2019/20"),
        ({"due": "2023-08-31"}, "the series breaks at 2021/22"),
        ({"due": None}, "the series breaks at 2021/22"),
        ({"baseline": "2014/15"}, "ks2.rwm_expected has no figure for 2014/15"),
        ({"bridges": [{"at": "2018/19", "kind": "same_standard", "note": "x"}]}, "no break at 2018/19"),
        ({"bridges": [{"at": "2015/16", "kind": "stands_in", "note": "x"}]}, "does not name what the measure stands in for"),
        ({"measure": "ks4.attainment8", "baseline": "2015/16", "against": {"kind": "fixed", "level": 50}, "cut": "all",
          "bridges": [{"at": "2016/17", "kind": "same_standard", "note": "x"}]}, "no bridge carries a level over the break at 2016/17"),
        ({"measure": "ks4.attainment8", "baseline": "2015/16", "bridges": [{"at": "2016/17", "kind": "begun_anew", "note": "x"}]},
         "begins anew at 2016/17, after its baseline"),
        ({"relation": "every_school_at_least", "amount": None, "unit": None}, "every school of whom?"),
        ({"who": {"of": "schools"}, "cut": "looked_after=yes", "measure": "ks4.attainment8"}, "too few in a school to be judged"),
        ({"who": {"of": "schools"}, "measure": "eyfs.gld", "cut": "all"}, "not published school by school"),
        ({"who": {"of": "phase"}}, "names a phase"),
        ({"who": {"of": "family"}}, "names the urn of a school"),
        ({"tolerance": -1}, "below nought"),
        ({"lacking": {"series": "x", "years": "y", "why": "z"}}, "not both"),
    ],
)  # fmt: skip
def test_an_impossible_one_is_refused(tmp_path: Path, asks: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults(tmp_path, **asks)), faults(tmp_path, **asks)


def test_a_bridge_or_a_declared_gap_lets_it_pass(tmp_path: Path) -> None:
    bridge = {"at": "2021/22", "kind": "same_standard", "note": "The same tests."}
    assert faults(tmp_path, due="2023-08-31", bridges=[bridge]) == []
    gap = {"years": ["2019/20"], "series": "Key stage 2, 2019/20", "why": "No tests were sat."}
    assert faults(tmp_path, due="2020-08-31", gaps=[gap]) == []


def test_per_cent_in_the_words_needs_both_readings(tmp_path: Path) -> None:
    words = {"words": "to within 5 % of the average"}
    assert any("give both readings as choices" in fault for fault in faults(tmp_path, words))
    choices = {name: {"title": name, "why": "x", "sets": {"unit": name}} for name in ("points", "percent")}
    assert faults(tmp_path, {**words, "choices": choices, "chosen": "points"}) == []
    assert any("is chosen" in fault for fault in faults(tmp_path, {**words, "choices": choices, "chosen": "other"}))


def test_percentage_points_in_the_words_are_no_per_cent(tmp_path: Path) -> None:
    assert faults(tmp_path, {"words": "to within 5 % points of the average"}) == []
    assert any("say percentage points" in fault for fault in faults(tmp_path, {"words": "within 5 percentage points"}, unit="percent"))


def test_every_fault_is_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, {"parts": {"late": {"title": "late", "due": "2016-08-31"}}}, amount=-5, against={"kind": "england"})
    lines = [int(fault.removeprefix(f"{tmp_path / 'one.yaml'}:").split(":")[0]) for fault in found]
    text = (tmp_path / "one.yaml").read_text().splitlines()
    assert len(found) == 3
    assert [text[line - 1].split(":")[0].strip() for line in lines] == ["amount", "against", "due"]


def test_an_area_may_alter_an_ambition_and_add_its_own(tmp_path: Path) -> None:
    ours = LIBRARY.ambitions["birmingham_2015.neet"]
    for place, title in (("birmingham_2015/neet.yaml", "Fewer NEET, as we see it"), ("ours/gap.yaml", "Ours")):
        path = tmp_path / "ambitions" / place
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump({**SOUND, "title": title}, sort_keys=False))
    sets = {"ours": {"title": "Ours", "area": "330", "made": "2024-01-01", "reference": SOUND["reference"]}}
    (tmp_path / "ambition_sets.yaml").write_text(yaml.safe_dump(sets))
    found = read_library(tmp_path)
    assert found.ambitions["birmingham_2015.neet"].title == "Fewer NEET, as we see it" != ours.title
    assert found.ambitions["ours.gap"].set == "ours"


def test_a_folder_that_no_set_lists_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ambitions/nobody/gap.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(SOUND, sort_keys=False))
    with pytest.raises(HeadwayError, match="does not say whose promises 'nobody' are"):
        read_library(tmp_path)
