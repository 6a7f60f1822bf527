"""What people read of boards, by who they are; a member declares an interest, a chair signs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.boards import actions, packing, pages, queries
from headway.desk.boards.forms import DeclareForm
from headway.desk.boards.models import Board, Item, Meeting
from headway.desk.boards.rules import Reader, State
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.papers.html import fragment
from headway.readings.calendar import holidays
from headway.vocabulary import clock

P = Permission


def board_or_404(pk: int) -> Board:
    one = queries.find(pk)
    if one is None:
        raise Http404
    return one


def meeting_or_404(pk: int) -> Meeting:
    one = queries.meeting(pk)
    if one is None:
        raise Http404
    return one


def item_or_404(pk: int) -> Item:
    one = queries.item(pk)
    if one is None or one.withdrawn is not None:
        raise Http404
    return one


@needs(P.SEE_BOARDS)
@require_GET
def boards(request: HttpRequest) -> HttpResponse:
    door, today = the_door(), clock.today()
    rows = [pages.standing(door, one, request.user, today) for one in queries.listed()]
    told = {"rows": [(one, pages.standing_sentence(one, today)) for one in rows], "keeps": bool(may(request.user, P.KEEP_BOARDS))}
    return framed(request, door, "Boards", body("boards.html", "boards", coming=list(queries.ahead(today)[:6]), today=today, **told))


@needs(P.SEE_BOARDS)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Every meeting to come, of every board, with the day by which its papers go out."""
    door, today = the_door(), clock.today()
    days = holidays(door.library)
    rows = [(one, pages.due_words(one, days, today)) for one in queries.ahead(today)]
    return framed(request, door, "Meetings to come", body("calendar.html", "boards", rows=rows))


@needs(P.SEE_BOARDS)
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    door, today, one = the_door(), clock.today(), board_or_404(pk)
    found = pages.standing(door, one, request.user, today)
    told = {"found": found, "said": pages.standing_sentence(found, today), "terms": queries.terms_of(one), "today": today}
    told |= {"reader": queries.reader(request.user, one), "meetings": list(one.meetings.all())[::-1], "R": Reader}
    told |= {"ending": queries.seats_ending(one, today + pages.SOON), "versions": one.terms.count()}
    return framed(request, door, str(one), body("board.html", "boards", **told))


@needs(P.SEE_BOARDS)
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed, what we asked for, what happened."""
    door, one = the_door(), board_or_404(pk)
    found = pages.asked(one, request.user, clock.today())
    told = {"board": one, "rows": found, "said": pages.asked_sentence(found), "keeps": bool(may(request.user, P.KEEP_BOARDS))}
    return framed(request, door, f"What the board asked for: {one}", body("record.html", "boards", **told))


@needs(P.SEE_BOARDS)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    door, today, one = the_door(), clock.today(), meeting_or_404(pk)
    found = pages.meeting_seen(one, request.user)
    told = {"found": found, "due": pages.due_words(one, holidays(door.library), today), "grounds": door.library.exempt_grounds}
    told |= {"signs": queries.is_chair(request.user, one.board) and one.state == State.HELD, "csrf": get_token(request), "R": Reader}
    told |= {"ready": queries.newest_minutes(one) is not None, "seat": queries.seat_of(request.user, one.board), "today": today}
    told |= {"packs": one.state in queries.OUT or found.reader is Reader.CLERK, "own": _own_schools(request, one)}
    return framed(request, door, f"{one}: {one.board}", body("meeting.html", "boards", **told))


def _own_schools(request: HttpRequest, meeting: Meeting) -> list[int]:
    """The schools of this person that the papers say something of, when they answer for them."""
    about = {urn for each in queries.items_of(meeting) for urn in each.urns} if meeting.state in queries.OUT else set()
    return sorted(urn for urn in about if may(request.user, P.ANSWER_FOR_SCHOOL, urn))


@needs(P.SEE_BOARDS)
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of an item. That a member opens what is not public is written down, for an interest declared later."""
    door, one = the_door(), item_or_404(pk)
    seen, seat = queries.seen(one, request.user), queries.seat_of(request.user, one.meeting.board)
    if seen.shown.papers and seat and one.edition != "public":
        actions.opened(by=request.user.label, item=one, member=seat)
    told = {"seen": seen, "seat": seat, "reader": queries.reader(request.user, one.meeting.board), "R": Reader}
    paper = packing.of_item(door, one) if seen.shown.papers else None
    told["written"] = mark_safe(fragment(paper, top=2)) if paper else ""  # noqa: S308 - every text in it was escaped by its writer
    told |= {"files": queries.files_seen(seen, request.user) if seen.shown.papers else [], "report": queries.ready_of(one)}
    told["to_vote"] = queries.to_vote(one, list(pages.kind_of(door, one.meeting.board).voters(one.standing)))
    told |= {"ground": door.library.exempt_grounds.get(one.grounds), "recalled": queries.declarations(one.meeting).filter(item=one)}
    return framed(request, door, f"{one}: {one.meeting}", body("item.html", "boards", **told))


@needs(P.SEE_BOARDS)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """A member declares an interest in an item; a clerk writes down another’s."""
    one = item_or_404(pk)
    seat = queries.seat_of(request.user, one.meeting.board)
    members = queries.members_on(one.meeting.board, one.meeting.day)
    if not may(request.user, P.KEEP_BOARDS):
        if seat is None:
            raise Http404
        members = [seat]
    form = DeclareForm(request.POST or None, members=members, initial={"member": seat.pk if seat else None})
    if form.is_valid():
        given = form.cleaned_data
        said = "The interest is written down. The papers are withheld, and the member is excluded from the item."
        if done(request, lambda: actions.declare_in(by=request.user.label, item=one, **given), said):
            return redirect("boards:meeting", pk=one.meeting_id)
    told = {"form": form, "title": f"Declare an interest: {one}", "button": "Declare it", "meeting": one.meeting}
    return render(request, "boards/form.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_BOARDS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """By the chair of this board, and nobody else."""
    one = meeting_or_404(pk)
    seat = queries.seat_of(request.user, one.board)
    if seat is None or not seat.chair:
        raise Http404
    said = "Signed. From now on the minutes are not changed; a correction is a new entry."
    done(request, lambda: actions.sign(by=request.user.label, meeting=one, name=seat.name), said)
    return redirect("boards:meeting", pk=pk)
