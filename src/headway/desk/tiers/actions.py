"""What changes about returns, meetings and outcomes. Each in one transaction with its audit event; no line or reason is in an event."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from headway.definitions.tiers import Scheme
from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.interests import actions as interests
from headway.desk.interests.queries import kept_from
from headway.desk.tiers import rules
from headway.desk.tiers.evidence import frozen
from headway.desk.tiers.models import Evidence, Item, Moderation, Opinion, Outcome, Presence, Return, Route, TierDecision
from headway.desk.tiers.queries import LINE, newest, once_of, proposals, tier_now
from headway.readings.door import Door
from headway.readings.tier_proposal.answers import Proposal
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer


@transaction.atomic
def give(
    *, by: User, school: Establishment, service: str, line: str, on: date, once: str, kind: str = "", clear: bool = False,
    restricted: bool = False, expires: date | None = None, replaces: Return | None = None,
) -> Return:  # fmt: skip
    """A service's line on a school; sent twice, it is written once. One that replaces another puts that one aside."""
    text = seal(line, LINE) if restricted else line
    told: dict[str, Any] = {"school": school, "service": service, "kind": kind, "clear": clear, "line": text, "restricted": restricted}
    told |= {"on": on, "expires": expires, "by": by.label, "replaces": replaces}
    made, new = Return.objects.get_or_create(once=once_of(by, once), defaults=told)
    if new:
        after = {"urn": school.pk, "service": service, "kind": kind, "clear": clear, "on": str(on), "expires": str(expires or "")}
        record(by=by.label, verb="gave", target="return", target_id=made.pk, after=after)
        if replaces is not None:
            put_aside(by=by, one=replaces, because="Replaced by a newer line.")
    return made


@transaction.atomic
def put_aside(*, by: User, one: Return, because: str) -> None:
    """A return no longer counts. It stays, with the reason."""
    done = Return.objects.filter(pk=one.pk, archived=None).update(archived=now(), archived_by=by.label, archived_because=because)
    if done:
        record(by=by.label, verb="put aside", target="return", target_id=one.pk, after={"urn": one.school_id})


def _published(door: Door, viewer: Viewer, scheme: Scheme, urns: Iterable[int]) -> dict[int, Proposal]:
    """What would be proposed on published figures alone; nothing for a viewer who sees no others."""
    return proposals(door, PUBLIC, scheme, urns)[0] if viewer.sees_early else {}


def _kept(
    door: Door, scheme: Scheme, school: Establishment, one: Proposal, returns: list[int], public: Proposal | None
) -> Evidence:  # fmt: skip
    facts = door.published
    in_confidence = set(Return.objects.filter(pk__in=returns, restricted=True).values_list("kind", flat=True))
    return Evidence.objects.create(
        school=school, snapshot=facts.id, library=facts.library_digest, scheme=scheme.id, proposed=one.tier, points=one.points,
        shown=frozen(one, scheme, door.library, public, in_confidence), returns=returns,
    )  # fmt: skip


@transaction.atomic
def evidence_for(*, by: User, door: Door, viewer: Viewer, scheme: Scheme, school: Establishment) -> Evidence:
    """What is known of one school today, kept. Raises H-DESK-43 for a school that the scheme does not sort."""
    found, numbers = proposals(door, viewer, scheme, [school.pk])
    if school.pk not in found:
        raise _unsorted([school])
    public = _published(door, viewer, scheme, [school.pk]).get(school.pk)
    return _kept(door, scheme, school, found[school.pk], numbers.get(school.pk, []), public)


@transaction.atomic
def call_meeting(
    *, by: User, door: Door, viewer: Viewer, scheme: Scheme, title: str, day: date, schools: Iterable[Establishment], once: str,
    days_at_hand: float | None = None,
) -> Moderation:  # fmt: skip
    """A meeting with its schools, each with a proposal that is kept as it was. Raises H-DESK-43 where the scheme sorts none of them."""
    wanted = list(schools)
    told = {"title": title, "day": day, "scheme": scheme.id, "days_at_hand": days_at_hand, "made_by": by.label}
    made, new = Moderation.objects.get_or_create(once=once_of(by, once), defaults=told)
    if not new:
        return made
    if not put_before(by=by, door=door, viewer=viewer, scheme=scheme, meeting=made, schools=wanted):
        raise _unsorted(wanted)
    record(by=by.label, verb="called", target="meeting on tiers", target_id=made.pk, after={"day": str(day), "scheme": scheme.id})
    return made


def put_before(
    *, by: User, door: Door, viewer: Viewer, scheme: Scheme, meeting: Moderation, schools: Iterable[Establishment]
) -> int:  # fmt: skip
    """Put schools before a meeting, or, where nothing is decided of them yet, propose for them anew; how many."""
    wanted = {one.pk: one for one in schools}
    found, numbers = proposals(door, viewer, scheme, wanted)
    public = _published(door, viewer, scheme, wanted)
    last = tier_now(wanted.values(), meeting.day)
    held = {item.school_id: item for item in meeting.items.prefetch_related("outcomes")}
    changed = 0
    for urn, proposal in found.items():
        item = held.get(urn)
        if item is not None and newest(item) is not None:
            continue
        kept = _kept(door, scheme, wanted[urn], proposal, numbers.get(urn, []), public.get(urn))
        if item is None:
            before = last[urn].tier if urn in last else ""
            Item.objects.create(moderation=meeting, school=wanted[urn], evidence=kept, last_tier=before)
        else:
            Item.objects.filter(pk=item.pk).update(evidence=kept)
        changed += 1
    record(by=by.label, verb="proposed", target="meeting on tiers", target_id=meeting.pk, after={"schools": changed})
    return changed


def _unsorted(schools: Iterable[Establishment]) -> HeadwayError:
    named = "; ".join(map(str, list(schools)[:5]))
    return HeadwayError("H-DESK-43", "The scheme sorts none of these schools.", f"They are: {named}.", "Choose open schools of the area.")


@transaction.atomic
def attend(
    *, by: User, meeting: Moderation, name: str, part: str, user: User | None = None, interest: str = "",
    interest_in: Establishment | None = None,
) -> Presence:  # fmt: skip
    """Somebody is there; what they declare is added, never altered."""
    told = {"user": user, "part": part, "interest": interest, "by": by.label}
    made, new = Presence.objects.get_or_create(moderation=meeting, name=name, interest_in=interest_in, defaults=told)
    if new:
        after = {"part": part, "interest": bool(interest), "in": interest_in.pk if interest_in else ""}
        if user is not None and interest_in is not None and not kept_from(interest_in.pk, today()).filter(person=user).exists():
            interests.declare(by=by, person=user, school=interest_in, what=interest)  # one register for all
        record(by=by.label, verb="was present", target="meeting on tiers", target_id=meeting.pk, after=after)
    return made


@transaction.atomic
def opine(*, by: User, item: Item, tier: str, line: str) -> Opinion:
    """How the adviser sees the school. Said twice in the same words it is one opinion."""
    last = item.opinions.order_by("-pk").first()
    if last and (last.by_id, last.tier, last.line) == (by.pk, tier, line):
        return last
    made = Opinion.objects.create(item=item, tier=tier, line=line, by=by)
    record(by=by.label, verb="said", target="opinion on a tier", target_id=made.pk, after={"urn": item.school_id, "tier": tier})
    return made


@transaction.atomic
def settle(
    *, by: User, item: Item, scheme: Scheme, tier: str, reason: str, began_from: int, lacks: Sequence[str] = ()
) -> Outcome | None:  # fmt: skip
    """What the meeting says of a school; `tier` empty leaves it open again. `began_from` is the number of the outcome that was seen;
    `lacks` what the school has still to show before this tier, which takes a reason.

    Raises H-DESK-42 where somebody else said something since, H-DESK-41 for what the rules do not take or once it is confirmed.
    """
    Moderation.objects.select_for_update().get(pk=item.moderation_id)  # one at a time in a meeting
    outcomes = list(item.outcomes.all())
    last = outcomes[-1] if outcomes else None
    if last and last.number == began_from + 1 and (last.by, last.tier, last.reason) == (by.label, tier, reason):
        return last  # the same form, sent twice
    if (last.number if last else 0) != began_from:
        raise HeadwayError(
            "H-DESK-42", "Somebody else has recorded an outcome for this school since you opened it.", "Yours is not recorded yet.",
            "Read theirs below. What you typed is still here: save again to put it in the place of theirs.",
        )  # fmt: skip
    _open_to(item)
    fault = rules.fault_of_outcome(scheme, item.evidence.proposed, tier, reason, lacks) if tier else ""
    if fault:
        raise HeadwayError("H-DESK-41", fault)
    if not tier and last is None:
        return None
    accepted = tier == item.evidence.proposed
    made = _numbered(item, began_from + 1, tier, accepted, reason, by)
    after = {"urn": item.school_id, "tier": tier, "proposed": item.evidence.proposed, "number": made.number}
    record(by=by.label, verb="settled" if tier else "left open", target="tier in a meeting", target_id=item.pk, after=after)
    return made


def _numbered(item: Item, number: int, tier: str, accepted: bool, reason: str, by: User) -> Outcome:
    try:
        with transaction.atomic():
            return Outcome.objects.create(item=item, number=number, tier=tier, accepted=accepted, reason=reason, by=by.label)
    except IntegrityError:
        raise HeadwayError("H-DESK-42", "Somebody else has recorded an outcome for this school at the same moment.") from None


def _open_to(item: Item) -> None:
    if item.moderation.closed:
        raise HeadwayError("H-DESK-41", "The meeting is closed.", remedy="Move the school between meetings, on its page of tiers.")
    if TierDecision.objects.filter(item=item).exists():
        raise HeadwayError(
            "H-DESK-41", "This decision is confirmed already.", "The head may have been rung.", "Move the school between meetings."
        )  # fmt: skip


@transaction.atomic
def confirm(
    *, by: User, meeting: Moderation, ways_out: Mapping[int, str], advisers: Mapping[int, User | None], urns: Iterable[int] | None = None
) -> int:  # fmt: skip
    """Make decisions of every outcome that has none yet (of these schools, where they are named); how many. All are by URN."""
    Moderation.objects.select_for_update().get(pk=meeting.pk)
    made, wanted = 0, meeting.items.select_related("evidence").prefetch_related("outcomes").filter(decision=None)
    for item in wanted if urns is None else wanted.filter(school_id__in=list(urns)):
        last = newest(item)
        if last is None:
            continue
        one = TierDecision.objects.create(
            school_id=item.school_id, tier=last.tier, scheme=meeting.scheme, since=meeting.day, route=Route.MEETING, item=item,
            evidence=item.evidence, reason=last.reason, way_out=ways_out.get(item.school_id, ""), adviser=advisers.get(item.school_id),
            made_by=by.label, once=f"item-{item.pk}",
        )  # fmt: skip
        after = {"urn": item.school_id, "tier": last.tier, "since": str(meeting.day), "evidence": item.evidence_id}
        record(by=by.label, verb="decided", target="tier", target_id=one.pk, after=after)
        made += 1
    return made


@transaction.atomic
def close(*, by: User, meeting: Moderation) -> None:
    """Nothing more is settled in it. What was left open goes before another."""
    done = Moderation.objects.filter(pk=meeting.pk, closed=None).update(closed=now(), closed_by=by.label)
    if done:
        record(by=by.label, verb="closed", target="meeting on tiers", target_id=meeting.pk)
