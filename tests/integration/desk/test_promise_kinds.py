"""Promises of a family, beside neighbours, and beside what England was: from the form to the page, each figure worked out again by hand."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.strategy import actions, keeping
from headway.desk.strategy.models import Strategy
from headway.readings.ambitions import Answer
from headway.readings.asking import Asked, readings
from headway.readings.door import Door, open_door
from headway.readings.families import family
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC
from tests.integration.desk.test_promises import GIVEN

pytestmark = pytest.mark.django_db
MEASURE, BASELINE = "ks2.rwm_expected", AcademicYear(2022)


@pytest.fixture
def home(example: Path, settings: Any, own_home: Path, transactional_db: None) -> Path:
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    return home


@pytest.fixture
def head(person: Callable[..., Any], browser_of: Callable[..., Any]) -> Any:
    return browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))


def made(home: Path, head: Any, **given: str) -> tuple[Answer, str, str]:
    """Written in the form as somebody would: the answer, its page, and what it would take as csv."""
    words = {"title": "Plan", "summary": "What we promise.", "owner": "Director", "audience": "everybody"}
    strategy: Strategy = actions.begin(by="user:1", starts=date(2023, 9, 1), ends=date(2028, 8, 31), **words)
    answer = head.post(f"/strategy/{strategy.pk}/promises/write/", {**GIVEN, **given})
    assert answer.status_code == 302, answer.content.decode()
    (kept,) = keeping.promises(open_door(home), strategy)
    page, file = head.get(answer.url), head.get(f"{answer.url}what-it-would-take.csv")
    assert (page.status_code, file.status_code) == (200, 200)
    assert kept.heading in page.content.decode()
    return kept.answer, page.content.decode(), file.content.decode("utf-8-sig")


def figures(door: Door, **asked: Any) -> dict[tuple[str, AcademicYear], Reading]:
    return {(one.place, one.year): one for one in readings(door, Asked(MEASURE, **asked), PUBLIC) if one.value is not None}


def a_school_with_a_family(door: Door) -> int:
    area = door.published.areas[0][0]
    urns = sorted({int(place) for place, _ in figures(door, authority=area, level=Level.SCHOOL)})
    return next(urn for urn in urns if len(family(door, urn, PUBLIC).members) > 10)


def test_a_familys_figure_is_its_schools_together_each_by_its_pupils(home: Path, head: Any) -> None:
    door = open_door(home)
    urn = a_school_with_a_family(door)
    answer, page, file = made(
        home, head, who_of="family", who_urn=str(urn), title="The family", words="Our family of schools will reach England."
    )
    members = {urn, *(one.establishment.urn for one in family(door, urn, PUBLIC).members)}
    theirs = figures(door, urns=tuple(sorted(members)))
    assert answer.latest is not None and answer.baseline is not None
    for point in (answer.baseline, answer.latest):
        counted = [one for (_, year), one in theirs.items() if year == point.year and one.denominator]
        pupils = sum(one.denominator or 0.0 for one in counted)
        assert point.value == pytest.approx(sum((one.value or 0.0) * (one.denominator or 0.0) for one in counted) / pupils)
        assert {one.place for one in point.readings} == {one.place for one in counted}
        assert point.target == figures(door)[("E92000001", point.year)].value
    assert "the family&#39;s schools" in page or "the family’s schools" in page or "the family's schools" in page
    assert answer.no_forecast_because.split(";")[0] in page
    rows = list(csv.DictReader(io.StringIO(file)))
    asked = {int(row["URN"]) for row in rows if row["URN"]}
    assert asked <= members
    assert bool(asked) is ((answer.latest.distance or 0) > 0)


def test_beside_neighbours_the_level_is_their_plain_mean_and_no_chance_is_given_but_a_reason(home: Path, head: Any) -> None:
    door = open_door(home)
    area = door.published.areas[0][0]
    answer, page, _ = made(home, head, against_kind="neighbours", title="As our neighbours", words="As often as our neighbours by 2028.")
    ten = [str(row[0]) for row in door.lookup.rows("SELECT neighbour FROM neighbour WHERE authority = ? ORDER BY rank", [area])]
    every = figures(door, level=Level.AUTHORITY)
    assert answer.latest is not None
    theirs = [every[(place, answer.latest.year)].value or 0.0 for place in ten if (place, answer.latest.year) in every]
    assert len(theirs) >= 5
    assert answer.latest.target == pytest.approx(sum(theirs) / len(theirs))
    assert answer.latest.value == every[(area, answer.latest.year)].value
    assert answer.latest.distance == pytest.approx((answer.latest.target or 0.0) - answer.latest.value)
    assert answer.probability_published is None
    assert "the mean of its statistical neighbours, and no such gap was tried" in answer.no_forecast_because
    assert f"No chance is given. {answer.no_forecast_because}" in page  # though where its own figure may go is drawn


def test_held_at_its_baseline_englands_level_stands_still_while_the_figure_moves(home: Path, head: Any) -> None:
    door = open_door(home)
    answer, page, _ = made(home, head, against_moves="held_at_baseline", title="As England was", words="As often as in England in 2022/23.")
    england = figures(door)[("E92000001", BASELINE)].value
    assert len(answer.points) > 1
    assert {one.target for one in answer.points} == {england}
    other, *_ = made(home, head, title="As England", words="As often as in England by 2028.")
    assert other.baseline is not None and answer.baseline is not None
    assert other.baseline.distance == answer.baseline.distance
    moved = {one.year: one.target for one in other.points}
    assert [moved[one.year] for one in other.points] != [england] * len(other.points)  # or the test could not tell them apart
    assert "England as it was in 2022/23" in page
