"""Alerts: what stands in a person's list, what goes by mail and what must not, and that one press ends it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.alerts import actions, letters, queries, sending
from headway.desk.alerts.models import Mark, Message
from headway.desk.alerts.rules import HowOften
from headway.desk.audit.models import Event
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.visits import actions as visiting
from headway.desk.visits.models import FollowUp
from headway.readings.area import MOVING, beyond_chance
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def school(example: Any, settings: Any) -> Establishment:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    one = next(one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open")
    return Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150")


@pytest.fixture
def people(school: Establishment, person: Callable[..., Any]) -> dict[str, Any]:
    made = {
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={school.pk}, email="h@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={999_999}, email="e@example.org"),
    }
    User.objects.update(made=datetime(2020, 1, 1, tzinfo=clock.now().tzinfo))
    return made


@pytest.fixture
def promised(people: dict[str, Any], school: Establishment) -> FollowUp:
    """The school promised something by yesterday; its words name a person."""
    visiting.log_call(by=people["adviser"], school=school, spoke_to="head", said="", restricted=False, counts_as=None, way="", once="c")
    call = school.calls.get()
    return FollowUp.objects.create(school=school, call=call, what=f"Ring {CANARY}", owner="school", keeper=people["adviser"],
                                   due=clock.today() - timedelta(1))  # fmt: skip


def run(server: str = "mail.example", **given: Any) -> dict[str, sending.Sent]:
    return {one.person: one for one in sending.send(the_door(), by="test", **given)}


def with_mail(settings: Any) -> None:
    settings.HEADWAY = replace(settings.HEADWAY, mail_server="mail.example", hosts=("desk.example",))


def test_what_waits_is_in_the_list_until_somebody_does_it(people: Any, promised: FollowUp, browser_of: Any) -> None:
    adviser, head, elsewhere = (browser_of(people[who]) for who in ("adviser", "head", "elsewhere"))
    for who in (adviser, head):
        page = who.get("/alerts/").content.decode()
        assert CANARY in page and "Overdue since" in page
    assert CANARY not in elsewhere.get("/alerts/").content.decode()
    FollowUp.objects.update(closed=clock.now(), closed_by="test", outcome="Done")
    assert CANARY not in adviser.get("/alerts/").content.decode() and CANARY not in head.get("/alerts/").content.decode()


def test_a_thing_is_read_when_it_is_opened_and_unread_again_on_request(people: Any, promised: FollowUp, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    (one,) = [
        each for each in queries.alerts_of(the_door(), people["adviser"], clock.today()) if each.thing.key == f"promise:{promised.pk}"
    ]
    opened = adviser.get(f"/alerts/{one.id}/")
    assert opened.status_code == 302 and opened.url == f"/support/actions/{promised.pk}/close/"
    assert CANARY not in adviser.get("/alerts/?show=unread").content.decode()
    adviser.post("/alerts/read/", {"id": one.id, "unread": "yes"})
    assert CANARY in adviser.get("/alerts/?show=unread").content.decode()
    adviser.post("/alerts/read/", {"all": "yes"})
    assert "You have read all of it" in adviser.get("/alerts/?show=unread").content.decode()
    assert browser_of(people["elsewhere"]).get(f"/alerts/{one.id}/").status_code == 404  # another's is as one that does not exist


def test_a_message_holds_names_of_schools_and_links_and_goes_once(people: Any, promised: FollowUp, school: Any, settings: Any) -> None:
    with_mail(settings)
    first = run()
    assert first[people["adviser"].label].outcome == "sent" and first[people["elsewhere"].label].waits == 0
    sent = {one.to[0]: one for one in mail.outbox}
    text = sent["a@example.org"].body
    assert school.name in text and f"/support/actions/{promised.pk}/close/" in text and "/alerts/mail/" in text
    assert CANARY not in text and not any(str(one) in text for one in people.values())  # of nobody
    assert not re.search(r"\d+(\.\d+)?%|points|tier\b", text)
    assert "List-Unsubscribe" in sent["a@example.org"].message()
    mail.outbox.clear()
    assert {one.outcome for one in run().values()} == {"not due"} and not mail.outbox
    told = [json.loads(one) for one in Event.objects.filter(verb="wrote to").values_list("after", flat=True)]
    assert told and all(set(one) == {"waits", "news"} for one in told)


def test_what_goes_at_once_goes_the_next_day_and_the_quarter_waits(
    people: Any, promised: FollowUp, settings: Any, monkeypatch: Any
) -> None:
    with_mail(settings)
    adviser = people["adviser"]
    actions.choose(by=adviser.label, user=adviser, how=HowOften.AT_ONCE)
    assert run()[adviser.label].outcome == "not due"  # chosen today
    monkeypatch.setenv("HEADWAY_TODAY", str(clock.today() + timedelta(1)))
    assert run()[adviser.label].waits == 1 and run()[adviser.label].outcome == "not due"


def test_a_server_that_refuses_loses_nothing_and_stops_nobody(people: Any, promised: FollowUp, settings: Any, monkeypatch: Any) -> None:
    with_mail(settings)
    send = mail.EmailMessage.send

    def refusing(message: Any, **given: Any) -> int:
        if message.to == ["a@example.org"]:
            raise ConnectionRefusedError
        return send(message, **given)

    monkeypatch.setattr(mail.EmailMessage, "send", refusing)
    done = run()
    assert done[people["adviser"].label].outcome == "failed" and done[people["head"].label].outcome == "sent"
    assert "a@example.org" not in str(done) and not Message.objects.filter(user=people["adviser"]).exists()
    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert run()[people["adviser"].label].outcome == "sent"


def test_without_a_mail_server_messages_lie_in_the_outbox_for_their_owner_only(people: Any, promised: Any, settings: Any, tmp_path: Any,
                                                                                monkeypatch: Any) -> None:  # fmt: skip
    monkeypatch.setattr(sending, "outbox", lambda: tmp_path / "outbox")
    assert run(dry=True)[people["adviser"].label].outcome == "would go" and not (tmp_path / "outbox").exists()
    assert run()[people["adviser"].label].outcome == "in the outbox"
    files = list((tmp_path / "outbox").iterdir())
    assert files and all(one.stat().st_mode & 0o077 == 0 for one in files)


def test_one_press_ends_mail_without_signing_in(people: Any, client: Any) -> None:
    where = letters.off_address(people["head"]).removeprefix(letters.site())
    assert "One press" in client.get(where).content.decode() and queries.how_often(people["head"]) is HowOften.QUARTERLY
    assert client.post(where).status_code == 200 and queries.how_often(people["head"]) is HowOften.OFF
    altered = where.replace("/off/", "/off/X")
    assert client.post(altered).status_code == 404 and not client.session.get("_auth_user_id")
    assert run()[people["head"].label].outcome == "no mail wanted"


def test_whoever_is_new_is_told_no_old_news(people: Any, promised: Any, settings: Any, person: Any) -> None:
    with_mail(settings)
    new = person(Role.ADVISER, email="n@example.org")
    assert run()[new.label].outcome == "not due"


def test_how_much_it_would_be_stands_beside_the_choice(people: Any, promised: FollowUp, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    page = adviser.get("/alerts/mail/?show=at_once").content.decode()
    assert "you would have had" in page and CANARY not in page and "Things wait for you" not in page
    assert adviser.post("/alerts/mail/", {"how_often": "daily"}).status_code == 422
    assert adviser.post("/alerts/mail/", {"how_often": "weekly"}).status_code == 302
    assert queries.how_often(people["adviser"]) is HowOften.WEEKLY and not Mark.objects.exists()


def test_only_changes_beyond_chance_for_all_together_are_told_and_none_of_a_small_cohort(school: Establishment) -> None:
    """The naive twin: every pair of newest years of the area, a z-test with the limit divided by how many are looked at."""
    door = open_door(the_door().home)
    found = beyond_chance(door, "150", PUBLIC)
    everything = [one for measure in MOVING for one in _pairs(door, measure)]
    limit = _z(0.05 / (2 * len(everything))) if everything else 0
    naive = {(measure, urn) for measure, urn, size in everything if size is not None and size > limit}
    assert {(one.measure.id, one.establishment.urn) for one in found} == naive
    for one in found:
        assert min(one.before.denominator or one.measure.floor, one.after.denominator or one.measure.floor) >= one.measure.floor


def _z(tail: float) -> float:
    low, high = 0.0, 10.0
    from math import erfc, sqrt

    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if erfc(middle / sqrt(2)) / 2 > tail else (low, middle)
    return low


def _pairs(door: Any, measure: str) -> list[tuple[str, int, float | None]]:
    from math import hypot, sqrt

    from headway.readings.area import APART, comparable_years
    from headway.readings.schools import establishments
    from headway.readings.trend import trend

    rows: dict[int, dict[int, Any]] = {}
    floor = door.library.measures[measure].floor
    for one in establishments(door, "150"):
        if one.status != "open" or one.phase in APART:
            continue
        for reading in trend(door, measure=measure, level="school", place=str(one.urn), viewer=PUBLIC).readings:
            if reading.value is not None and (reading.denominator or floor) >= floor and reading.place == str(one.urn):
                rows.setdefault(reading.year.start, {})[one.urn] = reading
    years = sorted(rows)[-2:]
    pairs = [(rows[years[0]][urn], after) for urn, after in rows[years[1]].items() if urn in rows[years[0]]] if len(years) == 2 else []
    if len(pairs) < 10 or years[1] - years[0] != 1 or not comparable_years(door.library.measures[measure], pairs[0]):
        return []
    found = []
    for before, after in pairs:
        change, size = abs(after.value - before.value), None
        if after.unit == "percent" and before.denominator and after.denominator:
            error = sqrt(sum(one.value * (100 - one.value) / one.denominator for one in (before, after)))
            size = change / error if error else None
        elif None not in (before.lower, before.upper, after.lower, after.upper):
            size = 1.96 * change / hypot(*((one.upper - one.lower) / 2 for one in (before, after)))
        found.append((measure, int(after.place), size))
    return found
