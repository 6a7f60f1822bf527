"""Where allauth asks us: nobody signs up, secrets are sealed, and what happens at the door is recorded."""

import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from headway.desk.accounts import actions
from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import opened, seal
from headway.desk.accounts.throttling import address_of

NONCE = "nonce"
RECENT = float(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)  # seconds


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by address and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """For our own pages a sign-in of the last minutes is proof enough; allauth's, which change how one signs in, ask anew."""
        request = self.request
        if app != "headway" or request is None:
            return bool(super().is_reauthentication_required(app=app, **kwargs))
        newest = max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)
        return time.time() - newest > RECENT

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        actions.note(by=user.label, verb="signed in", user=user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            actions.note(by=request.user.label, verb="signed out", user=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(by=user.label, user=user, password=password)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """allauth calls this whenever a way to sign in changes, whether or not mail goes out."""
        actions.note(by=user.label, verb=template_prefix.rpartition("/")[2].replace("_", " "), user=user)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps second factors' secrets sealed under the secret key: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        return seal(text, "second factors")

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, "second factors")


class AskedOnce(OpenIDConnectProvider):
    """An identity provider that is given a word with each question (OpenID Connect Core 3.1.2.1, nonce), to be said back in its token."""

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        asked = kwargs.pop("auth_params", None) or self.get_auth_params()
        return super().redirect(request, process, next_url, data, auth_params={**asked, NONCE: nonce}, **{**kwargs, NONCE: nonce})


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the organisation's identity provider: only for people an administrator has invited."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        found = super().get_provider(request, provider, client_id=client_id)
        return AskedOnce(request, app=found.app) if isinstance(found, OpenIDConnectProvider) else found

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A token that does not say our word back was made for another question: it may be stolen."""
        asked, told = sociallogin.state.get(NONCE, ""), (sociallogin.account.extra_data.get("id_token") or {}).get(NONCE, "")
        if not asked or not secrets.compare_digest(str(asked), str(told)):
            raise PermissionDenied("The identity provider answered another question than ours. Sign in again.")
        if sociallogin.user.pk and not sociallogin.user.is_active:
            raise PermissionDenied("This account is closed.")
