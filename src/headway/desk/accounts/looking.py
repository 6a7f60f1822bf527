"""Looking as somebody else: their pages, as far as both may see them, and nothing that anybody can change.

The person who looks keeps their session and is who the audit names. For the time of one request the other stands in `request.user`, with
whoever looks behind them: the authoriser then answers for both. What a page would write is taken back, whatever it is.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.audit.actions import record

AS = "headway_looks_as"
AS_ONESELF = ("stop_looking", "account_logout", "account_login")
THEIRS_ALONE = ("account_", "mfa_", "socialaccount_")


class Looking:
    """Within the limits of the session, outside of what decides who may see a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        other = looked_at(request)
        if other is None or _as_oneself(request):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return render(request, "accounts/only_looking.html", {"other": other}, status=403)
        person = request.user
        other.looked_at_by, request.user = person, other
        try:
            with transaction.atomic():
                response = self.get_response(request)
                transaction.set_rollback(True)
        finally:
            request.user = person
        record(
            by=person.label,
            verb="looked as",
            target="user",
            target_id=other.pk,
            after={"page": request.path[:200], "answer": response.status_code},
            look=True,
        )
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:
        if getattr(request.user, "looked_at_by", None) is None:
            return
        match = request.resolver_match
        if match.app_name == "accounts" or (match.url_name or "").startswith(THEIRS_ALONE):
            raise PermissionDenied("Somebody’s account is theirs alone. Stop looking as them to see your own.")
        if getattr(view, "takes_away", False):
            raise PermissionDenied("Nothing is taken away while you look as somebody else.")


def looked_at(request: HttpRequest) -> User | None:
    """As whom the person looks; nobody when that may no longer be."""
    pk = request.session.get(AS) if request.user.is_authenticated else None
    other = User.objects.filter(pk=pk, is_active=True).exclude(pk=request.user.pk).first() if pk else None
    if pk and (other is None or not may(request.user, Permission.LOOK_AS)):
        del request.session[AS]
        return None
    return other


def _as_oneself(request: HttpRequest) -> bool:
    from django.urls import Resolver404, resolve

    try:
        return resolve(request.path_info).url_name in AS_ONESELF
    except Resolver404:
        return False


def begin(request: HttpRequest, other: User) -> None:
    request.session[AS] = other.pk
    record(by=request.user.label, verb="began to look as", target="user", target_id=other.pk)


def stop(request: HttpRequest) -> None:
    pk = request.session.pop(AS, None)
    if pk:
        record(by=request.user.label, verb="stopped looking as", target="user", target_id=pk)
