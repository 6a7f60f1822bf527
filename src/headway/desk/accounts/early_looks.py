"""Who looked at early, unvalidated results: once for each person, page and day, whether by a page or by a program."""

import hashlib

from django.core.cache import caches

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.vocabulary.clock import today


def note_early_look(user: User, path: str) -> None:
    """Kept for a day in this process: another process may write it down once more, never once too few."""
    key = f"early:{user.pk}:{today()}:{hashlib.sha256(path.encode()).hexdigest()}"
    if caches["pages"].add(key, True, 86_400):
        record(by=user.label, verb="looked at early results", target="page", target_id=path[:80], look=True)
