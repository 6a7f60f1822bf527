"""Early warning rests on what had been received by its day: a file that came later is not seen by the features of an earlier day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.readings.attendance.early.asking import Asked, Opened, opened
from headway.readings.attendance.early.teaching import lessons, now_at_risk
from headway.readings.door import open_door
from headway.vocabulary.viewer import Viewer
from tests.integration.registers.conftest import MARKS, write

ME = Viewer("me", sees_pupils=True)
PUPILS = ("P1", "P2", "P3", "P4")
Row = tuple[int, str, date, str, str]
THEN, NOW = date(2024, 11, 29), date(2025, 11, 28)  # the same Friday of the autumn term


@pytest.fixture(autouse=True)
def a_friday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", str(NOW))


@pytest.fixture
def put(load: Callable[..., list[dict[str, Any]]], tmp_path: Path) -> Callable[..., None]:
    """Load marks as a file received on a day."""

    def take(name: str, rows: list[Row], received: date) -> None:
        (done,) = load(write(tmp_path / f"{name}.csv", MARKS, rows), "--received", str(received))
        assert done["state"] == "landed", done

    return take


@pytest.fixture
def urn(schools: Callable[[str, int], list[int]], put: Callable[..., None]) -> int:
    """A school whose marks came as time went: the end of a year, a whole year after it, and the autumn of the next."""
    one = schools("primary", 1)[0]
    put("june", list(marks(one, date(2024, 6, 3), date(2024, 6, 28))), date(2024, 6, 28))
    put("autumn", list(marks(one, date(2024, 9, 2), date(2024, 11, 28))), date(2024, 11, 28))
    put("july", list(marks(one, date(2025, 7, 7), date(2025, 7, 18))), date(2025, 7, 18))
    put("now", list(marks(one, date(2025, 9, 2), date(2025, 11, 21))), date(2025, 11, 21))
    return one


def marks(urn: int, first: date, last: date) -> Iterator[Row]:
    """Pupils who are away on one morning of every so many days."""
    days = [first + timedelta(at) for at in range((last - first).days + 1)]
    for place, pupil in enumerate(PUPILS):
        for at, day in enumerate(one for one in days if one.weekday() < 5):
            yield (urn, pupil, day, "AM", "I" if at % (15 + place) == place else "/")
            yield (urn, pupil, day, "PM", "/")


def here(home: Path, until: date = NOW) -> Opened:
    return opened(open_door(home), ME, Asked(until))


def taught_on(of: Opened) -> dict[str, list[float]]:
    """Pupil → the features of the past year on the day; only of those who were at risk by what was known then."""
    (lesson,) = lessons(of)
    assert (lesson.day, lesson.known_then) == (THEN, True)
    return {of.registers.number(key.tobytes()): values for key, values in zip(lesson.pupils, lesson.values.tolist(), strict=True)}


def asked_about(of: Opened) -> dict[str, list[float]]:
    values, risk = now_at_risk(of)
    return {
        of.registers.number(key.tobytes()): one
        for key, one, at_risk in zip(of.view.rows.pupils, values.tolist(), risk.tolist(), strict=True)
        if at_risk
    }


@pytest.mark.parametrize(("received", "seen"), [(THEN + timedelta(1), False), (THEN, True)])
def test_what_is_taught_on_is_what_had_been_received_by_the_day(
    urn: int, home: Path, put: Callable[..., None], received: date, seen: bool
) -> None:
    before = taught_on(here(home))
    assert set(before) == set(PUPILS)
    fresh = [(urn, "P9", day, session, "/") for day in weekdays(date(2024, 9, 2), 30) for session in ("AM", "PM")]
    put("late", [(urn, "P1", date(2024, 10, 8), "AM", "O"), (urn, "P1", date(2024, 10, 8), "PM", "O"), *fresh], received)
    after = taught_on(here(home))
    assert ("P9" in after) is seen, "a pupil of whom nothing was known is not taught on"
    assert (after["P1"] != before["P1"]) is seen and (after["P2"] == before["P2"]) is not seen


@pytest.mark.parametrize(("received", "seen"), [(THEN + timedelta(1), False), (THEN, True)])
def test_and_so_is_the_year_before_it(urn: int, home: Path, put: Callable[..., None], received: date, seen: bool) -> None:
    before = taught_on(here(home))
    put("june-put-right", [(urn, "P1", date(2024, 6, 11), half, "O") for half in ("AM", "PM")], received)
    assert (taught_on(here(home))["P1"] != before["P1"]) is seen


@pytest.mark.parametrize(("received", "seen"), [(date(2025, 11, 22), False), (date(2025, 11, 21), True)])
def test_who_is_asked_about_on_an_earlier_day_is_told_of_by_what_had_been_received(
    urn: int, home: Path, put: Callable[..., None], received: date, seen: bool
) -> None:
    day = date(2025, 11, 21)
    before, today = asked_about(here(home, day)), asked_about(here(home))
    assert set(before) == set(PUPILS)
    put("put-right", [(urn, "P1", date(2025, 10, 7), half, "O") for half in ("AM", "PM")], received)
    assert (asked_about(here(home, day))["P1"] != before["P1"]) is seen
    assert asked_about(here(home))["P1"] != today["P1"], "today all of it is known"


def weekdays(first: date, many: int) -> list[date]:
    return [one for at in range(2 * many) if (one := first + timedelta(at)).weekday() < 5][:many]
