"""Failed sign-ins: whose, from where, and the answer to one too many."""

from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address that was typed, in small letters: writing it another way is no new account."""
    typed = (credentials or {}).get("email") or (credentials or {}).get("username") or (request.POST.get("login") if request else "")
    return str(typed or "").strip().lower()


def address_of(request: HttpRequest) -> str:
    """The client's address: as our own proxies give it, never as the client does."""
    proxies = settings.HEADWAY.proxies
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return forwarded[-proxies] if proxies and len(forwarded) >= proxies else str(request.META.get("REMOTE_ADDR", ""))


def refused(request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """429: too many failures for this account from this address. It ends by itself, a quarter of an hour after the last try."""
    wait = get_cool_off(request)
    seconds = int(wait.total_seconds()) if wait else 60
    answer = render(request, "429.html", {"minutes": max(1, seconds // 60)}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
