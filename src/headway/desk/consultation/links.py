"""Links, references and the keyed hashes of what must not be kept."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that is read for another, no vowels


def fresh_token() -> str:
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def fresh_reference() -> str:
    """Eight letters for somebody to note down."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def address_key(address: str) -> str:
    """An address under this workspace's key: it cannot be told back, nor compared with another place's."""
    return salted_hmac("headway.desk.consultation.address", address, algorithm="sha256").hexdigest()
