"""The interface for programs: who gets in, what is hidden, what its description promises, and that it keeps its promise for any input."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver

from headway.api.described import OPERATIONS, REQUIRED, document
from headway.desk.accounts.permissions import Role
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from tests.integration.desk.routes import routes

pytestmark = pytest.mark.django_db
GARBAGE = ("zzz", "999999", "' OR 1=1 --", "é\u202e", "9" * 400)


@pytest.fixture
def area(example: Path, settings: Any, own_home: Path) -> dict[str, str]:
    """The example area behind the interface: a school of the patch and another."""
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    schools = sorted(school.urn for school in of_authority(open_door(home), "150").values() if school.phase == "primary")
    return {"own": str(schools[0]), "other": str(schools[1])}


@pytest.fixture
def token_of(person: Callable[..., Any]) -> Callable[..., tuple[Any, str]]:
    """token_of(Role.ADVISER, urns={…}): a person and a token of theirs."""
    from headway.desk.accounts import actions

    def make(*roles: Role, urns: frozenset[int] = frozenset(), scopes: tuple[str, ...] = ("figures", "attendance")) -> tuple[Any, str]:
        user = person(*roles, urns=urns)
        return user, actions.make_token(by=user.label, user=user, name="a program", scopes=scopes)

    return make


def get(path: str, token: str = "", **given: str) -> Any:
    return Client().get(f"/api/v1{path}", given, headers={"Authorization": f"Bearer {token}"} if token else {})


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer hw_", f"Bearer hw_{'a' * 43}", "Basic abc", "Bearer " + "x" * 5000, "Bearer hw_é"]
)
def test_without_a_token_nobody_gets_in(header: str, area: dict[str, str]) -> None:
    answer = Client().get("/api/v1/measures", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "H-ACCESS-50"
    assert not answer.cookies


def test_a_token_answers_with_the_snapshot_it_is_from(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    _, token = token_of(Role.ANALYST)
    answer = get("/readings", token, measure="ks2.rwm_expected", authority="150", level="authority")
    told = answer.json()
    assert answer.status_code == 200
    assert told["snapshot"]
    assert {row["place"] for row in told["data"]} == {"150"}
    assert not answer.cookies  # no session is begun


def test_closing_the_account_signing_out_and_revoking_end_a_token_at_once(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    from headway.desk.accounts import actions

    for number, end in enumerate((
        lambda user: actions.set_active(by="test", user=user, active=False),
        lambda user: actions.sign_out_everywhere(by="test", user=user),
        lambda user: actions.revoke_token(by="test", token=user.tokens.get()),
    )):  # fmt: skip
        user, token = token_of((Role.ANALYST, Role.ADVISER, Role.BOARD_CHAIR)[number])
        assert get("/measures", token).status_code == 200
        end(user)
        assert get("/measures", token).status_code == 401


def test_only_the_hash_of_a_token_is_kept(token_of: Callable[..., Any]) -> None:
    from headway.desk.accounts.models import ApiToken
    from headway.desk.audit.models import Event

    _, token = token_of(Role.ANALYST)
    kept = [*ApiToken.objects.values_list("hash", "name"), *Event.objects.values_list("before", "after")]
    assert token not in json.dumps(kept)


def test_six_hundred_a_minute(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    from headway.desk.accounts.models import ApiToken

    _, token = token_of(Role.ANALYST)
    assert get("/measures", token).status_code == 200
    ApiToken.objects.update(used=600)
    answer = get("/measures", token)
    if answer.status_code == 200:  # the minute had just turned
        ApiToken.objects.update(used=600)
        answer = get("/measures", token)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_another_school_answers_as_one_that_does_not_exist(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    _, token = token_of(Role.HEADTEACHER, urns=frozenset({int(area["own"])}))
    assert get(f"/schools/{area['own']}", token).status_code == 200
    paths = (
        ("/schools/{}", {}), ("/readings", {"measure": "ks2.rwm_expected", "urn": "{}"}),
        ("/explain/school/{}/ks2.rwm_expected/2018", {}),
    )  # fmt: skip
    for path, given in paths:
        other, nothing = (
            get(path.format(urn), token, **{name: value.format(urn) for name, value in given.items()}) for urn in (area["other"], "999999")
        )
        assert other.status_code == nothing.status_code == 404, path
        assert other.content == nothing.content, path
    listed = get("/readings", token, measure="ks2.rwm_expected", authority="150", level="school").json()["data"]
    assert {row["place"] for row in listed} <= {area["own"]}
    assert {row["urn"] for row in get("/schools", token, q="school").json()["data"]} <= {int(area["own"])}


def test_early_results_are_for_those_who_may_and_a_look_is_written_down(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    from headway.desk.audit.models import Event

    def releases(role: Role) -> set[str]:
        _, token = token_of(role)
        found = [
            get("/readings", token, measure=name, authority="150", level="school").json()["data"]
            for name in ("ks2.rwm_expected", "ks4.attainment8")
        ]
        return {row["release"] for rows in found for row in rows}

    assert "early" not in releases(Role.BOARD_CHAIR)
    assert not Event.objects.filter(verb="looked at early results").exists()
    if "early" in releases(Role.ANALYST):
        assert Event.objects.filter(verb="looked at early results").exists()


@pytest.mark.parametrize("role", Role, ids=str)
def test_roles(role: Role, area: dict[str, str], token_of: Callable[..., Any]) -> None:
    _, token = token_of(role, urns=frozenset({int(area["own"])}) if role.bound_to_patch else frozenset())
    expected = 403 if role in (Role.ADMINISTRATOR, Role.WELLBEING_CONTACT, Role.DATA_PROTECTION_OFFICER) else 200
    assert get("/measures", token).status_code == expected
    assert get(f"/schools/{area['own']}", token).status_code == expected
    assert get("/strategies", token).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(method: str, area: dict[str, str], token_of: Callable[..., Any]) -> None:
    _, token = token_of(Role.ANALYST)
    answer = getattr(Client(), method)("/api/v1/measures", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_ambitions_as_of_a_day(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    _, token = token_of(Role.ELECTED_MEMBER)
    answer = get("/ambitions", token, as_of="2019-08-31")
    assert answer.status_code == 200
    assert all(one["as_of"] == "2019-08-31" for one in answer.json()["data"])


# --- its description --------------------------------------------------------------------------------------------------


def test_the_description_holds_every_address() -> None:
    ours = {route.name.partition(":")[2] for route in routes(get_resolver()) if route.name.startswith("api:")}
    assert ours == OPERATIONS.keys() | {"openapi", "nothing"}
    told = Client().get("/api/v1/openapi.json").json()
    assert told == json.loads(json.dumps(document()))
    assert told["openapi"] == "3.1.0"


def test_an_unknown_address_is_a_problem() -> None:
    answer = get("/nothing/here")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def good(name: str, area: dict[str, str]) -> list[str]:
    known = {
        "urn": area["own"], "measure": "ks2.rwm_expected", "level": "school", "place": area["own"], "year": "2018", "authority": "150",
        "from": "2016/17", "to": "2018/19", "as_of": "2019-08-31", "q": "primary",
    }  # fmt: skip
    return [known[name]] if name in known else []


def test_whatever_is_asked_the_answer_is_one_that_is_described(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    """Each operation × good and bad values of each parameter: a described status, the described form, never a fault of ours."""
    _, token = token_of(Role.ANALYST)
    for path, operation in document()["paths"].items():
        parameters = operation["get"]["parameters"]
        sound = {one["name"]: next(iter(good(one["name"], area)), "") for one in parameters}
        for one, value in product(parameters, [None, *GARBAGE]) if parameters else [({"name": ""}, None)]:
            given = {**sound, **({one["name"]: value} if value is not None else {})}
            _as_described(path, operation["get"], given, token)


def _as_described(path: str, operation: dict[str, Any], given: dict[str, str], token: str) -> None:
    from urllib.parse import quote

    inside = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
    address = path.removeprefix("/api/v1").format(**{name: quote(given[name], safe="") for name in inside})
    answer = get(address, token, **{name: value for name, value in given.items() if name not in inside and value})
    assert str(answer.status_code) in operation["responses"], (address, given, answer.content[:300])
    told = answer.json()
    if answer.status_code == 200:
        data = told["data"]
        kind = OPERATIONS.get(operation["operationId"], ("", "", "", {}))[2]
        for row in data if isinstance(data, list) else [data]:
            assert set(REQUIRED[kind.removesuffix("[]")]) <= row.keys() or address == f"/{operation['operationId']}", address
    else:
        assert answer["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "code"} <= told.keys()


# --- the page on which tokens are made ----------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_opens(area: dict[str, str], person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    import re

    user = person(Role.ANALYST)
    browser = browser_of(user)
    made = browser.post("/account/tokens/", {"name": "The website", "scopes": ["figures"]}).content.decode()
    token = re.search(r"hw_[A-Za-z0-9_-]{43}", made)
    assert token is not None
    assert get("/measures", token[0]).status_code == 200
    again = browser.get("/account/tokens/").content.decode()
    assert "The website" in again
    assert token[0] not in again
    browser.post(f"/account/tokens/{user.tokens.get().pk}/revoke/")
    assert get("/measures", token[0]).status_code == 401


def test_nobody_revokes_anothers_token(token_of: Callable[..., Any], person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    owner, _ = token_of(Role.ANALYST)
    other = browser_of(person(Role.ADVISER))
    assert other.post(f"/account/tokens/{owner.tokens.get().pk}/revoke/").status_code == 404


def test_a_token_asks_for_what_it_was_made_for_and_nothing_else(area: dict[str, str], token_of: Callable[..., Any]) -> None:
    from headway.desk.accounts.actions import make_token
    from headway.desk.accounts.models import User

    _, figures = token_of(Role.ATTENDANCE_OFFICER, scopes=("figures",))
    person = User.objects.get()
    attends = make_token(by=person.label, user=person, name="another", scopes=("attendance",))
    for token, may, may_not in ((figures, "/measures", "/attendance"), (attends, "/attendance", "/measures")):
        assert get(may, token).status_code == 200
        refused = get(may_not, token)
        assert (refused.status_code, refused.json()["code"]) == (403, "H-ACCESS-53")
    assert get(f"/attendance/{area['own']}", figures).status_code == 403  # before anything is told of the school
    assert person.tokens.get(name="another").scope_words == [
        "Schools’ attendance from registers: rates and counts, no pupil, and none of few"
    ]


def test_a_token_is_made_with_its_scopes_on_the_page(area: dict[str, str], person: Callable[..., Any], browser_of: Any) -> None:
    owner = person(Role.ADVISER)
    browser = browser_of(owner)
    assert browser.post("/account/tokens/", {"name": "The website"}).status_code == 422  # for nothing
    assert browser.post("/account/tokens/", {"name": "The website", "scopes": ["figures", "other"]}).status_code == 422
    assert browser.post("/account/tokens/", {"name": "The website", "scopes": ["figures"]}).status_code == 200
    assert owner.tokens.get().scopes == ["figures"]
    assert "Figures: schools, measures" in browser.get("/account/tokens/").content.decode()


def test_attendance_for_programs_has_no_pupil_and_no_count_of_few_even_for_the_team(
    area: dict[str, str], token_of: Callable[..., Any]
) -> None:
    from headway.readings.attendance.schools import schools
    from headway.vocabulary.viewer import Viewer

    _, token = token_of(Role.ATTENDANCE_OFFICER)
    told = get("/attendance", token).json()["data"]
    door = open_door(django_settings.HEADWAY.home)
    open_to_all = schools(door, Viewer("adviser"))
    assert {one["urn"]: one["rates"] and one["rates"]["persistent"] for one in told["schools"]} == {
        line.urn: line.rates and line.rates.persistent for line in open_to_all.lines
    }
    sends = next(one for one in told["schools"] if one["rates"])
    own = get(f"/attendance/{sends['urn']}", token)
    assert own.json()["data"]["whole"]["attendance"] == sends["rates"]["attendance"]
    assert all(one["sessions"] is None or one["sessions"] >= 6 for one in own.json()["data"]["reasons"])
    silent = next(one for one in told["schools"] if not one["rates"])
    assert get(f"/attendance/{silent['urn']}", token).status_code == 404
    _, member = token_of(Role.ELECTED_MEMBER)
    assert get("/attendance", member).status_code == 403
    _, head = token_of(Role.HEADTEACHER, urns=frozenset({sends["urn"]}))
    assert {one["urn"] for one in get("/attendance", head).json()["data"]["schools"]} == {sends["urn"]}
    assert get(f"/attendance/{silent['urn']}", head).status_code == 404
