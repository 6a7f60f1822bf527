"""What a measure's pages show, taken away: the same schools, groups, parts and places, with the margins that the page has."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.readings import measures
from headway.readings.door import open_door
from headway.readings.margins import margin
from headway.readings.ranking.standing import standing
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
MEASURE, AREA = "ks2.rwm_expected", "150"


@pytest.fixture
def taken(
    example: Path, settings: Any, person: Callable[..., Any], browser_of: Callable[..., Any]
) -> Callable[[str], list[dict[str, str]]]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    browser = browser_of(person(Role.ELECTED_MEMBER))

    def rows(address: str) -> list[dict[str, str]]:
        answer = browser.get(f"/measures/{MEASURE}/{address}")
        assert answer.status_code == 200, address
        assert browser.get(f"/measures/{MEASURE}/{address.replace('.csv', '.xlsx')}").content.startswith(b"PK")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    return rows


def test_the_schools_of_the_distribution_with_their_margins(example: Path, taken: Callable[[str], list[dict[str, str]]]) -> None:
    door = open_door(example)
    shown = measures.distribution(door, PUBLIC, measure=MEASURE, authority=AREA, phase="primary")
    rows = taken(f"schools.csv?year={shown.year.start}&phase=primary")
    assert [int(row["URN"]) for row in rows] == [school.urn for school, _ in shown.rows]
    for row, (_, one) in zip(rows, shown.rows, strict=True):
        limits = margin(one, shown.measure)
        assert (row["95% margin from"], row["95% margin to"]) == (tuple(map(str, limits)) if limits else ("", ""))
        assert row["Margin by"] == ("number of pupils (Wilson)" if limits else "")
    assert {row["Among schools of its size"] for row in rows} <= {"", "above the limits", "below the limits", "within the limits"}
    assert any(row["Among schools of its size"] for row in rows)
    assert {row["Beside England"] for row in rows} & {"within its margin", "better beyond its margin", "behind beyond its margin"}


def test_each_group_says_in_words_what_its_numbers_say(taken: Callable[[str], list[dict[str, str]]]) -> None:
    rows = taken("groups.csv")
    assert {row["Group"] for row in rows} >= {"disadvantaged pupils"}
    for row in rows:
        if row["Behind"]:
            assert ("behind" in row["In words"]) == (round(float(row["Behind"]), 1) > 0)
            if row["95% margin from"]:
                assert float(row["95% margin from"]) < float(row["Behind"]) < float(row["95% margin to"])


def test_parts_too_small_to_judge_have_no_number(taken: Callable[[str], list[dict[str, str]]]) -> None:
    rows = taken("parts.csv?by=town")
    assert rows
    for row in rows:
        assert (row["Value"] == "") == (row["Pupils"] == "too few")
        assert row["Beyond chance"] in ("yes", "no", None, "")


def test_everybody_who_stands_somewhere(example: Path, taken: Callable[[str], list[dict[str, str]]]) -> None:
    found = standing(open_door(example), PUBLIC, measure=MEASURE, level=Level.SCHOOL, authority=AREA)
    rows = taken(f"places.csv?level=school&to={found.year.start}")
    assert [row["school"] for row in rows] == [line.place for line in found.lines] + [one.place for one in found.not_ranked]
    assert [row["rank_low"] for row in rows[: len(found.lines)]] == [str(line.rank_low) for line in found.lines]
