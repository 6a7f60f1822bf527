"""allauth's pages of sign-in, each with a declared permission. Its sign-up pages have no address here at all."""

from collections.abc import Iterable

from allauth.urls import urlpatterns as of_allauth
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.permissions import Permission

LEFT_OUT = {
    "account_signup", "account_email", "account_email_verification_sent", "account_confirm_email", "account_set_password",
    "account_confirm_login_code", "socialaccount_signup", "socialaccount_connections", None,
}  # fmt: skip
BEFORE_SIGN_IN = {
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "socialaccount_login_cancelled", "socialaccount_login_error", "openid_connect_login", "openid_connect_callback",
}  # fmt: skip
DRAWS_A_CODE = {"mfa_activate_totp"}  # the square that a telephone reads is an image inside the page


def declared(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same patterns without those left out, their views declaring who may use them."""
    kept: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            kept.append(
                URLResolver(pattern.pattern, declared(pattern.url_patterns), pattern.default_kwargs, pattern.app_name, pattern.namespace)
            )
        elif pattern.name not in LEFT_OUT:
            kept.append(_declared(pattern))
    return kept


def _declared(pattern: URLPattern) -> URLPattern:
    view = csp_update({"img-src": ["data:"]})(pattern.callback) if pattern.name in DRAWS_A_CODE else pattern.callback
    view = public(view) if pattern.name in BEFORE_SIGN_IN else needs(Permission.OWN_ACCOUNT)(view)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


urlpatterns = declared(of_allauth)
