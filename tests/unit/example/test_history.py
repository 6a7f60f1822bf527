"""What happens to schools hangs together: one URN at a time, links both ways, inspections of the school that was there."""

from collections import Counter
from datetime import date

import pytest

from headway.example.history import FIRST_URN
from headway.example.inspections import GRADED_UNTIL, REPORT_CARDS_FROM, SATISFACTORY_UNTIL
from headway.example.planted import DECLINING, FAULT, IMPROVING
from headway.example.world import World, make_world

YEARS = tuple(range(2015, 2025))


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(500, 3, YEARS)


def test_a_site_is_one_establishment_in_each_year_it_is_open(world: World) -> None:
    for year in YEARS:
        sites = Counter(one.site for one in world.history.establishments if one.first <= year <= one.last)
        assert set(sites.values()) == {1}
        assert set(sites) == set(world.sites.open_in(year).nonzero()[0].tolist())


def test_urns_are_used_once_and_lie_where_no_real_one_does(world: World) -> None:
    urns = [one.urn for one in world.history.establishments]
    assert len(set(urns)) == len(urns)
    assert min(urns) >= FIRST_URN and max(urns) < 1_000_000


def test_every_link_has_its_other_side_on_the_same_day(world: World) -> None:
    sides = {(link.urn, link.other, link.kind.split(" ")[0], link.on) for link in world.history.links}
    turned = {"Predecessor": "Successor", "Successor": "Predecessor"}
    assert sides
    assert sides == {(other, urn, turned[kind], on) for urn, other, kind, on in sides}


def test_all_that_can_happen_happens_in_wrenford(world: World) -> None:
    own = {one.urn for one in world.history.establishments if world.sites.authority[one.site] == 0}
    kinds = {link.kind for link in world.history.links if link.urn in own}
    assert kinds == {"Predecessor", "Successor", "Predecessor - amalgamated", "Successor - amalgamated"}
    reasons = {one.why_closed for one in world.history.establishments if one.urn in own and one.closed}
    assert "Closure" in reasons
    assert any(one.first > 2015 and one.why_opened == "New Provision" for one in world.history.establishments if one.urn in own)


def test_a_converter_keeps_its_place_and_changes_its_urn_on_the_first_of_september(world: World) -> None:
    by_urn = {one.urn: one for one in world.history.establishments}
    for link in world.history.links:
        if link.kind == "Predecessor":
            young, old = by_urn[link.urn], by_urn[link.other]
            assert young.site == old.site and young.academy and not old.academy
            assert old.last + 1 == young.first
            assert (young.opened, old.closed) == (f"01-09-{young.first}", f"31-08-{young.first}")


def test_planted_schools_are_wrenfords_and_stay_as_they_are(world: World) -> None:
    assert Counter(truth.kind for truth in world.truths) == {IMPROVING: 3, DECLINING: 2, FAULT: 1}
    for truth in world.truths:
        assert world.sites.authority[truth.site] == 0
        assert len([one for one in world.history.establishments if one.site == truth.site]) == 1


def test_inspections_fall_in_four_eras_and_not_in_the_pandemic(world: World) -> None:
    eras = Counter(one.era for one in world.inspections.every if world.sites.authority[one.site] == 0)
    assert set(eras) == {"satisfactory", "requires_improvement", "four_judgements_2024", "report_card_2025"}
    for one in world.inspections.every:
        assert not date(2020, 3, 17) <= one.start < date(2021, 9, 1)
        assert one.start.weekday() == 1 and one.published > one.start
        overall = one.start <= GRADED_UNTIL
        assert len(one.grades) == (5 if overall else 6 if one.start >= REPORT_CARDS_FROM else 4)
        assert all(0 <= grade <= 4 for grade in one.grades)
    assert any(one.start <= SATISFACTORY_UNTIL for one in world.inspections.every)
