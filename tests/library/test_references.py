"""Where it says that a page was read: on a day on which somebody could, and not where the title itself says that nobody did."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from headway.definitions.schemas import NOT_READ, Reference
from headway.definitions.yaml_reading import read_yaml

FOLDER = Path("src/headway/library")
BEGUN = date(2026, 11, 20)  # the day on which the first pages were read for the library
NEVER_CHECKED = date(2026, 11, 22)  # stood in hundreds of references at once; nobody had read their pages
SAYS_UNREAD = ("address from memory", "address as others cite it", "address in the data dictionary")


def references(held: object, at: str) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(held, dict):
        if {"title", "href", "seen"} <= set(held):
            yield at, held
        for key, value in held.items():
            yield from references(value, f"{at} {key}")
    elif isinstance(held, list):
        for value in held:
            yield from references(value, at)


FILES = sorted(FOLDER.rglob("*.yaml"))
ALL = [found for path in FILES for found in references(read_yaml(path)[0], str(path.relative_to(FOLDER)))]


def faults(seen: object, title: str, today: date) -> list[str]:
    """What is wrong with a claim to have read a page."""
    if seen == "not_read":
        return []
    if not isinstance(seen, date):
        return [f"{seen} is neither a day nor not_read"]
    words = {
        "before anything was read": seen < BEGUN,
        "on a day to come": seen > today,
        "on the day that was never checked": seen == NEVER_CHECKED,
        "though its title says that it was not": any(one in title for one in SAYS_UNREAD),
        "before the day that its title names": any(f"{day} {month} {year}" for day, month, year in named_after(title, seen)),
    }
    return [f"read {word}" for word, so in words.items() if so]


def named_after(title: str, seen: date) -> list[tuple[str, str, str]]:
    """The days in a title that are later than `seen`: of a document that could not have been read."""
    days = re.findall(r"\b(\d{1,2}) ([A-Z][a-z]+) (20\d\d)\b", title)
    return [one for one in days if datetime.strptime(" ".join(one), "%d %B %Y").replace(tzinfo=UTC).date() > seen]


def test_no_reference_claims_a_day_on_which_its_page_could_not_have_been_read() -> None:
    today = datetime.now(UTC).date()
    assert len(ALL) > 300
    assert not [(at, one["title"], fault) for at, one in ALL for fault in faults(one["seen"], str(one["title"]), today)]


@pytest.mark.parametrize(
    ("seen", "title", "fault"),
    [
        (date(2026, 11, 19), "A page", "before anything was read"),
        (date(2026, 11, 22), "A page", "never checked"),
        (date(2027, 1, 2), "A page", "a day to come"),
        (date(2026, 11, 25), "A page (address from memory)", "its title says"),
        (date(2026, 11, 25), "Outcomes as at 31 August 2027, Ofsted", "its title names"),
        ("yesterday", "A page", "neither a day"),
    ],
)
def test_each_false_claim_is_found(seen: object, title: str, fault: str) -> None:
    assert fault in " ".join(faults(seen, title, date(2026, 12, 1)))


def test_a_true_claim_and_an_honest_no_pass() -> None:
    assert faults(date(2026, 11, 25), "Outcomes as at 31 August 2023, Ofsted", date(2026, 12, 1)) == []
    assert faults("not_read", "A page (address from memory)", date(2026, 12, 1)) == []


def test_what_was_not_read_is_said_kindly_and_with_what_to_do() -> None:
    unread = Reference.model_validate({"title": "A page", "href": "https://example.org", "seen": "not_read"})
    read = Reference.model_validate({"title": "A page", "href": "https://example.org", "seen": date(2026, 11, 25)})
    assert unread.read_words == NOT_READ == "the page was not read when this was written; check it"
    assert read.read_words == "read 25 November 2026"
