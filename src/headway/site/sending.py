"""A form that is sent twice is written once: two presses of a button, the back button, a page that is loaded again.

The last form that a person sent is remembered, without its words: a digest of where it went and what was in it. Sent again, it is answered
as before and nothing is done. Forms that know themselves which one they are (`once`) need none of this; it holds for all others too.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

SENT = "headway_sent"
HOLDS = 1800  # seconds; after it the same words are meant anew
AT_ONCE = 15  # seconds for which a second press waits for the first
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once", "began_from", "seen"})  # differ when a page is loaded again
FEWEST = 2  # fields that hold something: a form with fewer, and no words, is a switch, which may be pressed again
OF_A_SWITCH = 20  # letters that the value of a switch has at most
OTHERS = ("/sign-in/", "/account/", "/api/")  # with rules of their own


class SentOnce:
    """After messages, so that it can say what it did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated or request.path.startswith(OTHERS):
            return self.get_response(request)
        digest = _digest(request)
        if not digest:
            return self._sent(request, "")
        pressed = f"sent-{digest}"
        first = cache.add(pressed, True, AT_ONCE) or _waited(pressed)
        where = _where(request, digest)
        if where:
            messages.info(request, "You sent this already. It is written once; this is how it stands.")
            response: HttpResponse = HttpResponseRedirect(where)
        else:
            response = self._sent(request, digest)
            request.session.save()  # before the next press looks
        if first:
            cache.delete(pressed)
        return response

    def _sent(self, request: HttpRequest, digest: str) -> HttpResponse:
        """What was done last takes the place of what was before: who undid something may send it again."""
        response = self.get_response(request)
        if response.status_code == 302 and not any(one.level >= ERROR for one in _said(request)):
            request.session[SENT] = [digest, response["Location"], time.time()]
        return response


def _digest(request: HttpRequest) -> str:
    """Empty for a switch. The person is in it: nobody is answered as somebody else was."""
    fields = sorted((name, tuple(request.POST.getlist(name))) for name in request.POST if name not in OF_THE_PAGE)
    files = sorted((name, one.name, one.size) for name, one in request.FILES.items())
    words = any(len(value) > OF_A_SWITCH for _, values in fields for value in values)
    if not words and sum(any(values) for _, values in fields) + len(files) < FEWEST:
        return ""
    told = (request.user.pk, request.session.session_key, request.get_full_path(), fields, files)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _where(request: HttpRequest, digest: str) -> str:
    """Where the same form led, when it was the last that was sent: asked of the store, for another request may have sent it just now."""
    last = type(request.session)(request.session.session_key).get(SENT)
    return str(last[1]) if last and last[0] == digest and time.time() - last[2] < HOLDS else ""


def _waited(pressed: str) -> bool:
    """Until the first press of two is done, or takes too long. Always false: it is not the first."""
    until = time.monotonic() + AT_ONCE
    while cache.get(pressed) and time.monotonic() < until:
        time.sleep(0.05)
    return False


def _said(request: HttpRequest) -> list[messages.storage.base.Message]:
    """The messages of this answer, left unread for the next page."""
    with suppress(AttributeError):
        return list(get_messages(request)._queued_messages)  # type: ignore[attr-defined]
    return []
