"""What is taken away: an event for each file, and at most twenty an hour for each person."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.audit.queries import moments_of
from headway.vocabulary.clock import now

HOURLY, HOUR = 20, timedelta(hours=1)
TAKEN, REFUSED = "exported", "was refused an export"
View = Callable[..., HttpResponse]


def exported(view: View) -> View:
    """For a view that answers with a file. The event is written before the file is made: what left is never unrecorded."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = take(request.user, request.get_full_path())
        if wait:
            answer = render(request, "too_many_files.html", {"minutes": -(-wait // 60), "limit": HOURLY}, status=429)
            answer["Retry-After"] = str(wait)
            return answer
        return view(request, *args, **kwargs)

    counted.takes_away = True  # type: ignore[attr-defined]
    return counted


@transaction.atomic
def take(user: User, address: str) -> int:
    """Record that a person takes a file: 0 when they may, else how many seconds until the next.

    The person's row is held meanwhile, so that two requests at once cannot both be the twentieth. What they searched
    for may name somebody, so the address is sealed.
    """
    User.objects.select_for_update().get(pk=user.pk)
    moment = now()
    taken = moments_of(user.label, TAKEN, since=moment - HOUR)
    wait = 0 if len(taken) < HOURLY else max(1, int((taken[-HOURLY] + HOUR - moment).total_seconds()))
    path, _, query = address.partition("?")
    record(by=user.label, verb=REFUSED if wait else TAKEN, target="file", target_id=path[:80], after={"query": query[:500]},
           personal=frozenset({"query"}), subject=user.label)  # fmt: skip
    return wait
