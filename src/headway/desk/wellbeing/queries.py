"""Read conversations: a head their own, a listener all."""

from django.db.models import QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.queries import permissions_of
from headway.desk.accounts.sealing import opened
from headway.desk.wellbeing.models import Talk
from headway.desk.wellbeing.rules import may_listen

WORDS = "wellbeing"


def own(user: User) -> "QuerySet[Talk]":
    return Talk.objects.filter(head=user).prefetch_related("lines__author")


def received(user: User) -> "QuerySet[Talk]":
    found = Talk.objects.select_related("head").prefetch_related("lines__author")
    return found if may_listen(permissions_of(user)) else found.none()


def lines_of(talk: Talk) -> list[tuple[str, bool, object]]:
    """(words, whether the head wrote them, when). Ask only for the head and for who may listen."""
    return [(opened(one.sealed, WORDS), one.author_id == talk.head_id, one.at) for one in talk.lines.all()]


def waiting(talk: Talk) -> bool:
    """Whether the head wrote last and nobody has answered."""
    lines = list(talk.lines.all())
    return talk.ended is None and bool(lines) and lines[-1].author_id == talk.head_id
