"""Who opened a page with early results is written down: once a person, page and day; and nobody who saw none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.readings.door import open_door
from headway.vocabulary import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(example: Path, settings: Any) -> int:
    """A school of the example with early results."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    ours = "SELECT urn::VARCHAR FROM establishment WHERE authority = '150'"
    [(urn,)] = open_door(example).lookup.rows(f"SELECT min(place) FROM early_reading WHERE level = 'school' AND place IN ({ours})")
    return int(urn)


def looks() -> list[tuple[str, str]]:
    return list(Event.objects.filter(verb="looked at early results").order_by("seq").values_list("actor", "target_id"))


def test_a_look_is_written_down_once_a_day_for_each_person(
    school: int, person: Callable[..., Any], browser_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = person(Role.HEAD_OF_SCHOOL_IMPROVEMENT), person(Role.ANALYST)
    first, second = browser_of(one), browser_of(other)
    path = f"/schools/{school}/"
    for browser in (first, first, second):  # the page is kept after the first look, and the second person's is written down all the same
        assert "early, unvalidated" in browser.get(path).content.decode()
    assert looks() == [(one.label, path), (other.label, path)]
    monkeypatch.setattr("headway.desk.accounts.early_looks.today", lambda: clock.today().replace(year=clock.today().year + 1))
    first.get(path)
    assert looks()[2:] == [(one.label, path)]
    assert datetime.fromisoformat(Event.objects.filter(verb="looked at early results").first().at)


def test_whoever_sees_no_early_results_leaves_no_trace(school: int, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    member = browser_of(person(Role.ELECTED_MEMBER))
    assert "early, unvalidated" not in member.get(f"/schools/{school}/").content.decode()
    browser_of(person(Role.ANALYST)).get("/measures/")
    assert looks() == []
