"""The page of value added: whose it is, that each look is written down, and that nobody gets another's school."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.readings.door import open_door
from headway.readings.pupil_value_added import value_added
from headway.vocabulary.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(example: Path, settings: Any, own_home: Path) -> Path:
    """The example area, whose demonstration has results of pupils."""
    copy = own_home / "area"
    shutil.copytree(example, copy)
    settings.HEADWAY = replace(settings.HEADWAY, home=copy)
    return copy


@pytest.fixture
def schools(home: Path) -> Any:
    return value_added(open_door(home), Viewer("test", sees_early=True)).schools


def test_the_page_has_every_school_side_by_side_and_says_how_firm_it_is(
    home: Path, schools: Any, person: Callable[..., Any], browser_of: Callable[..., Any]
) -> None:
    page = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)).get("/value-added/").content.decode()
    assert all(one.name in page for one in schools)
    assert "early and unvalidated, not for publication" in page and "Given who their pupils are as well" in page
    assert "restricted maximum likelihood" in page and "Neither stands alone" in page
    picked = browser_of(person(Role.ADVISER)).get(f"/value-added/?school={schools[0].urn}&limits=pairs").content.decode()
    assert picked.count('class="band"') == 2 and page.count('class="band"') == 0 and "; place " in page
    event = Event.objects.filter(target="results of pupils").last()
    assert event is not None and (event.verb, event.target_id) == ("read", "ks4 2023/24")
    assert (home / "pupil_results" / "access.log").read_text().count('"what": "value added"') >= 1


def test_a_headteacher_gets_their_own_school_and_no_other(schools: Any, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    own, *others = schools
    browser = browser_of(person(Role.HEADTEACHER, urns={own.urn}))
    page = browser.get("/value-added/?limits=pairs&sort=raw").content.decode()
    assert f"Among the schools in the file, given what its pupils could do before, {own.name}" in page
    assert not any(one.name in page or str(one.urn) in page for one in others)
    file = browser.get("/value-added/as-seen.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [row["urn"] for row in rows[:-1]] == [str(own.urn)] and float(rows[0]["raw"]) == pytest.approx(own.raw)
    assert rows[0]["raw_place_low"] == "" and "; place " not in page  # a place tells of the others
    assert rows[-1]["urn"].startswith("Early, unvalidated")


def test_who_may_not_see_early_results_gets_neither_page_nor_file(
    home: Path, person: Callable[..., Any], browser_of: Callable[..., Any]
) -> None:
    browser = browser_of(person(Role.ELECTED_MEMBER))
    assert browser.get("/value-added/").status_code == 403
    assert browser.get("/value-added/as-seen.csv").status_code == 404
    assert not Event.objects.filter(target="results of pupils").exists()


def test_without_results_the_page_teaches(home: Path, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    shutil.rmtree(home / "pupil_results")
    page = browser_of(person(Role.ANALYST)).get("/value-added/").content.decode()
    assert "No results of pupils are stored yet" in page and "headway pupils template ks4" in page


def test_whose_schools_sent_no_pupils_is_told_so(home: Path, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    page = browser_of(person(Role.HEADTEACHER, urns={999_999})).get("/value-added/").content.decode()
    assert "None of the schools you work with is among the pupils stored" in page and "<figure" not in page


def test_only_who_may_see_it_is_led_there(home: Path, schools: Any, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    for role, led in ((Role.ANALYST, True), (Role.ELECTED_MEMBER, False)):
        browser = browser_of(person(role))
        for address in ("/measures/ks4.attainment8/", f"/schools/{schools[0].urn}/", "/measures/"):
            assert ("/value-added/" in browser.get(address).content.decode()) is led, (role, address)
