"""What changes about practices. Each in one transaction with its audit event."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library import rules
from headway.desk.evidence_library.models import Adoption, Move, Practice, Source, State, Wording
from headway.desk.evidence_library.queries import TEXTS, leads, team
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def propose(
    *, by: User, title: str, kind: str, areas: Collection[str], phases: Collection[str], measure: str, pounds: int | None,
    school: Establishment | None = None, since: date | None = None, **texts: str,
) -> Practice:  # fmt: skip
    """A practice with its first wording; of a school that does it, since when."""
    made = Practice.objects.create(
        title=title, kind=kind, areas=sorted(areas), phases=sorted(phases), measure=measure, pounds=pounds, proposer=by
    )  # fmt: skip
    Wording.objects.create(practice=made, by=by.label, **{name: texts.get(name, "") for name in TEXTS})
    Move.objects.create(practice=made, to=State.PROPOSED, by=by.label)
    if school is not None:
        Adoption.objects.create(practice=made, school=school, since=since or today(), by=by.label)
    record(by=by.label, verb="proposed", target="practice", target_id=made.pk, after={"title": title, "areas": sorted(areas)})
    return made


@transaction.atomic
def rewrite(*, by: User, practice: Practice, began_from: int, **given: Any) -> None:
    """Another wording or title. A returned one is proposed again. Raises H-DESK-02 where somebody wrote first."""
    fresh = Practice.objects.select_for_update().get(pk=practice.pk)
    newest = fresh.wordings.last()
    if newest is None or newest.pk != began_from:
        raise HeadwayError("H-DESK-02", "Somebody else rewrote this while you were writing.", "Both texts are kept.",
                           "Take over what belongs in, and save again.")  # fmt: skip
    texts = {name: given.pop(name) for name in TEXTS}
    if any(getattr(newest, name) != text for name, text in texts.items()):
        Wording.objects.create(practice=fresh, by=by.label, **texts)
    for name, value in given.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(given))
    record(by=by.label, verb="rewrote", target="practice", target_id=fresh.pk, after={"title": fresh.title})
    if fresh.state == State.RETURNED:
        _moved(by, fresh, State.PROPOSED, "Rewritten", None)


@transaction.atomic
def move(*, by: User, practice: Practice, to: str, because: str = "", review_by: date | None = None) -> None:
    """Review, publish, return or withdraw. Raises H-DESK-93 where this person may not, or no day to look again is given."""
    fresh = Practice.objects.select_for_update().get(pk=practice.pk)
    faults = rules.faults_of_review_by(review_by, today()) if to == State.PUBLISHED else []
    if not rules.may_move(fresh.state, to, team=team(by), leads=leads(by), own=fresh.proposer_id == by.pk):
        faults.append(f"What is {fresh.get_state_display()} cannot be moved so by you; nobody reviews what they proposed.")
    if to in (State.RETURNED, State.WITHDRAWN) and not because:
        faults.append("Say why.")
    if faults:
        raise HeadwayError("H-DESK-93", "This practice cannot be moved.", " ".join(faults), "Ask somebody else of the team.")
    _moved(by, fresh, to, because, review_by)


def _moved(by: User, practice: Practice, to: str, because: str, review_by: date | None) -> None:
    practice.state, practice.review_by = to, review_by if to == State.PUBLISHED else practice.review_by
    practice.save(update_fields=["state", "review_by"])
    Move.objects.create(practice=practice, to=to, because=because, review_by=review_by, by=by.label)
    record(by=by.label, verb=f"moved to {to}", target="practice", target_id=practice.pk, after={"because": because})


@transaction.atomic
def cite(*, by: User, practice: Practice, title: str, href: str, finding: str, strength: str, seen: date) -> Source:
    """A named source outside."""
    made = Source.objects.create(
        practice=practice, title=title, href=href, finding=finding, strength=strength, seen=seen, by=by.label
    )  # fmt: skip
    record(by=by.label, verb="cited", target="practice", target_id=practice.pk, after={"title": title, "strength": strength})
    return made


@transaction.atomic
def strike(*, by: User, source: Source, because: str) -> None:
    """A source that no longer counts; it stays to be read."""
    if Source.objects.filter(pk=source.pk, struck="").update(struck=because):
        record(by=by.label, verb="struck out", target="source", target_id=source.pk, after={"because": because})


@transaction.atomic
def adopt(*, by: User, practice: Practice, school: Establishment, since: date) -> Adoption:
    """A school took it up. Raises H-DESK-93 where that is written down already."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    if Adoption.objects.filter(practice=practice, school=school, until=None).exists():
        raise HeadwayError("H-DESK-93", "It is written down already.", f"{school.name} does this.", "Nothing more is to be done.")
    made = Adoption.objects.create(practice=practice, school=school, since=since, by=by.label)
    record(by=by.label, verb="took up", target="practice", target_id=practice.pk, after={"urn": school.pk, "since": str(since)})
    return made


@transaction.atomic
def stop(*, by: User, adoption: Adoption) -> None:
    """The school does it no longer; that it did stays."""
    fresh = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if fresh.until is None and fresh.since < today():
        fresh.until = today()
        fresh.save(update_fields=["until"])
        record(by=by.label, verb="stopped", target="practice", target_id=fresh.practice_id, after={"urn": fresh.school_id})
