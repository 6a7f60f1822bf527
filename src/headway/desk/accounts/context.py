"""What templates know about access: {{ access.reason }}, {% if "export" in permissions %}."""

from typing import Any

from django.http import HttpRequest

from headway.desk.accounts.queries import permissions_of


def access(request: HttpRequest) -> dict[str, Any]:
    """`permissions`: the values the person holds; `access`: why this page may be seen."""
    user = getattr(request, "user", None)
    return {"permissions": permissions_of(user) if user is not None else frozenset(), "access": getattr(request, "access", None)}
