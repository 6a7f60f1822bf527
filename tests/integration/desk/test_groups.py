"""Groups of schools: who sees one, how its membership is dated, and what is written down of each change."""

import csv
import io
import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments import staying
from headway.desk.groups import actions, queries
from headway.desk.groups.models import Membership

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 5)
SCHOOLS = st.sets(st.integers(100_001, 100_006))


def made(owner: Any, urns: Any = (100_001, 100_002, 100_003), shared: bool = False, name: str = "Estuary") -> Any:
    return actions.make(by=owner.label, owner=owner, name=name, purpose="", shared=shared, urns=urns, since=FIRST)


def test_a_group_is_its_owners_until_it_is_shared(person: Any) -> None:
    one, other = person(Role.ADVISER), person(Role.ANALYST)
    group = made(one)
    assert queries.find(one, group.pk) == group and queries.find(other, group.pk) is None
    actions.describe(by=one.label, group=group, name="Estuary", purpose="Coastal primaries", shared=True)
    assert queries.find(other, group.pk).purpose == "Coastal primaries"
    actions.set_open(by=one.label, group=group, is_open=False)
    assert not queries.visible_to(other).exists() and queries.visible_to(one).count() == 1
    assert queries.find(other, group.pk) == group  # a paper that cites it can still be followed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 3), SCHOOLS), max_size=8))
def test_the_members_of_any_day_are_those_last_given_for_it(person: Any, changes: list[tuple[int, set[int]]]) -> None:
    """The naive twin keeps a whole list for each day."""
    owner = person(Role.ADVISER, email=f"{Membership.objects.count()}-{id(changes)}@example.org")
    group, day = made(owner), FIRST
    twin = {FIRST: {100_001, 100_002, 100_003}}
    for later, wanted in changes:
        day += timedelta(later)
        actions.set_members(by=owner.label, group=group, urns=wanted, since=day)
        twin[day] = wanted
    last: set[int] = set()
    for ahead in range(-1, (day - FIRST).days + 2):
        asked = FIRST + timedelta(ahead)
        last = twin.get(asked, last)
        assert set(queries.members(group, asked)) == last


def test_each_change_is_told_with_its_day(person: Any) -> None:
    owner = person(Role.ADVISER)
    group = made(owner)
    actions.set_members(by=owner.label, group=group, urns=[100_002, 100_003, 100_004], since=date(2026, 3, 2))
    actions.set_members(by=owner.label, group=group, urns=[100_002, 100_003, 100_004], since=date(2026, 3, 9))  # nothing changes
    assert staying.days_of_change(group.memberships.all()) == [
        (date(2026, 3, 2), (100_004,), (100_001,)),
        (FIRST, (100_001, 100_002, 100_003), ()),
    ]
    told = list(Event.objects.filter(target="group").order_by("seq").values_list("verb", "after"))
    assert [verb for verb, _ in told] == ["made", "changed members of"]
    assert json.loads(told[1][1]) == {"joined": [100_004], "left": [100_001], "since": "2026-03-02"}
    assert not list(verify())


def test_a_day_that_cannot_be() -> None:
    today = date(2026, 9, 1)
    assert staying.faults_of_day(today, today, today) == []
    assert staying.faults_of_day(date(2026, 9, 2), today, None) == ["Give today or an earlier day."]
    assert "on 1 September 2026 already" in staying.faults_of_day(date(2026, 8, 1), today, today)[0]


@pytest.fixture
def area(example: Any, settings: Any) -> list[int]:
    """The example behind the desk; five primaries of it that have results."""
    from dataclasses import replace

    from headway.readings.door import open_door
    from headway.readings.establishment import of_authority

    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    schools = of_authority(open_door(example), "150").values()
    return [one.urn for one in schools if one.phase == "primary" and one.status == "open"][:5]


def posted(area: list[int], **given: Any) -> dict[str, Any]:
    return {"name": "Estuary", "purpose": "", "urns": " ".join(map(str, area)), "since": "2026-01-05", **given}


def test_a_group_is_made_shared_changed_and_closed_on_its_pages(area: list[int], person: Any, browser_of: Any) -> None:
    owner, other = browser_of(person(Role.ADVISER)), browser_of(person(Role.ANALYST))
    made = owner.post("/groups/new/", posted(area))
    page = owner.get(made.url).content.decode()
    assert "The mean of the 5 schools of Estuary" in page and "Visible to: you alone" in page
    assert other.get(made.url).status_code == other.get(f"{made.url}change/").status_code == 404
    assert owner.post(f"{made.url}change/", posted(area[1:], shared="on", since=str(rules_today()))).status_code == 302
    page = other.get(made.url).content.decode()
    assert "The mean of the 4 schools of Estuary" in page and "Who came and went" in page and f"({area[0]})" in page
    assert other.get(f"{made.url}change/").status_code == other.post(f"{made.url}open/", {"open": "no"}).status_code == 404
    assert "Estuary" in other.get("/groups/").content.decode()
    owner.post(f"{made.url}open/", {"open": "no"})
    assert "Estuary" not in other.get("/groups/").content.decode() and other.get(made.url).status_code == 200
    file = owner.get(f"{made.url}as-seen.csv")
    assert file.status_code == 200 and file.content.decode("utf-8-sig").startswith("Measure,Year,Mean of schools")


def test_two_groups_differing_by_one_small_school_show_one_mean(area: list[int], example: Any, person: Any, browser_of: Any) -> None:
    """All against all but one, over the page and its file: what the small school has cannot be had by taking one from the other."""
    from headway.readings.door import open_door

    door = open_door(example)
    measure = door.measure("ks2.rwm_expected")
    rows = door.lookup.readings(early=False, level="school", where="measure = ? AND cut = 'all'", values=[measure.id])
    newest = max(row[3] for row in rows)
    known = {int(row[1]): (row[5] is not None and (row[7] or 0) >= measure.floor) for row in rows if row[3] == newest}
    large, small = [urn for urn, shown in known.items() if shown][:5], next(urn for urn, shown in known.items() if not shown)
    owner = browser_of(person(Role.ADVISER))
    seen = []
    for name, urns in (("All", [*large, small]), ("All but one", large)):
        made = owner.post("/groups/new/", posted(urns, name=name))
        page, file = owner.get(made.url).content.decode(), owner.get(f"{made.url}as-seen.csv").content.decode("utf-8-sig")
        [row] = [line.split("Mean") for line in page.split("<tr>") if f"/measures/{measure.id}/" in line and measure.short in line]
        of_the_year = [line for line in csv.reader(io.StringIO(file)) if line[0] == measure.title and int(line[1][:4]) == newest]
        seen.append((re.search(r"\d+\.\d%", "".join(row)), of_the_year))
    assert seen[0][0] and seen[1][0] and seen[0][0].group() == seen[1][0].group()
    assert seen[0][1] and [line[2] for line in seen[0][1]] == [line[2] for line in seen[1][1]]


def rules_today() -> date:
    from headway.vocabulary import clock

    return clock.today()


def test_every_fault_of_a_form_is_told_at_once_and_nothing_typed_is_lost(area: list[int], person: Any, browser_of: Any) -> None:
    owner = browser_of(person(Role.HEADTEACHER, urns={area[0]}))
    answer = owner.post("/groups/new/", posted([], name="", urns=f"{area[0]} 12 999999", since="2999-01-01"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not a URN" in page and "holds URN 999999" in page and "today or an earlier day" in page and f"{area[0]} 12 999999" in page
    assert "3 to 200 schools" in owner.post("/groups/new/", posted(area[:2])).content.decode()
    owner.post("/groups/new/", posted(area))
    assert "a group of that name already" in owner.post("/groups/new/", posted(area, purpose="Another")).content.decode()
