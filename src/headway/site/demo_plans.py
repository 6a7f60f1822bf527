"""A made-up plan for the demonstration: objectives bound to measures, actions, three reviews, and the project board of the same school."""

from datetime import date, timedelta

from headway.desk.accounts.models import User
from headway.desk.engagements.models import Engagement
from headway.desk.framing.pages import the_door
from headway.desk.plans import actions, giving, overseeing, pages, queries
from headway.desk.plans.models import Objective, Plan, ProjectBoard
from headway.readings.calendar import term_ends
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

OBJECTIVES = (  # (area, title, success, measures of which the first that the school has is bound, by how much it is to change)
    ("achievement", "More pupils reach the standard in mathematics and reading",
     "The share at the end of each key stage rises; the school’s own checks say the same each half-term.",
     ("ks2.rwm_expected", "phonics.year1", "eyfs.gld"), 8.0),
    ("attendance", "Fewer pupils miss a tenth of school or more", "Eleven families are met and each has a plan.",
     ("attendance.persistent_absence", "attendance.overall_absence"), -3.0),
    ("leadership", "Governors know where teaching is strong and where not",
     "Each governor has visited with a question and told what they saw.",
     (), 0.0),
)  # fmt: skip
REVIEWS = (  # days ago, a colour for each objective, what there is to say all in all
    (98, ("red", "amber", "amber"), "Plans are good; lessons have not changed yet."),
    (56, ("amber", "green", "amber"), "Attendance has turned. Mathematics needs the partner school more often."),
    (14, ("amber", "green", "green"), "Books in years 3 and 4 show the change."),
)
WHY = {
    "red": "Lessons are as they were.",
    "amber": "It has begun in two classes of four.",
    "green": "Every class, seen in books and by pupils’ words.",
}


def make_demo_plans() -> None:
    """Once: a demonstration that has plans keeps them."""
    lead = User.objects.filter(email="head.of.school.improvement@wrenford.example").first()
    adviser = User.objects.filter(email="adviser@wrenford.example").first()
    work = Engagement.objects.filter(workflow="intensive").select_related("school").first()
    if lead is None or adviser is None or work is None or Plan.objects.exists():
        return
    today = clock.today()
    plan = _plan(adviser, work, today)
    _reviews(adviser, plan, today)
    _board(lead, adviser, work, today)


def _plan(adviser: User, work: Engagement, today: date) -> Plan:
    door = the_door()
    begins, ends = today - timedelta(120), today + timedelta(540)
    plan = giving.begin(
        by=adviser, door=door, school=work.school, engagement=work, title="Improvement plan", programme_tier=1, begins=begins, ends=ends
    )
    lines = pages.lines_of(door, work.school_id, PUBLIC)
    for area, title, success, measures, by in OBJECTIVES:
        known = [name for name in measures if name in lines and (found := lines[name].own.latest) and found.value is not None]
        start = lines[known[0]].own.latest.value if known else None
        bound = {"measure": known[0], "start": start, "aim": start + by, "terms": term_ends(begins, ends, door.library)} if known else {}
        made = actions.aim_at(by=adviser, plan=plan, area=area, title=title, success=success, **bound)
        _actions(adviser, made, today)
    return plan


def _actions(adviser: User, objective: Objective, today: date) -> None:
    first = actions.promise(
        by=adviser, objective=objective, what="Say who leads it, and give them the time", owner="school", due=today - timedelta(60)
    )
    actions.finish(by=adviser, action=first, done=today - timedelta(62), evidence="Named in the plan for the year; half a day a week.")
    actions.promise(
        by=adviser, objective=objective, what="Look at books together each half-term", owner="partner", due=today + timedelta(30)
    )
    if objective.area == "leadership":
        actions.promise(by=adviser, objective=objective, what="Fill the two vacancies", owner="governors", due=today - timedelta(8))


def _reviews(adviser: User, plan: Plan, today: date) -> None:
    door = the_door()
    lines = pages.lines_of(door, plan.school_id, PUBLIC)
    for ago, colours, overall in REVIEWS:
        standing = list(plan.objectives.filter(withdrawn=None).order_by("pk"))
        found = {one.pk: (rag, WHY[rag]) for one, rag in zip(standing, colours, strict=True)}
        day = today - timedelta(ago)
        actions.review(
            by=adviser, plan=plan, day=day, reviewer=str(adviser), overall=overall, next_day=day + timedelta(42), outside_because="",
            sources=["books", "lessons"], found=found, known=pages.known(lines, standing, door.snapshot),
        )  # fmt: skip


def _board(lead: User, adviser: User, work: Engagement, today: date) -> None:
    board: ProjectBoard = overseeing.open_board(by=lead, school=work.school, opened=today - timedelta(100))
    for post, name in (("chair", "Assistant director"), ("head", "The head"), ("governors", "The chair of governors"),
                       ("adviser", "Demo adviser"),
                       ("hr", "HR business partner"), ("finance", "Schools’ finance")):  # fmt: skip
        overseeing.seat(by=lead, board=board, post=post, name=name)
    back = queries.before(the_door().library)
    for ago, sent, said in ((84, 5, "The plan was agreed with its four objectives."), (42, 2, "Cover for the head is found until Easter.")):
        sitting = overseeing.call(by=adviser, board=board, day=today - timedelta(ago))
        overseeing.send_papers(by=adviser, sitting=sitting, day=back(sitting.day, sent))
        giving.minute(
            by=adviser, door=the_door(), sitting=sitting, present="All", minutes=said, held=True,
            exit_criteria="Two green reviews; a full governing body; a head in post.",
        )  # fmt: skip
        overseeing.ask(by=adviser, sitting=sitting, what="Find two governors with school experience", owner="Governor services",
                       due=today - timedelta(ago - 30))  # fmt: skip
    overseeing.call(by=adviser, board=board, day=today + timedelta(12))
