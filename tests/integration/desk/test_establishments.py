"""The projection of schools: refreshed from a snapshot, closed schools kept."""

from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.establishments.actions import sync
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import find, in_patch, synced_snapshot
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.site.running import _row

pytestmark = pytest.mark.django_db


def row(urn: int, **fields: object) -> dict[str, object]:
    return {"urn": urn, "name": f"School {urn}", "phase": "primary", "status": "open", "authority": "000", **fields}


def test_a_second_snapshot_refreshes_and_keeps_what_it_leaves_out() -> None:
    sync([row(100001), row(100002)], by="test", snapshot="one")
    assert sync([row(100001, name="Renamed", trust="A Trust"), row(100003)], by="test", snapshot="two") == 2
    assert (find(100001).name, find(100001).trust) == ("Renamed", "A Trust")
    assert [(school.urn, school.listed) for school in Establishment.objects.order_by("urn")] == [
        (100001, True),
        (100002, False),
        (100003, True),
    ]
    assert synced_snapshot() == "two"


def test_a_school_that_comes_back_is_listed_again() -> None:
    for urns in ([100001, 100002], [100001], [100001, 100002]):
        sync([row(urn) for urn in urns], by="test")
    assert find(100002).listed


def test_in_patch(person: Any) -> None:
    sync([row(100001), row(100002)], by="test")
    assert [school.urn for school in in_patch(person(Role.ADVISER, urns={100002}))] == [100002]
    assert in_patch(person(Role.ANALYST)).count() == 2


def test_the_desk_knows_which_school_came_before_which(example: Any) -> None:
    """What was decided for a school follows it: without its links nothing could."""
    door = open_door(example)
    rows = [_row(door, one) for one in of_authority(door, "150").values()]
    sync(rows, by="test")
    linked = [one for one in Establishment.objects.all() if any(link["kind"] == "predecessor" for link in one.links)]
    assert linked and all(find(link["urn"]) for one in linked for link in one.links if link["kind"] == "predecessor")
