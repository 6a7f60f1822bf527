"""Gaps between groups on the example area: signs, margins, pooling; and where an area's gap to England lies, by a naive twin."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.gap_views import concentration_words, gap_words
from headway.readings.door import Door, open_door
from headway.readings.gaps import Gap, _enough, concentration, gaps
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

WHO = Viewer("somebody", at_keyboard=True)
GROUPS = ("disadvantaged pupils", "the others")


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


def found(door: Door, measure: str = "ks2.rwm_expected", level: Level = Level.AUTHORITY, place: str = "") -> dict[str, Gap]:
    place = place or door.published.areas[0][0]
    return {gap.kind: gap for gap in gaps(door, WHO, measure=measure, level=level, place=place)}


def test_a_group_with_lower_results_is_behind_and_its_margin_holds_the_gap(door):
    gap = found(door)["disadvantage"]
    for one in gap.years:
        assert one.behind_national == pytest.approx(one.national.value - one.group.value)
        assert one.behind_here == pytest.approx(one.here.value - one.group.value)
        for size, (low, high) in ((one.behind_national, one.national_limits), (one.behind_here, one.here_limits)):
            assert low < size < high
    assert gap.newest.behind_national > 0


def test_more_absence_is_behind_too(door):
    gaps_of_absence = found(door, "attendance.persistent_absence")
    for gap in gaps_of_absence.values():
        if gap.newest.behind_national is not None:
            assert gap.newest.behind_national == pytest.approx(gap.newest.group.value - gap.newest.national.value)


def test_a_small_group_is_pooled_over_three_years_or_not_shown(door):
    codes = [school.urn for school in _schools(door)]
    small = [gap for urn in codes for gap in found(door, level=Level.SCHOOL, place=str(urn)).values() if gap.small]
    assert small
    for gap in small:
        if gap.newest is not None:
            assert gap.newest.pooled == 3
            assert gap.newest.group.denominator > (gap.years[-1].group.denominator or 0)
            assert "three years" in gap_words(gap, *GROUPS)
        else:
            assert gap_words(gap, *GROUPS).startswith("Too few")


def _schools(door):
    from headway.readings.schools import establishments

    return [one for one in establishments(door, door.published.areas[0][0]) if one.status == "open" and one.phase == "primary"]


def test_the_shares_of_the_schools_add_up_to_the_areas_gap(door):
    area = door.published.areas[0][0]
    for start in (2017, 2018, 2022, 2023):
        of = concentration(door, WHO, measure="ks2.rwm_expected", authority=area, year=AcademicYear(start))
        pupils = sum(share.reading.denominator for share in of.shares)
        assert sum(share.pupils for share in of.shares) == pytest.approx(of.pupils)
        assert of.pupils == pytest.approx((of.england - of.area) / 100 * pupils)
        assert str(len(of.shares)) in concentration_words(of) or of.pupils <= 0


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=8))
def test_enough_is_the_fewest_schools_that_close_the_gap(parts):
    class Part:
        def __init__(self, pupils: int) -> None:
            self.pupils = pupils

    ordered = [Part(one) for one in sorted(parts, reverse=True)]
    lacking = sum(parts)
    if lacking <= 0:
        assert _enough(ordered, lacking) == 0
        return
    fewest = next(many for many in range(1, len(parts) + 1) if any(sum(some) >= lacking for some in combinations(parts, many)))
    assert _enough(ordered, lacking) == fewest


@pytest.mark.parametrize(
    ("before", "now", "word"), [(24.0, 28.5, "widened"), (28.5, 24.0, "narrowed"), (-3.0, -5.0, "widened"), (4.0, -4.0, "as wide")]
)  # fmt: skip
def test_the_word_for_a_gap_goes_by_its_size(door, before, now, word):
    gap = found(door)["disadvantage"]
    last = gap.years[-1]
    changed = replace(gap, years=(replace(gap.years[-2], behind_national=before), last), newest=replace(last, behind_national=now))
    said = gap_words(changed, *GROUPS)
    assert word in said
    assert ("behind" in said) == (now > 0)
    assert ("ahead of" in said) == (now < 0)
    assert all(other not in said for other in {"widened", "narrowed", "as wide"} - {word})
