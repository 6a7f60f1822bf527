"""Made-up work on attendance for the demonstration: meetings held, owed and declined, two plans, a decision, a return, a local shock."""

from datetime import date, time, timedelta

from headway.desk.accounts.models import User
from headway.desk.accounts.queries import patch_of, viewer_for
from headway.desk.attendance import actions, legal_actions, missing_actions, queries, rules, sharing_actions
from headway.desk.attendance.models import Lead, MeetingState
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.answers import Threshold
from headway.readings.attendance.morning import morning
from headway.readings.attendance.morning_answers import Morning
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

LEADS = (("R. Idowu", "T. Brannock", 13), ("L. Fenn", "", 13), ("D. Amory", "P. Sallow", 8), ("", "M. Quill", 13))
AGREED = "Mornings are hard. A teaching assistant meets the child at the gate for three weeks; the parent rings by 8:15 when it goes wrong."


def make_demo_attendance(door: Door) -> None:
    """Once: a demonstration that has leads keeps what it has. Without registers there is nothing to do."""
    officer = User.objects.filter(email="attendance.officer@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    if officer is None or head is None or Lead.objects.exists():
        return
    try:
        found = morning(door, viewer_for(officer))
    except HeadwayError:
        return
    schools = list(Establishment.objects.filter(pk__in=[one.urn for one in found.schools]).order_by("pk"))
    if len(schools) < len(LEADS):
        return
    for school, (lead, champion, weeks) in zip(schools, LEADS, strict=False):
        actions.name_lead(by=officer, school=school, champion=champion, lead=lead, weeks=weeks)
    _meetings(officer, schools, clock.today())
    _plans(officer, found, clock.today())
    _noticed(officer, found)
    _returned(head, found)
    _missing(officer, head, found, clock.today())
    _on_no_roll(officer, clock.today())
    _shared(officer, found, door, clock.today())
    kept_away = {"kind": "outbreak", "title": "Norovirus", "whole_area": False, "schools": schools[:1]}
    actions.note_shock(by=officer, begins=found.data_to - timedelta(24), ends=found.data_to - timedelta(17), **kept_away)


def _meetings(officer: User, schools: list[Establishment], today: date) -> None:
    """One held and the next overdue, one this week, one declined, one without a day."""
    friday = today + timedelta(max(0, 4 - today.weekday()))
    held = actions.offer(by=officer, school=schools[1], officer=officer, day=today - timedelta(42), begins=time(10, 0))
    promised = [{"what": "Ring every family on the first day of absence", "owner": "school", "due": today - timedelta(20)},
                {"what": "Ask for the school nurse’s clinic in year 4", "owner": "council", "due": today + timedelta(10)}]  # fmt: skip
    actions.hold(
        by=officer, meeting=held, day=today - timedelta(42), agenda={}, note="Year 4 first.", next_by=today - timedelta(9), agreed=promised
    )  # fmt: skip
    actions.offer(by=officer, school=schools[0], officer=officer, day=friday, begins=time(9, 30))
    declined = actions.offer(by=officer, school=schools[2], officer=officer, day=None, begins=None)
    actions.close_meeting(by=officer, meeting=declined, to=MeetingState.DECLINED, because="The head asks for March: inspection is due.")
    actions.offer(by=officer, school=schools[3], officer=officer, day=None, begins=None)


def _plans(officer: User, found: Morning, today: date) -> None:
    """Of the severely absent the two with most attendance have plans; one review is overdue."""
    severe = [one for one in found.watched if one.kind == "severe"][-2:]
    for one, (weeks, kind, part_time) in zip(severe, ((5, "formal", None), (1, "voluntary", today + timedelta(12))), strict=False):
        begins = today - timedelta(weeks=weeks)
        plan = actions.begin_plan(
            by=officer,
            school=Establishment.objects.get(pk=one.urn),
            pupil=one.key,
            kind=kind,
            lead="L. Fenn",
            barriers=["anxiety", "routine"],
            begins=begins,
            review_by=begins + timedelta(28),
            part_time_until=part_time,
            agreed=AGREED,
        )
        actions.write_entry(by=officer, plan=plan, kind="offered", day=begins + timedelta(2), text="Early help offered.")
        actions.write_entry(by=officer, plan=plan, kind="answered", day=begins + timedelta(4), text="The family says yes to early help.")


def _noticed(officer: User, found: Morning) -> None:
    """The oldest threshold that is firm has a decision: support goes on."""
    firm: list[Threshold] = [one for one in found.met if not one.provisional]
    if not firm:
        return
    one = firm[-1]
    legal_actions.consider(
        by=officer, school=Establishment.objects.get(pk=one.urn), pupil=one.key, first_met=one.first_met,
        sessions=[{"date": str(item.date), "session": item.session, "code": item.code, "urn": item.urn} for item in one.sessions],
        provisional=one.provisional, known={"on": str(clock.today())}, support=queries.tried(officer, one.urn, one.key), decision="support",
        reason="The family came to every meeting since; attendance has been rising for three weeks. A notice would not help now.",
    )  # fmt: skip


def _returned(head: User, found: Morning) -> None:
    """The head told of a long illness."""
    own = patch_of(head) or frozenset()
    ill = next((one for one in found.watched if one.urn in own), None)
    if ill is not None:
        day = found.data_to
        school, words = Establishment.objects.get(pk=ill.urn), "Hospital appointments; work is sent home."
        legal_actions.receive(by=head, school=school, pupil=ill.key, kind="sickness", happened=day, due=day, text=words)


def _missing(officer: User, head: User, found: Morning, today: date) -> None:
    """A name went off the head's roll; the officer asks where the child is, and the review is overdue."""
    own = patch_of(head) or frozenset()
    gone = [one for one in found.watched if one.urn in own][1:]
    if not gone:
        return
    school, day = Establishment.objects.get(pk=gone[-1].urn), today - timedelta(40)
    told = legal_actions.receive(by=head, school=school, pupil=gone[-1].key, kind="deletion", happened=day, due=day,
                                 text="Away for four weeks; the flat is empty and nobody knows where the family is.")  # fmt: skip
    type(told).objects.filter(pk=told.pk).update(received=day)
    made = missing_actions.open_record(
        by=officer, school=school, pupil=gone[-1].key, kind="missing", ground="absent", opened=day,
        text="A neighbour speaks of an aunt by the sea.", review_by=today - timedelta(5), came_from=told,
    )  # fmt: skip
    for kind, after, text in (("missing_joint", 2, "The school rang every number; we called at the door. Empty."),
                              ("missing_ask", 9, "Asked admissions of the three districts beside us.")):  # fmt: skip
        missing_actions.enquire(by=officer, of=made, kind=kind, day=day + timedelta(after), text=text, review_by=None)


def _on_no_roll(officer: User, today: date) -> None:
    """A child who came in the summer and was never on a roll here; the parents have a notice, whose days are running."""
    one = missing_actions.open_unplaced(
        by=officer, who="Made up: a girl of nine, told of by the housing team; lives above the bakery.", kind="missing", ground="never",
        opened=today - timedelta(30), text="Came from abroad in July. Nobody has asked for a school.", review_by=today + timedelta(9),
    )  # fmt: skip
    missing_actions.enquire(by=officer, of=one, kind="missing_ask", day=today - timedelta(24), review_by=None,
                            text="Called twice. The mother says that she teaches her, and showed nothing.")  # fmt: skip
    tried = [rules.Tried(today - timedelta(24), "Asked where the child is taught")]
    missing_actions.take_step_of(by=officer, of=one, kind=rules.ORDER, day=today - timedelta(10), support=tried, names=None,
                                 reason="Two visits and a letter brought no sign of suitable teaching.")  # fmt: skip


def _shared(officer: User, found: Morning, door: Door, today: date) -> None:
    """One referral out, one that has ended and was not heard of since; a family that asked for what is held, and one that objected."""
    plans = list(queries.plans_for(officer).order_by("pk")[:2])
    for plan, party, weeks in zip(plans, ("Early help", "School nursing"), (10, -1), strict=False):
        page = {"html": f"<h2>Referral</h2><p>As it went to {party}.</p>"}
        one = sharing_actions.share(
            by=officer, pupils=[(plan.school, plan.pupil)], party=party, purpose="A family worker for mornings", basis="consent",
            what=["attendance", "barriers", "tried"], until=today + timedelta(weeks=10), numbered=False, page=page,
        )  # fmt: skip
        if weeks < 0:
            type(one).objects.filter(pk=one.pk).update(until=today + timedelta(weeks=weeks))
    drifting = [one.flag for one in found.ahead.raised][-2:]
    for flag, kind in zip(drifting, ("access", "object"), strict=False):
        school = Establishment.objects.get(pk=flag.urn)
        asked = sharing_actions.ask_right(
            by=officer, school=school, pupil=flag.key, kind=kind, asked_by="parent", received=today - timedelta(26),
            text="We would like to know what is written about our child.",
        )  # fmt: skip
        if kind == "object":
            sharing_actions.decide_right(by=officer, door=door, viewer=viewer_for(officer), asked=asked, granted=True,
                                         reason="Nothing speaks against it.")  # fmt: skip
