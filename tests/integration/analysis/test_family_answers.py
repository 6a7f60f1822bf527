"""What the door tells of families: who, why, by whose weights, and whom to learn from."""

from dataclasses import replace
from math import erfc, sqrt
from pathlib import Path

import pytest

from headway.language.families import family_sentences, partners_sentence, why_words
from headway.readings.door import Door, open_door
from headway.readings.families import Family, family
from headway.readings.margins import margin
from headway.readings.partners import RATE, partners
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

MEASURE = "ks2.rwm_expected"


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def found(door: Door) -> Family:
    """The school with the fullest family."""
    [(urn,)] = door.lookup.rows(
        "SELECT urn FROM family_of WHERE phase = 'primary' AND method = 'intake' ORDER BY inside_caliper DESC, urn LIMIT 1"
    )
    return family(door, urn, PUBLIC)


def test_members_stand_nearest_first_inside_the_caliper(found: Family) -> None:
    distances = [member.distance for member in found.members]
    assert len(distances) >= 5
    assert distances == sorted(distances)
    assert found.furthest == distances[-1] <= found.caliper
    assert found.establishment.urn not in {member.establishment.urn for member in found.members}


def test_a_distance_is_made_of_its_attributes(found: Family) -> None:
    for member in found.members:
        assert member.distance == pytest.approx(sqrt(sum(one.weight * one.apart**2 for one in member.attributes)), abs=1e-5)
        for one in member.attributes:
            assert one.alike == ("similar" if one.apart <= 0.5 else "less" if one.apart <= 1.0 else "not")
            assert (one.own == one.theirs) <= (one.alike == "similar")


def test_the_words_name_every_attribute_once(found: Family) -> None:
    told = why_words(found.members[0])
    assert all(told.count(one.measure.short.removesuffix(", %")[1:]) >= 1 for one in found.members[0].attributes)
    assert f"{len(found.members)} similar schools" in family_sentences(found)[0]


def test_the_weights_of_a_method_given_as_ones_own_find_the_same_family(door: Door, found: Family) -> None:
    weights = {one.measure.id: one.weight for one in found.members[0].attributes}
    own = family(door, found.establishment.urn, PUBLIC, weights=weights)
    assert [member.establishment.urn for member in own.members] == [member.establishment.urn for member in found.members]
    assert [member.distance for member in own.members] == pytest.approx([member.distance for member in found.members], abs=1e-6)


def test_one_weight_alone_finds_those_alike_on_it(door: Door, found: Family) -> None:
    own = family(door, found.establishment.urn, PUBLIC, weights={"context.eal": 3.0})
    assert all(
        one.apart == pytest.approx(member.distance)
        for member in own.members
        for one in member.attributes
        if one.measure.id == "context.eal"
    )


@pytest.mark.parametrize("weights", [{}, {"context.eal": -1.0}, {"ks2.rwm_expected": 1.0}])
def test_weights_that_are_none_are_refused(door: Door, found: Family, weights: dict[str, float]) -> None:
    with pytest.raises(HeadwayError, match="H-USAGE-51"):
        family(door, found.establishment.urn, PUBLIC, weights=weights)


def test_an_unknown_method_is_refused_with_those_there_are(door: Door, found: Family) -> None:
    with pytest.raises(HeadwayError, match=r"H-USAGE-50.*intake_equal"):
        family(door, found.establishment.urn, PUBLIC, method="by_name")


def test_a_phase_without_families_says_why(door: Door) -> None:
    [(urn,)] = door.lookup.rows("SELECT urn FROM family_of WHERE phase = 'nursery' LIMIT 1")
    none = family(door, urn, PUBLIC)
    assert none.members == () and none.reason
    assert none.reason in family_sentences(none)[0]


def test_partners_are_better_beyond_chance_among_all_looked_at(door: Door, found: Family) -> None:
    answer = partners(door, found, PUBLIC, MEASURE)
    assert answer.own is not None and answer.looked_at
    facts, own = answer.measure, answer.own
    own_limits = margin(own, facts)
    assert own_limits is not None
    chance = {}
    for one in answer.looked_at:
        limits = margin(one.reading, facts)
        assert limits is not None and one.reading.year == own.year
        spread = sqrt((own_limits[1] - own_limits[0]) ** 2 + (limits[1] - limits[0]) ** 2) / (2 * 1.959963984540054)
        chance[one.member.establishment.urn] = 0.5 * erfc((one.reading.value - own.value) / spread / sqrt(2))
        assert one.shown == (one.q <= RATE and one.shrunken > 0)
        assert abs(one.shrunken) <= max(abs(one.better_by), 100) and one.better_by == pytest.approx(one.reading.value - own.value)
    ordered = sorted(chance.values())
    passing = [rank for rank, p in enumerate(ordered, 1) if p * len(ordered) / rank <= RATE]
    limit = ordered[max(passing) - 1] if passing else -1
    assert {urn for urn, p in chance.items() if p <= limit} >= {one.member.establishment.urn for one in answer.shown}
    assert len(answer.looked_at) + answer.not_judged == len(found.members)
    assert str(len(answer.looked_at)) in partners_sentence(answer)


def test_a_low_measure_is_better_when_it_is_lower(door: Door, found: Family) -> None:
    answer = partners(door, found, PUBLIC, "attendance.persistent_absence")
    for one in answer.looked_at:
        assert answer.own is not None and one.better_by == pytest.approx(answer.own.value - one.reading.value)


def test_nobody_does_better_at_being_large(door: Door, found: Family) -> None:
    with pytest.raises(HeadwayError, match="H-VALIDITY-13"):
        partners(door, found, PUBLIC, "context.roll")


def test_without_members_nobody_is_a_partner(door: Door, found: Family) -> None:
    answer = partners(door, replace(found, members=()), PUBLIC, MEASURE)
    assert answer.looked_at == () and answer.reason
