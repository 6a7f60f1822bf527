"""Every address that holds a record, from the url conf itself: for whom works with another school it is as one that does not exist.

The made-up area is full of what people wrote. A record that somebody of the council can open is asked for by a head, a governor and an
adviser of a school about which nothing is written, and so is a number that nothing has: the answers are the same to the byte.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from headway.desk.accounts.permissions import Role
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.morning import morning
from headway.readings.door import open_door
from headway.site import sign_in
from headway.vocabulary.viewer import Viewer
from tests.integration.desk.routes import Route, routes

NOWHERE = 999_999_999
NO_SCHOOL = 999_999
TRIED = 5  # numbers of records that are tried until one is found
NAMES = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")
COUNCIL = (Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ATTENDANCE_OFFICER, Role.SERVICE_OFFICER, Role.BOARD_CHAIR, Role.ADMINISTRATOR)
NUMBERS = re.compile(r"<number:(\w+)>|\(\?P<(pk|piece|urn)>")  # parts that are a record's number or a school's
# a part of an address that is no record's number → what stands there
SAMPLES = {
    "form": "csv", "part": "note", "act": "share", "day": "2026-09-15", "year": "2026-27", "edition": "members", "whole": "",
    "to": "closed", "kind": "action", "flag": "fall", "who": "4", "rung": "meeting", "item": "desktop",
    "due": "2026-09-15", "measure": "ks2.rwm_expected", "start": "2018", "level": "school", "name": "safeguarding",
    "token": "0" * 32, "path": "x", "reference": "x", "ambition": "strategy_1.in_school_every_day",
}  # fmt: skip
# where the same part means something else
OF_ROUTE = {
    ("tiers:letter_file", "form"): "pdf", ("engagements:step", "key"): "initial_visit", ("attendance:agenda_file", "form"): "pdf",
    ("attendance:held", "form"): "pdf", ("attendance:letter", "form"): "pdf", ("attendance:letter", "kind"): "offer",
    ("attendance:bundle", "form"): "pdf", ("attendance:record_bundle", "form"): "pdf", ("attendance:record_held", "form"): "pdf",
    ("attendance:shut", "to"): "cancelled", ("duties:answer", "form"): "safeguarding_audit",
    ("entitlements:move_order", "act"): "agreed", ("evidence_library:move", "to"): "withdrawn", ("boards:pack_file", "form"): "pdf",
    ("scrutiny:report_file", "form"): "pdf", ("api:explain", "year"): "2018", ("engagements:autosave", "of"): "new",
}  # fmt: skip
# nouns of the whole area, which people of any school read or join; what is a school's own in them has tests with the noun
OF_THE_AREA = {
    "strategy": "an adopted strategy is for everybody", "consultation": "a consultation asks everybody",
    "evidence_library": "practices are there to be read by any school", "learning": "sessions are open to any school",
    "networks": "networks and who convenes them are known to any school", "boards": "boards tell each who they are and what is open",
    "brokerage": "offers of help are there to be found by any school, and are kept for all by those who broker",
    "scrutiny": "reports are the council’s, of the whole area", "entitlements:adviser": "a colleague’s diary is no school’s",
}  # fmt: skip
# of which the demonstration has none among the first, or which only those of the school itself open; each has tests with its noun
UNFOUND = {
    "api:attendance_of", "api:school", "api:strategy", "attendance:letter", "attendance:notice", "attendance:period",
    "attendance:share_list", "attendance:shared_file", "attendance:step", "boards:minutes", "boards:vote",
    "brokerage:agreement", "brokerage:review", "consultation:add_question", "consultation:question", "day_one:batch",
    "day_one:faults_file", "day_one:match", "duties:answer", "engagements:answer_notice", "engagements:notice",
    "entitlements:allocation_file", "entitlements:waive", "evidence_library:adopt", "evidence_library:stop", "fairness:withdraw",
    "glass:note", "glass:notes", "glass:use", "groups:change", "groups:group", "groups:group_file", "learning:evaluate", "learning:take",
    "moderation:opinion", "networks:agree", "networks:paper", "publication:see", "self_evaluation:document", "self_evaluation:write",
    "tiers:appeal", "tiers:ask", "tiers:hear", "tiers:reply", "tiers:wrong", "visits:answer", "visits:not_coming", "visits:school_part",
    "wellbeing:answer", "wellbeing:end", "wellbeing:talk",
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """An address with a record in it, by the route: as it is for a number."""

    route: Route
    names: tuple[str, ...]

    def at(self, number: int, urn: int, pupil: str) -> str:
        kwargs: dict[str, Any] = {}
        numbers = {first or second for first, second in NUMBERS.findall(self.route.pattern)}
        for name in self.names:
            sample = OF_ROUTE.get((self.route.name, name), pupil if name == "key" else SAMPLES.get(name))
            value = urn if name == "urn" else number if name in numbers else sample
            assert value is not None, f"{self.route.name}: say in SAMPLES what stands for {name}"
            if value != "":
                kwargs[name] = value
        return reverse(self.route.name, kwargs=kwargs)


def held() -> Iterator[Held]:
    """Every address of ours with a record's number or a school's in it."""
    ours_not = {route.name for route in routes(type("All", (), {"url_patterns": sign_in.urlpatterns})())}
    for route in routes(get_resolver()):
        names = tuple(first or second for first, second in NAMES.findall(route.pattern))
        if route.name in ours_not or not {"pk", "urn"} & set(names):
            continue
        yield Held(route, names)


@pytest.fixture
def numbered_from_one(db: None) -> None:
    """Records made from here on have numbers from one: a test before this that committed left the counters where it ended."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), connection.introspection.sequence_list()):
            cursor.execute(statement)


@pytest.fixture
def area(example: Path, settings: Any, own_home: Path, numbered_from_one: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Wrenford as its demonstration leaves it."""
    from headway.site import demo, running

    home = own_home / "area"
    shutil.copytree(example, home)
    settings.HEADWAY = replace(settings.HEADWAY, home=home)
    monkeypatch.setattr(running, "prepare", lambda where: None)
    monkeypatch.setattr("headway.desk.accounts.exporting.HOURLY", 100_000)
    running.sync(home)
    demo.make_demo_users(home)
    return home


def bare(answer: Any, address: str) -> tuple[int, str, str]:
    """What was answered, without what differs from page to page, and without the address itself."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    said = r'<p class="hw-message" role="status">.*?</p>|'  # of what was done before
    text = re.sub(said + r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", body.decode("utf-8", "replace"))
    return answer.status_code, text.replace(address, ""), answer.headers.get("Location", "").replace(address, "")


@pytest.mark.slow
def test_a_record_of_another_school_is_as_one_that_does_not_exist(
    area: Path, person: Callable[..., Any], browser_of: Callable[..., Any]
) -> None:
    from headway.desk.accounts.models import User

    urn = Establishment.objects.create(urn=999_998, name="Elsewhere", phase="primary", status="open", authority="150").pk
    theirs = int(User.objects.get(email="headteacher@wrenford.example").patches.values_list("urn", flat=True)[0])
    pupil = next(one.key for one in morning(open_door(area), Viewer("me", sees_pupils=True)).watched if one.urn == theirs)
    others = [browser_of(person(*roles, urns=frozenset({urn}), email=f"{roles[0]}@elsewhere.example"))
              for roles in ((Role.HEADTEACHER, Role.GOVERNOR), (Role.ADVISER,))]  # fmt: skip
    council = browser_of(person(*COUNCIL, email="everything@whole.example"))
    told, unfound = [], []
    for one in held():
        number = next((n for n in range(1, TRIED + 1) if _opens(council, one.at(n, theirs, pupil))), None)
        if number is None:
            unfound.append(one.route.name)
        for who in others:
            for way in ("get", "post"):
                there, nowhere = one.at(number or 1, theirs, pupil), one.at(NOWHERE, NO_SCHOOL, pupil)
                said = bare(getattr(who, way)(there), there)
                if said != bare(getattr(who, way)(nowhere), nowhere):
                    told.append((one.route.name, way, said[0]))
    assert set(unfound) <= UNFOUND, "a record of each kind must be there to be asked for"
    assert [one for one in sorted(set(told)) if not {one[0], one[0].partition(":")[0]} & OF_THE_AREA.keys()] == []


def _opens(who: Any, address: str) -> bool:
    answer = who.get(address)
    answer.close()  # a file would stay open
    return bool(answer.status_code in (200, 302, 405))
