"""What changes about visits, calls and follow-ups. Each in one transaction with its audit event; what was written is in no event."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import seal
from headway.desk.audit.actions import record
from headway.desk.entitlements import actions as ledger
from headway.desk.entitlements.models import UseState
from headway.desk.establishments.models import Establishment
from headway.desk.visits import rules
from headway.desk.visits.models import Answer, CalendarFeed, Call, Draft, FollowUp, Passage, SchoolPassage, State, Visit
from headway.desk.visits.queries import NOTE, answer_of, hashed, newest_passage, note_of, once_of, school_part_of
from headway.vocabulary.clock import now, on, today
from headway.vocabulary.errors import HeadwayError


@dataclass(frozen=True)
class Weighs:
    """What a visit counts for in the ledger: an item that the school is owed, or in words what it is beside that; and adviser days."""

    item: str
    what: str
    days: Decimal
    brings: str = ""


@transaction.atomic
def book(
    *, by: User, school: Establishment, kind: str, adviser: User, day: date, begins: time | None = None, purpose: str = "",
    weighs: Weighs | None = None,
) -> Visit:  # fmt: skip
    """Book a visit; with `weighs` it stands in the ledger too, and from then on the ledger follows the visit."""
    use = None
    if weighs is not None:
        use = ledger.enter(
            by=by, school=school, item=weighs.item, what=weighs.what, day=day, days=weighs.days, state=UseState.BOOKED, adviser=adviser
        )
        if weighs.brings:
            ledger.happened(by=by, school=school, kind=weighs.brings, since=min(day, today()), because="Booked as a contact of that kind.")
    told = {"school": school, "kind": kind, "adviser": adviser, "day": day, "begins": begins, "purpose": purpose, "use": use}
    visit = Visit.objects.create(**told, made_by=by.label)
    record(by=by.label, verb="booked", target="visit", target_id=visit.pk, after={**_told(visit), "urn": school.pk, "kind": kind})
    return visit


@transaction.atomic
def change(*, by: User, visit: Visit, day: date, begins: time | None, adviser: User, purpose: str, because: str) -> None:
    """Another day, hour, person or purpose, with the reason. Nothing is written where nothing changes."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    before = _told(visit)
    visit.day, visit.begins, visit.adviser, visit.purpose = day, begins, adviser, purpose
    if _told(visit) != before:
        visit.changed_because = because
        visit.save(update_fields=["day", "begins", "adviser", "purpose", "changed_because"])
        record(by=by.label, verb="changed", target="visit", target_id=visit.pk, before=before, after=_told(visit))
        if visit.use and visit.use.state == UseState.BOOKED:
            ledger.move(by=by, use=visit.use, day=day, adviser=adviser)


@transaction.atomic
def bring_in(
    *, by: User, school: Establishment, kind: str, adviser: User, day: date, purpose: str = "", weighs: Weighs | None = None
) -> Visit:  # fmt: skip
    """A visit that a spreadsheet knows: done where its day is over, else booked. With `weighs` it counts in the ledger as any other."""
    over = day < today()
    state, use = State.HELD if over else State.BOOKED, None
    if weighs is not None:
        use = ledger.enter(by=by, school=school, item=weighs.item, what=weighs.what, day=day, days=weighs.days, adviser=adviser,
                           state=UseState.DELIVERED if over else UseState.BOOKED)  # fmt: skip
    visit = Visit.objects.create(
        school=school, kind=kind, adviser=adviser, day=day, purpose=purpose, state=state, use=use, made_by=by.label
    )
    record(by=by.label, verb="brought in", target="visit", target_id=visit.pk, after={**_told(visit), "urn": school.pk, "state": state})
    return visit


@transaction.atomic
def take_out(*, by: User, visit: Visit, because: str) -> None:
    """Cancel one that was brought in, done or booked, with the sheet that it came from."""
    if Visit.objects.filter(pk=visit.pk, state__in=(State.BOOKED, State.HELD)).update(state=State.CANCELLED, changed_because=because):
        record(by=by.label, verb="took out", target="visit", target_id=visit.pk, after={"because": because})
        if visit.use and visit.use.state in (UseState.BOOKED, UseState.DELIVERED):
            ledger.withdraw(by=by, use=visit.use, because=because)


def _moved(visit: Visit, to: str, way: str) -> Visit:
    """The visit as it stands now, locked. Raises H-DESK-01 where it may not go where it is to go: somebody else was first."""
    fresh = Visit.objects.select_for_update().select_related("school").get(pk=visit.pk)
    if not rules.may_move(fresh.state, to, way):
        raise HeadwayError(
            "H-DESK-01", f"This is {State(fresh.state).label} and cannot become {State(to).label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again; what you typed is kept as a draft.",
        )  # fmt: skip
    fresh.state = to
    return fresh


@transaction.atomic
def cancel(*, by: User, visit: Visit, because: str) -> None:
    fresh = _moved(visit, State.CANCELLED, "")
    fresh.changed_because = because
    fresh.save(update_fields=["state", "changed_because"])
    record(by=by.label, verb="cancelled", target="visit", target_id=visit.pk, after={"because": because})
    if fresh.use and fresh.use.state == UseState.BOOKED:
        ledger.withdraw(by=by, use=fresh.use, because=because)


def _counted(by: User, visit: Visit, day: date) -> None:
    """What a visit counts for is delivered once its note is with the school, or the call was held; once only."""
    if visit.use and visit.use.state == UseState.BOOKED:
        ledger.deliver(by=by, use=visit.use, day=min(day, today()))


@transaction.atomic
def keep_draft(*, by: User, visit: Visit, part: str, typed: Mapping[str, str]) -> Draft:
    """Keep what a person is typing. No event: nobody else sees it, and it comes every few seconds."""
    sealed = seal(json.dumps(dict(typed), ensure_ascii=False), "draft")
    draft, _ = Draft.objects.update_or_create(visit=visit, author=by, part=part, defaults={"sealed": sealed, "at": now()})
    return draft


@transaction.atomic
def write(*, by: User, visit: Visit, texts: Mapping[tuple[str, bool], str], began_from: int, known: Mapping[str, Any]) -> None:
    """Save a note: a version of each passage that changed. Raises H-DESK-02 where somebody saved another since `began_from`."""
    fresh = Visit.objects.select_for_update().get(pk=visit.pk)
    if newest_passage(fresh) != began_from:
        raise HeadwayError(
            "H-DESK-02", "Somebody else saved this note while you were writing.", "Both texts are kept.",
            "Compare them below, take over what belongs in, and save again.",
        )  # fmt: skip
    if fresh.state == State.BOOKED:
        fresh.state, fresh.known = State.DRAFT, dict(known)
        fresh.save(update_fields=["state", "known"])
    elif fresh.state != State.DRAFT:
        raise HeadwayError("H-DESK-01", f"This is {State(fresh.state).label}; its note is not changed.", remedy="Take it back first.")
    kept = note_of(fresh)
    changed = {key: text for key, text in texts.items() if text != kept.get(key, "")}
    Passage.objects.bulk_create(
        Passage(visit=fresh, heading=heading, restricted=hidden, text=seal(text, NOTE) if hidden and text else text, by=by.label)
        for (heading, hidden), text in changed.items()
    )
    Draft.objects.filter(visit=fresh, author=by, part="note").delete()
    if changed:
        record(by=by.label, verb="wrote", target="note", target_id=visit.pk, after={"headings": sorted({name for name, _ in changed})})


@transaction.atomic
def write_school_part(*, by: User, visit: Visit, texts: Mapping[str, str]) -> None:
    fresh = Visit.objects.select_for_update().get(pk=visit.pk)
    if fresh.state not in (State.BOOKED, State.DRAFT):
        raise HeadwayError("H-DESK-01", f"This is {State(fresh.state).label}; the school's part is closed.", remedy="Write to the adviser.")
    kept = school_part_of(fresh)
    changed = {heading: text for heading, text in texts.items() if text != kept.get(heading, "")}
    SchoolPassage.objects.bulk_create(
        SchoolPassage(visit=fresh, heading=heading, text=text, by=by.label) for heading, text in changed.items()
    )
    Draft.objects.filter(visit=fresh, author=by, part="school").delete()
    if changed:
        record(by=by.label, verb="wrote", target="school's part", target_id=visit.pk, after={"headings": sorted(changed)})


@transaction.atomic
def share(*, by: User, visit: Visit, way: str, holidays: frozenset[date]) -> None:
    """Give the note to the school, with the day by which it may say what is not accurate."""
    fresh = _moved(visit, State.SHARED, way)
    fresh.shared, fresh.answer_by = now(), rules.answer_by(today(), holidays)
    fresh.save(update_fields=["state", "shared", "answer_by"])
    record(by=by.label, verb="shared", target="note", target_id=visit.pk, after={"answer_by": str(fresh.answer_by)})
    _counted(by, fresh, fresh.day)


@transaction.atomic
def answer(*, by: User, visit: Visit, accurate: bool, comment: str) -> None:
    fresh = Visit.objects.select_for_update().get(pk=visit.pk)
    if fresh.state != State.SHARED:
        raise HeadwayError("H-DESK-01", f"This is {State(fresh.state).label}: it waits for no answer.", remedy="Write to the adviser.")
    Answer.objects.create(visit=fresh, accurate=accurate, comment=comment, by=by.label)
    record(by=by.label, verb="answered", target="note", target_id=visit.pk, after={"accurate": accurate})


@transaction.atomic
def take_back(*, by: User, visit: Visit) -> None:
    """Back to the desk, to be mended and shared again. What the school answered stays."""
    fresh = _moved(visit, State.DRAFT, "")
    fresh.shared = fresh.answer_by = None
    fresh.save(update_fields=["state", "shared", "answer_by"])
    record(by=by.label, verb="took back", target="note", target_id=visit.pk)


@transaction.atomic
def agree(*, by: User, visit: Visit) -> None:
    """Raises H-DESK-03 while the school may still answer, or when it says that something is not accurate."""
    said = answer_of(Visit.objects.get(pk=visit.pk))
    why_not = rules.may_agree(visit.state, None if said is None else said.accurate, visit.answer_by, today())
    if why_not:
        raise HeadwayError("H-DESK-03", "The note cannot be agreed yet.", why_not)
    fresh = _moved(visit, State.AGREED, "")
    fresh.agreed = now()
    fresh.save(update_fields=["state", "agreed"])
    record(by=by.label, verb="agreed", target="note", target_id=visit.pk, after={"the_school_answered": said is not None})


@transaction.atomic
def hold(*, by: User, visit: Visit, way: str, day: date | None = None) -> None:
    """A call or a piece of desk work is done: on the day that it was booked for, or on another."""
    fresh = _moved(visit, State.HELD, way)
    fresh.save(update_fields=["state"])
    record(by=by.label, verb="held", target="visit", target_id=visit.pk)
    _counted(by, fresh, day or fresh.day)


@transaction.atomic
def log_call(
    *, by: User, school: Establishment, spoke_to: str, said: str, restricted: bool, counts_as: Visit | None, way: str, once: str,
    day: date | None = None,
) -> Call:  # fmt: skip
    """Write a call down, of today where no day is said. The same form sent twice is one call."""
    rung = day or today()
    text = seal(said, NOTE) if restricted and said else said
    values = {"school": school, "by": by, "spoke_to": spoke_to, "said": text, "restricted": restricted, "counts_as": counts_as}
    values["at"] = on(rung)
    call, made = Call.objects.get_or_create(once=once_of(by, once), defaults=values)
    if made:
        record(by=by.label, verb="logged", target="call", target_id=call.pk, after={"urn": school.pk, "spoke_to": spoke_to})
        if counts_as is not None and rules.may_move(counts_as.state, State.HELD, way) and spoke_to != "nobody":
            hold(by=by, visit=counts_as, way=way, day=rung)
    return call


@transaction.atomic
def promise(
    *, by: User, school: Establishment, what: str, owner: str, due: date, visit: Visit | None = None, call: Call | None = None
) -> FollowUp:
    """Something to be done, carried until it is closed. Said twice of one visit or call it is one thing."""
    found, made = FollowUp.objects.get_or_create(
        school=school, visit=visit, call=call, what=what, owner=owner, closed=None, defaults={"due": due, "keeper": by}
    )
    if made:
        record(
            by=by.label, verb="promised", target="follow-up", target_id=found.pk, after={"urn": school.pk, "owner": owner, "due": str(due)}
        )
    return found


@transaction.atomic
def close(*, by: User, follow_up: FollowUp, outcome: str) -> None:
    """Writes nothing for one that somebody closed already."""
    closed = FollowUp.objects.filter(pk=follow_up.pk, closed=None).update(closed=now(), closed_by=by.label, outcome=outcome)
    if closed:
        record(by=by.label, verb="closed", target="follow-up", target_id=follow_up.pk)


@transaction.atomic
def make_feed(*, by: User) -> str:
    """A new secret address for one's calendar; the one before ends. The address is shown once and kept as a hash."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(user=by, defaults={"token": hashed(token), "sign_outs": by.sign_outs, "made": now()})
    record(by=by.label, verb="made", target="calendar address", target_id=by.pk)
    return token


@transaction.atomic
def end_feed(*, by: User) -> None:
    if CalendarFeed.objects.filter(user=by).delete()[0]:
        record(by=by.label, verb="ended", target="calendar address", target_id=by.pk)


def _told(visit: Visit) -> dict[str, object]:
    begins = visit.begins.isoformat("minutes") if visit.begins else ""
    return {"day": str(visit.day), "begins": begins, "adviser": f"user:{visit.adviser_id}", "purpose": bool(visit.purpose)}
