"""The page that sets schools side by side: what an address asks, what cannot be, who sees what, what is taken away."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from headway.desk.accounts.permissions import Role
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.families import family
from headway.readings.side_by_side import MOST, side_by_side
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer

EARLY = "early, unvalidated"
pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(example: Path, settings: Any, own_home: Path) -> list[int]:
    """Open primaries of the example area, which stands behind the desk."""
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    found = of_authority(open_door(home), "150").values()
    return [school.urn for school in found if school.status == "open" and school.phase == "primary"]


@pytest.fixture
def signed_in(schools: list[int], person: Callable[..., Any], browser_of: Callable[..., Any]) -> Any:
    return browser_of(person(Role.ADVISER))


def address(urns: list[int], **more: Any) -> str:
    return "/compare/?" + "&".join([*(f"urn={urn}" for urn in urns), *(f"{name}={value}" for name, value in more.items())])


def text(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def headings(page: str, marked: str = "/schools/") -> list[str]:
    """The columns of the table with everything in it: the schools', or those of another mark."""
    every = page.split('aria-label="All in one table"')[1].split("</thead>")[0].split('<th scope="col">')[2:]
    return [one for one in every if marked in one]


def test_the_empty_page_teaches(signed_in: Any) -> None:
    page = text(signed_in, "/compare/")
    assert "Set up to eight schools side by side" in page
    assert page.count('name="urn"') > 5


def test_every_school_has_a_panel_on_every_measure_and_a_column(signed_in: Any, schools: list[int]) -> None:
    page = text(signed_in, address(schools[:3], measure="ks2.rwm_expected", year=2023))
    assert page.count('<ul class="multiples">') == 1
    assert page.split('<ul class="multiples">')[1].split("</ul>")[0].count("<li>") == 3
    assert len(headings(page)) == 3
    assert len(headings(page, "│ England")) == len(headings(page, "▲ Wrenford")) == 1
    assert "beyond chance" in page


def test_nothing_beside_is_a_choice_and_unknown_measures_are_said(signed_in: Any, schools: list[int]) -> None:
    page = text(signed_in, address(schools[:2], beside="none", measure="zzz", year=2023))
    assert len(headings(page, "")) == 2
    assert "There is no measure “zzz”." in page


def test_an_unknown_urn_is_said_beside_the_field_and_the_rest_is_shown(signed_in: Any, schools: list[int]) -> None:
    page = text(signed_in, address([*schools[:2], 999999]))
    assert "No list of schools that was loaded holds URN 999999." in page
    assert len(headings(page)) == 2
    assert "is no URN" in text(signed_in, address([12]))  # type: ignore[list-item]


def test_more_than_eight_are_said_and_the_first_eight_shown(signed_in: Any, schools: list[int]) -> None:
    page = text(signed_in, address(schools[: MOST + 1]))
    assert "At most 8 schools can be read side by side. Left out: " in page
    assert len(headings(page)) == MOST


def test_a_urn_typed_is_added_and_the_address_is_made_one_to_keep(signed_in: Any, schools: list[int]) -> None:
    answer = signed_in.get(address(schools[:1], find=schools[1], was="", phase="primary", beside="none", year=2022))
    kept = parse_qs(urlsplit(answer["Location"]).query)
    assert kept == {"urn": [str(urn) for urn in schools[:2]], "beside": ["none"], "year": ["2022"]}


def test_a_name_typed_lists_who_fits_and_keeps_what_was_chosen(signed_in: Any, schools: list[int]) -> None:
    page = text(signed_in, address(schools[:2], find="primary", do="find"))
    assert " fit “primary”" in page
    assert page.count(" checked") >= 2
    assert "No other school fits “zzzz”" in text(signed_in, address(schools[:2], find="zzzz"))


def test_a_school_is_set_beside_its_three_nearest(signed_in: Any, schools: list[int], settings: Any) -> None:
    door = open_door(settings.HEADWAY.home)
    urn = next(urn for urn in schools if family(door, urn, PUBLIC).members)
    answer = signed_in.get(f"/compare/?urn={urn}&with=nearest")
    nearest = [member.establishment.urn for member in family(door, urn, PUBLIC).members[:3]]
    assert parse_qs(urlsplit(answer["Location"]).query)["urn"] == [str(one) for one in (urn, *nearest)]


def test_the_file_holds_the_page_s_figures(signed_in: Any, schools: list[int]) -> None:
    answer = signed_in.get(address(schools[:2], measure="ks2.rwm_expected", year=2023).replace("/?", "/as-seen.csv?"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["URN"] for row in rows[:2]] == [str(urn) for urn in schools[:2]]
    assert [row["Place"] for row in rows[2:]][-2:] == ["Wrenford", "England"]
    assert {row["Year"] for row in rows} == {"2023/24"}
    page = text(signed_in, address(schools[:2], measure="ks2.rwm_expected", year=2023))
    shown = [row for row in rows[:2] if row["Value"].replace(".", "").isdigit()]
    assert shown
    assert all(f"{float(row['Value']):.1f}%" in page for row in shown)
    assert signed_in.get("/compare/as-seen.xlsx").status_code == 404  # nothing chosen


def test_of_a_school_outside_the_patch_only_published_figures_are_seen(
    schools: list[int], person: Callable[..., Any], browser_of: Callable[..., Any], settings: Any
) -> None:
    door = open_door(settings.HEADWAY.home)
    own, other = schools[:2]
    everything = Viewer("all", sees_early=True)
    both = side_by_side(door, everything, urns=[own, other], measures=["ks2.rwm_expected"])
    assert all(one.reading and EARLY in one.reading.release.words for one in both.rows[0].figures)
    head = browser_of(person(Role.HEADTEACHER, urns=frozenset({own})))
    page = text(head, address([own, other], measure="ks2.rwm_expected", year=both.rows[0].year.start))  # type: ignore[union-attr]
    cells = page.split('aria-label="All in one table"')[1].split("<tbody>")[1].split("<td>")[1:3]
    assert "early" in cells[0]
    assert "early" not in cells[1]
    assert "no figure" in cells[1]
    assert f"/schools/{own}/" in page
    assert f"/schools/{other}/" not in page  # a page that is not theirs is not led to
    listed = text(head, "/compare/")
    assert f'value="{own}"' in listed
    assert f'value="{other}"' not in listed


def test_below_the_desk_too_many_are_refused(schools: list[int], settings: Any) -> None:
    with pytest.raises(HeadwayError, match="too many to set side by side") as caught:
        side_by_side(open_door(settings.HEADWAY.home), PUBLIC, urns=range(100000, 100009))
    assert caught.value.code == "H-USAGE-55"
