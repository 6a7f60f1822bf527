"""A made-up half-term of visits and calls for the demonstration: something due today, something late, a note that the school disputes."""

from datetime import date, time, timedelta

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.visits import actions
from headway.desk.visits.models import Visit
from headway.desk.visits.pages import evidence, kind_of, weighs
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

KINDS = (  # (kind, days from today, hour)
    ("autumn_visit", 0, time(9, 30)), ("telephone_follow_up", -4, None), ("adviser_led_review", 1, time(13, 0)), ("desk_analysis", 2, None),
    ("spring_visit", 6, time(10, 0)), ("telephone_discussion", 8, None), ("initial_visit", 13, time(9, 0)),
)  # fmt: skip
NOTE = {
    (
        "outcomes",
        False,
    ): "Reading is the strength. In mathematics the middle group did less well than two years ago.",
    ("priorities", False): "Mathematics in years 3 and 4. Attendance of eleven pupils, family by family.",
    ("support", False): "A morning with the mathematics leader of a similar school in the spring term.",
    ("leadership", True): "The deputy is looking for a headship.",
}


def make_demo_visits() -> None:
    """Once: a demonstration that has visits keeps them."""
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    if adviser is None or head is None or Visit.objects.exists():
        return
    patch = list(Establishment.objects.filter(pk__in=adviser.patches.values("urn")).order_by("name"))
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first()
    if own is None:  # nothing is published yet, so nobody has a school
        return
    today = clock.today()
    for school, (kind, ahead, hour) in zip((own, *(one for one in patch if one != own)), KINDS, strict=False):
        day, counts = _weekday(today + timedelta(ahead)), weighs(the_door(), school, kind_of(the_door(), kind), today)
        actions.book(by=adviser, school=school, kind=kind, adviser=adviser, day=day, begins=hour, weighs=counts)
    officer = User.objects.filter(email="service.officer@wrenford.example").first()
    if officer is not None:  # another service comes too
        actions.book(by=officer, school=own, kind="service_visit", adviser=officer, day=_weekday(today + timedelta(5)), begins=time(10, 0),
                     purpose="The draft budget, with the school business manager")  # fmt: skip
    _noted(adviser, head, own, today)
    _called(adviser, patch[-1], today)


def _weekday(day: date) -> date:
    return day + timedelta(max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _noted(adviser: User, head: User, school: Establishment, today: date) -> None:
    """A visit of some weeks ago: the school wrote its part, the note is with it."""
    door = the_door()
    day = _weekday(today - timedelta(20))
    visit = actions.book(by=adviser, school=school, kind="autumn_visit", adviser=adviser, day=day, begins=time(13, 30))
    part = {
        "went_well": "Reading, and the new phonics teaching.",
        "priorities": "Mathematics in years 3 and 4; attendance.",
        "help": "To see it done well.",
    }
    actions.write_school_part(by=head, visit=visit, texts=part)
    actions.write(by=adviser, visit=visit, texts=NOTE, began_from=0, known=evidence(door, school.pk, PUBLIC))
    actions.promise(by=adviser, school=school, what="Ring the eleven families", owner="school", due=today + timedelta(9), visit=visit)
    actions.promise(
        by=adviser, school=school, what="Find a partner school for mathematics", owner="council", due=today - timedelta(2), visit=visit
    )
    actions.share(by=adviser, visit=visit, way="visit", holidays=frozenset())


def _called(adviser: User, school: Establishment, today: date) -> None:
    said = "Year 4 illness explains most of the dip; three families need a meeting. The head rings them by Friday."
    call = actions.log_call(
        by=adviser, school=school, spoke_to="head", said=said, restricted=False, counts_as=None, way="", once="demonstration"
    )
    actions.promise(
        by=adviser, school=school, what="Ring the families of three pupils", owner="school", due=today + timedelta(5), call=call
    )
