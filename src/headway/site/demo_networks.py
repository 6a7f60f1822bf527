"""Made-up networks for the demonstration: a family that meets and reviews one another, a heads' group, one that has done its work."""

from datetime import time, timedelta

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.networks import actions, making, reviewing
from headway.desk.networks.models import Meeting, Network
from headway.vocabulary import clock

AGENDA = "What each of us saw in Year 2\nWhich books, in which order\nWho visits whom in spring"
MINUTES = """Year 2: six of nine classes had pupils who decode well and read little.
Two schools read aloud every day; both said it is what changed.
Books: one list for the family, to be tried until Easter.
Visits: in spring, in threes, on reading for meaning."""
FOUND = """What works: every adult teaches phonics in the same words; children who fall behind are picked up the same week.
What to look at: books that children take home do not always match the sounds they know.
What others may take up: the ten minutes after lunch in which everybody reads."""


def make_demo_networks() -> None:
    """Once: a demonstration that has networks keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first() if head else None
    if lead is None or head is None or adviser is None or own is None or Network.objects.exists():
        return
    primaries = list(Establishment.objects.filter(listed=True, status="open", phase="primary").order_by("urn")[:16])
    if len(primaries) < 16:
        return
    family = _family(lead, head, own)
    _met(head, family)
    _reviewed(lead, head, family, own)
    heads = _network(lead, "Wren Valley heads", "heads", "Heads of the valley, once each half term.", adviser,
                     primaries[4:14])  # fmt: skip
    actions.call(
        by=adviser, network=heads, day=clock.today() + timedelta(16), begins=time(8, 30), place="Moorside", agenda="Attendance on Fridays"
    )
    over = _network(lead, "Early reading project", "theme", "Two years of reading in reception.", None, primaries[10:])
    actions.close(by=lead, network=over, because="Done: its schools go on in their families.")


def _network(by: User, name: str, kind: str, purpose: str, convenor: User | None, schools: list[Establishment]) -> Network:
    since = clock.today() - timedelta(300)
    urns = [one.pk for one in schools]
    return actions.make(by=by, name=name, kind=kind, purpose=purpose, convenor=convenor, schools=urns, since=since)


def _family(lead: User, head: User, own: Establishment) -> Network:
    begun, day = making.started(the_door(), "", family=str(own.pk)), clock.today()
    near = [int(urn) for urn in begun.schools.split()] or [
        one.pk for one in Establishment.objects.filter(status="open", phase="primary")[:9]
    ]
    first = [
        *near[:-1],
        *Establishment.objects.filter(status="open", phase="primary").exclude(pk__in=near).values_list("pk", flat=True)[:1],
    ]
    made = actions.make(
        by=lead, name=f"Family of {own.name}"[:100], kind="family", purpose="Reading for meaning: each of us has something that works.",
        convenor=head, schools=first, since=day - timedelta(320), known=begun.known,
    )  # fmt: skip
    actions.set_members(by=lead, network=made, schools=near, since=day - timedelta(60), because="It went over to the family of its trust.")
    return made


def _met(head: User, family: Network) -> Meeting:
    day = clock.today()
    met = actions.call(by=head, network=family, day=day - timedelta(40), begins=time(15, 45), place="Our library", agenda=AGENDA)
    there = [stay.school_id for stay in family.memberships.filter(until=None)]
    actions.minute(by=head, meeting=met, present=there[:7], text=MINUTES, began_from=0)
    actions.agree_minutes(by=head, meeting=met)
    schools = list(Establishment.objects.filter(pk__in=there)[:3])
    done = actions.promise(
        by=head, network=family, meeting=met, what="One list of books for Year 2", due=day - timedelta(20), school=schools[0]
    )
    actions.keep_promise(by=head, promise=done, outcome="Sent round; five schools use it.")
    actions.promise(by=head, network=family, meeting=met, what="Ask the library service for loans", due=day - timedelta(6), school=None)
    actions.promise(by=head, network=family, meeting=met, what="Show reading after lunch", due=day + timedelta(30), school=schools[1])
    return actions.call(
        by=head,
        network=family,
        day=day + timedelta(23),
        begins=time(15, 45),
        place="Our library",
        agenda="What came of the list of books\nPeer reviews in spring",
    )


def _reviewed(lead: User, head: User, family: Network, own: Establishment) -> None:
    there, day = [stay.school_id for stay in family.memberships.filter(until=None)], clock.today()
    terms = making.terms(the_door())
    cycle = reviewing.begin(by=head, network=family, term=terms[0], focus="Reading for meaning in Year 2", both_ways=False, schools=there)
    for place, one in enumerate(cycle.reviews.exclude(host=own)[:3]):
        reviewing.set_day(by=lead, review=one, day=day - timedelta(21 - 14 * place))
        if place == 0:
            reviewing.find(by=lead, review=one, text=FOUND)
            reviewing.agree(by=lead, review=one)
    ours = cycle.reviews.filter(host=own).first()
    if ours is not None:
        reviewing.set_day(by=lead, review=ours, day=day - timedelta(9))
        reviewing.find(by=lead, review=ours, text=FOUND)
