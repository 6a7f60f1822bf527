"""Made-up work with three schools for the demonstration: one well on its way, one just begun, one paused; and a register with a flag."""

from datetime import date, timedelta

from headway.definitions.workflows import Ladder
from headway.desk.accounts.models import User
from headway.desk.engagements import actions, climbing, convening, noting, pages, replying
from headway.desk.engagements.models import Engagement
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.interests import actions as interests
from headway.readings.calendar import days_after
from headway.vocabulary import clock

AIM = "Pupils in years 3 to 6 catch up in mathematics, and fewer of them miss school."
POINT = (
    "Two reviews six school weeks apart are green. Mathematics at the end of key stage 2 is within five points of similar schools, "
    "by the school’s own checks and by the national ones. The governing body agrees."
)
LETTER = {  # a text for each part of the letter
    "concerns": "Mathematics at the end of key stage 2 has been below that of similar schools for three years; two heads in two years.",
    "asked": "What is taught when in years 3 to 6, who leads it, and how the governing body will see that it works.",
}
SAID = "The plan goes before the governing body on Thursday. What is said of 2024 leaves out nine late arrivals; we ask that it says so."
CONCERNS = (  # (kind, summary, source, days ago)
    ("standards", "Mathematics has been low for three years", "Desk-top analysis", 150),
    ("leadership", "Two heads in two years", "HR", 120),
    ("parents", "Families say that they are not answered", "Complaints register", 40),
)


def make_demo_engagements() -> None:
    """Once: a demonstration that has engagements keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    if lead is None or adviser is None or Engagement.objects.exists():
        return
    schools = list(Establishment.objects.filter(pk__in=adviser.patches.values("urn")).order_by("urn"))
    if len(schools) < 3:
        return
    today = clock.today()
    interests.declare(by=adviser, person=adviser, school=None, what="", nothing=True, since=today - timedelta(100))
    first = _well_on_its_way(lead, adviser, schools[0], today)
    _just_begun(lead, adviser, schools[1], today)
    _paused(lead, adviser, schools[2], today)
    meeting = convening.call(by=lead, day=today - timedelta(12), agenda=convening.agenda(lead, today))
    said = {item.pk: "Visit in a fortnight; the chair is asked to come." for item in meeting.items.filter(school=first.school)}
    convening.minute(by=lead, meeting=meeting, present="Head of school improvement; heads of SEND, HR and finance", texts=said, held=True)


def _entered(lead: User, adviser: User, school: Establishment, flow: str, day: date) -> Engagement:
    door = the_door()
    found = actions.enter(
        by=lead, school=school, workflow=door.library.workflows[flow], route=pages.route_of(door, school.pk), day=day, aim=AIM, point=POINT
    )
    actions.check(by=lead, engagement=found, person=adviser, clear=True, what="", day=day + timedelta(2))
    actions.allocate(by=lead, engagement=found, adviser=adviser, since=day + timedelta(3))
    return found


def _well_on_its_way(lead: User, adviser: User, school: Establishment, today: date) -> Engagement:
    entered = today - timedelta(140)
    found = _entered(lead, adviser, school, "intensive", entered)
    for kind, summary, source, ago in CONCERNS:
        actions.raise_concern(
            by=adviser, school=school, engagement=found, kind=kind, summary=summary, source=source, raised=today - timedelta(ago),
            details="The deputy told us; the governors do not know yet." if kind == "leadership" else "",
        )  # fmt: skip
    for key, after, choice, ticks, text in (
        ("body_told", 4, "", [], "Letter to the chair; copy to the diocese."),
        ("body_answered", 9, "agrees", [], "The governing body asks for help with mathematics first."),
        ("initial_visit", 12, "", [], "We agree on mathematics; we see attendance as the greater worry."),
        ("governance_review", 40, "help", [], "Two vacancies; a national leader of governance helps."),
        ("diagnosis", 20, "partner", [], "A similar school two miles away does what this one needs."),
        ("partner_found", 34, "", ["capacity", "finances", "conflict"], "Its mathematics leader comes each fortnight."),
        ("plan_agreed", 30, "", [], "Four objectives, three of them bound to a measure."),
    ):
        day = entered + timedelta(after)
        actions.write_step(by=adviser, engagement=found, key=key, done=day, not_needed=False, choice=choice, ticks=ticks, text=text, seen=0)
    actions.direct(
        by=adviser, engagement=found, way="level", rationale="Plans are good; lessons have not changed yet.", day=today - timedelta(70)
    )
    actions.direct(
        by=adviser, engagement=found, way="up", rationale="Books in years 3 and 4 show it, and the school’s own check of October."
    )
    noting.write(
        by=adviser, engagement=found, text="The mathematics leader now teaches beside each colleague once a week.", restricted=False
    )
    noting.write(by=adviser, engagement=found, text="The head is tired. Speak with the chair about cover.", restricted=True)
    _letter(lead, found, today)
    return found


def _letter(lead: User, engagement: Engagement, today: date) -> None:
    """A first action of the ladder, by whichever route the school has."""
    library = the_door().library
    ladder = pages.ladder_of(engagement, library)
    if ladder is None:
        return
    first = climbing.prepare(by=lead, engagement=engagement, ladder=ladder, rung=ladder.rungs[0])
    issued = today - timedelta(60)
    climbing.issue(
        by=lead, action=first, ladder=ladder, issued=issued, due=None, after=lambda day, count, unit: days_after(day, count, unit, library)
    )
    climbing.end(by=lead, action=first, outcome="stays", said="The head sees it as we do; nothing has begun.", day=issued + timedelta(14))
    climbing.prepare(by=lead, engagement=engagement, ladder=ladder, rung=ladder.rungs[1])
    if ladder.route == "maintained":
        _notice(lead, engagement, ladder, today)


def _notice(lead: User, engagement: Engagement, ladder: Ladder, today: date) -> None:
    """A letter of concern whose clock runs, and what the head says to it, which nobody has answered yet."""
    library, rung = the_door().library, ladder.rungs[2]
    action = climbing.prepare(by=lead, engagement=engagement, ladder=ladder, rung=rung)
    over = "Head and chair asked for it in writing before they meet us."
    climbing.write(by=lead, action=action, ticks=[one.id for one in rung.conditions], parts={one.id: LETTER[one.id] for one in rung.parts},
                   passed_over=over)  # fmt: skip
    climbing.issue(by=lead, action=action, ladder=ladder, issued=today - timedelta(12), due=None,
                   after=lambda day, count, unit: days_after(day, count, unit, library))  # fmt: skip
    head = User.objects.filter(email="headteacher@wrenford.example", patches__urn=engagement.school_id).first()
    if head is not None:
        replying.reply(by=head, action=action, text=SAID, once="demonstration")


def _just_begun(lead: User, adviser: User, school: Establishment, today: date) -> None:
    found = _entered(lead, adviser, school, "focus", today - timedelta(25))
    actions.direct(by=adviser, engagement=found, way="early", rationale="The first visit is still to come.")


def _paused(lead: User, adviser: User, school: Establishment, today: date) -> None:
    found = _entered(lead, adviser, school, "focus", today - timedelta(90))
    actions.turn(by=lead, engagement=found, to="paused", because="The head is ill; the deputy asked for a month.")
