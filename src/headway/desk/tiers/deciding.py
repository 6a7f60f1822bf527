"""What changes about decisions: the call, the letter, moves between meetings, reviews, replies and appeals. Each with its audit event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from headway.definitions.tiers import Scheme
from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.tiers import rules
from headway.desk.tiers.actions import evidence_for, give
from headway.desk.tiers.models import Appeal, Evidence, Reply, Return, Review, Route, Service, State, TierDecision
from headway.desk.tiers.queries import decided_by, lacks_to_move, once_of, tier_now
from headway.readings.door import Door
from headway.vocabulary.clock import now, on, today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer


def _moved(decision: TierDecision, to: str) -> TierDecision:
    """The decision as it stands now, locked. Raises H-DESK-44 where it may not go where it is to go: somebody else was first."""
    fresh = TierDecision.objects.select_for_update().get(pk=decision.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-44", f"This decision is {State(fresh.state).label}, and cannot become: {State(to).label}.",
            "The head is rung first, then the letter goes, each once; somebody may have done it since your page was loaded.",
            "Load the page again.",
        )  # fmt: skip
    fresh.state = to
    return fresh


@transaction.atomic
def tell(
    *, by: User, decision: TierDecision, whom: str, adviser: User | None, phone: str, day: date | None = None
) -> TierDecision:  # fmt: skip
    """The head was rung, today where no day is said. From now on the school sees its tier."""
    fresh = _moved(decision, State.TOLD)
    fresh.told = max(on(day or today()), fresh.made)  # of a day that is over the hour is not known; the call came after the decision
    fresh.told_by, fresh.told_whom = by.label, whom
    fresh.adviser, fresh.adviser_phone = adviser, phone
    fresh.save(update_fields=["state", "told", "told_by", "told_whom", "adviser", "adviser_phone"])
    record(by=by.label, verb="rang about", target="tier", target_id=fresh.pk, after={"urn": fresh.school_id, "whom": whom})
    return fresh


@transaction.atomic
def write_letter(*, by: User, door: Door, decision: TierDecision, letter: Mapping[str, Any]) -> TierDecision:
    """The letter goes, as it stands in `letter`. Raises H-DESK-44 before the call, H-DESK-45 at the end of a term."""
    fresh, day = _moved(decision, State.WRITTEN), today()
    why_not = rules.why_no_letter(day, fresh.safeguarding, door.library)
    if why_not:
        raise HeadwayError("H-DESK-45", "The letter cannot go today.", why_not, "A matter of safeguarding is marked so on the decision.")
    fresh.written, fresh.written_by, fresh.reply_by = day, by.label, rules.reply_by(day, door.library)
    fresh.letter = dict(letter)
    fresh.save(update_fields=["state", "written", "written_by", "reply_by", "letter"])
    after = {"urn": fresh.school_id, "tier": fresh.tier, "reply_by": str(fresh.reply_by)}
    record(by=by.label, verb="wrote to", target="tier", target_id=fresh.pk, after=after)
    return fresh


@transaction.atomic
def withdraw(*, by: User, decision: TierDecision, because: str) -> None:
    """A decision that nobody outside was told of is taken back; the one before it stands again."""
    fresh = _moved(decision, State.WITHDRAWN)
    fresh.changed_because = because
    fresh.save(update_fields=["state", "changed_because"])
    record(by=by.label, verb="withdrew", target="tier", target_id=fresh.pk, after={"urn": fresh.school_id})


@transaction.atomic
def move(
    *, by: User, door: Door, viewer: Viewer, scheme: Scheme, school: Establishment, tier: str, since: date, reason: str, way_out: str,
    despite: str, safeguarding: bool, once: str, adviser: User | None = None, route: str = Route.MID_YEAR, evidence: Evidence | None = None,
) -> TierDecision:  # fmt: skip
    """Another tier between meetings, in writing. Raises H-DESK-46 for a lighter one that the school has not earned and nobody explains."""
    sent = TierDecision.objects.filter(once=once_of(by, once)).first()
    if sent is not None:
        return sent
    before = tier_now([school], since).get(school.pk)
    lacks = lacks_to_move(school, scheme, tier, since, door.library)
    if lacks and not despite.strip():
        raise HeadwayError("H-DESK-46", "The school has not shown yet what its tier asks for.", f"Missing: {'; '.join(lacks)}.",
                           "Say why it moves all the same, or wait.")  # fmt: skip
    kept = evidence or evidence_for(by=by, door=door, viewer=viewer, scheme=scheme, school=school)
    made = TierDecision.objects.create(
        school=school, tier=tier, scheme=scheme.id, since=since, route=route, evidence=kept, reason=reason, way_out=way_out,
        despite=despite, safeguarding=safeguarding, adviser=adviser or (before.adviser if before else None), made_by=by.label,
        once=once_of(by, once),
    )  # fmt: skip
    after = {"urn": school.pk, "tier": tier, "since": str(since), "route": route, "lacking": list(lacks), "evidence": kept.pk}
    record(by=by.label, verb="decided", target="tier", target_id=made.pk, before={"tier": before.tier if before else ""}, after=after)
    return made


@transaction.atomic
def review(*, by: User, school: Establishment, day: date, colour: str, sources: list[str], line: str, once: str) -> Review:
    made, new = Review.objects.get_or_create(
        once=once_of(by, once), defaults={"school": school, "day": day, "colour": colour, "sources": sources, "line": line, "by": by.label}
    )
    if new:
        after = {"urn": school.pk, "day": str(day), "colour": colour, "sources": sources}
        record(by=by.label, verb="reviewed", target="support of a tier", target_id=made.pk, after=after)
    return made


@transaction.atomic
def reply(*, by: User, decision: TierDecision, wish: str, text: str, once: str) -> Reply:
    """The school's word on its tier. It may come at any time; by the day in the letter it is waited for."""
    _seen(decision)
    made, new = Reply.objects.get_or_create(
        once=once_of(by, once), defaults={"decision": decision, "wish": wish, "text": text, "by": by.label}
    )
    if new:
        record(by=by.label, verb="replied", target="tier", target_id=decision.pk, after={"urn": decision.school_id, "wish": wish})
    return made


def _seen(decision: TierDecision) -> None:
    if decision.state not in rules.SEEN_BY_SCHOOL:
        raise HeadwayError("H-DESK-44", "There is no such decision for the school yet.", remedy="Ring the head first.")


@transaction.atomic
def answer(*, by: User, reply: Reply, text: str) -> None:
    """Answered once; what somebody else answered meanwhile stands. Raises H-DESK-44 then."""
    done = Reply.objects.filter(pk=reply.pk, answered=None).update(answer=text, answered=now(), answered_by=by.label)
    if not done:
        raise HeadwayError(
            "H-DESK-44", "Somebody has answered this reply already.", remedy="Read the answer on the school’s page of tiers."
        )
    record(by=by.label, verb="answered", target="reply to a tier", target_id=reply.pk, after={"urn": reply.decision.school_id})


@transaction.atomic
def appeal(*, by: User, decision: TierDecision, grounds: str) -> Appeal:
    """The school asks somebody independent. Asked twice it is one appeal."""
    _seen(decision)
    made, new = Appeal.objects.get_or_create(decision=decision, defaults={"grounds": grounds, "by": by.label})
    if new:
        record(by=by.label, verb="appealed", target="tier", target_id=decision.pk, after={"urn": decision.school_id})
    return made


@transaction.atomic
def hear(*, by: User, door: Door, viewer: Viewer, scheme: Scheme, appeal: Appeal, tier: str, text: str) -> None:
    """The independent answer, dated and with reasons. Another tier is a decision of its own, which goes by call and letter like any.

    Raises H-DESK-47 for somebody who took part in the decision, H-DESK-44 where it is answered already.
    """
    decision = appeal.decision
    why_not = rules.may_hear(by.label, decided_by(decision))
    if why_not:
        raise HeadwayError("H-DESK-47", "You cannot answer this appeal.", why_not)
    done = Appeal.objects.filter(pk=appeal.pk, answered=None).update(tier=tier, answer=text, answered=now(), answered_by=by.label)
    if not done:
        raise HeadwayError("H-DESK-44", "This appeal is answered already.", remedy="Read the answer.")
    record(by=by.label, verb="answered", target="appeal", target_id=appeal.pk, after={"urn": decision.school_id, "tier": tier})
    if tier != decision.tier:
        move(by=by, door=door, viewer=viewer, scheme=scheme, school=decision.school, tier=tier, since=today(), reason=text,
             way_out=decision.way_out, despite="On appeal.", safeguarding=False, once=f"appeal-{appeal.pk}", adviser=decision.adviser,
             route=Route.APPEAL, evidence=decision.evidence)  # fmt: skip


def ask_for_help(*, by: User, school: Establishment, line: str, once: str) -> Return:
    """A school refers itself. It costs no points and is never held against it."""
    return give(by=by, school=school, service=Service.SCHOOL, kind="self_referral", line=line, on=today(), once=once)


def say_what_is_wrong(*, by: User, school: Establishment, line: str, once: str) -> Return:
    """The school corrects a fact or adds what should be known. Those who sort schools read it."""
    return give(by=by, school=school, service=Service.SCHOOL, line=line, on=today(), once=once)
