"""Who of a family improved more than the others: beside a naive reckoning from the readings themselves, and what it never says."""

from pathlib import Path
from statistics import fmean

import pytest

from headway.language.practices import improvers_sentence
from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, open_door
from headway.readings.establishment import of_authority
from headway.readings.families import family
from headway.readings.improvers import FEWEST, RATE, SPAN, Improvers, improvers
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

MEASURES = ("phonics.year1", "attendance.overall_absence", "ks2.rwm_expected")


@pytest.fixture
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture
def found(door: Door) -> list[Improvers]:
    there = [one.urn for one in of_authority(door, "150").values() if one.phase == "primary" and one.status == "open"]
    families = sorted((family(door, urn, PUBLIC) for urn in there), key=lambda one: -len(one.members))
    return [improvers(door, one, measure) for one in families[:8] for measure in MEASURES]


def test_changes_are_those_of_the_readings_and_beside_is_beside_the_mean(found: list[Improvers]) -> None:
    judged = [one for one in found if one.looked_at]
    assert judged
    for one in judged:
        sign = 1 if one.measure.better == "higher" else -1
        assert one.first is not None
        assert one.last is not None
        assert one.last - one.first == SPAN
        assert len(one.looked_at) >= FEWEST
        naive = {each.school.urn: sign * ((each.after.value or 0) - (each.before.value or 0)) for each in one.looked_at}
        middle = fmean(naive.values())
        for each in one.looked_at:
            assert each.change == pytest.approx(naive[each.school.urn])
            assert each.beside == pytest.approx(naive[each.school.urn] - middle)
            assert each.low < each.change < each.high
            assert each.shown == (each.q <= RATE and each.change > 0)


def test_with_a_stricter_eye_no_more_are_shown_and_the_sentence_counts_them(found: list[Improvers]) -> None:
    for one in found:
        said = improvers_sentence(one, "Pellwick")
        if one.reason:
            assert one.reason in said
            continue
        assert sum(each.q <= RATE / 10 for each in one.looked_at) <= sum(each.q <= RATE for each in one.looked_at)
        assert f"Of {len(one.looked_at)} schools" in said
        assert (f" {len(one.shown)} improved more" in said) == bool(one.shown)


def test_nobody_improves_on_what_has_no_good_direction(door: Door) -> None:
    urn = next(iter(of_authority(door, "150")))
    with pytest.raises(HeadwayError, match="neither better"):
        improvers(door, family(door, int(urn), PUBLIC), "context.fsm6")


def test_too_few_schools_say_so(door: Door) -> None:
    facts = MeasureFacts("m", "M", "M", "percent", "higher", "", "", 11)
    assert "fewer than 10" in improvers_sentence(Improvers(facts, None, None, (), 0, reason="fewer than 10 similar schools"), "Pellwick")
