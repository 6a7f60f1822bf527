"""A school's page leads to the promises that rest on it, for those who may see schools by name on the page of a promise."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.strategy import ahead
from headway.desk.strategy.models import Strategy
from headway.readings.door import open_door
from headway.site.demo_strategy import make_demo_strategy

pytestmark = pytest.mark.django_db
TITLE = "Promises that rest on this school"


@pytest.fixture
def lived(example: Path, settings: Any, own_home: Path, transactional_db: None) -> Strategy:
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    make_demo_strategy()
    return Strategy.objects.get(state="active")


def test_the_area_sees_it_and_a_school_does_not(lived: Strategy, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    from django.conf import settings

    door = open_door(settings.HEADWAY.home)
    carried = ahead.carries(door, lived)
    urn, listed = next(iter(sorted(carried.items())))
    chair = browser_of(person(Role.BOARD_CHAIR))
    page = chair.get(f"/schools/{urn}/").content.decode()
    assert TITLE in page
    for one in listed:
        assert one.words in page
        assert f"/strategy/{lived.pk}/promises/{one.promise.promise.ambition}/#take" in page
    none = next(school for school in sorted(door.authorities_of_schools) if school not in carried and _here(door, school))
    assert TITLE not in chair.get(f"/schools/{none}/").content.decode()
    own = browser_of(person(Role.HEADTEACHER, urns=frozenset({urn}), email="own@example.org"))
    assert own.get(f"/schools/{urn}/").status_code == 200
    assert TITLE not in own.get(f"/schools/{urn}/").content.decode()


def _here(door: Any, urn: int) -> bool:
    return door.authorities_of_schools[urn] == door.published.areas[0][0]


def test_what_it_would_take_is_taken_away_whole_with_what_was_tried(
    lived: Strategy, person: Callable[..., Any], browser_of: Callable[..., Any], client: Any
) -> None:
    from django.conf import settings

    door = open_door(settings.HEADWAY.home)
    one = next(each.promise for listed in ahead.carries(door, lived).values() for each in listed)
    chair, path = browser_of(person(Role.BOARD_CHAIR)), f"/strategy/{lived.pk}/promises/{one.promise.ambition}/"
    page = chair.get(path).content.decode()
    assert f"{path}what-it-would-take.xlsx" in page
    rows = list(csv.DictReader(io.StringIO(chair.get(f"{path}what-it-would-take.csv").content.decode("utf-8-sig"))))
    asked = {urn for urn, listed in ahead.carries(door, lived).items() if any(each.promise.number == one.number for each in listed)}
    assert {int(row["URN"]) for row in rows if row["URN"]} == asked
    urn = min(asked)
    tried = chair.get(f"{path}?move-{urn}=7.5").content.decode()
    assert f"what-it-would-take.csv?move-{urn}=7.5" in tried
    rows = list(csv.DictReader(io.StringIO(chair.get(f"{path}what-it-would-take.csv?move-{urn}=7.5").content.decode("utf-8-sig"))))
    assert {row["Points tried"] for row in rows if row["URN"] == str(urn)} == {"7.5"}
    assert chair.get(f"{path}what-it-would-take.xlsx").content.startswith(b"PK")
    governor = browser_of(person(Role.GOVERNOR, urns=frozenset({urn}), email="governor@example.org"))
    assert governor.get(f"{path}what-it-would-take.csv").status_code == 403
    assert client.get(f"{path}what-it-would-take.csv").status_code == 302
