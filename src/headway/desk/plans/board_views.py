"""The pages of a project board: who sits on it, when it meets, its papers, minutes and actions, and how it ends."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.plans import giving, overseeing, pages, queries, rules
from headway.desk.plans.forms import AskForm, BoardForm, EndForm, MemberForm, MinutesForm, OutcomeForm, PapersForm, SittingForm
from headway.desk.plans.models import BoardAction, Member, ProjectBoard, Sitting
from headway.desk.plans.views import form_page
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

P = Permission


def board_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_SUPPORT) -> ProjectBoard:
    found = queries.board_for(request.user, pk)
    if found is None or not may(request.user, permission, found.school_id):
        raise Http404
    return found


def sitting_or_404(request: HttpRequest, pk: int, permission: Permission = P.SEE_SUPPORT) -> tuple[ProjectBoard, Sitting]:
    found = Sitting.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return board_or_404(request, found.board_id, permission), found


@needs(P.SEE_SUPPORT)
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    one, door, day = board_or_404(request, pk), the_door(), clock.today()
    told = {"shown": pages.board_shown(door, one, day), "today": day, "writes": bool(may(request.user, P.WRITE_ENGAGEMENTS, one.school_id)),
            "leads": bool(may(request.user, P.LEAD_ENGAGEMENTS, one.school_id))}  # fmt: skip
    return framed(request, door, str(one), body("board.html", "plans", **told))


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def open_board(request: HttpRequest, urn: int) -> HttpResponse:
    school = school_or_404(request, urn, P.LEAD_ENGAGEMENTS)
    form = BoardForm(request.POST or None, initial={"opened": clock.today()})
    made: list[ProjectBoard] = []
    if form.is_valid() and tried(request, form, lambda: made.append(
        overseeing.open_board(by=request.user, school=school, **form.cleaned_data)
    ), "The board is open. Now who sits on it, and when it meets."):  # fmt: skip
        return redirect("plans:board", pk=made[0].pk)
    return form_page(request, form, f"A project board for {school.name}", "Open it", school=school)


def _written(request: HttpRequest, one: ProjectBoard, form: Any, title: str, button: str, act: Any, said: str) -> HttpResponse:
    """A form that writes one thing into a board: done, or shown again with its faults."""
    if form.is_valid() and tried(request, form, lambda: act(form.cleaned_data), said):
        return redirect("plans:board", pk=one.pk)
    return form_page(request, form, title, button, board=one)


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    one = board_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    return _written(request, one, MemberForm(request.POST or None), "A member of the board", "Seat them",
                    lambda given: overseeing.seat(by=request.user, board=one, **given), "They sit on the board.")  # fmt: skip


@needs(P.LEAD_ENGAGEMENTS)
@require_POST
def unseat(request: HttpRequest, pk: int) -> HttpResponse:
    found = Member.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    one = board_or_404(request, found.board_id, P.LEAD_ENGAGEMENTS)
    overseeing.unseat(by=request.user, member=found)
    return redirect("plans:board", pk=one.pk)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    one = board_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    return _written(request, one, SittingForm(request.POST or None), "Call a meeting of the board", "Call it",
                    lambda given: overseeing.call(by=request.user, board=one, **given),
                    "Called. Its papers go out five working days before.")  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def send_papers(request: HttpRequest, pk: int) -> HttpResponse:
    one, sitting = sitting_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    form = PapersForm(request.POST or None, initial={"day": clock.today()})
    return _written(request, one, form, f"Papers for {rules.spoken(sitting.day)}", "They are sent",
                    lambda given: overseeing.send_papers(by=request.user, sitting=sitting, **given), "Kept.")  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def minute(request: HttpRequest, pk: int) -> HttpResponse:
    one, sitting = sitting_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    if sitting.held:
        return redirect("plans:board", pk=one.pk)
    start = {"present": sitting.present, "minutes": sitting.minutes, "exit_criteria": one.exit_criteria}
    earlier = [other.day for other in one.sittings.all() if other.held]
    form = MinutesForm(request.POST or None, initial=start, earlier=earlier, on=sitting.day)
    return _written(request, one, form, f"Minutes of {rules.spoken(sitting.day)}", "Save the minutes",
                    lambda given: giving.minute(by=request.user, door=the_door(), sitting=sitting, **given),
                    "The minutes are kept.")  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    one, sitting = sitting_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    return _written(request, one, AskForm(request.POST or None), f"An action from {rules.spoken(sitting.day)}", "Keep it",
                    lambda given: overseeing.ask(by=request.user, sitting=sitting, **given), "Carried until it is closed.")  # fmt: skip


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = BoardAction.objects.select_related("sitting").filter(pk=pk, closed=None).first()
    if found is None:
        raise Http404
    one = board_or_404(request, found.sitting.board_id, P.WRITE_ENGAGEMENTS)
    return _written(request, one, OutcomeForm(request.POST or None), f"Close: {found.what}", "Close it",
                    lambda given: overseeing.answer(by=request.user, action=found, **given), "Closed, with what came of it.")  # fmt: skip


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    one = board_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    return _written(request, one, EndForm(request.POST or None), "The exit report", "End the board",
                    lambda given: overseeing.end(by=request.user, board=one, **given), "The board has ended.")  # fmt: skip


@needs(P.SEE_SUPPORT)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper for a meeting, from what is already recorded: the plan, its reviews, what was asked for; it prints."""
    one, sitting = sitting_or_404(request, pk)
    door, day = the_door(), clock.today()
    plan = queries.plans_for(request.user).filter(school_id=one.school_id, closed=None).first()
    told: dict[str, Any] = {
        "shown": pages.board_shown(door, one, day), "sitting": sitting, "today": day, "means": rules.MEANS,
        "plan": pages.shown(door, plan, PUBLIC, day) if plan else None,  # it is handed out: no early figure is in it
    }  # fmt: skip
    return framed(request, door, f"Paper for {rules.spoken(sitting.day)}", body("paper.html", "plans", **told))
