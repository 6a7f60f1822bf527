"""Where a person lands, and what they must do today: an adviser's day, the page of a governor."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of, viewer_of
from headway.desk.boards.models import Member
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.overview.happenings import waiting
from headway.desk.overview.holding import standing
from headway.desk.overview.needs import needed
from headway.desk.overview.visitors import AHEAD, coming_to
from headway.desk.visits import pages as visiting
from headway.desk.visits import queries as visits
from headway.desk.visits.models import FollowUp, Owner, State
from headway.desk.visits.rules import count_words, due_words, in_order
from headway.language.preparing import reasons
from headway.readings.calendar import half_term_ends, term_of
from headway.vocabulary import clock

P = Permission
QUESTIONS, NOTES = 10, 12
SAYS_ITSELF = ("my_schools", "my_day", "held", "governing")  # pages that begin with what waits


@needs(P.OWN_ACCOUNT)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands: on what they have to do. Where that page does not say what waits for them, they are told on the way."""
    name, given = _landing(request.user)
    if name not in SAYS_ITSELF:
        many = len(waiting(the_door(), request.user, clock.today()))
        if many:
            things = "thing waits" if many == 1 else "things wait"
            messages.info(request, f"{count_words(many).capitalize()} {things} for you: see Alerts.")
    return redirect(name, **given)


def _landing(user: User) -> tuple[str, dict[str, Any]]:
    """(the name of a page, what its address needs) by what a person does here, the most particular first."""
    own = patch_of(user)
    if may(user, P.PLAN_SUPPORT):
        return "my_schools", {}
    if may(user, P.WORK_ATTENDANCE):
        return "attendance:monday", {}
    if may(user, P.WRITE_SUPPORT):
        return "my_day", {}
    if own and may(user, P.SEE_SUPPORT) and not may(user, P.VIEW_AREA):
        page = "held" if may(user, P.ANSWER_FOR_SCHOOL) else "governing"
        return (page, {"urn": next(iter(own))}) if len(own) == 1 else ("schools", {})
    return _of_others(user)


def _of_others(user: User) -> tuple[str, dict[str, Any]]:
    if may(user, P.HEAR_APPEALS) and may(user, P.SEE_BOARDS):
        return _board_of(user)
    for permission, page in ((P.SEE_WELLBEING, "wellbeing:received"), (P.GIVE_RETURNS, "tiers:returns"), (P.VIEW_AREA, "overview"),
                             (P.VIEW_SCHOOL, "schools"), (P.MANAGE_ACCOUNTS, "accounts:people"), (P.SEE_GLASS, "glass:uses")):  # fmt: skip
        if may(user, permission):
            return page, {}
    return "accounts:account", {}


def _board_of(user: User) -> tuple[str, dict[str, Any]]:
    """The page of the board that a person chairs; all of them where it is none or several."""
    today = clock.today()
    chaired = Member.objects.filter(user=user, chair=True, since__lte=today, until__gte=today).values_list("board_id", flat=True)
    boards = sorted(set(chaired))
    return ("boards:board", {"pk": boards[0]}) if len(boards) == 1 else ("boards:boards", {})


@needs(P.WRITE_SUPPORT)
@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """What needs one of the council's people today, and who they see this week."""
    door, today, user = the_door(), clock.today(), request.user
    if door.facts is None:
        return nothing_yet(request, door)
    found = needed(door, user, today)
    ahead = in_order(visits.owed_by(user, today, lambda name: visiting.kind_of(door, name)), today, half_term_ends(today, door.library))
    told: dict[str, Any] = {"needs": found, "week": ahead.week, "later": ahead.later[:NOTES], "today": today, "due": due_words}
    told |= {"term": term_of(today, door.library), "late": sum(one.late for one in found), "count": count_words}
    return framed(request, door, "My day", body("my_day.html", "overview", **told))


@needs(P.SEE_SUPPORT)
@require_GET
def governing(request: HttpRequest, urn: int) -> HttpResponse:
    """For those who govern a school: what is asked of it, what was found and done, and ten questions from its figures."""
    school, door, today = school_or_404(request, urn, P.SEE_SUPPORT), the_door(), clock.today()
    named = visiting.titles(door)
    notes = visits.visits_for(request.user).filter(school_id=urn, state=State.AGREED).order_by("-day")[:NOTES]
    promised = visits.follow_ups_for(request.user).filter(school_id=urn)
    told: dict[str, Any] = {"school": school, "one": standing(door, school, today), "needs": _of_school(request.user, urn), "today": today}
    told |= {
        "notes": [(one, named.get(one.kind, one.kind)) for one in notes],
        "coming": coming_to(request.user, [urn], today, today + AHEAD),
    }
    told |= {"open": _open(promised), "done": list(promised.filter(closed__isnull=False).order_by("-closed")[:NOTES])}
    told |= {"asked": _questions(request, urn), "answers": bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn))}
    return framed(request, door, f"For governors: {school.name}", body("governing.html", "overview", owner=Owner, **told))


def _open(promised: Any) -> list[FollowUp]:
    return list(promised.filter(closed=None).order_by("due"))


def _of_school(user: User, urn: int) -> list[Any]:
    return [one for one in waiting(the_door(), user, clock.today()) if one.urn == urn]


def _questions(request: HttpRequest, urn: int) -> list[tuple[str, str, str, int]]:
    """(question, the sentence it rests on, measure, year): one of each figure before a second of any, at most ten."""
    door = the_door()
    found = visiting.profile_of(door, urn, viewer_of(request)) if door.facts else None
    why = reasons(found.lines, door.library.questions, most=QUESTIONS) if found else ()
    turns = max((len(one.questions) for one in why), default=0)
    asked: dict[str, tuple[str, str, str, int]] = {}
    for turn in range(turns):
        for one in why:
            for question in one.questions[turn : turn + 1]:
                asked.setdefault(question, (question, one.sentence, one.measure, one.year))
    return list(asked.values())[:QUESTIONS]
