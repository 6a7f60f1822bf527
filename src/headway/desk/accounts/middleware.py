"""Session limits, default deny and strong sign-in, on every request."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from headway.desk.accounts.access import declared_access
from headway.desk.accounts.early_looks import note_early_look
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, needs_strong_sign_in
from headway.desk.accounts.rules import Limits, over

STARTED, SEEN, VERSION, OWNER = "headway_started", "headway_seen", "headway_access_version", "headway_owner"
SEEN_EVERY = 60  # seconds: not a write for each request
ANSWER = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """20 minutes idle and 10 hours in all, kept on the server; a new id when what the person may do has changed.

    The machine's own clock, not vocabulary.clock: a demonstration on another day must not lengthen a session.
    """

    def __init__(self, get_response: ANSWER) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request)
        response = self.get_response(request)
        if request.user.is_authenticated and request.session.get(OWNER) != request.user.pk:
            self._start(request)  # they signed in with this request, and allauth has given the session its new id
        return response

    def _limit(self, request: HttpRequest) -> None:
        limits = Limits(settings.SESSION_IDLE_SECONDS, settings.SESSION_LONGEST_SECONDS)
        session, moment = request.session, time.time()
        if session.get(OWNER) != request.user.pk or over(limits, session[STARTED], session[SEEN], moment):
            logout(request)
            return
        if session[VERSION] != request.user.access_version:
            session.cycle_key()
            session[VERSION] = request.user.access_version
        if moment - session[SEEN] >= SEEN_EVERY:
            session[SEEN] = moment

    def _start(self, request: HttpRequest) -> None:
        moment = time.time()
        request.session.update({STARTED: moment, SEEN: moment, VERSION: request.user.access_version, OWNER: request.user.pk})


class EarlyLooks:
    """Writes down who opened a page with early, unvalidated results: once for each person, page and day.

    By the words that every such page has beside its figures, so that a page that is kept for many is written down for each of them.
    Files are written down one by one (exporting.py).
    """

    MARK = b"early, unvalidated"
    FIGURES = (Permission.VIEW_SCHOOL, Permission.VIEW_AREA, Permission.VIEW_MEASURES, Permission.VIEW_EARLY_RESULTS)

    def __init__(self, get_response: ANSWER) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self._shows_early(request, response):
            note_early_look(request.user, request.path)
        return response

    def _shows_early(self, request: HttpRequest, response: HttpResponse) -> bool:
        if response.status_code != 200 or response.streaming or not request.user.is_authenticated:
            return False
        match = request.resolver_match
        of_figures = match is not None and declared_access(match.func) in self.FIGURES  # others name early results and show none
        return of_figures and self.MARK in response.content and bool(may(request.user, Permission.VIEW_EARLY_RESULTS))


class DefaultDeny:
    """A view that does not declare who may use it answers nobody."""

    def __init__(self, get_response: ANSWER) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:
        if declared_access(view) is None:
            raise PermissionDenied("This page does not say who may see it, so nobody may.")


class StrongSignIn:
    """In production, roles that see early results or keep accounts go no further without a second factor."""

    OPEN = ("account_logout", "account_reauthenticate", "account_login")

    def __init__(self, get_response: ANSWER) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.HEADWAY.production or not request.user.is_authenticated or self._may_pass(request):
            return None
        return redirect("mfa_index")

    def _may_pass(self, request: HttpRequest) -> bool:
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        person = request.user.looked_at_by or request.user  # whoever signed in
        if name in self.OPEN or name.startswith("mfa_") or not needs_strong_sign_in(person):
            return True
        from allauth.mfa.utils import is_mfa_enabled

        return is_mfa_enabled(person) or _asserted_by_provider(request)


def _asserted_by_provider(request: HttpRequest) -> bool:
    """Whether the person came through an identity provider that is trusted to have asked for a second factor."""
    from allauth.account.authentication import get_authentication_records

    oidc = settings.HEADWAY.oidc
    return bool(oidc and oidc.strong) and any(record.get("method") == "socialaccount" for record in get_authentication_records(request))
