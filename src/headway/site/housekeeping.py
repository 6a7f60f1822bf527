"""Housekeeping: what is kept for a time only is erased once its time is over. One run does all of it and tells what it did.

Each noun knows its own rule; here they are put side by side, so that none is forgotten. What a person must decide first is held back and
named, not erased and not passed over.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError

CONFIDENTIAL = "conversations of heads"


@dataclass(frozen=True)
class Chore:
    """One rule: what it is about, how many were due, erased and held back, and why held back."""

    what: str
    rule: str
    due: int
    erased: int
    held_back: int = 0
    why: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def keep_house(*, by: str, dry: bool = False) -> list[Chore]:
    """Every chore, done; of a dry run only what would be done. One event in the audit for a run that erased anything.

    Django must be ready. A chore that was done stays done when a later one fails; the next run takes up where this one stopped.
    """
    from headway.desk.audit.actions import record

    done = [chore(by, dry) for chore in CHORES]
    told: dict[str, object] = {one.what: one.erased for one in done if one.erased and one.what != CONFIDENTIAL}
    if told:
        record(by=by, verb="kept house", target="workspace", after=told)
    return done


def _documents(by: str, dry: bool) -> Chore:
    from headway.desk.documents import actions, queries

    due = queries.due(today()).count()
    erased = 0 if dry else actions.erase_due(by=by)
    return Chore("documents", "as long as the rule says that each was kept by", due, erased)


def _answers(by: str, dry: bool) -> Chore:
    """An answer that nobody has read is still as it was typed where it is kept for use: it is read, or set aside, before that."""
    from headway.desk.consultation import actions, queries
    from headway.desk.consultation.rules import Moderation

    over = queries.typed_due(today())
    unread = {one.pk: queries.counts(one)[Moderation.WAITING] for one in over}
    ready = [one for one in over if not unread[one.pk]]
    for one in [] if dry else ready:
        actions.erase_typed(by=by, one=one, today=today())
    waiting = [f"{one.title}: {unread[one.pk]} not read yet" for one in over if unread[one.pk]]
    rule = "until the day that those who answered were told"
    return Chore("answers as typed, by consultation", rule, len(over), 0 if dry else len(ready), len(waiting), "; ".join(waiting))


def _addresses(by: str, dry: bool) -> Chore:
    from headway.desk.consultation import actions, queries

    due = queries.sendings_due().count()
    return Chore("hashed addresses of who answered", "an hour", due, 0 if dry else actions.forget_addresses(by=by))


def _sessions(by: str, dry: bool) -> Chore:
    from django.contrib.sessions.models import Session

    over = Session.objects.filter(expire_date__lt=now())
    return Chore("sessions", "until they end", over.count(), 0 if dry else over.delete()[0])


def _failures(by: str, dry: bool) -> Chore:
    """They hold an address and what was typed as an account; after the wait they keep nobody out any more."""
    from axes.models import AccessAttempt
    from django.conf import settings

    over = AccessAttempt.objects.filter(attempt_time__lt=now() - settings.AXES_COOLOFF_TIME)
    return Chore("failed sign-ins", "a quarter of an hour", over.count(), 0 if dry else over.delete()[0])


def _names(by: str, dry: bool) -> Chore:
    from headway.desk.learning import actions, queries

    due = queries.names_due(today()).count()
    return Chore("names of who came to sessions", "half a year after the session", due, 0 if dry else actions.erase_names(by=by))


def _registers(by: str, dry: bool) -> Chore:
    """Another command may be writing to the workspace, or the folder be another user's: the next run comes round to it."""
    from headway.readings import kept_for
    from headway.readings.attendance import ending

    kept, due, erased, why = kept_for.registers(_home(), today()), list[str](), list[str](), ""
    try:
        due = ending.years_over(_home(), kept.before)
        erased = [] if dry else ending.end_years(_home(), kept.before, by)
    except HeadwayError as fault:
        why = fault.what
    return Chore("years of registers", str(kept), len(due), len(erased), 0 if dry else len(due) - len(erased), why)


def _attendance(by: str, dry: bool) -> Chore:
    from headway.desk.attendance import ending
    from headway.readings import kept_for

    kept = kept_for.registers(_home(), today())
    due, waiting = ending.count(kept.before), ending.not_destroyed(kept.before)
    why = "a partner has not said that it destroyed what it had" if waiting else ""
    erased = 0 if dry else ending.erase(by=by, before=kept.before)
    return Chore("work on pupils’ attendance", str(kept), due + waiting, erased, waiting, why)


def _notes(by: str, dry: bool) -> Chore:
    from headway.desk.engagements import ending as work
    from headway.desk.visits import ending as said
    from headway.readings import kept_for

    kept = kept_for.notes(_home(), today())
    due = work.count(kept.before) + said.count(kept.before)
    erased = 0 if dry else work.erase(by=by, before=kept.before) + said.erase(by=by, before=kept.before)
    return Chore("notes, concerns, minutes of concern meetings, calls", str(kept), due, erased)


def _conversations(by: str, dry: bool) -> Chore:
    """Counted here for who runs the command; the audit says no more than that something was erased."""
    from headway.desk.wellbeing import ending
    from headway.readings import kept_for

    kept = kept_for.notes(_home(), today())
    return Chore(CONFIDENTIAL, str(kept), ending.over(kept.before).count(), 0 if dry else ending.erase(before=kept.before))


def _home() -> Path:
    from django.conf import settings

    return Path(settings.HEADWAY.home)


CHORES: tuple[Callable[[str, bool], Chore], ...] = (
    _documents, _answers, _addresses, _names, _sessions, _failures, _registers, _attendance, _notes, _conversations,
)  # fmt: skip
