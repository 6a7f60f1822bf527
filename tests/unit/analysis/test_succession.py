"""What links tell of schools since the newest list, on made-up schools."""

from datetime import date
from typing import Any

import pytest

from headway.analysis import succession
from headway.analysis.succession import TAKEN_OVER, Told

A, B, C = 900101, 900102, 900103
LISTED = date(2022, 7, 31)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "today", lambda: date(2026, 11, 23))


def school(**facts: Any) -> dict[str, Any]:
    return dict.fromkeys(TAKEN_OVER) | {"authority": "330", "phase": "primary", "postcode": "ZZ1 1AA", "known": LISTED} | facts


def since(told: list[Told], schools: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return succession.since(succession.successions(told), schools)


def became(old: int, new: int, day: date | None, words: str = "") -> list[Told]:
    return [(new, old, f"Predecessor{words}", day, "Old School"), (old, new, f"Successor{words}", day, "New Academy")]


def told(found: list[dict[str, Any]]) -> list[tuple[int, str, date | None, date | None]]:
    return [(row["urn"], row["status"], row.get("opened"), row.get("closed")) for row in found]


def test_a_school_that_converted_since_the_newest_list_has_closed_and_its_successor_takes_its_place() -> None:
    day = date(2024, 4, 1)
    found = since(became(A, B, day), {A: school()})
    assert told(found) == [(A, "closed", None, day), (B, "open", day, None)]
    assert {name: found[1][name] for name in ("name", "authority", "phase", "postcode", "year")} == {
        "name": "New Academy", "authority": "330", "phase": "primary", "postcode": "ZZ1 1AA", "year": 2023,
    }  # fmt: skip
    assert "governance" not in found[1]


def test_a_successor_that_a_list_holds_is_left_as_the_list_tells_it() -> None:
    assert told(since(became(A, B, date(2024, 4, 1)), {A: school(), B: school()})) == [(A, "closed", None, date(2024, 4, 1))]


@pytest.mark.parametrize("day", [None, date(2020, 9, 1), LISTED, date(2027, 1, 1)], ids=["none", "before", "of the list", "to come"])
def test_a_link_without_a_day_or_before_the_list_or_still_to_come_tells_nothing(day: date | None) -> None:
    assert since(became(A, B, day), {A: school()}) == []


def test_what_one_side_alone_tells_and_splits_and_unknown_schools_tell_nothing() -> None:
    day = date(2024, 4, 1)
    assert since(became(A, B, day)[:1], {A: school()}) == []
    assert since(became(A, B, day)[1:], {A: school()}) == []
    assert since(became(A, B, day, " - Split School"), {A: school()}) == []
    assert since(became(A, B, day), {}) == []


def test_two_that_were_merged_both_close_and_one_stands_for_them() -> None:
    day = date(2024, 9, 1)
    found = since([*became(A, C, day, " - amalgamated"), *became(B, C, day, " - amalgamated")], {A: school(), B: school()})
    assert told(found) == [(A, "closed", None, day), (C, "open", day, None), (B, "closed", None, day)]


def test_a_successor_that_was_handed_on_since_has_closed_too() -> None:
    first, second = date(2023, 9, 1), date(2025, 3, 1)
    found = since([*became(B, C, second), *became(A, B, first)], {A: school()})
    assert told(found) == [(A, "closed", None, first), (B, "open", first, None), (B, "closed", None, second), (C, "open", second, None)]
