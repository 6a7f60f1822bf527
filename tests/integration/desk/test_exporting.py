"""Files taken away: each recorded, twenty an hour, and only by a person who proved who they are lately."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from headway.desk.accounts import exporting
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import opened, verify
from headway.vocabulary.clock import now
from tests.integration.desk.routes import routes

pytestmark = pytest.mark.django_db


@exporting.exported
def a_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a,b\n")


def ask(user: Any, rf: Any) -> HttpResponse:
    request = rf.get("/schools/as-seen.csv?q=Canary+Name")
    request.user = user
    return a_file(request)


def test_a_file_taken_is_recorded_with_what_was_asked_sealed(person: Any, rf: Any) -> None:
    user = person(Role.ANALYST)
    assert ask(user, rf).status_code == 200
    event = Event.objects.get(verb="exported")
    assert (event.actor, event.target_id) == (user.label, "/schools/as-seen.csv")
    assert "Canary" not in event.after
    assert opened(event.after, user.label)["query"] == "q=Canary+Name"


def test_the_twenty_first_within_an_hour_is_refused_kindly_and_recorded(person: Any, rf: Any) -> None:
    user, other = person(Role.ANALYST), person(Role.ADVISER)
    assert [ask(user, rf).status_code for _ in range(20)] == [200] * 20
    refused = ask(user, rf)
    assert refused.status_code == 429
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert b"The next can be taken in 60 minutes" in refused.content
    assert Event.objects.filter(verb="was refused an export", actor=user.label).count() == 1
    assert ask(other, rf).status_code == 200
    assert verify() == []


def test_an_hour_later_files_may_be_taken_again(person: Any, rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user = person(Role.ANALYST)
    for _ in range(21):
        last = ask(user, rf)
    assert last.status_code == 429
    monkeypatch.setattr(exporting, "now", lambda: now() + timedelta(minutes=61))
    assert ask(user, rf).status_code == 200


def test_every_download_is_counted_and_asks_again_who_it_is() -> None:
    files = [route for route in routes(get_resolver()) if getattr(route.view, "access", None) is Permission.EXPORT]
    assert {route.name for route in files} >= {"schools_file", "school_file"}
    for route in files:
        assert route.view.recently, route
        assert exporting.exported.__qualname__ in str(_wrapped(route.view)), route


def _wrapped(view: Any) -> list[str]:
    """The names of the functions a view is made of, from the outside in."""
    found = []
    while view:
        found.append(view.__code__.co_qualname if hasattr(view, "__code__") else str(view))
        view = getattr(view, "__wrapped__", None)
    return found
