"""What happens to the council's people: heads to ring, letters, replies, notes, promises, what is owed, orders, minutes to sign."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from headway.desk.accounts.permissions import Permission
from headway.desk.boards.models import Meeting as BoardMeeting
from headway.desk.boards.models import Member
from headway.desk.engagements.replying import notices_for, replies_for
from headway.desk.entitlements import pages as ledger
from headway.desk.entitlements import queries as entitlements
from headway.desk.entitlements.models import Order
from headway.desk.entitlements.rules import State as Line
from headway.desk.framing.addresses import address
from headway.desk.glass.models import Breaking
from headway.desk.overview.happenings.kinds import Asker, Happened, Kind
from headway.desk.tiers import queries as tiers
from headway.desk.tiers.models import State, TierDecision
from headway.desk.tiers.rules import letter_by
from headway.desk.visits import queries as visits
from headway.desk.visits.models import FollowUp, Visit
from headway.desk.visits.models import State as VisitState

P = Permission


def of_council(who: Asker) -> Iterator[Happened]:
    if who.may(P.SEE_TIERS):
        yield from _to_ring_or_write(who)
        yield from _replies(who)
        yield from _appeals_answered(who)
    if who.may(P.HEAR_APPEALS):
        yield from _appeals(who)
    if who.may(P.WRITE_SUPPORT):
        yield from _notes(who)
        yield from _promises(who)
        yield from _owed(who)
    if who.may(P.PLAN_SUPPORT):
        yield from _orders(who)
    if who.may(P.LEAD_ENGAGEMENTS):
        yield from _notices(who)
    if who.may(P.GIVE_RETURNS):
        yield from _returns(who)
    if who.may(P.SEE_GLASS):
        yield from _broken(who)
    yield from _minutes(who)


def day_of(moment: Any) -> date | None:
    return moment.date() if moment else None


def _newest() -> dict[int, int]:
    """URN → its newest decision that was not withdrawn: one that was overtaken is told to nobody."""
    found: dict[int, int] = {}
    for pk, urn in TierDecision.objects.exclude(state=State.WITHDRAWN).values_list("pk", "school_id"):
        found.setdefault(urn, pk)
    return found


def _broken(who: Asker) -> Iterator[Happened]:
    """Each time that an administrator broke the glass, until the officer has looked at it."""
    for one in Breaking.objects.filter(Q(looked=None) | Q(opened__date__gte=who.since)):
        where, why = address("glass:use", one.pk), "An administrator could read restricted notes on a school."
        yield Happened(f"glass:{one.pk}", Kind.GLASS, one.opened.date(), "Look at how the glass was broken", where, task=True,
                       done=day_of(one.looked), why=why)  # fmt: skip


def _to_ring_or_write(who: Asker) -> Iterator[Happened]:
    """Of 450 schools on the day after a meeting: only what is told is read, not what each decision rests on."""
    newest, letters, leads = _newest(), address("tiers:waiting"), who.may(P.DECIDE_TIERS)
    due: dict[tuple[date, str, date | None], date | None] = {}
    open_or_new = Q(state__in=(State.DECIDED, State.TOLD)) | Q(made__date__gte=who.since)
    found = tiers.decisions_for(who.user).filter(open_or_new).select_related(None)
    for pk, urn, name, adviser, decided, told, written, scheme, meeting in found.values_list(
        "pk", "school_id", "school__name", "adviser_id", "made", "told", "written", "scheme", f"{tiers.MEETING}__day"
    ):
        made, rung = decided.date(), day_of(told)
        if not (who.concerns(urn) or adviser == who.user.pk):
            continue
        over = None if newest.get(urn) == pk else made
        if (of := (made, scheme, meeting)) not in due:
            due[of] = letter_by(made, who.door.library, who.door.library.tiers.get(scheme), meeting)
        yield Happened(
            f"ring:{pk}", Kind.RING, made, f"Ring the head of {name}", address("moderation:call", pk),
            task=True, done=rung or over, due=due[of], urn=urn, school=name,
            why="A tier is decided, and the head hears it first from you.",
        )  # fmt: skip
        if rung and leads:
            yield Happened(f"letter:{pk}", Kind.LETTER, rung, f"Send the letter to {name}", letters, task=True,
                           done=written or over, due=due[of], urn=urn, school=name, why="The head was rung.")  # fmt: skip


def _replies(who: Asker) -> Iterator[Happened]:
    found = tiers.replies_for(who.user).filter(Q(answered=None) | Q(at__date__gte=who.since)).exclude(wish="noted")
    for one in found:
        school = one.decision.school
        if who.concerns(school.pk):
            yield Happened(f"reply:{one.pk}", Kind.REPLY, one.at.date(), f"Answer the reply of {school.name}",
                           address("tiers:answer", one.pk), task=True, done=day_of(one.answered), urn=school.pk, school=school.name,
                           why=one.get_wish_display())  # fmt: skip


def _appeals(who: Asker) -> Iterator[Happened]:
    for one in tiers.appeals_for(who.user).filter(Q(answered=None) | Q(at__date__gte=who.since)):
        school = one.decision.school
        if who.user.label in tiers.decided_by(one.decision):
            continue
        yield Happened(f"appeal:{one.pk}", Kind.APPEAL, one.at.date(), f"Answer the appeal of {school.name}",
                       address("tiers:hear", one.pk), task=True, done=day_of(one.answered), urn=school.pk, school=school.name,
                       why="You took no part in the decision.")  # fmt: skip


def _appeals_answered(who: Asker) -> Iterator[Happened]:
    for one in tiers.appeals_for(who.user).filter(answered__date__gte=who.since):
        school = one.decision.school
        if who.concerns(school.pk):
            yield Happened(f"heard:{one.pk}", Kind.ANSWERED, one.answered.date(), f"The appeal of {school.name} is answered",
                           address("tiers:of_school", school.pk), urn=school.pk, school=school.name)  # fmt: skip


def _notes(who: Asker) -> Iterator[Happened]:
    """What the school said of a note of theirs, or that it has not said anything by its day."""
    shared = Visit.objects.filter(adviser=who.user).exclude(shared=None).select_related("school")
    for one in shared.filter(Q(state=VisitState.SHARED) | Q(shared__date__gte=who.since)):
        answer = visits.answer_of(one)
        by = one.answer_by + timedelta(1) if one.answer_by else None
        day = answer.at.date() if answer else by
        if day is None or (answer is None and one.state != VisitState.SHARED):
            continue
        said = "The school finds it accurate" if answer and answer.accurate else "Something is not accurate" if answer else "No answer came"
        yield Happened(f"note:{one.pk}:{day}", Kind.NOTE, day, f"Agree the note on {one.school.name}",
                       address("visits:visit", one.pk), task=True, done=None if one.state == VisitState.SHARED else
                       day_of(one.agreed) or day, urn=one.school_id, school=one.school.name, why=f"{said}.")  # fmt: skip


def _promises(who: Asker) -> Iterator[Happened]:
    kept = FollowUp.objects.filter(keeper=who.user, due__lte=who.today).select_related("school")
    for one in kept.filter(Q(closed=None) | Q(due__gte=who.since)):
        yield Happened(f"promise:{one.pk}", Kind.PROMISE, one.due, one.what, address("visits:close", one.pk), task=True,
                       done=day_of(one.closed), due=one.due, urn=one.school_id, school=one.school.name,
                       why="The school promised it" if one.owner == "school" else "You promised it")  # fmt: skip


def _owed(who: Asker) -> Iterator[Happened]:
    """What a school's tier gives and nobody has given in time: told to whoever is named for it, once for each occasion."""
    if who.door.facts is None:
        return
    held = ledger.held(who.door, who.today)
    titled = entitlements.titles(who.door)
    for urn, named in held.named.items():
        if named.pk != who.user.pk or urn not in held.ledgers:
            continue
        school = held.schools[urn].name
        for line in held.ledgers[urn].lines:
            if line.state is Line.OVERDUE:
                title = ledger.title_of(line, titled)
                yield Happened(f"owed:{urn}:{line.item}:{line.due}", Kind.OWED, line.due, f"{title}: {school}",
                               address("entitlements:of_school", urn), task=True, due=line.due, urn=urn, school=school)  # fmt: skip


def _orders(who: Asker) -> Iterator[Happened]:
    for one in Order.objects.filter(Q(state="asked") | Q(asked__gte=who.since)).select_related("school"):
        if who.concerns(one.school_id):
            yield Happened(f"order:{one.pk}", Kind.ORDER, one.asked, f"Answer the order of {one.school.name}",
                           address("entitlements:offer"), task=True, done=None if one.state == "asked" else one.asked,
                           urn=one.school_id, school=one.school.name)  # fmt: skip


def _minutes(who: Asker) -> Iterator[Happened]:
    """Minutes that wait for the name of whoever is in the chair."""
    chairs = Member.objects.filter(user=who.user, chair=True, since__lte=who.today, until__gte=who.today).values_list("board_id", flat=True)
    held = BoardMeeting.objects.filter(board_id__in=list(chairs)).select_related("board")
    for one in held.filter(Q(state="held") | Q(state="signed", day__gte=who.since)):
        yield Happened(f"sign:{one.pk}", Kind.SIGN, one.day, f"Sign the minutes: {one.board}, {one.day.day} {one.day:%B}",
                       address("boards:meeting", one.pk), task=True, done=day_of(one.signed))  # fmt: skip


def _notices(who: Asker) -> Iterator[Happened]:
    """What a school says to a notice waits for an answer; a notice whose last day is over waits for how it ended."""
    for one in replies_for(who.user).filter(Q(answered=None) | Q(at__date__gte=who.since)):
        school = one.action.engagement.school
        yield Happened(f"notice-reply:{one.pk}", Kind.NOTICE, one.at.date(), f"Answer what {school.name} says to its notice",
                       address("engagements:answer_notice", one.pk), task=True, done=day_of(one.answered), urn=school.pk,
                       school=school.name)  # fmt: skip
    for each in notices_for(who.user, who.door.library).filter(standing="issued", due__lt=who.today):
        school = each.engagement.school
        yield Happened(f"notice-over:{each.pk}", Kind.NOTICE, each.due, f"Say how the notice to {school.name} ended",
                       address("engagements:end_action", each.pk), task=True, due=each.due, urn=school.pk,
                       school=school.name, why="Its last day is over.")  # fmt: skip


def _returns(who: Asker) -> Iterator[Happened]:
    """A meeting for which a service has sent nothing: told to its own people, and to whoever called the meeting."""
    own, leads = tiers.services_of(who.user), who.may(P.DECIDE_TIERS)
    if who.may(P.SEE_TIERS) and not leads and not own:
        return  # an adviser is no service
    for one in tiers.wanted(who.today):
        missing = [each.label for each in one.missing if leads or not own or each in own]
        if missing:
            what = f"No return yet from {', '.join(missing)}" if leads else "Send lines on schools"
            yield Happened(f"return:{one.meeting.pk}", Kind.RETURN, one.meeting.made.date(), what, address("tiers:returns"), task=True,
                           due=one.meeting.day, why=f"For the meeting {one.meeting.title}")  # fmt: skip
