"""What every page shows while the glass is broken."""

from typing import Any

from django.http import HttpRequest

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.glass import rules
from headway.desk.glass.queries import broken_by
from headway.vocabulary import clock


def glass(request: HttpRequest) -> dict[str, Any]:
    """`glass`: the one that the person has broken, with its minutes left; asked only for who may break it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not may(user, Permission.BREAK_GLASS):
        return {}
    one = broken_by(user)
    return {"glass": {"pk": one.pk, "school": one.school.name, "left": rules.minutes_left(one.until, clock.now())}} if one else {}
