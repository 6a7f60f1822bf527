"""Votes: who may vote on what, what came of it, as a decision with what was known. Never changed once it is written down."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from headway.definitions.boards import BoardKind
from headway.desk.audit.actions import record
from headway.desk.boards import actions, queries, rules
from headway.desk.boards.models import Ballot, Item, Meeting, Member, Voice
from headway.desk.boards.rules import Presence, Sort, State
from headway.vocabulary.errors import HeadwayError


def entitled(kind: BoardKind, item: Item, phase: str) -> tuple[str, ...]:
    """The groups of members that alone decide; none where every voting member does."""
    return tuple(kind.voters(item.standing).get(phase, ()))


def who(kind: BoardKind, groups: tuple[str, ...]) -> str:
    """“Members for maintained primary schools”, “Voting members”"""
    names = [kind.groups.get(one, one) for one in groups]
    return f"Members for {' and '.join(names)[:1].lower()}{' and '.join(names)[1:]}" if names else "Voting members"


def able(kind: BoardKind, item: Item, phase: str) -> list[Member]:
    """Those who may vote: of the groups that decide it, there, without an interest in it."""
    groups, meeting = entitled(kind, item, phase), item.meeting
    there = [one for one in queries.present(meeting)[Presence.PRESENT] if rules.may_vote(one.votes, one.group, groups)]
    excluded = {one.pk for one in queries.excluded_from(item, queries.members_on(meeting.board, meeting.day), meeting.day)}
    return [one for one in there if one.pk not in excluded]


def quorate(meeting: Meeting) -> bool:
    terms = queries.terms_of(meeting.board)
    return meeting.state == State.HELD and terms is not None and rules.is_quorate(*queries.voting(meeting), terms.quorum)


@transaction.atomic
def vote(
    *, by: str, item: Item, kind: BoardKind, phase: str, motion: str, voices: Mapping[int, str], evidence: Mapping[str, Any]
) -> Ballot:
    """Write down a vote as a decision with what was known. Raises H-DESK-65 with every fault, H-DESK-60 once the meeting is signed."""
    meeting = queries.unsigned(item.meeting_id)
    fresh = Item.objects.select_related("meeting__board").get(pk=item.pk)
    phases = kind.voters(fresh.standing)
    members = able(kind, fresh, phase)
    faults = rules.faults_of_vote(quorate(meeting), {one.pk for one in members}, voices, fresh.ballots.filter(phase=phase).exists())
    if phases and phase not in phases:
        faults.append("Each phase decides for itself: say for which.")
    if faults:
        raise HeadwayError("H-DESK-65", "This vote cannot be written down.", " ".join(faults))
    told = {str(one): how for one, how in sorted(voices.items())}
    cast = rules.result_words(who(kind, entitled(kind, fresh, phase)), list(voices.values()), motion)
    sort = Sort.AGREED if rules.carried(list(voices.values())) else Sort.REFUSED
    known = {**evidence, "vote": {"phase": phase, "motion": motion, "voices": told, "quorum": quorum_words(meeting)}}
    decision = actions.decide(by=by, item=fresh, sort=sort, words=cast, dissent="", evidence=known)
    made = Ballot.objects.create(item=fresh, phase=phase, motion=motion, decision=decision)
    Voice.objects.bulk_create(Voice(ballot=made, member_id=one, how=how) for one, how in voices.items())
    record(by=by, verb="wrote down a vote on", target="board item", target_id=fresh.pk, after={"phase": phase, "sort": sort})
    return made


def quorum_words(meeting: Meeting) -> str:
    terms = queries.terms_of(meeting.board)
    return rules.quorum_words(*queries.voting(meeting), terms.quorum) if terms else ""
