"""The mean of a school's family, beside a mean of its members' readings taken one by one."""

from pathlib import Path

import pytest

from headway.language.sentences import line_sentence
from headway.readings.comparators import neighbours
from headway.readings.compare import compare
from headway.readings.door import Door, open_door
from headway.readings.establishment import establishment
from headway.readings.explain import explain
from headway.readings.family_means import family_means
from headway.readings.profile import profile
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import PUBLIC

MEASURES = ("ks2.rwm_expected", "attendance.overall_absence")


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def urn(door: Door) -> int:
    """The school with the fullest family."""
    sql = "SELECT urn FROM family_of WHERE phase = 'primary' AND method = 'intake' ORDER BY inside_caliper DESC, urn LIMIT 1"
    return int(door.lookup.rows(sql)[0][0])


def values_of(door: Door, urn: int, measure: str) -> dict[int, float]:
    """Each year's published figure of the school, or of the predecessor whose year it was."""
    sql = "SELECT year, value FROM reading WHERE level = 'school' AND place = ? AND measure = ? AND cut = 'all' AND value IS NOT NULL"
    found: dict[int, float] = {}
    past = door.lookup.rows("SELECT of_urn, from_year, to_year FROM chain WHERE urn = ? ORDER BY to_year DESC", [urn])
    for place, first, last in [(urn, 0, 9999), *past]:
        found = {year: value for year, value in door.lookup.rows(sql, [str(place), measure]) if first <= year <= last} | found
    return found


@pytest.mark.parametrize("measure", MEASURES)
def test_the_mean_is_that_of_the_members_with_a_figure(door: Door, urn: int, measure: str) -> None:
    [(members,)] = door.lookup.rows(
        "SELECT f.members[1:inside_caliper] FROM family f JOIN family_of USING (urn, method) WHERE urn = ? AND method = 'intake'", [urn]
    )
    told = {reading.year.start: reading for reading in family_means(door, establishment(door, urn))[measure].readings}
    known = [values_of(door, member, measure) for member in members]
    years = {year for values in known for year in values}
    assert told
    for year in years:
        values = [one[year] for one in known if year in one]
        assert (year in told) == (len(values) >= 10)
        if year in told:
            assert told[year].value == pytest.approx(sum(values) / len(values), abs=1e-4)
            assert told[year].source_file == f"mean of {len(values)} similar schools"


def test_a_school_with_fewer_than_ten_alike_has_no_mean(door: Door) -> None:
    few = door.lookup.rows("SELECT urn FROM family_of WHERE method = 'intake' AND inside_caliper < 10 LIMIT 5")
    assert few
    assert all(family_means(door, establishment(door, urn)) == {} for (urn,) in few)


def test_the_page_sets_the_school_beside_its_family_and_says_so(door: Door, urn: int) -> None:
    line = next(line for line in profile(door, urn, PUBLIC).lines if line.own.measure.id == "attendance.overall_absence")
    assert "family" in line.comparators
    assert "Against similar schools: " in line_sentence(line)


def test_intake_is_not_compared_with_those_chosen_for_it(door: Door, urn: int) -> None:
    assert all("family" not in line.comparators for line in profile(door, urn, PUBLIC).context)


def test_a_family_stands_among_the_places_of_a_comparison(door: Door, urn: int) -> None:
    rows = compare(door, PUBLIC, measure=MEASURES[1], places=[(Level.SCHOOL, str(urn)), (Level.SCHOOL, f"family:{urn}")])
    means = {str(reading.year): reading.value for reading in family_means(door, establishment(door, urn))[MEASURES[1]].readings}
    assert rows[1]["place_name"] == "similar schools"
    assert rows[1]["value"] == means[str(rows[1]["year"])]
    assert rows[0]["year"] == rows[1]["year"]


def test_the_explanation_names_every_member_and_its_figure(door: Door, urn: int) -> None:
    reading = family_means(door, establishment(door, urn))[MEASURES[1]].readings[-1]
    answer = explain(door, PUBLIC, place=f"family:{urn}", level=Level.SCHOOL, measure=MEASURES[1], year=reading.year)
    assert answer.reading == reading
    who = answer.steps[-1].lines
    assert f"mean of {len(who)} similar schools" == reading.source_file
    assert all("(URN " in line for line in who)
    assert str(reading.year) in answer.steps[1].lines[0]


def test_the_explanation_of_a_mean_that_is_not_there_says_why(door: Door) -> None:
    [(few,)] = door.lookup.rows("SELECT urn FROM family_of WHERE method = 'intake' AND inside_caliper < 10 AND phase = 'primary' LIMIT 1")
    answer = explain(door, PUBLIC, place=f"family:{few}", level=Level.SCHOOL, measure=MEASURES[1], year=AcademicYear(2023))
    assert answer.reading is None and "fewer than 10" in answer.steps[0].lines[0]


def test_the_mean_of_similar_areas_is_explained_by_its_neighbours(door: Door) -> None:
    [(code,)] = door.lookup.rows("SELECT min(authority) FROM neighbour_reading")
    means = {key: trend.readings[-1] for key, trend in neighbours(door, code).items() if key[1] == "all"}
    assert means
    for (measure, cut), reading in means.items():
        told = explain(door, PUBLIC, place=f"neighbours:{code}", level=Level.AUTHORITY, measure=measure, year=reading.year, cut=cut)
        assert told.reading == reading
        sql = "SELECT value FROM reading JOIN neighbour ON place = neighbour AND level = 'authority' WHERE neighbour.authority = ?"
        rows = door.lookup.rows(
            f"{sql} AND measure = ? AND year = ? AND cut = 'all' AND value IS NOT NULL", [code, measure, reading.year.start]
        )
        assert len(told.steps[-1].lines) == len(rows)
        assert reading.value == pytest.approx(sum(value for (value,) in rows) / len(rows))
    none = explain(
        door, PUBLIC, place=f"neighbours:{code}", level=Level.AUTHORITY, measure=MEASURES[1], year=AcademicYear(2023), cut="sex=girls"
    )
    assert none.reading is None and "too few of them have a figure" in none.steps[0].lines[0]
