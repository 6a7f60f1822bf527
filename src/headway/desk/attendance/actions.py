"""What changes about attendance. Each in one transaction with its audit event; nothing of a pupil is in an event but a pseudonym."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.attendance import rules
from headway.desk.attendance.models import Agreed, Cleared, Entry, Lead, Meeting, MeetingState, Official, Plan, Shock
from headway.desk.attendance.queries import sealed, text_of
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def look(*, by: User, at: str, **facts: object) -> None:
    """A look at pupils of the registers is an event, whatever was seen."""
    record(by=by.label, verb="read", target="registers", target_id=at, after=facts, look=True)


@transaction.atomic
def brought(*, by: User, size: int) -> None:
    """A file of registers was brought through a page. Neither its name nor a cell of it is in the event."""
    record(by=by.label, verb="brought", target="registers", target_id="file", after={"bytes": size})


@transaction.atomic
def matched(*, by: User, shape: str, columns: Mapping[str, str]) -> None:
    """Which of another system's headings is which was written down."""
    record(by=by.label, verb="matched", target="registers", target_id=shape, after={"columns": dict(columns)})


@transaction.atomic
def took_in(*, by: User, state: str, shape: str, rows: int) -> None:
    record(by=by.label, verb="loaded", target="registers", target_id="file", after={"state": state, "shape": shape, "rows": rows})


@transaction.atomic
def name_lead(*, by: User, school: Establishment, champion: str, lead: str, weeks: int) -> Lead:
    """Who leads attendance at a school now; whoever did before stays in the rows."""
    one = Lead.objects.create(school=school, champion=champion, lead=lead, weeks=weeks, by=by.label)
    named = {"urn": school.pk, "champion": champion, "lead": lead, "weeks": weeks}
    record(by=by.label, verb="named", target="attendance lead", target_id=school.pk, after=named,
           personal=frozenset({"champion", "lead"}), subject=f"school:{school.pk}")  # fmt: skip
    return one


@transaction.atomic
def share_official(*, by: User, school: Establishment, year: str, figure: Decimal, said: str) -> Official:
    """The department's expectation as the school shared it; what it was before stays."""
    one = Official.objects.create(school=school, year=year, figure=figure, said=said, by=by.label)
    record(by=by.label, verb="shared", target="official expectation", target_id=school.pk, after={"year": year, "figure": str(figure)})
    return one


@transaction.atomic
def offer(*, by: User, school: Establishment, officer: User, day: date | None, begins: time | None) -> Meeting:
    """A targeting support meeting is offered; with a day it is agreed."""
    state = MeetingState.AGREED if day else MeetingState.OFFERED
    one = Meeting.objects.create(school=school, officer=officer, state=state, offered=today(), day=day, begins=begins, by=by.label)
    record(by=by.label, verb="offered", target="attendance meeting", target_id=one.pk, after={"urn": school.pk, "day": str(day or "")})
    return one


def _moved(meeting: Meeting, to: str) -> Meeting:
    """The meeting as it stands now, locked. Raises H-DESK-01 where it may not go where it is to go."""
    fresh = Meeting.objects.select_for_update().select_related("school").get(pk=meeting.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-01", f"This meeting is {MeetingState(fresh.state).label} and cannot become {MeetingState(to).label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    fresh.state = to
    return fresh


@transaction.atomic
def agree_day(*, by: User, meeting: Meeting, day: date, begins: time | None, because: str = "") -> None:
    fresh = _moved(meeting, MeetingState.AGREED)
    before = str(fresh.day or "")
    fresh.day, fresh.begins, fresh.because = day, begins, because
    fresh.save(update_fields=["state", "day", "begins", "because"])
    record(by=by.label, verb="agreed", target="attendance meeting", target_id=meeting.pk, before={"day": before}, after={"day": str(day)})


@transaction.atomic
def close_meeting(*, by: User, meeting: Meeting, to: str, because: str) -> None:
    """Declined by the school, or cancelled by us; with the reason."""
    fresh = _moved(meeting, to)
    fresh.because = because
    fresh.save(update_fields=["state", "because"])
    record(by=by.label, verb=to, target="attendance meeting", target_id=meeting.pk, after={"because": because})


@transaction.atomic
def hold(
    *,
    by: User,
    meeting: Meeting,
    day: date,
    agenda: Mapping[str, Any],
    note: str,
    next_by: date | None,
    agreed: Sequence[Mapping[str, Any]],
) -> None:
    """The meeting was held: the agenda as it was known, what was said (sealed), what was agreed, when next."""
    fresh = _moved(meeting, MeetingState.HELD)
    fresh.day, fresh.agenda, fresh.note, fresh.next_by = day, dict(agenda), sealed(note), next_by
    fresh.save(update_fields=["state", "day", "agenda", "note", "next_by"])
    for one in agreed:
        Agreed.objects.create(meeting=fresh, what=one["what"], owner=one["owner"], due=one["due"])
    told = {"day": str(day), "next_by": str(next_by or ""), "actions": len(agreed)}
    record(by=by.label, verb="held", target="attendance meeting", target_id=meeting.pk, after=told)


@transaction.atomic
def agree_action(*, by: User, meeting: Meeting, what: str, owner: str, due: date) -> Agreed:
    one = Agreed.objects.create(meeting=meeting, what=what, owner=owner, due=due)
    record(by=by.label, verb="agreed", target="attendance action", target_id=one.pk, after={"owner": owner, "due": str(due)})
    return one


@transaction.atomic
def close_action(*, by: User, action: Agreed, outcome: str) -> None:
    """Writes nothing for one that somebody closed already."""
    if Agreed.objects.filter(pk=action.pk, closed=None).update(closed=now(), closed_by=by.label, outcome=outcome):
        record(by=by.label, verb="closed", target="attendance action", target_id=action.pk)


@transaction.atomic
def clear(*, by: User, school: Establishment, flag: str, did: str, pupil: str = "", group: str = "", text: str = "") -> Cleared:
    """An honest action takes a flag down for a while: what was done, by whom, when."""
    one = Cleared.objects.create(school=school, flag=flag, did=did, pupil=pupil, group=group, sealed=sealed(text), by=by.label)
    told = {"urn": school.pk, "flag": flag, "did": did, "who": rules.pseudonym(pupil) if pupil else group}
    record(by=by.label, verb="acted", target="attendance flag", target_id=one.pk, after=told)
    return one


@transaction.atomic
def begin_plan(
    *, by: User, school: Establishment, pupil: str, kind: str, lead: str, barriers: Sequence[str], begins: date, review_by: date,
    part_time_until: date | None, agreed: str,
) -> Plan:  # fmt: skip
    """Raises H-DESK-01 where the pupil has an open plan at the school."""
    if Plan.objects.filter(school=school, pupil=pupil, ended=None).exists():
        raise HeadwayError("H-DESK-01", "This pupil has an open plan at the school.", remedy="Write into that one, or end it first.")
    one = Plan.objects.create(school=school, pupil=pupil, kind=kind, lead=sealed(lead), barriers=list(barriers), begins=begins,
                              review_by=review_by, part_time_until=part_time_until, by=by.label)  # fmt: skip
    told = {"urn": school.pk, "who": rules.pseudonym(pupil), "kind": kind, "review_by": str(review_by)}
    record(by=by.label, verb="began", target="attendance plan", target_id=one.pk, after=told)
    if agreed.strip():
        write_entry(by=by, plan=one, kind="agreed", day=begins, text=agreed)
    return one


@transaction.atomic
def write_entry(*, by: User, plan: Plan, kind: str, day: date, text: str, review_by: date | None = None) -> Entry:
    """One thing more in a plan. A review moves the day of the next."""
    one = Entry.objects.create(plan=plan, kind=kind, day=day, sealed=sealed(text), by=by.label)
    if review_by and plan.ended is None:
        plan.review_by = review_by
        plan.save(update_fields=["review_by"])
    record(by=by.label, verb="wrote", target="attendance plan", target_id=plan.pk, after={"kind": kind, "review_by": str(review_by or "")})
    return one


@transaction.atomic
def change_plan(*, by: User, plan: Plan, kind: str, lead: str, barriers: Sequence[str], part_time_until: date | None) -> None:
    """What it was before stays as an entry."""
    was = f"Until now: {plan.get_kind_display().lower()}, led by {text_of(plan.lead) or 'nobody named'}."
    Entry.objects.create(plan=plan, kind="agreed", day=today(), sealed=sealed(was), by=by.label)
    before = {"kind": plan.kind, "barriers": plan.barriers, "part_time_until": str(plan.part_time_until or "")}
    plan.kind, plan.lead, plan.barriers, plan.part_time_until = kind, sealed(lead), list(barriers), part_time_until
    plan.save(update_fields=["kind", "lead", "barriers", "part_time_until"])
    after = {"kind": kind, "barriers": list(barriers), "part_time_until": str(part_time_until or "")}
    record(by=by.label, verb="changed", target="attendance plan", target_id=plan.pk, before=before, after=after)


@transaction.atomic
def end_plan(*, by: User, plan: Plan, outcome: str, text: str) -> None:
    """Raises H-DESK-01 where it ended already."""
    if not Plan.objects.filter(pk=plan.pk, ended=None).update(ended=today(), outcome=outcome):
        raise HeadwayError("H-DESK-01", "This plan has ended already.", remedy="Load the page again.")
    if text.strip():
        Entry.objects.create(plan=plan, kind="review", day=today(), sealed=sealed(text), by=by.label)
    record(by=by.label, verb="ended", target="attendance plan", target_id=plan.pk, after={"outcome": outcome})


@transaction.atomic
def note_shock(*, by: User, kind: str, title: str, begins: date, ends: date, whole_area: bool, schools: Sequence[Establishment]) -> Shock:
    one = Shock.objects.create(kind=kind, title=title, begins=begins, ends=ends, whole_area=whole_area, by=by.label)
    one.schools.set(schools)
    told = {"kind": kind, "begins": str(begins), "ends": str(ends), "schools": len(schools)}
    record(by=by.label, verb="noted", target="local shock", target_id=one.pk, after=told)
    return one


@transaction.atomic
def archive_shock(*, by: User, shock: Shock, because: str) -> None:
    shock.archived_because = because
    shock.save(update_fields=["archived_because"])
    record(by=by.label, verb="archived", target="local shock", target_id=shock.pk, after={"because": because})
