"""Tokens with which programs ask as a person: making, finding, and how often one may be used."""

import hashlib
import re
import secrets
import time
from datetime import timedelta

from django.db.models import F

from headway.desk.accounts.models import ApiToken, User
from headway.vocabulary.clock import now

A_MINUTE = 600
LASTS = timedelta(days=365)
BEARER = re.compile(r"Bearer (hw_[A-Za-z0-9_-]{40,60})", re.IGNORECASE)


def fresh_token() -> str:
    return f"hw_{secrets.token_urlsafe(32)}"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(header: str) -> User | None:
    """The person of an Authorization header, as they stand now: closed accounts and ended tokens have nobody."""
    sent = BEARER.fullmatch(header.strip())
    found = ApiToken.objects.select_related("user").filter(hash=hash_of(sent[1]), revoked=None).first() if sent else None
    if found is None or not found.user.is_active or found.sign_outs != found.user.sign_outs or found.ends < now():
        return None
    person: User = found.user
    person.asked_with = found
    return person


def wait_for(person: User) -> int:
    """Count one use of the token that a person asks with: 0 when it may be used, else the seconds until it may again.

    One statement counts, so that workers beside each other lose none. By the machine's own clock, as sessions are.
    """
    moment = time.time()
    minute, token = int(moment // 60), ApiToken.objects.filter(pk=person.asked_with.pk)
    while not token.filter(minute=minute).update(used=F("used") + 1):
        if token.exclude(minute=minute).update(minute=minute, used=1):
            break
    used = token.values_list("used", flat=True).get()
    return 0 if used <= A_MINUTE else max(1, int((minute + 1) * 60 - moment))
