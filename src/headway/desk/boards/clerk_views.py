"""What those who keep boards write: boards, seats, meetings, agendas, who was there, decisions, minutes."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.boards import actions, evidence, forms, packing, pages, queries
from headway.desk.boards.minutes import with_words
from headway.desk.boards.models import Action, Item, Meeting, Member
from headway.desk.boards.rules import State
from headway.desk.boards.views import board_or_404, item_or_404, meeting_or_404
from headway.desk.framing.doing import done, form_on
from headway.desk.framing.pages import the_door
from headway.readings.calendar import holidays
from headway.vocabulary import clock

BOTH = ["GET", "POST"]
KEEP = Permission.KEEP_BOARDS


_form = partial(form_on, "boards/form.html")


@needs(KEEP)
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    kinds = the_door().library.board_kinds
    form = forms.BoardForm(request.POST or None, kinds=kinds, initial={"kind": next(iter(kinds))})
    if form.is_valid():
        given = dict(form.cleaned_data)
        kind = kinds[given.pop("kind")]
        given["purpose"] = given["purpose"] or " ".join(kind.purpose.split())
        given["quorum"] = given["quorum"] or round(kind.quorum * 100)
        board = actions.set_up(by=request.user.label, kind=kind, **given)
        messages.success(request, f"{board} is set up. Seat its members, then plan its meetings.")
        return redirect("boards:board", pk=board.pk)
    return _form(request, form, "Set up a board", "Set it up")


@needs(KEEP)
@require_http_methods(BOTH)
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_or_404(pk)
    now = queries.terms_of(board)
    names = ("purpose", "quorum", "agreement", "agreement_until")
    form = forms.TermsForm(request.POST or None, initial={name: getattr(now, name) for name in names} if now else {})
    if form.is_valid():
        actions.put_terms(by=request.user.label, board=board, **form.cleaned_data)
        messages.success(request, "The terms are changed; the earlier ones are kept.")
        return redirect("boards:board", pk=pk)
    return _form(request, form, f"Terms of reference: {board}", board=board)


@needs(KEEP)
@require_http_methods(BOTH)
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_or_404(pk)
    groups = pages.kind_of(the_door(), board).groups
    form = forms.SeatForm(request.POST or None, groups=groups, initial={"since": clock.today(), "votes": True})
    if form.is_valid() and done(request, lambda: actions.seat(by=request.user.label, board=board, **form.cleaned_data), "Seated."):
        return redirect("boards:board", pk=pk)
    return _form(request, form, f"Seat a member: {board}", "Seat them", board=board)


def _member(pk: int) -> Member:
    one = Member.objects.select_related("board").filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


@needs(KEEP)
@require_http_methods(BOTH)
def end_term(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = _member(pk), forms.WhyForm(request.POST or None)
    if form.is_valid():
        actions.end_term(by=request.user.label, member=one, on=clock.today(), reason=form.cleaned_data["because"])
        messages.success(request, f"{one.name} has left the board.")
        return redirect("boards:board", pk=one.board_id)
    return _form(request, form, f"End the term of {one.name}", "End it today", board=one.board)


@needs(KEEP)
@require_http_methods(BOTH)
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = _member(pk), forms.InterestForm(request.POST or None)
    if form.is_valid():
        actions.declare(by=request.user.label, member=one, **form.cleaned_data)
        messages.success(request, "The interest is in the register. Papers that it touches and that are out are recalled.")
        return redirect("boards:board", pk=one.board_id)
    return _form(request, form, f"An interest of {one.name}", "Write it down", board=one.board)


@needs(KEEP)
@require_http_methods(BOTH)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    board, form = board_or_404(pk), forms.MeetingForm(request.POST or None)
    if form.is_valid():
        one = actions.plan(by=request.user.label, board=board, kind=pages.kind_of(the_door(), board), **form.cleaned_data)
        messages.success(request, "Planned, with the standing items on its agenda.")
        return redirect("boards:meeting", pk=one.pk)
    return _form(request, form, f"Plan a meeting: {board}", "Plan it", board=board)


@needs(KEEP)
@require_http_methods(BOTH)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(pk)
    form = forms.MoveForm(request.POST or None, initial={"day": one.day, "begins": one.begins, "place": one.place})
    if form.is_valid() and done(request, lambda: actions.move_day(by=request.user.label, meeting=one, **form.cleaned_data), "Moved."):
        return redirect("boards:meeting", pk=pk)
    return _form(request, form, f"Move: {one}", "Move it", meeting=one)


@needs(KEEP)
@require_http_methods(BOTH)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = meeting_or_404(pk), forms.WhyForm(request.POST or None)
    if form.is_valid() and done(request, lambda: actions.cancel(by=request.user.label, meeting=one, **form.cleaned_data), "Cancelled."):
        return redirect("boards:meeting", pk=pk)
    return _form(request, form, f"Cancel: {one}", "Cancel it", meeting=one)


@needs(KEEP)
@require_http_methods(BOTH)
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the papers out, five clear working days before or with the reason why not."""
    one = meeting_or_404(pk)
    missing, days = queries.unwritten(one), holidays(the_door().library)
    form = (forms.CallWithGapsForm if missing else forms.CallForm)(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        said = "The papers are out: members can read them, and the public the public ones."
        if done(request, lambda: _called(request, one, days, given["because"], given.get("unwritten", "")), said):
            return redirect("boards:meeting", pk=pk)
    note = " ".join([pages.due_words(one, days, clock.today()), *(["Still to be written:", *missing] if missing else [])])
    return _form(request, form, f"Send out the papers: {one}", "Send them out", meeting=one, note=note)


def _called(request: HttpRequest, meeting: Meeting, days: frozenset[date], because: str, unwritten: str) -> None:
    """The papers are built and kept as they go out; before the first publication there are none but those that people wrote."""
    door = the_door()
    out = actions.call(by=request.user.label, meeting=meeting, holidays=days, urgent_because=because, unwritten_because=unwritten)
    if door.facts is not None:
        packing.keep(by=request.user.label, door=door, meeting=out)


@needs(KEEP)
@require_http_methods(BOTH)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(pk)
    members = queries.members_on(one.board, one.day)
    known = {f"m{row.member_id}": row.presence for row in one.attendance.all()}
    form = forms.PresenceForm(request.POST or None, members=members, initial={f"m{each.pk}": "present" for each in members} | known)
    if form.is_valid() and done(
        request, lambda: actions.attend(by=request.user.label, meeting=one, presence=form.presence()), "It is written down who was there."
    ):
        return redirect("boards:meeting", pk=pk)
    return _form(request, form, f"Who was there: {one}", meeting=one)


@needs(KEEP)
@require_http_methods(BOTH)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft comes from the record; the clerk adds what was said."""
    one = meeting_or_404(pk)
    if one.state != State.HELD:
        raise Http404
    document = pages.drafted(one)
    form = forms.MinutesForm(request.POST or None, items=document["items"])
    if form.is_valid():
        actions.write_minutes(by=request.user.label, meeting=one, document=with_words(document, form.said()))
        messages.success(request, "The draft is kept. The chair can sign it.")
        return redirect("boards:meeting", pk=pk)
    note = "Who was there, who was excluded, decisions and actions come from the record. Write here what was said, where it matters."
    return _form(request, form, f"Minutes: {one}", "Keep the draft", meeting=one, note=note)


@needs(KEEP)
@require_http_methods(BOTH)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = meeting_or_404(pk), forms.CorrectForm(request.POST or None, initial={"edition": "public"})
    if form.is_valid() and done(
        request,
        lambda: actions.correct(by=request.user.label, meeting=one, **form.cleaned_data),
        "The correction stands beside the minutes.",
    ):
        return redirect("boards:meeting", pk=pk)
    return _form(request, form, f"Correct the minutes: {one}", "Add the correction", meeting=one)


def _item_form(request: HttpRequest, item: Item, start: dict[str, Any]) -> forms.ItemForm:
    return forms.ItemForm(request.POST or None, grounds=the_door().library.exempt_grounds, initial=start)


@needs(KEEP)
@require_http_methods(BOTH)
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(pk)
    form = _item_form(request, Item(meeting=one), {"edition": "public"})
    if form.is_valid() and done(
        request, lambda: actions.put_item(by=request.user.label, item=form.onto(Item(meeting=one))), "It is on the agenda."
    ):
        return redirect("boards:meeting", pk=pk)
    return _form(request, form, f"Add an item: {one}", "Add it", meeting=one)


@needs(KEEP)
@require_http_methods(BOTH)
def item_change(request: HttpRequest, pk: int) -> HttpResponse:
    one = item_or_404(pk)
    start = {name: getattr(one, name) for name in ("title", "edition", "grounds", "asks", "text", "reported")}
    form = _item_form(request, one, {**start, "urns": " ".join(map(str, one.urns))})
    if form.is_valid() and done(request, lambda: actions.put_item(by=request.user.label, item=form.onto(one)), "The item is changed."):
        return redirect("boards:item", pk=pk)
    return _form(request, form, f"Change: {one}", meeting=one.meeting)


@needs(KEEP)
@require_http_methods(BOTH)
def item_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = item_or_404(pk), forms.WhyForm(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: actions.withdraw(by=request.user.label, item=one, reason=form.cleaned_data["because"]),
        "The item is off the agenda.",
    ):
        return redirect("boards:meeting", pk=one.meeting_id)
    return _form(request, form, f"Take off the agenda: {one}", "Take it off", meeting=one.meeting)


@needs(KEEP)
@require_http_methods(BOTH)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What the board decided, with what was known; and the action that it asked for."""
    one = item_or_404(pk)
    form = forms.DecideForm(request.POST or None, initial={"sort": "agreed"})
    if form.is_valid() and done(request, lambda: _decided(request, one, form.cleaned_data), "Written down, with what was known."):
        return redirect("boards:item", pk=pk)
    return _form(request, form, f"What the board decided: {one}", "Write it down", meeting=one.meeting)


def _decided(request: HttpRequest, item: Item, given: dict[str, Any]) -> None:
    by = request.user.label
    known = evidence.of_item(the_door(), item)
    actions.decide(by=by, item=item, sort=given["sort"], words=given["words"], dissent=given["dissent"], evidence=known)
    if given["what"]:
        actions.ask(by=by, item=item, what=given["what"], owner=given["owner"], due=given["due"])


@needs(KEEP)
@require_http_methods(BOTH)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    one = Action.objects.select_related("item__meeting__board").filter(pk=pk, closed=None).first()
    if one is None:
        raise Http404
    form = forms.CloseForm(request.POST or None)
    if form.is_valid():
        actions.close(by=request.user.label, action=one, **form.cleaned_data)
        messages.success(request, "Closed, with what came of it.")
        return redirect("boards:record", pk=one.item.meeting.board_id)
    return _form(request, form, f"Close: {one.what}", "Close it", board=one.item.meeting.board)
