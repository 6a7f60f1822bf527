"""How a view says who may use it. One that says nothing is closed to all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may

View = Callable[..., HttpResponse]
PUBLIC = "public"


def public(view: View) -> View:
    """Open to everybody, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    opened.access = PUBLIC  # type: ignore[attr-defined]
    return opened


def needs(permission: Permission, *, recently: bool = False) -> Callable[[View], View]:
    """Only for people with the permission; where the address holds a `urn`, for that school.

    Not signed in: to the sign-in page. Signed in without the permission: 403 with the reason. A school outside the
    patch: 404, as if it did not exist. `recently`: the person must have proved who they are within 15 minutes.
    """

    def declared(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.access = _checked(request, permission, kwargs.get("urn"))  # type: ignore[attr-defined]
            if recently:
                _proved_recently(request)
            return view(request, *args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        guarded.recently = recently  # type: ignore[attr-defined]
        return guarded

    return declared


def _checked(request: HttpRequest, permission: Permission, urn: object) -> Any:
    access = may(request.user, permission, None if urn is None else int(str(urn)))
    if access.hidden:
        raise Http404
    if not access:
        raise PermissionDenied(access.reason)
    return access


def _proved_recently(request: HttpRequest) -> None:
    """Raises allauth's ReauthenticationRequired, which its middleware answers with the page that asks again."""
    from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required

    raise_if_reauthentication_required(request, app="headway")


def declared_access(view: View) -> str | None:
    """A Permission, "public", or None for a view that says nothing."""
    return getattr(view, "access", None)
