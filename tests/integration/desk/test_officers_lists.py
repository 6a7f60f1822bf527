"""What is kept of a morning of attendance: by whose it is, through looks, and until something is done."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.queries import viewer_for
from headway.desk.attendance import actions
from headway.desk.attendance.lists import Lists, lists_of
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.morning import morning
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.one_school import one_school
from headway.readings.attendance.schools import of_morning
from headway.readings.door import open_door
from headway.vocabulary import clock
from tests.integration.desk.test_attendance import ME, found, home, people

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_lists_are_kept_by_whose_they_are_through_looks_and_until_something_is_done(home: Path, found: Morning, people: Any) -> None:
    door, today = open_door(home), clock.today()

    def asked(who: str) -> Lists:
        return lists_of(door, morning(door, viewer_for(people[who])), people[who], today)

    first = {who: asked(who) for who in ("officer", "head", "elsewhere")}
    for who in ("head", "elsewhere"):
        own = people[who].patches.get().urn
        assert {row.watched.urn for row in (*first[who].severe, *first[who].drops)} <= {own}
        assert {row.one.urn for row in first[who].early.stand} | {one.urn for one in first[who].week} <= {own}
    actions.look(by=people["officer"], at="monday")
    assert all(asked(who) is one for who, one in first.items())
    one = first["officer"].early.stand[0].one
    school = Establishment.objects.get(pk=one.urn)
    actions.clear(by=people["officer"], school=school, flag=one.kind, did="called", pupil=one.key)
    assert one.key not in {row.one.key for row in asked("officer").early.stand}


def test_parts_and_tables_of_a_morning_are_kept_with_it_and_never_mixed(home: Path, found: Morning, people: Any) -> None:
    door, (head, elsewhere) = open_door(home), (viewer_for(people[who]) for who in ("head", "elsewhere"))
    whole, parts = morning(door, ME), [morning(door, viewer) for viewer in (head, elsewhere)]
    assert parts[0] is morning(door, head) and parts[0] is not parts[1] and not parts[0].parts
    assert [{one.urn for one in part.sending} for part in parts] == [set(head.urns), set(elsewhere.urns)]
    exact, few = (of_morning(door, whole, exact=exact) for exact in (True, False))
    assert of_morning(door, whole, exact=True) is exact and of_morning(door, whole, exact=False) is few and exact is not few
    assert not any(line.rates and line.rates.few for line in exact.lines)
    assert len(of_morning(door, parts[0], exact=True).lines) == 1
    own = one_school(door, head, next(iter(head.urns)))
    public = one_school(door, replace(head, sees_pupils=False), next(iter(head.urns)))
    assert own == one_school(door, head, next(iter(head.urns))) and own is not public
    assert one_school(door, elsewhere, next(iter(head.urns))) is None
