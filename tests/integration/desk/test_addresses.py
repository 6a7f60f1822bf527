"""Numbers in addresses: whatever the number, the answer is a page or "there is no such page", never a fault of ours."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from headway.desk.accounts.addresses import number_in, year_in
from headway.desk.accounts.permissions import Role
from tests.integration.desk.routes import routes

HUGE = ("9" * 10, "9" * 40, "9" * 5000, "²", "٣")
IN_PATTERN = re.compile(r"<(?:number|start):\w+>|\(\?P<(?:pk|piece|urn|start)>[^)]*(?:\)[^)]*)?\)")


@pytest.mark.parametrize("text", ["", "-1", "1.5", "9999999999", "9" * 5000, "²", "٣", " 7"])
def test_what_is_no_number_of_a_row_is_none(text: str) -> None:
    assert number_in(text) is None and year_in(text) is None


def test_numbers_and_years_are_read() -> None:
    assert (number_in("0"), number_in("103404"), number_in("999999999")) == (0, 103404, 999_999_999)
    assert str(year_in("2018")) == "2018/19"
    assert year_in("1979") is None and year_in("2101") is None


@pytest.fixture
def browser(example: Path, settings: Any, own_home: Path, person: Callable[..., Any], browser_of: Callable[..., Any]) -> Any:
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    return browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))


@pytest.mark.django_db
def test_an_address_with_a_huge_number_is_not_there(browser: Any) -> None:
    asked = 0
    for route in routes(get_resolver()):
        if not IN_PATTERN.search(route.pattern) or route.name.startswith("account"):
            continue
        for number in HUGE:
            address = IN_PATTERN.sub(number, route.pattern)
            address = re.sub(r"<(?:str|slug):\w+>", "x", re.sub(r"\(\?P<\w+>([^)|]*)[^)]*\)", r"\1", address))
            address = "/" + address.replace("^", "").replace("$", "").replace("\\", "")
            assert browser.get(address).status_code == 404, address[:90]
            asked += 1
    assert asked > 150


@pytest.mark.django_db
def test_a_huge_number_that_is_asked_for_is_as_none(browser: Any) -> None:
    for address in ("/schools/?page=", "/measures/ks2.rwm_expected/?year=", "/measures/ks2.rwm_expected/improved/?from=",
                    "/compare/?year=", "/support/visits/?text=", "/support/visits/?adviser="):  # fmt: skip
        for number in HUGE:
            assert browser.get(address + number).status_code == 200, address + number[:20]
