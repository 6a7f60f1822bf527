"""What an area would be if its schools reached their families, and its parts beside the rest: each beside a naive twin of the example."""

from dataclasses import replace
from pathlib import Path

import pytest

from headway.language.gap_views import parts_words, reaching_words
from headway.readings.districts import SCHOOLS, Parts, parts, ways
from headway.readings.door import Door, open_door
from headway.readings.family_means import family_trend
from headway.readings.reaching import Reaching, reaching
from headway.readings.schools import establishments
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

MEASURE, YEAR, AREA = "ks2.rwm_expected", AcademicYear(2023), "150"


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def figures(door: Door) -> dict[int, tuple[float, float]]:
    """URN → (value, pupils) of the year, of the area's schools that have both."""
    rows = door.lookup.readings(early=False, level="school", where="measure = ? AND cut = 'all' AND year = ?", values=[MEASURE, YEAR.start])
    ours = {one.urn for one in establishments(door, AREA)}
    return {int(row[1]): (row[5], row[7]) for row in rows if int(row[1]) in ours and row[5] is not None and row[7]}


def reached(door: Door, measure: str = MEASURE) -> Reaching:
    found = reaching(door, PUBLIC, measure=measure, authority=AREA, year=YEAR)
    assert found is not None
    return found


def test_only_those_behind_their_family_move_and_each_by_its_pupils(door: Door, figures: dict[int, tuple[float, float]]) -> None:
    found, moved, behind = reached(door), 0.0, set()
    for urn, (value, pupils) in figures.items():
        means = {one.year: one.value for one in family_trend(door, f"family:{urn}", MEASURE).readings}
        mean = means.get(YEAR)
        if mean is not None and mean > value:
            behind.add(urn)
        moved += max(value, mean or 0.0) * pupils
    pupils = sum(pupils for _, pupils in figures.values())
    assert {step.establishment.urn for step in found.steps} == behind
    assert found.area == pytest.approx(sum(value * of for value, of in figures.values()) / pupils)
    assert found.reached == pytest.approx(moved / pupils)
    assert found.area <= found.reached_beyond <= found.reached
    assert found.pupils == pytest.approx((found.reached - found.area) / 100 * pupils)
    assert found.looked_at + found.no_family == len(figures)


def test_where_lower_is_better_reaching_lowers(door: Door) -> None:
    for measure in ("attendance.persistent_absence", "attendance.severe_absence"):
        found = reaching(door, PUBLIC, measure=measure, authority=AREA, year=YEAR)
        assert found is None or found.reached <= found.reached_beyond <= found.area
    assert reaching(door, PUBLIC, measure="context.fsm6", authority=AREA, year=YEAR) is None  # neither high nor low is better


def test_the_words_say_what_the_numbers_say(door: Door) -> None:
    found = reached(door)
    assert f"each of the {len(found.steps)} schools behind its family" in reaching_words(found)
    assert f"{round(found.pupils):,} more pupils" in reaching_words(found)
    assert "none of the" in reaching_words(replace(found, steps=()))
    fewer = replace(found, measure=replace(found.measure, better="lower"))
    assert "fewer pupils" in reaching_words(fewer)


def parted(door: Door) -> Parts:
    found = parts(door, PUBLIC, measure=MEASURE, authority=AREA, year=YEAR, by="town")
    assert found is not None
    return found


def test_each_part_is_set_beside_the_rest_of_the_area(door: Door, figures: dict[int, tuple[float, float]]) -> None:
    found = parted(door)
    towns = {one.urn: one.town for one in establishments(door, AREA)}
    for part in found.parts:
        own = [figures[urn] for urn in figures if towns[urn] == part.name]
        rest = [figures[urn] for urn in figures if towns[urn] != part.name]
        here, there = (sum(value * of for value, of in some) / sum(of for _, of in some) for some in (own, rest))
        assert part.schools == len(own)
        if part.value is None:
            assert part.schools < SCHOOLS
            continue
        assert (part.value, part.behind) == (pytest.approx(here), pytest.approx(there - here))
        assert part.limits is not None and part.limits[0] < part.behind < part.limits[1]
        assert not part.beyond_chance or not part.limits[0] <= 0 <= part.limits[1]
    assert "town" in ways(door, AREA) and "constituency" not in ways(door, AREA)  # all of Wrenford is one constituency


def test_a_part_named_behind_is_behind(door: Door) -> None:
    found = parted(door)
    said = parts_words(found)
    for part in found.parts:
        assert (part.name in said) == (part.beyond_chance and (part.behind or 0) > 0)
    assert "None of the" in parts_words(replace(found, parts=tuple(replace(one, beyond_chance=False) for one in found.parts)))


def test_a_gap_nobody_knows_is_refused(door: Door) -> None:
    from headway.cli.gaps_within import gaps_within
    from headway.vocabulary.place import Level

    with pytest.raises(HeadwayError, match="H-USAGE-53"):
        gaps_within(door, PUBLIC, MEASURE, Level.AUTHORITY, AREA, "moon", None)
    with pytest.raises(HeadwayError, match="H-USAGE-53"):
        gaps_within(door, PUBLIC, MEASURE, Level.SCHOOL, "900001", "family", None)
    for to in ("england", "family", "town"):
        said, rows = gaps_within(door, PUBLIC, MEASURE, Level.AUTHORITY, AREA, to, YEAR)
        assert said and rows
