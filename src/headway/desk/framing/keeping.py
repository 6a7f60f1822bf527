"""Answers that are kept until anything is written in the desk, whoever wrote it: the next page then finds them out anew.

Each write leaves an event of the audit in its own transaction, so the seal of the newest event tells whether an answer still stands.
Events that say that somebody looked change no answer (`record(look=True)`).
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of, roles_of
from headway.desk.audit.queries import newest_seal
from headway.readings.door import Door


@dataclass(frozen=True)
class Written:
    """The desk as of one event of the audit and one day, with the answers that were found out of it."""

    seal: str
    today: date
    answers: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    finding: threading.RLock = field(default_factory=threading.RLock)  # what several pages ask at once is found out once


def as_written(door: Door, today: date) -> Written:
    """The desk as it is. One that nothing was ever written in, as that of a test, is kept by nobody."""
    seal = newest_seal()
    kept: Written | None = door.kept.get("as written")
    if kept is None or not seal or (kept.seal, kept.today) != (seal, today):
        kept = Written(seal, today)
        door.kept["as written"] = kept
    return kept


def until_written(door: Door, today: date, name: Hashable, make: Callable[[], Any], of: object = None) -> Any:
    """The same for everybody: what differs between people or patches must be in the name. `of`: what else the answer was found from;
    of another one it is found anew."""
    written = as_written(door, today)
    with written.finding:
        known = written.answers.get(name)
        if known is None or known[0] is not of:
            known = written.answers[name] = (of, make())
        return known[1]


def for_patch(door: Door, user: User, today: date, name: Hashable, make: Callable[[], Any], of: object = None) -> Any:
    """The same for whoever works with the same schools."""
    return make() if user.looked_at_by is not None else until_written(door, today, (name, patch_of(user)), make, of)


def for_person(door: Door, user: User, today: date, name: Hashable, make: Callable[[], Any], of: object = None) -> Any:
    """One person's own. Whoever looks as them has the part of both, which is found out each time and kept for neither."""
    if user.looked_at_by is not None:
        return make()
    return until_written(door, today, (name, user.pk, roles_of(user), patch_of(user)), make, of)
