"""What changed in a family since last year, beside a naive twin of the example's own tables; and how it is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from headway.language.families import change_words
from headway.readings.door import Door, open_door
from headway.readings.families import family
from headway.readings.family_changes import FamilyChange, family_change
from headway.readings.schools import establishments
from headway.vocabulary.viewer import PUBLIC

MEASURES = ("ks2.rwm_expected", "attendance.overall_absence")


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def changed(door: Door) -> list[tuple[int, FamilyChange]]:
    urns = [one.urn for one in establishments(door, "150") if one.phase == "primary" and one.status == "open"]
    told = [(urn, family_change(door, family(door, urn, PUBLIC), MEASURES)) for urn in urns]
    return [(urn, change) for urn, change in told if change is not None]


def test_joined_and_left_are_the_difference_of_the_two_years_members(door: Door, changed: list[tuple[int, FamilyChange]]) -> None:
    assert any(change.joined for _, change in changed) and any(change.left for _, change in changed)
    for urn, change in changed:
        [(members, inside, last)] = door.lookup.rows(
            "SELECT f.members, inside_caliper, last_year FROM family f JOIN family_of USING (urn, method) "
            "WHERE urn = ? AND method = 'intake'",
            [urn],
        )
        now, then = set(members[:inside]), set(last)
        assert {one.urn for one in change.joined} == now - then
        assert {one.urn for one in change.left} == then - now
        assert change.stayed == len(now & then)


def test_the_mean_with_last_years_family_is_that_of_its_schools(door: Door, changed: list[tuple[int, FamilyChange]]) -> None:
    rows = door.lookup.readings(early=False, level="school", where="measure = ? AND cut = 'all'", values=[MEASURES[0]])
    figures = {(int(row[1]), row[3]): row[5] for row in rows if row[5] is not None}
    looked = 0
    for urn, change in changed:
        [(last,)] = door.lookup.rows("SELECT last_year FROM family WHERE urn = ? AND method = 'intake'", [urn])
        means = next((one for one in change.means if one.measure.id == MEASURES[0]), None)
        for year, _, then in means.years if means else ():
            theirs = [figures[(member, year.start)] for member in last if (member, year.start) in figures]
            if then is not None and len(theirs) == len(last):  # without predecessors, whose figures count too
                assert then == pytest.approx(sum(theirs) / len(theirs), abs=1e-4)
                looked += 1
    assert looked > 10


def test_the_words_agree_with_the_numbers(changed: list[tuple[int, FamilyChange]]) -> None:
    for _, change in changed:
        said = change_words(change)
        assert ("same schools" in said) == (not change.joined and not change.left)
        newest = [one.newest for one in change.means if one.newest]
        if newest and (change.joined or change.left) and all(abs(now - then) < 0.04 for _, now, then in newest):
            assert "is the same with last year’s schools" in said
    _, one = changed[0]
    assert "no school joined the family and none left it" not in change_words(replace(one, joined=(), left=()))


def test_by_another_method_nothing_is_told(door: Door, changed: list[tuple[int, FamilyChange]]) -> None:
    assert family_change(door, family(door, changed[0][0], PUBLIC, "intake_equal"), MEASURES) is None
