"""What a maintained school says to a notice of the council, and what it is answered: the right of reply, with its clock."""

from django.db import transaction
from django.db.models import QuerySet

from headway.definitions.loading import Library
from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of
from headway.desk.audit.actions import record
from headway.desk.engagements.models import LadderAction, NoticeReply, Standing
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError

TOLD = (Standing.ISSUED, Standing.ENDED)


def notices_for(user: User, library: Library) -> "QuerySet[LadderAction]":
    """The notices that went to the schools a person works with: of the ladder of maintained schools, in writing, and issued.

    An academy is spoken with on its own route: the council gives it no notice.
    """
    ladders = [one for one in library.ladders.values() if one.route == "maintained"]
    written = [rung.id for one in ladders for rung in one.rungs if rung.parts]
    found = LadderAction.objects.filter(ladder__in=[one.id for one in ladders], rung__in=written, standing__in=TOLD)
    patch = patch_of(user)
    found = found.select_related("engagement__school").prefetch_related("replies")
    return found if patch is None else found.filter(engagement__school_id__in=patch)


def replies_for(user: User) -> "QuerySet[NoticeReply]":
    found, patch = NoticeReply.objects.select_related("action__engagement__school"), patch_of(user)
    return found if patch is None else found.filter(action__engagement__school_id__in=patch)


def once_of(by: User, once: str) -> str:
    return f"{by.pk}-{once}"[:60]


@transaction.atomic
def reply(*, by: User, action: LadderAction, text: str, once: str) -> NoticeReply:
    """The school replies; sent twice it is one reply. A late one is read all the same. Raises H-DESK-01 for a notice that has ended."""
    fresh = LadderAction.objects.select_for_update().get(pk=action.pk)
    if fresh.standing != Standing.ISSUED:
        raise HeadwayError("H-DESK-01", "This notice has ended.", "Nothing more is decided on it.", "Write to your adviser.")
    made, new = NoticeReply.objects.get_or_create(once=once_of(by, once), defaults={"action": fresh, "text": text, "by": by.label})
    if new:
        after = {"urn": fresh.engagement.school_id, "rung": fresh.rung, "in_time": made.in_time}
        record(by=by.label, verb="replied to", target="ladder action", target_id=fresh.pk, after=after)
    return made


@transaction.atomic
def answer(*, by: User, one: NoticeReply, text: str) -> None:
    """The council answers, once. Raises H-DESK-01 where somebody has."""
    done = NoticeReply.objects.filter(pk=one.pk, answered=None).update(answer=text, answered=now(), answered_by=by.label)
    if not done:
        raise HeadwayError(
            "H-DESK-01", "It is answered already.", "Somebody did while you wrote.", "Read the answer on the engagement’s page."
        )
    record(by=by.label, verb="answered", target="reply to a notice", target_id=one.pk)
