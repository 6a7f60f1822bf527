"""Chains from the whole country's links: conversions are chained, amalgamations and splits are not, and results follow the number."""

import csv
import lzma
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from headway.analysis.chains import Pair, Told, worked

LINKS = "data/gias/2026-08-21_links_edubasealldata.csv.xz"
ABSENCE = "data/dfe-performance-tables/2017-18/england_abs.csv"


@pytest.fixture(scope="module")
def told(shared: Path) -> list[Told]:
    with lzma.open(shared / LINKS, "rt", encoding="cp1252") as file:
        return [
            (int(row["URN"]), int(row["LinkURN"]), row["LinkType"], _day(row["LinkEstablishedDate"]))
            for row in csv.DictReader(file)
            if row["URN"].strip() and row["LinkURN"].strip()
        ]


def _day(text: str) -> date | None:
    """31-08-2016, 31/08/2016 or 20160831."""
    if text.isdigit():
        return date.fromisoformat(text)
    return date(*map(int, reversed(text.replace("/", "-").split("-")))) if text else None


def _days(told: list[Told]) -> dict[Pair, date | None]:
    """Every plain succession that either side tells → the later of the days told."""
    days: dict[Pair, date | None] = {}
    for urn, link, word, on in told:
        if word in ("Predecessor", "Successor"):
            pair = (urn, link) if word == "Predecessor" else (link, urn)
            days[pair] = max(filter(None, (on, days.get(pair))), default=None)
    return days


def test_nearly_every_dated_succession_is_chained_and_no_amalgamation_is(told: list[Told]) -> None:
    days = _days(told)
    steps = {(link["link_urn"], link["urn"]) for link in worked(told)[0] if link["chained"] and link["kind"] == "successor"}
    steps |= {(link["urn"], link["link_urn"]) for link in worked(told)[0] if link["chained"] and link["kind"] == "predecessor"}
    since = {pair for pair, on in days.items() if on and on >= date(2010, 9, 1)}
    at_once = Counter((new, days[new, old]) for new, old in since)
    named = {(urn, link) for urn, link, word, _ in told if word == "Predecessor"}
    parted = Counter((old, days[new, old]) for new, old in since & named)
    several = {(new, old) for new, old in since if at_once[new, days[new, old]] > 1 or parted[old, days[new, old]] > 1}
    assert len(since) > 11_000
    assert not several & steps
    assert len((since - several) & steps) / len(since - several) > 0.98


@pytest.fixture(scope="module")
def lives(shared: Path) -> tuple[dict[int, date], dict[int, date]]:
    """The days on which the schools of four lists opened and closed."""
    opened, closed = {}, {}
    for year in ("2015-16", "2016-17", "2017-18"):
        with lzma.open(shared / f"data/dfe-performance-tables/{year}/england_spine.csv.xz", "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for column, days in (("OPENDATE", opened), ("CLOSEDATE", closed)):
                    if row[column].strip():
                        days[int(row["URN"])] = _day(row[column].strip())
    return opened, closed


def test_schools_open_when_their_predecessor_closes(told: list[Told], lives: tuple[dict[int, date], dict[int, date]]) -> None:
    """So a chained pair is one school: nothing between the two, and never both at once."""
    opened, closed = lives
    nearest = {link["urn"]: link["link_urn"] for link in worked(told, *lives)[0] if link["chained"] and link["kind"] == "predecessor"}
    gaps = Counter((opened[new] - closed[old]).days for new, old in nearest.items() if new in opened and old in closed)
    assert gaps.total() > 2000
    assert gaps[0] + gaps[1] > 0.995 * gaps.total()


def test_results_of_a_year_of_conversion_are_reached_through_the_chain(
    told: list[Told], lives: tuple[dict[int, date], dict[int, date]], shared: Path
) -> None:
    """Schools that converted between October 2017 and July 2018 have most of the year's absence published under the old number."""
    with open(shared / ABSENCE, encoding="utf-8-sig") as file:
        listed = {int(row["URN"]) for row in csv.DictReader(file) if row["URN"].strip().isdigit()}
    opened, _ = lives
    rows = worked(told, *lives)[1]
    within = [row for row in rows if row["urn"] in opened and date(2017, 10, 1) <= opened[row["urn"]] <= date(2018, 7, 31)]
    told_by_old = [row for row in within if row["of_urn"] in listed and row["urn"] not in listed]
    assert len(told_by_old) > 300
    assert all(row["from_year"] <= 2017 <= row["to_year"] for row in told_by_old)
