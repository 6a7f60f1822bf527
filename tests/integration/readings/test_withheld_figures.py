"""Attacks on withheld figures of schools: the doors as they are give nothing, and doors with a planted fault are found out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.readings import withheld_figures as attack
from headway.readings.door import Door, open_door
from headway.readings.groups import GroupSeries

MEASURES = ("ks2.rwm_expected", "ks4.attainment8", "attendance.overall_absence")


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def found(door: Door) -> attack.Figures:
    return attack.figures(door, "150", MEASURES)


def test_nothing_withheld_follows_from_groups_or_totals(door: Door, found: attack.Figures) -> None:
    assert found.many > 5  # there is something to attack
    groups, totals = attack.by_groups(door, found), attack.by_totals(door, "150", found)
    assert groups.tried > 5 and not groups.found
    assert totals.tried == found.many and not totals.found


def test_a_mean_that_takes_a_withheld_figure_in_is_found_out(door: Door, found: attack.Figures, monkeypatch: Any) -> None:
    real = attack.group_series

    def leaking(door: Door, urns: tuple[int, ...], name: str, *, measure: str) -> GroupSeries:
        made = real(door, urns, name, measure=measure)
        more = tuple(replace(one, reading=one.reading._replace(value=(one.reading.value or 0) + len(urns))) for one in made.years)
        return replace(made, years=more)

    monkeypatch.setattr(attack, "group_series", leaking)
    groups = attack.by_groups(door, found)
    assert len(groups.found) == groups.tried and "two groups that differ by it" in groups.found[0]


def test_a_figure_of_the_area_more_exact_than_the_publishers_is_found_out(door: Door, found: attack.Figures) -> None:
    """The area’s figure to seven places, and every school shown to as many: then the few that are withheld together are known."""
    cell = next(one for one in sorted(found.withheld) if one[0] == "ks2.rwm_expected" and len(found.withheld[one]) == 1)
    exact = {cell: tuple(one._replace(value=(one.value or 0) + 1e-7) for one in found.shown[cell])}
    official = attack.Figures(exact, {cell: found.withheld[cell]})
    whole = next(one for one in attack._area(door, "150", cell[0]) if one.year == cell[1])
    met = sum((one.value or 0) * (one.denominator or 0) / 100 for one in exact[cell])
    ours = {cell: round((met + 3) / (whole.denominator or 1) * 100, 7)}
    leaks = attack.by_totals(door, "150", official, ours)
    assert leaks.found and "closer than official files do" in leaks.found[0]
