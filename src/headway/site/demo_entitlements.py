"""A made-up year of support for the demonstration: who is named, who has time, what was given, waived and sold, what it costs."""

import contextlib
import secrets
from datetime import date, timedelta
from decimal import Decimal

from headway.desk.accounts import actions as accounts
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.entitlements import actions, pages, queries, selling
from headway.desk.entitlements.models import Named
from headway.desk.entitlements.rules import OPEN
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.interests import actions as interests
from headway.desk.tiers import actions as tiers
from headway.desk.tiers import deciding
from headway.desk.tiers.models import TierDecision
from headway.desk.visits import actions as visits
from headway.readings.schools import establishments
from headway.site.demo_strategy import clock_at
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

TEAM = (("R. Okafor", Decimal(95)), ("J. Lindqvist", Decimal(110)), ("S. Brandt", Decimal(40)))
OFFERS = (  # (title, what, unit, pounds, days)
    ("A day of review", "An adviser and a head of another school, with a note.", "day", Decimal(520), Decimal("1.5")),
    ("Governors’ training", "Two hours on what to ask of figures.", "session", Decimal(240), Decimal("0.5")),
    ("Head’s appraisal", "An external adviser for the governors’ panel.", "year", Decimal(650), Decimal("1.25")),
)
DECIDED = 40  # schools of other phases, beside the primaries that are before the meetings on tiers
UNNAMED = 3  # schools that nobody is named for, so that somebody has something to do


def make_demo_entitlements() -> None:
    """Once: a demonstration in which anybody is named keeps what it has."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    if lead is None or adviser is None or head is None or Named.objects.exists():
        return
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first()
    schools = [one for _, one in sorted(pages.held(the_door(), clock.today()).schools.items())]
    if own is None or len(schools) <= UNNAMED:
        return
    year = queries.year_of(the_door(), clock.today())
    start = min(clock.today(), year.first)
    with clock_at(max(start, clock.today() - timedelta(70))):
        _decided(lead, schools)
    with clock_at(start):
        team = _team(lead, adviser, year.name)
        _named(lead, adviser, team, schools, start)
        actions.enter_for_many(by=lead, schools=schools[4:60], item="data_pack", day=start, days=Decimal(0), once="demo-pack")
    _given(lead, adviser, schools, own, start)
    _rung(adviser, schools[:90])
    _sold(lead, head, own, schools)


def _decided(lead: User, schools: list[Establishment]) -> None:
    """An autumn meeting on the other phases, which accepts what the rules propose; every head was rung."""
    door = the_door()
    scheme = door.library.tiers["aiming_higher.v1"]  # its day may lie after that of the story
    rest = [one for one in schools if one.phase in ("secondary", "special", "alternative")][:DECIDED]
    with contextlib.suppress(HeadwayError):  # a demonstration whose schools the scheme does not sort
        meeting = tiers.call_meeting(by=lead, door=door, viewer=PUBLIC, scheme=scheme, title="Secondary and special schools",
                                     day=clock.today(), schools=rest, once="demo-rest", days_at_hand=90)  # fmt: skip
        for at, item in enumerate(meeting.items.select_related("evidence")):
            tier = list(scheme.tiers)[at % 5] if at % 6 == 0 else item.evidence.proposed
            tiers.settle(by=lead, item=item, scheme=scheme, tier=tier, reason="What the school and its adviser know of it.", began_from=0)
        ways = dict.fromkeys(meeting.items.values_list("school_id", flat=True), "Two green reviews in a row, six school weeks apart.")
        tiers.confirm(by=lead, meeting=meeting, ways_out=ways, advisers={})
        tiers.close(by=lead, meeting=meeting)
        for decision in TierDecision.objects.filter(item__moderation=meeting):
            deciding.tell(by=lead, decision=decision, whom="head", adviser=None, phone="")


def _rung(adviser: User, schools: list[Establishment]) -> None:
    """Calls of the last weeks, so that some schools have not been forgotten."""
    for at, school in enumerate(schools):
        if at % 5:
            with clock_at(clock.today() - timedelta(3 + (at * 11) % 50)):
                visits.log_call(
                    by=adviser, school=school, spoke_to="head", said="", restricted=False, counts_as=None, way="", once=f"demo-{at}"
                )


def _team(lead: User, adviser: User, year: str) -> list[User]:
    """Three more advisers, whom nobody signs in as, and everybody's diary."""
    places = {one.urn: one for code, _ in the_door().published.areas for one in establishments(the_door(), code) if one.latitude}
    near = list(places.values())
    made = []
    for at, (name, days) in enumerate(TEAM):
        email = f"{name.split()[-1].lower()}@wrenford.example"
        accounts.invite(by=lead.label, email=email, name=name, roles=frozenset({Role.ADVISER}), whole_area=True, urns=frozenset(),
                        password=secrets.token_urlsafe(24))  # fmt: skip
        one = User.objects.get(email=email)
        base = near[(at * 13) % len(near)] if near else None
        actions.keep_diary(by=lead, adviser=one, year=year, days=days, phases=["secondary"] if at == 2 else [],
                           latitude=base.latitude if base else None, longitude=base.longitude if base else None)  # fmt: skip
        made.append(one)
    actions.keep_diary(by=lead, adviser=adviser, year=year, days=Decimal(80), phases=["primary", "nursery"], latitude=None, longitude=None)
    return made


def _named(lead: User, adviser: User, team: list[User], schools: list[Establishment], start: date) -> None:
    patch = set(adviser.patches.values_list("urn", flat=True))
    for at, school in enumerate(schools[:-UNNAMED]):
        who = adviser if school.pk in patch else team[2] if school.phase == "secondary" else team[at % 2]
        actions.name(by=lead, school=school, adviser=who, since=start)
    interests.declare(by=lead, school=schools[-1], person=team[0], what="A close relative teaches there.", since=start)


def _given(lead: User, adviser: User, schools: list[Establishment], own: Establishment, start: date) -> None:
    """Heads who are new, an issue with progress, and something written down for every third thing that is due."""
    today = clock.today()
    for at, school in enumerate(schools[2:40:9]):
        actions.happened(
            by=adviser, school=school, kind="new_head", since=max(start, today - timedelta(20 + 15 * at)), because="Governor services"
        )
    door, waived = the_door(), 0
    for at, (urn, found) in enumerate(sorted(queries.ledgers(door, schools, today).items())):
        school = next(one for one in schools if one.pk == urn)
        for line in found.lines:
            known = found.entitlement.items.get(line.item)
            if line.state not in OPEN or known is None or not line.tier:
                continue
            if line.due < today and at % 5 == 0 and waived < 3:
                actions.waive(
                    by=adviser,
                    school=school,
                    item=line.item,
                    for_due=line.due,
                    because="The head asked to wait until January.",
                )
                waived += 1
            elif (at + line.due.day) % 3 == 0:
                day = max(start, today - timedelta(5 + (at * 7) % 40))
                actions.enter(by=adviser, school=school, item=line.item, day=day, days=Decimal(str(known.days)), adviser=adviser)
    actions.happened(by=adviser, school=own, kind="progress_issue", since=today - timedelta(12), because="The last note of visit")
    for back, pounds in ((0, Decimal(480)), (1, Decimal(465))):
        actions.set_day_cost(by=lead, year=today.year - back - (today.month < 4), pounds=pounds, source="Made up for the demonstration")


def _sold(lead: User, head: User, own: Establishment, schools: list[Establishment]) -> None:
    made = [
        selling.offer(by=lead, title=title, what=what, unit=unit, pounds=pounds, days=days) for title, what, unit, pounds, days in OFFERS
    ]
    selling.order(by=head, school=own, one=made[1], units=Decimal(1), wish="In the spring, on a Tuesday evening.")
    bought = selling.order(by=lead, school=schools[6], one=made[0], units=Decimal(2), wish="Mathematics, before Easter.")
    selling.move_order(by=lead, one=bought, to="agreed")
    actions.enter(by=lead, school=schools[6], item="", what="A day of review: mathematics", day=clock.today() - timedelta(6),
                  days=Decimal("1.5"), adviser=lead, order=bought)  # fmt: skip
