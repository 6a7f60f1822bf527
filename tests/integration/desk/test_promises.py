"""Promises in the desk: written in a form, adopted, changed with their history kept; the board's page; blueprints out and in."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from headway.definitions.blueprints import read_blueprint
from headway.desk.accounts.permissions import Role
from headway.desk.strategy import actions, adopting, blueprints, keeping, queries
from headway.desk.strategy.models import Promise, Strategy
from headway.readings.ambitions import verdicts
from headway.readings.door import open_door
from headway.site.demo_strategy import clock_at, make_demo_strategy
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "As in England", "words": "As often as in England by 2028.", "owner": "Director", "measure": "ks2.rwm_expected", "cut": "all",
    "who_of": "area", "who_by": "constituency", "relation": "reach", "against_kind": "england", "against_moves": "each_year",
    "baseline": "2022/23", "due": "2028-08-31", "tolerance": "0.5", "reference_title": "Cabinet, minute 44", "reference_href": "minutes/44",
    "review_by": "2028-12-31",
}  # fmt: skip


@pytest.fixture
def home(example: Path, settings: Any, own_home: Path, transactional_db: None) -> Path:
    """A copy of the example area, for a promise writes into the workspace's library, once its transaction is committed."""
    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    return home


@pytest.fixture
def strategy(home: Path) -> Strategy:
    words = {"title": "Plan", "summary": "What we promise.", "owner": "Director", "audience": "everybody"}
    return actions.begin(by="user:1", starts=date(2023, 9, 1), ends=date(2028, 8, 31), **words)


@pytest.fixture
def head(person: Callable[..., Any], browser_of: Callable[..., Any]) -> Any:
    return browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))


def test_a_promise_written_in_the_form_stands_in_the_library_and_keeps_its_score(home: Path, strategy: Strategy, head: Any) -> None:
    made = head.post(f"/strategy/{strategy.pk}/promises/write/", GIVEN)
    assert made.status_code == 302, made.content.decode()
    promise = Promise.objects.get()
    assert promise.ambition == f"strategy_{strategy.pk}.as_in_england"
    file = home / f"library/ambitions/strategy_{strategy.pk}/as_in_england.yaml"
    assert file.read_text() == promise.definition and yaml.safe_load(promise.definition)["asks"]["tolerance"] == 0.5
    door = open_door(home)  # it knows of the change without a publication
    (told,) = verdicts(door, PUBLIC, of=f"strategy_{strategy.pk}")
    (kept,) = keeping.promises(door, strategy)
    assert (told.verdict, told.since, told.distance) == (kept.answer.verdict, kept.answer.since, kept.answer.distance)
    page = head.get(made.url).content.decode()
    for words in ("As often as in England by 2028.", kept.heading, "Verdicts so far", "How this was worked out", "Cabinet, minute 44"):
        assert words in page, words


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"due": "2022-08-31"}, "due", "not after its baseline"),
        ({"relation": "within", "amount": "-5", "unit": "percent"}, "amount", "not above nought"),
        ({"cut": "fsm=yes", "measure": "ks2.rwm_higher"}, "cut", "is not counted for"),
        ({"relation": "stay_below"}, "relation", "would promise to get worse"),
        ({"against_kind": "fixed", "against_moves": "", "against_level": "140"}, "against_kind", "outside what"),
        ({"measure": "ks4.progress8"}, "due", "has no figure for 2027/28"),
        ({"baseline": "2018/19"}, "bridges", "no bridge is declared"),
        ({"baseline": "twenty"}, "baseline", ""),
        ({"more": "parts: ["}, "more", "This is not YAML"),
        ({"more": "measure: x"}, "more", "Only parts, choices"),
        ({"more": "a: &x 1\nb: *x"}, "more", "Only parts, choices"),
        ({"bridges": "2016/17 same"}, "bridges", "has not three parts"),
        ({"words": "Within 5% of England by 2028", "relation": "within", "amount": "5", "unit": "points"}, "unit", "give both readings"),
        ({"title": ""}, "title", "required"),
    ],
)  # fmt: skip
def test_a_contradictory_promise_is_refused_beside_its_field(wrong: dict[str, str], field: str, said: str, example: Path) -> None:
    from headway.desk.strategy.promise_form import PromiseForm

    form = PromiseForm({**GIVEN, **wrong}, door=open_door(example), name="strategy_1.new")
    assert not form.is_valid()
    assert any(said in message for message in form.errors.get(field, [])), form.errors


def test_every_fault_is_told_at_once_and_what_was_typed_is_there(strategy: Strategy, head: Any) -> None:
    answer = head.post(
        f"/strategy/{strategy.pk}/promises/write/", {**GIVEN, "due": "2020-08-31", "relation": "stay_below", "tolerance": "-1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count('class="errorlist') >= 3 and "As often as in England by 2028." in page
    assert not Promise.objects.exists()


def test_changing_a_promise_rewrites_no_verdict(home: Path, strategy: Strategy, head: Any) -> None:
    """Made in 2023 to reach England; eased in 2025 to within 3 points: the verdicts of before stay those of the first version."""
    with clock_at(date(2023, 7, 17)):
        head.post(f"/strategy/{strategy.pk}/promises/write/", GIVEN)
    promise = Promise.objects.get()
    before = [(one.on, one.version, one.answer) for one in keeping.promises(open_door(home), strategy)[0].history]
    eased = {**GIVEN, "relation": "within", "amount": "3", "unit": "points", "words": "Within three points of England by 2028."}
    with clock_at(date(2025, 3, 3)):
        lacking = head.post(f"/strategy/{strategy.pk}/promises/{promise.ambition}/change/", eased)
        assert lacking.status_code == 422 and Promise.objects.count() == 1
        head.post(f"/strategy/{strategy.pk}/promises/{promise.ambition}/change/", {**eased, "reason": "No school could be so fast."})
    (kept,) = keeping.promises(open_door(home), strategy)
    assert kept.promise.number == 2 and kept.answer.asks.relation == "within"
    old = [(one.on, one.version, one.answer) for one in kept.history if one.version == 1]
    assert old == [one for one in before if one[0] < date(2025, 3, 3)]
    assert {one.version for one in kept.history} == {1, 2}
    assert keeping.answers_on(open_door(home), strategy, date(2024, 12, 31))[promise.ambition].asks.relation == "reach"
    assert keeping.answers_on(open_door(home), strategy, date(2022, 12, 31)) == {}
    page = head.get(f"/strategy/{strategy.pk}/promises/{promise.ambition}/").content.decode()
    assert "No school could be so fast." in page and "version 1" in page


def test_a_promise_is_adopted_from_the_library_with_what_was_known(home: Path, strategy: Strategy, head: Any) -> None:
    door = open_door(home)
    name = next(one.id for one in door.library.ambitions.values() if door.library.ambition_sets[one.set].area == "any")
    page = head.get(f"/strategy/{strategy.pk}/promises/adopt/").content.decode()
    assert name in page and "birmingham_2015.fsm_gap" not in page  # another area's is not ours to adopt
    assert head.post(f"/strategy/{strategy.pk}/promises/adopt/", {"ambitions": [name], "owner": "Attendance"}).status_code == 302
    promise = Promise.objects.get()
    assert (promise.ambition, promise.owner, promise.library, promise.snapshot) == (name, "Attendance", door.library.digest, door.snapshot)
    assert '"verdict"' in promise.evidence
    head.post(f"/strategy/{strategy.pk}/promises/{name}/give-up/", {"reason": "Not ours."})
    assert queries.promises(strategy) == [] and Promise.objects.get().until is not None


@pytest.fixture
def lived(home: Path) -> Strategy:
    make_demo_strategy()
    return Strategy.objects.get(state="active")


def test_the_demonstration_fills_each_page_for_each_reader(lived: Strategy, person: Any, browser_of: Any, client: Any) -> None:
    chair = browser_of(person(Role.BOARD_CHAIR))
    page = chair.get(f"/strategy/{lived.pk}/board/?since=2025-06-30").content.decode()
    for words in (
        "What needs you",
        "1 action needs a decision",
        "since 30 June 2025",
        "Milestones that were missed",
        "What could break a promise",
    ):
        assert words in page, words
    promises = keeping.promises(open_door(chair_home(lived)), lived)
    assert len({one.answer.verdict for one in promises}) >= 3
    for one in promises:
        shown = client.get(f"/strategy/{lived.pk}/promises/{one.promise.ambition}/")  # nobody is signed in
        assert shown.status_code == 200 and one.heading in shown.content.decode()
    assert client.get(f"/strategy/{lived.pk}/board/").status_code == 302
    member = browser_of(person(Role.ELECTED_MEMBER))
    assert member.get(f"/strategy/{lived.pk}/").status_code == member.get(f"/strategy/{lived.pk}/board/").status_code == 200
    governor = browser_of(person(Role.GOVERNOR, urns=frozenset({900_001})))
    assert governor.get(f"/strategy/{lived.pk}/board/").status_code == 403
    _what_if(lived, [one.promise.ambition for one in promises], member, client)
    strip = chair.get("/overview/").content.decode()
    assert "on course" in strip and "For the board" in strip
    for name in ("promises.csv", f"promises/{promises[0].promise.ambition}/as-seen.csv", "doing.xlsx"):
        assert chair.get(f"/strategy/{lived.pk}/{name}").status_code == 200, name


def _what_if(lived: Strategy, ambitions: list[str], member: Any, client: Any) -> None:
    """Schools are moved by those whose role covers the area; nonsense in the address moves none."""
    pages = {
        f"/strategy/{lived.pk}/promises/{one}/": member.get(f"/strategy/{lived.pk}/promises/{one}/").content.decode() for one in ambitions
    }
    address, urn = next((address, found[1]) for address, page in pages.items() if (found := re.search(r'name="move-(\d{6})"', page)))
    assert "What if:" not in pages[address]
    for points, said in (("50", "If this school moved so"), ("0", ""), ("many", ""), ("-3.5", "If this school moved so")):
        page = member.get(f"{address}?move-{urn}={points}").content.decode()
        assert ("What if:" in page) is bool(said) and said in page, points
    assert "What if:" not in client.get(f"{address}?move-{urn}=50").content.decode()


def chair_home(lived: Strategy) -> Path:
    from django.conf import settings

    return settings.HEADWAY.home


def test_a_strategy_goes_out_as_a_blueprint_and_comes_in_as_the_same_draft(lived: Strategy, head: Any) -> None:
    """Out, in elsewhere with another first day, and out again: the same package, but for its promises, which wait to be written."""
    sent = head.get(f"/strategy/{lived.pk}/blueprint.yaml")
    assert sent.status_code == 200
    text = sent.content.decode()
    first = read_blueprint(sent.content)
    assert "60.0" not in text and "Demo" not in text and "://" not in text and len(first.promises) == 8
    draft = blueprints.take_up(by="user:1", blueprint=first, starts=date(2030, 9, 1))
    again = read_blueprint(blueprints.package(draft).encode())
    wanted = first.model_copy(update={"promises": {}})
    stripped = wanted.model_dump()
    for strand in stripped["strands"]:
        for priority in strand["priorities"]:
            for action in priority["actions"]:
                action["serves"] = ()
    found = again.model_dump()
    assert {**found, "said_by": ""} == {**stripped, "said_by": ""}
    assert draft.state == "draft" and draft.version == 2 and len(draft.proposals) == 8
    page = head.get(f"/strategy/{draft.pk}/promises/write/?proposal=0").content.decode()
    assert 'value="2022/23"' in page and "ks2.rwm_expected" in page


def test_a_blueprint_is_taken_up_from_those_shipped_or_from_a_file_with_its_faults_told(home: Path, head: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    taken = head.post("/strategy/take-up/", {"shipped": "stoke_2020", "starts": "2026-09-01", "title": "Ours"})
    assert taken.status_code == 302
    assert len(queries.actions_of(Strategy.objects.get(title="Ours"))) == 8
    bad = SimpleUploadedFile("theirs.yaml", b"blueprint: 1\ntitle: http://x\nhook: run\nowner: o\nsummary: s\n")
    refused = head.post("/strategy/take-up/", {"file": bad, "starts": "2026-09-01"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "an address stands here" in page and "hook" in page and Strategy.objects.count() == 1
    assert head.post("/strategy/take-up/", {"starts": "2026-09-01"}).status_code == 422


def test_only_those_who_write_strategies_write_promises_and_take_blueprints(strategy: Strategy, person: Any, browser_of: Any) -> None:
    for role in (Role.ADVISER, Role.BOARD_CHAIR, Role.ELECTED_MEMBER):
        browser = browser_of(person(role))
        for path in (f"{strategy.pk}/promises/write/", f"{strategy.pk}/promises/adopt/", "take-up/"):
            assert browser.post(f"/strategy/{path}", GIVEN).status_code == 403, (role, path)
    assert adopting.set_of(strategy) == f"strategy_{strategy.pk}" and not Promise.objects.exists()
