"""Texts sealed under the secret key: a copy of the database alone does not show them."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from django.conf import settings


@lru_cache(maxsize=8)
def _fernet(purpose: str, secret: str) -> Any:
    from cryptography.fernet import Fernet  # a tenth of a second that most processes never need

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"headway {purpose}".encode() + secret.encode()).digest()))


def seal(text: str, purpose: str) -> str:
    """What is sealed for one purpose is not opened for another."""
    return str(_fernet(purpose, settings.SECRET_KEY).encrypt(text.encode()).decode())


def opened(sealed: str, purpose: str) -> str:
    """Raises cryptography.fernet.InvalidToken for what was not sealed under this key."""
    return str(_fernet(purpose, settings.SECRET_KEY).decrypt(sealed.encode()).decode())
