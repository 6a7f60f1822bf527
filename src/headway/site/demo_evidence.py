"""A made-up evidence library for the demonstration: own results, named sources, one on its way, one to be looked at again."""

from datetime import date, timedelta

from headway.desk.accounts.models import User
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library import actions
from headway.desk.evidence_library.models import Practice
from headway.desk.framing.pages import the_door
from headway.readings.door import Door
from headway.readings.families import family
from headway.readings.improvers import improvers
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

SINCE = date(2022, 9, 7)  # within the years that the made-up figures compare
TOOLKIT = "https://educationendowmentfoundation.org.uk/education-evidence/teaching-learning-toolkit"
LOOKED_AT = 120  # families, until one has enough schools with figures
MADE_UP = 3  # schools that took the first practice up
PRACTICES = (  # (title, areas, measure, pounds, texts, source: (title, address, finding, strength))
    ("Everybody reads after lunch", ("reading", "end_of_primary"), "ks2.rwm_expected", 600,
     {"problem": "Children decoded well and read little.", "did": "Ten minutes after lunch in which every adult and child reads.\n"
      "Teachers read aloud on Fridays.\nBooks are chosen by class, from one list.",
      "context":
      "One form of entry; a third of pupils with free school meals. Led by the reading lead.",
      "costs": "Books. Ten minutes of every afternoon.",
      "pitfalls": "It stops when the hall is wanted for something else."},
     ("Teaching and Learning Toolkit: reading comprehension strategies, EEF", f"{TOOLKIT}/reading-comprehension-strategies",
      "On average about six months’ additional progress.", "high")),
    ("Ring by ten", ("attendance",), "attendance.persistent_absence", 0,
     {"problem": "The same families, every Friday.", "did": "Whoever is away is rung by ten, every day, by somebody who knows them.\n"
      "What was said is written down; on the third day somebody visits.",
      "context": "Two forms of entry.", "costs": "An hour of the office, daily.",
      "pitfalls": "It becomes a list to be worked off."}, None),
    ("Phonics groups that change every six weeks", ("reading", "early_years"), "phonics.year1", 1500,
     {"problem": "Children who fell behind in autumn stayed behind.",
      "did": "Everybody is looked at every six weeks, and groups are made anew.",
      "context": "", "costs": "A day of the reading lead, six times a year.", "pitfalls": ""},
     ("Teaching and Learning Toolkit: phonics, EEF", f"{TOOLKIT}/phonics", "On average about five months’ additional progress.", "high")),
)  # fmt: skip


def make_demo_evidence() -> None:
    """Once: a demonstration that has practices keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    head = User.objects.filter(email="headteacher@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    own = Establishment.objects.filter(pk__in=head.patches.values("urn")).first() if head else None
    if lead is None or head is None or adviser is None or own is None or Practice.objects.exists():
        return
    made = [_practice(lead, adviser, *told) for told in PRACTICES]
    for practice, urns in zip(made, (_adopters(the_door(), "ks2.rwm_expected"), [], []), strict=True):
        for school in Establishment.objects.filter(pk__in=urns):
            actions.adopt(by=head, practice=practice, school=school, since=SINCE)
    actions.adopt(by=head, practice=made[1], school=own, since=date(clock.today().year - 2, 9, 7))
    Practice.objects.filter(pk=made[2].pk).update(review_by=clock.today() - timedelta(9))
    actions.propose(
        by=head, title="Parents read with a class on Thursdays", kind="case_study", areas=["reading"], phases=["primary"], measure="",
        pounds=0, school=own, since=clock.today() - timedelta(200), problem="Books stayed in bags.",
        did="Twelve parents, half an hour, one class a week.",
        costs="Tea.",
    )  # fmt: skip


def _practice(
    lead: User, adviser: User, title: str, areas: tuple[str, ...], measure: str, pounds: int, texts: dict[str, str],
    source: tuple[str, str, str, str] | None,
) -> Practice:  # fmt: skip
    made = actions.propose(
        by=adviser, title=title, kind="practice", areas=areas, phases=["primary"], measure=measure, pounds=pounds, **texts
    )  # fmt: skip
    if source:
        name, href, finding, strength = source
        actions.cite(by=adviser, practice=made, title=name, href=href, finding=finding, strength=strength, seen=clock.today())
    actions.move(by=lead, practice=made, to="reviewed", because="Read with two heads who do it.")
    actions.move(by=lead, practice=made, to="published", review_by=clock.today() + timedelta(300))
    return made


def _adopters(door: Door, measure: str) -> list[int]:
    """Three of one family, whoever improved most among them, so that the pages of schools like them show who did and did not."""
    here = set(Establishment.objects.filter(listed=True, status="open", phase="primary").values_list("pk", flat=True))
    for urn in sorted(here)[:LOOKED_AT]:
        try:
            judged = [one for one in improvers(door, family(door, urn, PUBLIC), measure).looked_at if one.school.urn in here]
        except HeadwayError:
            continue
        if len(judged) > MADE_UP:
            return [one.school.urn for one in judged[:MADE_UP]]
    return []
