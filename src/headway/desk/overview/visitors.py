"""Who comes to a school, whatever their service: visits, project boards, attendance meetings. The list for colleagues, what a school reads
of it, and each person's own in their calendar program.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.attendance.models import Meeting, MeetingState
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.calendar_file import Happening, calendar_file
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.plans.models import Member, Post, Sitting
from headway.desk.visits import pages, queries, rules
from headway.desk.visits.models import State, Visit
from headway.vocabulary import clock

P = Permission
LOOKED_BACK = timedelta(weeks=6)
BACK, AHEAD = timedelta(days=120), timedelta(days=400)  # of a calendar program
COME = (Post.CHAIR, Post.ADVISER, Post.HR, Post.FINANCE)  # the seats of a project board from which somebody comes to the school
MEETING, PEOPLE = "Meeting with the school", "People of the council"  # for colleagues who may not know what kind


@dataclass(frozen=True)
class Coming:
    """Somebody of the council at a school on a day. `where`: the page about it, for those who may open it; `visit`: where it is one."""

    uid: str
    urn: int
    school: str
    day: date
    begins: time | None
    who: str
    what: str
    made: datetime
    where: str = ""
    visit: Visit | None = None
    called_off: bool = False


def coming_to(user: User, urns: Iterable[int], first: date, last: date) -> list[Coming]:
    """Whoever comes to these schools in a stretch of days, the first day first; to each person no more than they may know."""
    wanted, days = list(urns), (first, last)
    visits = Visit.objects.filter(school_id__in=wanted, day__range=days).exclude(kind__in=queries.NO_VISIT)
    sittings = Sitting.objects.filter(board__school_id__in=wanted, day__range=days)
    meetings = Meeting.objects.filter(school_id__in=wanted, day__range=days)
    found = [*_visits(user, visits.exclude(state=State.CANCELLED)), *_sittings(user, sittings), *_meetings(user, meetings)]
    return sorted(found, key=_by_day)


def of_person(user: User, first: date, last: date) -> list[Coming]:
    """Where one of the council's people goes: their visits, the project boards on which they sit, their attendance meetings."""
    days, patch = (first, last), patch_of(user)
    visits = queries.visits_for(user).filter(adviser=user, day__range=days)
    seats = Member.objects.filter(user=user, until=None).values("board_id")
    sittings, meetings = Sitting.objects.filter(board_id__in=seats, day__range=days), Meeting.objects.filter(officer=user, day__range=days)
    if patch is not None:
        sittings, meetings = sittings.filter(board__school_id__in=patch), meetings.filter(school_id__in=patch)
    return sorted([*_visits(user, visits), *_sittings(user, sittings), *_meetings(user, meetings)], key=_by_day)


def _by_day(one: Coming) -> tuple[date, time, str]:
    return one.day, one.begins or time(0), one.uid


def _visits(user: User, found: "QuerySet[Visit]") -> Iterator[Coming]:
    titles = pages.titles(the_door())
    for one in found.select_related("school", "adviser"):
        where = reverse("visits:visit", args=[one.pk]) if may(user, P.SEE_SUPPORT, one.school_id) else ""
        yield Coming(
            f"visit-{one.pk}", one.school_id, one.school.name, one.day, one.begins, str(one.adviser), titles.get(one.kind, one.kind),
            one.made, where, one, one.state == State.CANCELLED,
        )  # fmt: skip


def _sittings(user: User, found: "QuerySet[Sitting]") -> Iterator[Coming]:
    seats = Prefetch("board__members", Member.objects.filter(until=None, post__in=COME), to_attr="coming")
    for one in found.select_related("board__school").prefetch_related(seats):
        school = one.board.school
        told = bool(may(user, P.SEE_SUPPORT, school.pk))
        who = ", ".join(member.name for member in one.board.coming) if told else ""  # type: ignore[attr-defined]
        yield Coming(
            f"board-{one.pk}", school.pk, school.name, one.day, None, who or PEOPLE, "Project board" if told else MEETING, one.at,
            reverse("plans:board", args=[one.board_id]) if told else "",
        )  # fmt: skip


def _meetings(user: User, found: "QuerySet[Meeting]") -> Iterator[Coming]:
    for one in found.exclude(state__in=(MeetingState.OFFERED, MeetingState.DECLINED)).select_related("school", "officer"):
        told = bool(may(user, P.SEE_ATTENDANCE, one.school_id))
        if one.day is not None and (one.state != MeetingState.CANCELLED or one.officer_id == user.pk):
            yield Coming(
                f"attendance-{one.pk}", one.school_id, one.school.name, one.day, one.begins, str(one.officer),
                "Attendance: targeting support meeting" if told else MEETING, one.at,
                reverse("attendance:meeting", args=[one.pk]) if told else "", called_off=one.state == MeetingState.CANCELLED,
            )  # fmt: skip


@needs(P.COME_TO_SCHOOLS)
@require_GET
def visitors(request: HttpRequest, urn: int) -> HttpResponse:
    """Everybody of the council who comes to a school, week by week: the day, who, and what kind. No note is in it."""
    school, today = school_or_404(request, urn, P.COME_TO_SCHOOLS), clock.today()
    found = coming_to(request.user, [urn], today - LOOKED_BACK, today + AHEAD)
    ahead = [one for one in found if one.day >= today]
    told = {"school": school, "today": today, "coming": ahead, "user": request.user, "before": [one for one in found if one.day < today],
            "answer": rules.coming_sentence([one.day for one in ahead]), "full": rules.full_weeks([one.day for one in ahead]),
            "reads": bool(may(request.user, P.SEE_SUPPORT, urn))}  # fmt: skip
    return framed(request, the_door(), f"Who comes to {school.name}", body("visitors.html", "overview", **told))


@public
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's calendar, for their program: where they go; for those of a school, who comes to it. Without such an address, nothing."""
    user, today = queries.by_token(token), clock.today()
    if user is None or not may(user, P.KEEP_CALENDAR):
        raise Http404
    days = (today - BACK, today + AHEAD)
    own = may(user, P.COME_TO_SCHOOLS)
    found = of_person(user, *days) if own else coming_to(user, patch_of(user) or (), *days)
    listed = (Happening(one.uid, f"{one.school}: {one.what}{'' if own else f', {one.who}'}", one.day, one.made, one.begins,
                        called_off=one.called_off) for one in found)  # fmt: skip
    answer = HttpResponse(calendar_file(listed, request.get_host(), "Visits"), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="headway-visits.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
