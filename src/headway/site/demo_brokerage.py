"""Made-up brokerage for the demonstration: offers, needs, one match that waits for the heads, help under way and help that has ended."""

from datetime import date, timedelta
from decimal import Decimal

from headway.desk.accounts.models import User
from headway.desk.brokerage import actions, deploying
from headway.desk.brokerage.models import Deployment, Match, Need, Offer, Provider
from headway.desk.establishments.models import Establishment
from headway.desk.plans.models import Objective
from headway.vocabulary import clock

OFFERS = (  # (areas, days, pounds a day, conditions)
    (("reading", "early_years"), 12, 350, "Mornings only; two terms’ notice for more than a day a week."),
    (("mathematics",), 8, 0, ""),
    (("attendance", "behaviour"), 10, 300, "The school’s own attendance lead takes part."),
    (("leadership", "curriculum"), 15, 450, ""),
    (("reading", "writing"), 6, 280, "Our Year 2 teacher is released on Thursdays."),
)
NEEDS = (  # (area, urgency, days, source, objective, measure)
    ("reading", 3, 4, "review", "Every child reads fluently by seven", "phonics.year1"),
    ("mathematics", 2, 3, "plan", "Number taught well in years 3 and 4", "ks2.maths_score"),
    ("attendance", 2, 4, "self", "Eleven families, one by one", "attendance.persistent_absence"),
    ("leadership", 1, 6, "board", "Middle leaders who lead", ""),
    ("early_years", 2, 5, "figures", "A strong first year", "eyfs.gld"),
)


def make_demo_brokerage() -> None:
    """Once: a demonstration that has offers keeps them."""
    broker = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first() if head else None
    if broker is None or head is None or own is None or Offer.objects.exists():
        return
    others = list(Establishment.objects.filter(listed=True, status="open", phase="primary").exclude(pk=own.pk).order_by("-urn")[:12])
    if len(others) < 12:
        return
    givers, takers = others[:5], others[5:]
    offers = [_offer(broker, giver, *told) for giver, told in zip(givers, OFFERS, strict=True)]
    _hub(broker)
    actions.offer(by=head, provider=actions.school_provider(by=head, school=own), areas=["writing"], phases=["primary"], days=5,
                  starts=clock.today(), price=Decimal(250), release="The deputy on Wednesdays; a teacher of our own covers.")  # fmt: skip
    needs = [_need(broker, taker, *told) for taker, told in zip(takers, NEEDS, strict=False)]
    asked = actions.need(
        by=head, school=own, area="mathematics", urgency=2, days=2, source="self", measure="ks2.maths_score",
        objective="Reasoning in years 5 and 6", context="We have a new scheme and want to see it taught well.",
    )  # fmt: skip
    actions.ask(by=broker, need=asked, offer=offers[1], reasons=_lines(asked, offers[1]))
    _of_a_plan(broker)
    _running(broker, needs[0], offers[0])
    _past(broker, takers[-1], offers[2])


def _offer(broker: User, school: Establishment, areas: tuple[str, ...], days: int, price: int, conditions: str) -> Offer:
    made = actions.offer(
        by=broker, provider=actions.school_provider(by=broker, school=school), areas=list(areas), phases=["primary"], days=days,
        starts=clock.today() - timedelta(60), price=Decimal(price), conditions=conditions,
    )  # fmt: skip
    actions.confirm(by=broker, offer=made, evidence={})
    return Offer.objects.get(pk=made.pk)


def _hub(broker: User) -> Provider:
    made = actions.make_provider(by=broker, kind="hub", name="Wren Valley Teaching School Hub", school=None, trust="", most=4)
    given = {"areas": ["reading", "mathematics", "leadership"], "phases": ["primary", "secondary"], "days": 20, "starts": clock.today()}
    offer = actions.offer(by=broker, provider=made, ends=clock.today() + timedelta(200), price=Decimal(500), **given)
    actions.confirm(by=broker, offer=offer, evidence={})
    return made


def _need(broker: User, school: Establishment, area: str, urgency: int, days: int, source: str, objective: str, measure: str) -> Need:
    return actions.need(
        by=broker, school=school, area=area, urgency=urgency, days=days, source=source, objective=objective, measure=measure
    )


def _of_a_plan(broker: User) -> None:
    """What the plan of a school asks for: tied to its objective, and to the figure that the objective is to move."""
    found = Objective.objects.filter(plan__closed=None, withdrawn=None, measure__startswith="attendance.")
    for served in found.select_related("plan__school")[:1]:
        actions.need(
            by=broker, school=served.plan.school, area="attendance", urgency=2, days=4, source="plan", serves=served,
            objective=served.title, measure=served.measure,
            context="Families whom the school has met twice, and who want to talk to somebody of another school.",
        )  # fmt: skip


def _lines(need: Need, offer: Offer) -> list[dict[str, str]]:
    from headway.desk.brokerage.matching import Register
    from headway.desk.framing.pages import the_door

    return Register(the_door(), [offer]).suggestion(need, offer).told


def _agreed(broker: User, need: Need, offer: Offer) -> Match:
    match = actions.ask(by=broker, need=need, offer=offer, reasons=_lines(need, offer))
    for side in ("giver", "receiver"):
        match = actions.agree(by=broker, match=match, side=side)
    return match


def _running(broker: User, need: Need, offer: Offer) -> Deployment:
    today = clock.today()
    made = deploying.deploy(
        by=broker, match=_agreed(broker, need, offer), aim="Phonics taught well in every class", starts=today - timedelta(40),
        ends=today + timedelta(50), shared="Lessons and books; no names of pupils.", leaves="The reading lead coaches others.",
    )  # fmt: skip
    for back, share, what in (
        (33, "1", "Saw phonics in four classes"),
        (19, "1", "Taught beside two teachers"),
        (5, "0.5", "Books together"),
    ):
        deploying.log_day(by=broker, deployment=made, day=_weekday(today - timedelta(back)), share=Decimal(share), what=what)
    deploying.review(
        by=broker, deployment=made, side="receiver", going="well", text="The pace is right, and two teachers have taken it up."
    )
    return made


def _past(broker: User, school: Establishment, offer: Offer) -> None:
    """Help of some years ago, so that something may have come of it by now."""
    need = _need(broker, school, "attendance", 2, 2, "plan", "Persistent absence down", "attendance.overall_absence")
    first = date(clock.today().year - 3, 10, 4)
    made = deploying.deploy(
        by=broker, match=_agreed(broker, need, offer), aim="The first day of absence", starts=first, ends=first + timedelta(120),
        shared="", leaves="A rota of first-day calls.",
    )  # fmt: skip
    for after in (7, 35):
        deploying.log_day(
            by=broker, deployment=made, day=_weekday(first + timedelta(after)), share=Decimal(1), what="With the attendance lead"
        )
    deploying.complete(by=broker, deployment=made, thanks="The calls are made by ten every morning now.")


def _weekday(day: date) -> date:
    return day - timedelta(max(0, day.weekday() - 4))
