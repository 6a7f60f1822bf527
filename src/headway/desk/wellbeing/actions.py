"""Writing, answering, ending. The audit tells that something was written, not by whom: those who read the audit decide about schools."""

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.wellbeing.models import Line, Talk
from headway.desk.wellbeing.queries import WORDS
from headway.vocabulary.clock import now

NOBODY = "confidential"


@transaction.atomic
def begin(*, by: User, text: str) -> Talk:
    talk = Talk.objects.create(head=by)
    Line.objects.create(talk=talk, author=by, sealed=seal(text, WORDS))
    record(by=NOBODY, verb="wrote", target="wellbeing")
    return talk


@transaction.atomic
def say(*, by: User, talk: Talk, text: str) -> None:
    """Another message; a conversation that had ended goes on by it."""
    Line.objects.create(talk=talk, author=by, sealed=seal(text, WORDS))
    Talk.objects.filter(pk=talk.pk).update(ended=None)
    record(by=NOBODY, verb="wrote", target="wellbeing")


@transaction.atomic
def end(*, by: User, talk: Talk) -> None:
    if Talk.objects.filter(pk=talk.pk, ended=None).update(ended=now()):
        record(by=NOBODY, verb="ended", target="wellbeing")
