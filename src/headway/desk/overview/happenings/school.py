"""What happens to a school's own people: what they were told of their tier, notes to look at, promises, answers."""

from collections.abc import Iterator

from django.db.models import Q

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import patch_of
from headway.desk.engagements.replying import notices_for, replies_for
from headway.desk.framing.addresses import address
from headway.desk.overview.happenings.council import day_of
from headway.desk.overview.happenings.kinds import Asker, Happened, Kind
from headway.desk.tiers import queries as tiers
from headway.desk.visits import queries as visits
from headway.desk.visits.models import Owner, State

P = Permission


def of_school(who: Asker) -> Iterator[Happened]:
    """Only for those who are of named schools, and not of the council's team."""
    if patch_of(who.user) is None or not who.may(P.SEE_SUPPORT) or who.may(P.WRITE_SUPPORT):
        return
    yield from _told(who)
    yield from _answers(who)
    yield from _notes(who)
    yield from _promises(who)
    yield from _notices(who)


def _told(who: Asker) -> Iterator[Happened]:
    """What was decided, from the day on which the head heard it. Until its day a reply is theirs to give."""
    for one in tiers.decisions_for(who.user).filter(told__isnull=False).prefetch_related("replies"):
        where, school, told = address("held", one.school_id), one.school, one.told.date()
        if told >= who.since:
            yield Happened(f"told:{one.pk}", Kind.TIER, told, f"Your tier, and why: {school.name}", where, urn=school.pk,
                           school=school.name)  # fmt: skip
        if one.written and one.reply_by and who.may(P.ANSWER_FOR_SCHOOL) and (one.reply_by >= who.since):
            replied = min((each.at.date() for each in one.replies.all()), default=None)
            over = replied or (one.reply_by if one.reply_by < who.today else None)
            yield Happened(f"to-reply:{one.pk}", Kind.REPLY, one.written, f"Reply to the letter: {school.name}",
                           address("tiers:reply", one.pk), task=True, done=over, due=one.reply_by, urn=school.pk,
                           school=school.name, why="You may, and need not. A later reply is read all the same.")  # fmt: skip


def _answers(who: Asker) -> Iterator[Happened]:
    for one in tiers.replies_for(who.user).filter(answered__date__gte=who.since):
        school = one.decision.school
        yield Happened(f"answered:{one.pk}", Kind.ANSWERED, one.answered.date(), f"Your reply is answered: {school.name}",
                       address("held", school.pk), urn=school.pk, school=school.name)  # fmt: skip
    for heard in tiers.appeals_for(who.user).filter(answered__date__gte=who.since):
        school = heard.decision.school
        yield Happened(f"heard:{heard.pk}", Kind.ANSWERED, heard.answered.date(), f"Your appeal is answered: {school.name}",
                       address("held", school.pk), urn=school.pk, school=school.name)  # fmt: skip


def _notes(who: Asker) -> Iterator[Happened]:
    shared = visits.visits_for(who.user).filter(shared__isnull=False)
    for one in shared.filter(Q(state=State.SHARED) | Q(shared__date__gte=who.since) | Q(agreed__date__gte=who.since)):
        where, name = address("visits:visit", one.pk), one.school.name
        if who.may(P.ANSWER_FOR_SCHOOL):
            answer = visits.answer_of(one)
            over = answer.at.date() if answer else None if one.state == State.SHARED else day_of(one.agreed) or one.shared.date()
            yield Happened(f"accurate:{one.pk}:{one.shared.date()}", Kind.NOTE, one.shared.date(),
                           f"Say whether the note is accurate: {name}", where, task=True, done=over, due=one.answer_by,
                           urn=one.school_id, school=name)  # fmt: skip
        if one.agreed and one.agreed.date() >= who.since:
            yield Happened(f"agreed:{one.pk}", Kind.AGREED, one.agreed.date(), f"The note is agreed: {name}", where,
                           urn=one.school_id, school=name)  # fmt: skip


def _promises(who: Asker) -> Iterator[Happened]:
    found = visits.follow_ups_for(who.user).filter(owner=Owner.SCHOOL, due__lte=who.today)
    for one in found.filter(Q(closed=None) | Q(due__gte=who.since)):
        yield Happened(f"promise:{one.pk}", Kind.PROMISE, one.due, one.what, address("visits:of_school", one.school_id), task=True,
                       done=day_of(one.closed), due=one.due, urn=one.school_id, school=one.school.name,
                       why="Your school promised it")  # fmt: skip


def _notices(who: Asker) -> Iterator[Happened]:
    """A notice to the school: a reply is theirs to give until its last day."""
    for one in notices_for(who.user, who.door.library).filter(Q(standing="issued") | Q(issued__gte=who.since)):
        school, replied = one.engagement.school, min((each.at.date() for each in one.replies.all()), default=None)
        over = replied or one.ended or (one.due if one.due and one.due < who.today else None)
        yield Happened(f"notice:{one.pk}", Kind.NOTICE, one.issued, f"A notice to reply to: {school.name}",
                       address("engagements:notice", one.pk), task=who.may(P.ANSWER_NOTICES), done=over, due=one.due,
                       urn=school.pk, school=school.name)  # fmt: skip
    for said in replies_for(who.user).filter(answered__date__gte=who.since):
        school = said.action.engagement.school
        yield Happened(f"notice-answered:{said.pk}", Kind.ANSWERED, said.answered.date(), f"A reply to a notice is answered: {school.name}",
                       address("engagements:notice", said.action_id), urn=school.pk, school=school.name)  # fmt: skip
