"""What Monday's page is put together from: registers as the one door tells them, beside what people have done about it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from headway.charts.drawing import Chart
from headway.charts.falls import fall
from headway.charts.sessions import sessions
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.attendance import queries, rules
from headway.desk.attendance.models import Cleared, Consideration, Lead, Meeting, MeetingState, Plan, Return
from headway.desk.framing.addresses import address
from headway.language.attendance import group_words, marks_words, sessions_words
from headway.readings.attendance.answers import Threshold, Watched
from headway.readings.attendance.mets import Mets
from headway.readings.attendance.morning_answers import GroupFall, Morning
from headway.readings.attendance.schools import SchoolLine

DRAWN = 1  # thresholds drawn on Monday; the rest are a table
SOON = timedelta(days=7)


@dataclass(frozen=True)
class PupilRow:
    """A pupil of a list, with what is missing. Signs and addresses are made for those that are shown: a city's lists are long."""

    watched: Watched
    plan: Plan | None
    missing: str

    @property
    def sign(self) -> str:
        return rules.pseudonym(self.watched.key)

    @property
    def act(self) -> tuple[str, str]:
        """What to do next, in words, and where."""
        one = self.watched
        if one.kind == "drop":
            return "Say what was done", address("attendance:clear", one.urn, "drop", one.key)
        if self.plan is None:
            return "Begin a plan", address("attendance:plan_new", one.urn, one.key)
        return "Write the review", address("attendance:plan", self.plan.pk)

    @property
    def attended(self) -> int:
        return self.watched.possible - self.watched.absent


@dataclass(frozen=True)
class FallRow:
    fall: GroupFall
    group: str
    chart: Chart
    marks: str
    acts: Cleared | None
    clear: str  # the address to say who acts


@dataclass(frozen=True)
class MetRow:
    """A threshold that was met. `chart` only of those drawn."""

    met: Threshold
    sign: str
    words: str
    decided: Consideration | None
    chart: Chart | None


@dataclass(frozen=True)
class MeetingRow:
    school: str
    urn: int
    when: str
    whom: str
    ready: str
    href: str


def severe(found: Morning, user: User, today: date) -> tuple[list[PupilRow], int]:
    """Severely absent pupils who have no plan, or whose review is overdue, the least attendance first; and how many there are in all."""
    listed = [one for one in found.watched if one.kind == "severe"]
    plans = queries.open_plans(user)
    ended = queries.last_plans(user, [(one.urn, one.key) for one in listed if (one.urn, one.key) not in plans])
    rows = [_pupil(one, plans.get((one.urn, one.key)), ended.get((one.urn, one.key)), today) for one in listed]
    return [row for row in rows if row.missing], len(listed)


def _pupil(one: Watched, plan: Plan | None, ended: Plan | None, today: date) -> PupilRow:
    if plan is None:
        missing = f"Plan ended {ended.ended.day} {ended.ended:%B}" if ended and ended.ended else "Plan and lead named"
        return PupilRow(one, None, missing)
    return PupilRow(one, plan, f"Review {rules.days_words(plan.review_by, today)}" if plan.review_by < today else "")


def drops(found: Morning, plans: Mapping[queries.Pupil, Plan], standing: Container[queries.Pupil]) -> list[PupilRow]:
    """Pupils whose own attendance fell sharply and whose flag stands; those with a plan have somebody."""
    return [
        PupilRow(one, None, "Nobody yet")
        for one in found.watched
        if one.kind == "drop" and (one.urn, one.key) not in plans and (one.urn, one.key) in standing
    ]


def of_figures(found: Morning, user: User, today: date) -> set[queries.Pupil]:
    """Pupils who fell by figures to date, of whom no session is known, and whom nobody has looked at within four weeks."""
    raised = {(one.flag.urn, one.flag.key) for one in found.ahead.raised}
    looked = queries.cleared_since(user, "drop", today - timedelta(rules.CLEARED_FOR))
    fell = {(one.urn, one.key) for one in found.watched if one.kind == "drop"}
    return {who for who in fell - raised if (*who, "") not in looked}


def falls(found: Morning, user: User, today: date) -> list[FallRow]:
    acting = queries.cleared_since(user, "fall", today - timedelta(rules.CLEARED_FOR))
    return [
        FallRow(
            one, group_words(one), fall(one.before_rate, one.recent_rate, f"f{at}"), marks_words(one),
            acting.get((one.urn, "", one.year_group)), address("attendance:clear", one.urn, "fall", one.year_group or "none"),
        )
        for at, one in enumerate(found.falls)
    ]  # fmt: skip


def met(found: Iterable[Threshold], user: User, drawn: int = DRAWN) -> list[MetRow]:
    decided = queries.considered(user)
    return [_met(one, decided.get((one.urn, one.key, one.first_met)), at < drawn, f"t{at}") for at, one in enumerate(found)]


def _met(one: Threshold, decided: Consideration | None, drawn: bool, key: str) -> MetRow:
    sign = rules.pseudonym(one.key)
    words = sessions_words([(item.date, item.session, item.code) for item in one.sessions])
    return MetRow(one, sign, words, decided, _strip(one, key, sign) if drawn else None)


def _strip(one: Threshold, key: str, sign: str) -> Chart:
    marks = {(item.date, item.session): item.code for item in one.sessions}
    young = {session for session, code in marks.items() if code == "N"} if one.provisional else set()
    title = f"{sign}: {len(marks)} sessions counted{', some of them for now' if young else ''}"
    return sessions(marks, marks.keys(), young, key, title)


def undecided(found: Mets, user: User) -> Mets:
    """The thresholds that nobody has decided on, the newest first."""
    return found.without(queries.considered(user))


@dataclass(frozen=True)
class Meetings:
    """Targeting support meetings: this week's, overdue ones, those declined of late, and how many schools never had one."""

    rows: tuple[MeetingRow, ...]
    week: int
    overdue: int
    declined: int
    never: int


def meetings(user: User, lines: Iterable[SchoolLine], today: date) -> Meetings:
    monday, sunday = queries.week_of(today)
    every, leads, held = list(queries.meetings_for(user)), queries.leads(user), queries.last_held(user)
    moving = [one for one in every if one.state in (MeetingState.OFFERED, MeetingState.AGREED)]
    week = [_meeting(one, leads.get(one.school_id)) for one in moving if one.day and monday <= one.day <= sunday]
    declined = [
        _meeting(one, leads.get(one.school_id))
        for one in every
        if one.state == MeetingState.DECLINED and today - one.offered <= timedelta(60) and not _again(one, every)
    ]
    open_at = {one.school_id for one in moving}
    late = [_overdue(line, held[line.urn], leads.get(line.urn), today) for line in lines if line.urn in held and line.urn not in open_at]
    overdue = [row for row in late if row]
    seen = {one.school_id for one in every}
    never = sum(line.urn not in seen and line.rates is not None for line in lines)
    return Meetings((*week, *overdue, *declined), len(week), len(overdue), len(declined), never)


def _again(one: Meeting, every: list[Meeting]) -> bool:
    """Whether another was offered after this one."""
    return any(other.school_id == one.school_id and other.offered > one.offered for other in every)


def _meeting(one: Meeting, lead: Lead | None) -> MeetingRow:
    who = f"{lead.lead}, lead" if lead and lead.lead else "Lead not named"
    if one.state == MeetingState.DECLINED:
        return MeetingRow(one.school.name, one.school_id, f"declined {one.offered.day} {one.offered:%B}", who, one.because, _href(one))
    at = f"{one.day:%a} {one.day.day} {one.day:%b}{f', {one.begins:%H:%M}' if one.begins else ''}" if one.day else "day not agreed"
    ready = "Agenda made" if lead and lead.lead else "Agenda made; ask for a name first"
    return MeetingRow(one.school.name, one.school_id, at, who, f"{ready}; {one.get_state_display()}", _href(one))


def _href(one: Meeting) -> str:
    return address("attendance:meeting", one.pk)


def _overdue(line: SchoolLine, last: Meeting, lead: Lead | None, today: date) -> MeetingRow | None:
    due = last.next_by or rules.due_next(last.day, lead.weeks if lead else 13, today)
    if due >= today:
        return None
    who = f"{lead.lead}, lead" if lead and lead.lead else "Lead not named"
    ready = f"Last held {last.day.day} {last.day:%B}" if last.day else ""
    return MeetingRow(line.school, line.urn, rules.days_words(due, today), who, ready, address("attendance:school", line.urn))


@dataclass(frozen=True)
class Due:
    """Something with a day: what, of which pupil or school, and where to do it."""

    day: date
    what: str
    who: str
    school: str
    href: str


def dues(user: User, today: date) -> list[Due]:
    """Reviews, ends of part-time timetables and of Notices to Improve, payments: overdue and of the next seven days."""
    until, found = today + SOON, []
    for plan in queries.plans_for(user).filter(ended=None):
        where = address("attendance:plan", plan.pk)
        told = [(plan.review_by, "Review of the plan")]
        told += [(plan.part_time_until, "Part-time timetable ends")] if plan.part_time_until else []
        found += [Due(day, what, rules.pseudonym(plan.pupil), plan.school.name, where) for day, what in told if day <= until]
    for period in queries.periods_for(user).filter(outcome="", ends__lte=until):
        where = address("attendance:pupil", period.school_id, period.pupil)
        found.append(Due(period.ends, "Notice to Improve ends", rules.pseudonym(period.pupil), period.school.name, where))
    for notice in queries.notices_for(user).filter(paid=None, withdrawn=None, pay_by__lte=until):
        where = address("attendance:notice", notice.pk)
        found.append(Due(notice.pay_by, "Last day to pay the notice", rules.pseudonym(notice.pupil), notice.school.name, where))
    found += _shared_and_rights(user, until)
    return sorted(found, key=lambda one: (one.day, one.school))


def _shared_and_rights(user: User, until: date) -> list[Due]:
    """What a partner must destroy, and what a family asked for: for who works on attendance."""
    if not may(user, Permission.WORK_ATTENDANCE):
        return []
    out = queries.shared_for(user).filter(withdrawn=None, destroyed=None, until__lte=until)
    found = [Due(one.until, f"{one.party} destroys what was shared", "", "", address("attendance:shared_one", one.pk)) for one in out]
    waits = queries.rights_for(user).filter(decided=None, due__lte=until)
    for one in waits:
        where = address("attendance:right", one.pk)
        found.append(Due(one.due, f"Answer: {one.get_kind_display().lower()}", rules.pseudonym(one.pupil), one.place, where))
    return found


def returns(user: User) -> list[Return]:
    """Those that nobody has looked at, the longest due first."""
    return list(queries.returns_for(user).filter(looked_at=None).order_by("due", "pk"))
