"""A consultation from its first question to "you said, we did": who may, what is kept, what comes back, what is not shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from headway.desk.accounts.permissions import Role
from headway.vocabulary.clock import now, today

pytestmark = pytest.mark.django_db
TYPED = "The bus is late and my teacher Mr Example said so"


@dataclass
class Asked:
    """A consultation that is open, with one question of each kind."""

    one: Any
    words: str
    choice: str

    @property
    def path(self) -> str:
        return f"/consultations/{self.one.pk}/"

    def form(self, client: Client, **given: str) -> dict[str, str]:
        page = client.get(self.path).content.decode()
        sending = re.search(r'name="sending" value="([^"]+)"', page)
        assert sending is not None
        return {"sending": sending[1], self.words: TYPED, self.choice: "Yes", "speaking": "pupil", **given}


@pytest.fixture
def asked() -> Asked:
    return make()


def make(**given: Any) -> Asked:
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Consultation, Question
    from headway.desk.consultation.rules import State

    start = {
        "title": "A plan for attendance", "about": "What should we do?", "owner": "Director of education", "audience": "public",
        "opens": today() - timedelta(days=1), "closes": today() + timedelta(days=10), "keep_until": today() + timedelta(days=400),
    }  # fmt: skip
    one = actions.begin(by="test", **{**start, **given})
    words = actions.ask(by="test", question=Question(consultation=one, words="What would help?"))
    choice = actions.ask(
        by="test", question=Question(consultation=one, words="Do you agree?", kind="one", choices=["Yes", "No"], required=True)
    )
    actions.move(by="test", one=one, target=State.OPEN)
    return Asked(Consultation.objects.get(pk=one.pk), f"q{words.pk}", f"q{choice.pk}")


def responses(asked: Asked) -> list[Any]:
    from headway.desk.consultation.models import Response

    return list(Response.objects.filter(consultation=asked.one))


def test_anybody_answers_without_an_account(asked: Asked, client: Client) -> None:
    answer = client.post(asked.path, asked.form(client))
    (made,) = responses(asked)
    assert answer.status_code == 302
    assert made.reference in client.get(answer["Location"]).content.decode()
    assert {item.question_id: (item.chosen, item.typed) for item in made.answers.all()} == {
        int(asked.words[1:]): ([], TYPED), int(asked.choice[1:]): (["Yes"], "")
    }  # fmt: skip


def test_a_form_sent_twice_is_one_response(asked: Asked, client: Client) -> None:
    form = asked.form(client)
    first, second = (client.post(asked.path, form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(responses(asked)) == 1


def test_nothing_typed_is_lost(asked: Asked, client: Client) -> None:
    answer = client.post(asked.path, asked.form(client, **{asked.choice: ""}))
    assert answer.status_code == 422
    assert TYPED in answer.content.decode()
    assert not responses(asked)


def test_five_an_hour_from_one_address_and_the_words_come_back(asked: Asked, client: Client) -> None:
    statuses = [client.post(asked.path, asked.form(client)).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    refused = client.post(asked.path, asked.form(client))
    assert TYPED in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert client.post(asked.path, asked.form(client), REMOTE_ADDR="192.0.2.7").status_code == 302  # another address


def test_an_address_is_kept_as_a_keyed_hash_and_for_an_hour(asked: Asked, client: Client) -> None:
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Sending

    client.post(asked.path, asked.form(client), REMOTE_ADDR="192.0.2.7")
    (kept,) = Sending.objects.all()
    assert "192.0.2.7" not in kept.address
    Sending.objects.update(made=now() - timedelta(hours=1, seconds=1))
    actions.forget_addresses(by="test")
    assert not Sending.objects.exists()


def test_the_audit_holds_nothing_that_was_typed(asked: Asked, client: Client) -> None:
    from headway.desk.audit.models import Event

    client.post(asked.path, asked.form(client))
    told = [f"{event.actor} {event.before} {event.after}" for event in Event.objects.filter(verb="responded to")]
    assert len(told) == 1
    assert told[0].startswith("public")
    assert "bus" not in told[0]


def test_it_takes_nothing_before_and_after_its_days(client: Client) -> None:
    past = make(opens=date(2020, 1, 1), closes=date(2020, 2, 1))
    answer = client.post(past.path, {"sending": "x", past.choice: "Yes", past.words: TYPED})
    assert not responses(past)
    assert TYPED in answer.content.decode()


def test_a_draft_and_one_for_the_invited_are_not_there(client: Client) -> None:
    from headway.desk.consultation.models import Consultation

    draft, private = make(), make(audience="invited")
    Consultation.objects.filter(pk=draft.one.pk).update(state="draft")
    nothing = client.get("/consultations/999999/").content
    for one in (draft, private):
        for path in (one.path, f"{one.path}you-said-we-did/"):
            answer = client.get(path)
            assert answer.status_code == 404
            assert answer.content == nothing


def test_a_link_opens_what_it_was_made_for_until_it_is_revoked(client: Client) -> None:
    from headway.desk.consultation import actions
    from headway.desk.consultation.models import Invitation

    private = make(audience="invited")
    token = actions.invite(by="test", one=private.one, sent_to="Heads’ forum", once=False)
    path = f"/consultations/by-invitation/{token}/"
    form = {"sending": "a", private.choice: "No", private.words: ""}
    assert client.post(path, form).status_code == 302
    assert responses(private)[0].invitation.sent_to == "Heads’ forum"
    assert token not in Invitation.objects.get().token
    actions.revoke(by="test", invitation=Invitation.objects.get())
    assert client.get(path).status_code == 404
    assert client.get("/consultations/by-invitation/other/").status_code == 404


def test_a_link_for_one_response_is_used_up(client: Client) -> None:
    from headway.desk.consultation import actions

    private = make(audience="invited")
    path = f"/consultations/by-invitation/{actions.invite(by='test', one=private.one, sent_to='A trust', once=True)}/"
    assert client.post(path, {"sending": "a", private.choice: "No"}).status_code == 302
    assert client.get(path).status_code == 404


@pytest.fixture
def head(person: Callable[..., Any], browser_of: Callable[..., Any]) -> Client:
    return browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))


def test_from_reading_to_you_said_we_did(asked: Asked, client: Client, head: Client) -> None:
    from headway.desk.consultation.models import Answer, Assignment, Theme

    for number in range(6):
        client.post(asked.path, asked.form(client), REMOTE_ADDR=f"192.0.2.{number}")
    first = responses(asked)[0]
    answer = first.answers.get(question_id=int(asked.words[1:]))
    shortened = {f"a{answer.pk}": "The bus is late and my teacher […] said so", "moderation": "counted"}
    assert head.post(f"{asked.path}responses/{first.pk}/", shortened).status_code == 302
    assert Answer.objects.get(pk=answer.pk).typed == TYPED
    for other in responses(asked)[1:]:
        head.post(
            f"{asked.path}responses/{other.pk}/", {"moderation": "counted", **{f"a{one.pk}": one.kept for one in other.answers.all()}}
        )

    assert head.post(f"{asked.path}themes/add/", {"title": "Late buses"}).status_code == 302
    theme = Theme.objects.get()
    page = head.get(f"{asked.path}responses/{first.pk}/").content.decode()
    assert "suggested: both say" in page
    head.post(f"{asked.path}answers/{answer.pk}/themes/", {"theme": theme.pk})
    assert Assignment.objects.get().suggested

    head.post(f"{asked.path}step/", {"target": "closed"})
    head.post(f"{asked.path}step/", {"target": "answered"})
    asked.one.refresh_from_db()
    assert asked.one.state == "closed"  # the theme does not say what is done about it
    done = {"title": "Late buses", "you_said": "Buses are late.", "doing": "will", "we_did": "We will ask the company for earlier buses."}
    head.post(f"{asked.path}themes/{theme.pk}/", done)
    head.post(f"{asked.path}step/", {"target": "answered"})

    shown = client.get(f"{asked.path}you-said-we-did/").content.decode()
    assert "We will ask the company for earlier buses." in shown
    assert "6 responses" in shown
    assert "fewer than 5 responses" in shown  # of the theme
    assert "Mr Example" not in shown

    head.post(f"{asked.path}erase/")
    assert not Answer.objects.exclude(typed="").exists()
    assert Answer.objects.get(pk=answer.pk).kept.endswith("said so")


def test_what_is_set_aside_needs_a_reason_and_counts_nowhere(asked: Asked, client: Client, head: Client) -> None:
    client.post(asked.path, asked.form(client))
    (made,) = responses(asked)
    given = {"moderation": "set_aside", "reason": "", **{f"a{one.pk}": "kept as I wrote it" for one in made.answers.all()}}
    refused = head.post(f"{asked.path}responses/{made.pk}/", given)
    assert refused.status_code == 422
    assert "kept as I wrote it" in refused.content.decode()
    head.post(f"{asked.path}responses/{made.pk}/", {**given, "reason": "Abuse"})
    assert "no responses" in head.get(f"{asked.path}you-said-we-did/").content.decode()


def test_the_file_holds_what_was_kept_and_nothing_as_typed(asked: Asked, client: Client, head: Client) -> None:
    from headway.desk.consultation import actions
    from headway.desk.consultation.rules import Moderation

    client.post(asked.path, asked.form(client))
    (made,) = responses(asked)
    kept = {one.pk: "=1+1" for one in made.answers.all()}
    actions.moderate(by="test", response=made, moderation=Moderation.COUNTED, reason="", kept=kept)
    text = head.get(f"{asked.path}responses.csv").content.decode()
    assert made.reference in text
    assert "'=1+1" in text
    assert "Mr Example" not in text


def test_questions_stay_once_it_was_opened(asked: Asked, head: Client) -> None:
    assert head.get(f"{asked.path}questions/add/").status_code == 404
    assert head.get(f"{asked.path}questions/{asked.words[1:]}/").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD_OF_SCHOOL_IMPROVEMENT], ids=str)
def test_others_do_not_read_responses(role: Role, asked: Asked, person: Callable[..., Any], browser_of: Callable[..., Any]) -> None:
    user = person(role, urns=frozenset({100001}) if role.bound_to_patch else frozenset())
    browser = browser_of(user)
    for path in ("run/", "change/", "responses/", "responses.csv", "themes/add/", "questions/add/"):
        assert browser.get(f"{asked.path}{path}").status_code == 403, path
    assert browser.get(asked.path).status_code == 200


def test_a_form_of_a_consultation_tells_all_its_faults(head: Client) -> None:
    given = {
        "title": "",
        "about": "About",
        "owner": "",
        "audience": "public",
        "opens": "2026-02-01",
        "closes": "2026-01-01",
        "keep_until": "2025-01-01",
    }
    answer = head.post("/consultations/new/", given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The last day is before the first." in text
    assert "at least until the consultation has closed" in text
    assert text.count("This field is required.") == 2
