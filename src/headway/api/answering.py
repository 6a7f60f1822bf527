"""How an endpoint says who may ask, reads its token, and answers: JSON with the snapshot it is from, or a problem."""

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from headway.api.problems import NO_TOKEN, NOTHING, TOO_MANY, of_fault, problem
from headway.desk.accounts.early_looks import note_early_look
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_for
from headway.desk.accounts.rules import FIGURES
from headway.desk.accounts.tokens import person_of, wait_for
from headway.desk.framing.pages import the_door
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

EARLY = b'"release": "early"'


class Asking:
    """One request: who asks, of which door, with which parameters."""

    def __init__(self, request: HttpRequest, person: User) -> None:
        self.person, self.given, self.door = person, request.GET, the_door()
        self.viewer: Viewer = viewer_for(person)

    def mine(self, urn: int) -> bool:
        return self.viewer.urns is None or urn in self.viewer.urns

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number from 1. Raises H-USAGE-83."""
        text = self.given.get(name, "")
        if not text:
            return default
        if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
            raise HeadwayError("H-USAGE-83", f"{name} is not a number from 1 to {most:,}.", remedy="See /api/v1/openapi.json.")
        return int(text)

    def day(self, name: str) -> date | None:
        """Raises H-USAGE-83."""
        text = self.given.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise HeadwayError("H-USAGE-83", f"{name} is not a day.", remedy="Write it as 2017-12-31.") from None

    def year(self, name: str) -> AcademicYear | None:
        """Raises H-USAGE-03."""
        text = self.given.get(name, "")
        return AcademicYear.parse(text) if text else None


Endpoint = Callable[..., Any]


def answers(permission: Permission, scope: str = FIGURES) -> Callable[[Endpoint], Callable[..., HttpResponse]]:
    """For an endpoint that takes an Asking and gives plain values. It answers 401, 403, 404 and 429 by itself.

    Where the address holds a `urn` the permission is asked for that school; another's answers as one that does not exist.
    """

    def declared(endpoint: Endpoint) -> Callable[..., HttpResponse]:
        @wraps(endpoint)
        def answered(request: HttpRequest, **named: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return _only_read()
            person = person_of(request.headers.get("Authorization", ""))
            if person is None:
                return _unknown()
            wait = wait_for(person)
            if wait:
                return _later(wait)
            refused = _outside(person, scope) or _refused(person, permission, named.get("urn"))
            return refused or _told(request, person, endpoint, named)

        answered.access, answered.scope = permission, scope  # type: ignore[attr-defined]
        return answered

    return declared


def _outside(person: User, scope: str) -> HttpResponse | None:
    """Refused, where the token was made for other things."""
    if scope in person.asked_with.scopes:
        return None
    why = f"It was made for: {'; '.join(person.asked_with.scope_words)}."
    return problem(HeadwayError("H-ACCESS-53", "This token may not ask this.", why, "Make one for it on the page of your account."), 403)


def _refused(person: User, permission: Permission, urn: int | None) -> HttpResponse | None:
    access = may(person, permission, urn)
    if access.hidden:
        return problem(NOTHING, 404)
    return None if access else problem(HeadwayError("H-ACCESS-51", "You may not ask this.", access.reason), 403)


def _told(request: HttpRequest, person: User, endpoint: Endpoint, named: dict[str, Any]) -> HttpResponse:
    try:
        asking = Asking(request, person)
        found = endpoint(asking, **named)
    except HeadwayError as fault:
        return of_fault(fault)
    answer = sent(asking.door, found)
    if asking.viewer.sees_early and EARLY in answer.content:
        note_early_look(person, request.path)
    return answer


def sent(door: Door, found: Any) -> HttpResponse:
    """With the snapshot and the library that answered, so that the answer can be had again."""
    facts = door.facts
    told = {"snapshot": facts.id if facts else None, "library": facts.library_digest if facts else None, "data": found}
    return HttpResponse(json.dumps(told, default=str, ensure_ascii=False), content_type="application/json")


def _only_read() -> HttpResponse:
    answer = problem(HeadwayError("H-USAGE-84", "Only GET is answered.", "Nothing can be changed through this interface."), 405)
    answer["Allow"] = "GET, HEAD"
    return answer


def _unknown() -> HttpResponse:
    answer = problem(NO_TOKEN, 401)
    answer["WWW-Authenticate"] = 'Bearer realm="Headway"'
    return answer


def _later(seconds: int) -> HttpResponse:
    answer = problem(TOO_MANY, 429)
    answer["Retry-After"] = str(seconds)
    return answer


def plain_json(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told)
