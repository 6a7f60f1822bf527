"""A made-up autumn of tiers for the demonstration: lines from services, a meeting that is over with its calls, letters and a reply, and
one that is going on.
"""

from datetime import date, timedelta
from typing import Any

from headway.definitions.tiers import Scheme
from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import area_of, the_door
from headway.desk.self_evaluation import actions as self_evaluation
from headway.desk.self_evaluation.queries import this_year
from headway.desk.tiers import actions, deciding, letters
from headway.desk.tiers.models import Item, Moderation, TierDecision
from headway.desk.tiers.rules import needs_way_out, why_no_letter
from headway.readings.tier_proposal.proposing import scheme_named
from headway.site.demo_strategy import clock_at
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.viewer import PUBLIC

LINES = (  # (service, kind, nothing found, what it says)
    ("hr", "leadership_change", False, "The deputy has been acting head since May; interviews are in January."),
    ("governors", "governance", True, "Chair in her third year, one vacancy of twelve, review done in March."),
    ("finance", "finance", True, "Balanced; a small reserve for the boiler."),
    ("attendance", "", False, "Two targeting meetings held, a lead is named, the autumn trend is better."),
    ("send", "", False, "Plans reviewed on time; two families waiting for an assessment."),
    ("hr", "staffing", False, "Two of eleven teachers left in July, both for headships nearby."),
    ("safeguarding", "safeguarding_audit", True, "Audit returned in June, complete."),
)
LAST, NOW = "Primary schools, first meeting of the autumn", "Primary schools, north"
WAY_OUT = "Two green reviews in a row, at least six school weeks apart: mathematics in years 3 and 4 taught as agreed, and books show it."
REASON = "Mathematics has been behind similar schools for three years. The school knows it and has begun; it should not be alone with it."
CHANGED = "Attendance is the shared priority, with a plan in place. Results recovered after one unusual year group. Look again in February."
REPLY = "The 2024 group had nine late arrivals, two of them in May. We agree with the priority and ask that this is written down."
ANSWER = "It is written down beside the figure, and the February look will leave them out as well as in."
SUMMARY = "Attendance is our first priority; results are recovering. We would like to see mathematics taught well elsewhere."
SAID = "Reading is a strength in every year. In mathematics years 3 and 4 are behind; new materials since September, too early to tell."
RATINGS = ("secure", "developing", "strong", "secure", "secure", "help")
PHONE = "01632 960 117"  # of the numbers kept for stories


def make_demo_tiers() -> None:
    """Once: a demonstration that has a meeting keeps it."""
    people = {role: User.objects.filter(email=f"{role}@wrenford.example").first() for role in
              ("head.of.school.improvement", "adviser", "headteacher", "service.officer")}  # fmt: skip
    if None in people.values() or Moderation.objects.exists():
        return
    patch = list(Establishment.objects.filter(pk__in=people["adviser"].patches.values("urn")).order_by("name"))
    own = Establishment.objects.filter(pk__in=people["headteacher"].patches.values("urn")).first()
    if own is None:
        return
    others = Establishment.objects.filter(listed=True, status="open", phase__in=("primary", "nursery")).order_by("name")
    before = [own, *(one for one in patch if one != own)][:6]
    now = [one for one in (*patch, *others[:34]) if one not in before]
    first = _day(clock.today() - timedelta(63))
    with clock_at(first - timedelta(14)):
        _returned(people["service.officer"], [*before, *now[:14]])
    with clock_at(first):
        _decided(people, before)
    _said_of_themselves(people["headteacher"], own, now[:9])
    _begun(people, list(dict.fromkeys(now)))


def _day(day: date) -> date:
    """That day, or an earlier one on which a letter may go."""
    while day.weekday() > 3 or why_no_letter(day, False, the_door().library):
        day -= timedelta(1)
    return day


def _returned(officer: User, schools: list[Establishment]) -> None:
    for at, school in enumerate(schools):
        for place in (at % len(LINES), (at + 3) % len(LINES), (at + 6) % len(LINES)):
            service, kind, clear, said = LINES[place]
            restricted = kind in ("finance", "staffing", "safeguarding_audit")
            actions.give(by=officer, school=school, service=service, kind=kind, clear=clear, line=said, on=clock.today(),
                         restricted=restricted, once=f"demo-{school.pk}-{place}")  # fmt: skip
    for school in schools[:3]:  # admissions spoke last year, and are waited for now
        actions.give(by=officer, school=school, service="admissions", kind="unfilled_places", on=clock.today() - timedelta(200),
                     line="Nine of thirty places empty in reception.", once=f"demo-{school.pk}-admissions")  # fmt: skip


def _called(by: User, schools: list[Establishment], title: str, once: str, days: float) -> tuple[Moderation, Scheme]:
    door = the_door()
    scheme = scheme_named(door, "aiming_higher.v1")  # its day may lie after that of the story
    meeting = actions.call_meeting(by=by, door=door, viewer=PUBLIC, scheme=scheme, title=title, day=clock.today(), schools=schools,
                                   once=once, days_at_hand=days)  # fmt: skip
    for name, part, user in (("A. Marchetti", "chair", by), ("R. Okafor", "member", None), ("J. Lindqvist", "minutes", None)):
        actions.attend(by=by, meeting=meeting, name=name, part=part, user=user)
    return meeting, scheme


def _settled(by: User, item: Item, scheme: Scheme, tier: str, reason: str = "") -> None:
    actions.settle(by=by, item=item, scheme=scheme, tier=tier, reason=reason, began_from=0)


def _decided(people: dict[str, Any], schools: list[Establishment]) -> None:
    """A meeting that is over: most heads rung, some letters gone, one reply answered."""
    by, adviser, head = people["head.of.school.improvement"], people["adviser"], people["headteacher"]
    meeting, scheme = _called(by, schools, LAST, "demo-last", 60)
    ways = {}
    for item in meeting.items.select_related("evidence"):
        own = item.school_id == schools[0].pk
        tier = "focus" if own else item.evidence.proposed
        _settled(by, item, scheme, tier, REASON if own else "")
        ways[item.school_id] = WAY_OUT if needs_way_out(scheme, tier) else ""
    actions.confirm(by=by, meeting=meeting, ways_out=ways, advisers=dict.fromkeys(ways, adviser))
    actions.close(by=by, meeting=meeting)
    door = the_door()
    area = area_of(door)[1]
    made = {one.school_id: one for one in TierDecision.objects.filter(item__moderation=meeting).select_related("school", "evidence")}
    for place, school in enumerate(schools[:-1]):  # the last head has still to be rung
        one = deciding.tell(by=adviser, decision=made[school.pk], whom="head", adviser=adviser, phone=PHONE)
        if place < len(schools) - 2:  # one letter has still to go
            letter = letters.signed(letters.told(door, one, area, clock.today()), by)
            deciding.write_letter(by=by, door=door, decision=one, letter=letter)
    own_decision = TierDecision.objects.get(pk=made[schools[0].pk].pk)
    reply = deciding.reply(by=head, decision=own_decision, wish="facts", text=REPLY, once="demo")
    deciding.answer(by=adviser, reply=reply, text=ANSWER)
    deciding.review(by=adviser, school=schools[0], day=clock.today(), colour="amber", sources=["books", "leaders"],
                    line="Planning has changed in both years; the books of one class show it.", once="demo")  # fmt: skip


def _said_of_themselves(head: User, own: Establishment, others: list[Establishment]) -> None:
    """Self-evaluations of this year; the demonstration's own school has one of last year too, whose words it went on from."""
    scheme, year = scheme_named(the_door(), "aiming_higher.v1"), this_year()
    for at, school in enumerate((own, *others)):
        ratings = {name: RATINGS[(at + place) % len(RATINGS)] for place, name in enumerate(scheme.criteria)}
        said = {name: (rating, SAID if name == "outcomes" else "") for name, rating in ratings.items()}
        for when in (str(AcademicYear.parse(year) + -1), year) if school == own else (year,):
            self_evaluation.write(by=head, school=school, year=when, scheme=scheme.id, tier=("secure", "light_touch")[at % 2],
                                  summary=SUMMARY, said=said, send=True)  # fmt: skip


def _begun(people: dict[str, Any], schools: list[Establishment]) -> None:
    """A meeting that is going on: a third is settled, in some the adviser sees it differently."""
    by, adviser = people["head.of.school.improvement"], people["adviser"]
    meeting, scheme = _called(by, schools, NOW, "demo-now", 75)
    tiers = list(scheme.tiers)
    for at, item in enumerate(meeting.items.select_related("evidence", "school")):
        proposed = item.evidence.proposed
        place = tiers.index(proposed) if proposed in tiers else 1
        if at % 4 == 1:
            other = tiers[max(0, place - 1)] if at % 8 == 1 else tiers[min(len(tiers) - 1, place + 1)]
            actions.opine(by=adviser, item=item, tier=other, line="New leader of mathematics since January; books show it.")
        elif at % 4 == 2:
            actions.opine(by=adviser, item=item, tier=proposed, line="As the figures say.")
        if at % 3 == 0 and at < 24:
            changed = at == 9 and place > 0
            _settled(by, item, scheme, tiers[place - 1] if changed else proposed, CHANGED if changed else "")
