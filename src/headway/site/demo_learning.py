"""Made-up professional development for the demonstration: a full session and its waiting list, one that is over, partners."""

from datetime import date, time, timedelta
from decimal import Decimal

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.learning import actions, partnering
from headway.desk.learning.models import Programme, Session, TakeUp
from headway.desk.learning.needing import reasons
from headway.vocabulary import clock

PROGRAMMES = (  # (title, aim, levels, area, given by, pounds)
    ("Reading for meaning", "Plan and teach a week of reading in which every pupil reads at length and talks about it.",
     ("teacher",), "reading",
     "Wren Valley Teaching School Hub", 45),
    ("Leading a subject", "Know what is learned in a subject, year by year, and how one sees it.",
     ("leader",), "leadership", "The council", 90),
    ("Governors and data", "Ask three good questions of any figure about the school.", ("governor",), "governance", "The council", 0),
    ("The first day of absence", "Ring by ten, listen, write down, follow up.", ("support", "leader"), "attendance", "The council", 0),
)  # fmt: skip
PARTNERS = (  # (name, kind, about, offer, what, for whom, pounds, most)
    ("Wrenford Museum", "culture", "Boxes of real things, and people who know them.", "Loan boxes for history",
     "A box for half a term, with a teacher’s guide.", "pupils", 0, 12),
    ("Wren Valley Engineering", "employer", "Makes pumps; two hundred people, twenty apprentices.", "Engineers in school",
     "Two engineers for a morning; the school gives a hall and a class.", "pupils", 0, None),
    ("University of Wrenford", "university", "Trains teachers and nurses.", "Reading mentors",
     "A student reads with the same four pupils, twelve weeks.", "pupils", 120, 6),
)  # fmt: skip


def make_demo_learning() -> None:
    """Once: a demonstration that has programmes keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first() if head else None
    if lead is None or head is None or adviser is None or own is None or Programme.objects.exists():
        return
    schools = list(Establishment.objects.filter(listed=True, status="open", phase="primary").exclude(pk=own.pk).order_by("urn")[:14])
    if len(schools) < 14:
        return
    made = [
        actions.make_programme(by=lead, title=title, aim=aim, levels=levels, area=area, given_by=by, price=Decimal(price))
        for title, aim, levels, area, by, price in PROGRAMMES
    ]
    today = clock.today()
    _over(lead, adviser, head, made[0], schools, own)
    full = _session(lead, adviser, made[0], "A second day: talking about books", today + timedelta(20), 6)
    for place, school in enumerate(schools[:6]):
        _place(lead, full, school, "teacher", f"Teacher {place + 1}", "Year 2 teacher")
    _place(head, full, own, "teacher", "Robin Example", "Reading lead")
    _place(lead, full, schools[0], "teacher", "Teacher 9", "Year 4 teacher")
    near = _session(lead, adviser, made[1], "What a subject is", today + timedelta(12), 20)
    _place(head, near, own, "leader", "Sam Example", "History lead")
    _session(lead, None, made[2], "Three questions", today + timedelta(28), 30, time(18))
    _session(lead, adviser, made[3], "Ringing by ten", today + timedelta(35), 16)
    _partners(lead, head, schools, own)


def _session(lead: User, by: User | None, programme: Programme, title: str, day: date, places: int, begins: time = time(13, 30)) -> Session:
    day += timedelta((7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    ends = time(begins.hour + 2, begins.minute)
    given = {"title": title, "day": day, "begins": begins, "ends": ends, "place": "Professional centre, Moorside", "places": places}
    return actions.plan_session(by=lead, programme=programme, lead=by, **given)


def _place(by: User, session: Session, school: Establishment, level: str, name: str, post: str) -> int:
    once = f"demo-{session.pk}-{school.pk}-{name}"[:40]
    return actions.book(by=by, session=session, school=school, level=level, name=name, post=post, once=once).pk


def _over(lead: User, adviser: User, head: User, programme: Programme, schools: list[Establishment], own: Establishment) -> None:
    """A day that is over: it is booked while it is still to come, then its day is put back."""
    past = _session(lead, adviser, programme, "A first day: reading at length", clock.today(), 12)
    every = list(Establishment.objects.filter(listed=True, status="open", phase="primary"))
    needing = reasons(the_door(), programme.area, every)  # some of those that would need it come, most do not
    coming = [*(one for one in every if one.pk in needing and one != own)][:4] + schools[5:8]
    booked = [_place(lead, past, school, "teacher", f"Teacher {place}", "Teacher") for place, school in enumerate(coming)]
    mine = [_place(head, past, own, "teacher", name, "Teacher") for name in ("Robin Example", "Alex Example")]
    day = clock.today() - timedelta(24)
    Session.objects.filter(pk=past.pk).update(day=day - timedelta(max(0, day.weekday() - 4)))
    past.refresh_from_db()
    actions.attend(by=adviser, session=past, came=[*booked[:5], *mine])
    for place, one in enumerate(past.bookings.filter(pk__in=[*booked[:4], mine[0]])):
        will = ("Twenty minutes of reading after lunch, every day", "", "One book for the whole class, read to the end")[place % 3]
        actions.evaluate(
            by=lead, booking=one, useful=(4, 3, 4, 2)[place % 4], will=will, better="More time with the books" if place == 3 else ""
        )


def _partners(lead: User, head: User, schools: list[Establishment], own: Establishment) -> None:
    for name, kind, about, title, what, for_whom, price, most in PARTNERS:
        partner = partnering.make_partner(by=lead, name=name, kind=kind, about=about, href="")
        offer = partnering.offer(
            by=lead, partner=partner, title=title, what=what, for_whom=for_whom, phases=["primary", "secondary"],
            price=Decimal(price), most=most,
            starts=clock.today() - timedelta(60), ends=clock.today() + timedelta(240),
        )  # fmt: skip
        for place, school in enumerate(schools[: 3 if most else 1]):
            taken: TakeUp = partnering.take_up(by=lead, offer=offer, school=school, said="")
            partnering.move(by=lead, taken=taken, to="agreed", day=clock.today() - timedelta(10 - 7 * place))
            if place == 0:
                partnering.move(by=lead, taken=taken, to="done", pupils=4 if price else 58, said="They asked to come back.")
        if most == 6:
            partnering.take_up(by=head, offer=offer, school=own, said="Eight pupils in Year 3 who read little at home.")
