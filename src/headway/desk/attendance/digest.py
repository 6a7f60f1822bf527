"""The weekly digest, in which no count is small, and local shocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.attendance import actions, queries, rules
from headway.desk.attendance.forms import ShockForm, WhyForm
from headway.desk.attendance.meetings import WRITERS
from headway.desk.attendance.models import MeetingState, Shock
from headway.desk.establishments.models import Establishment
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, nothing_yet, the_door
from headway.language.attendance import many, together_words
from headway.papers.blocks import Block, Bullets, Column, Heading, Paper, Paragraph, Table, VisibleTo, Voice
from headway.papers.html import fragment
from headway.readings.attendance.phases import PhaseFigures, for_everybody
from headway.readings.attendance.schools import Schools, schools
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.number import shown
from headway.vocabulary.viewer import Viewer

P = Permission


@dataclass(frozen=True)
class Done:
    """What the team did in a week; counts of work, of pupils only rounded."""

    held: int
    offered: int
    plans_open: int
    returns: int


def paper(area: str, day: date, table: Schools, done: Done, shocks: list[Shock]) -> Paper:
    """Counts of pupils are rounded to ten, so that two weeks laid beside each other give no small one."""
    blocks: list[Block] = [
        Paragraph(together_words(table), Voice.ANSWER),
        Paragraph(
            f"Marks to {table.data_to.day} {table.data_to:%B %Y}, of {many(table.sending, 'school')}. The last two weeks may still change."
        ),
        Heading("By phase"),
        by_phase(table.phases),
        Heading("What was done this week"),
        Bullets(
            (
                f"{many(done.held, 'targeting support meeting').capitalize()} held, {done.offered} offered",
                f"{_about(done.plans_open)} plans with families are open",
                f"{_about(done.returns)} returns came from schools",
            )
        ),
    ]
    if shocks:
        blocks += [Heading("What kept children away"), Bullets(tuple(f"{one.title}, {_span(one)}" for one in shocks))]
    blocks.append(VisibleTo("those who work with schools; it names no school and no pupil, and no count in it is of fewer than ten"))
    return Paper(f"Attendance this week: {area}", area, f"Weekly digest · {day.day} {day:%B %Y}", day, tuple(blocks))


def _about(count: int) -> str:
    """Of pupils: rounded, so that two weeks laid beside each other tell no small count."""
    return f"About {rules.rounded(count)}" if rules.rounded(count) else "Fewer than ten"


FEW = "too few"


def _rates(one: PhaseFigures) -> list[str]:
    values = (one.attendance, one.before, one.unauthorised, one.persistent)
    return [shown(value, "percent") if one.pupils else FEW for value in values]


def by_phase(phases: Sequence[PhaseFigures]) -> Table:
    """A row for each phase; of too few schools or pupils it says so."""
    rows = tuple(
        (
            one.phase.replace("_", " ").capitalize() or "Together",
            str(one.schools),
            f"about {one.pupils:,}" if one.pupils else FEW,
            *_rates(one),
        )
        for one in phases
    )
    columns = (
        Column("Phase"),
        Column("Schools", number=True),
        Column("Pupils", number=True),
        Column("Attendance", number=True),
        Column("Same weeks last year", number=True),
        Column("Without permission", number=True),
        Column("Persistent", number=True),
    )
    return Table("Attendance this year to date", columns, rows, note="Too few: fewer than five schools or 300 pupils.")


def _span(one: Shock) -> str:
    return f"{one.begins.day} {one.begins:%B} to {one.ends.day} {one.ends:%B %Y}"


def _written(request: HttpRequest, door: Door) -> Paper:
    """As for somebody who may see no pupil, whoever asks: a digest is passed on."""
    today, viewer = clock.today(), viewer_of(request)
    table = schools(door, Viewer(viewer.name, viewer.roles, viewer.urns))
    monday, _ = queries.week_of(today)
    meetings = queries.meetings_for(request.user)
    done = Done(
        meetings.filter(state=MeetingState.HELD, day__gte=monday).count(), meetings.filter(offered__gte=monday).count(),
        queries.plans_for(request.user).filter(ended=None).count(), queries.returns_for(request.user).filter(received__gte=monday).count(),
    )  # fmt: skip
    return paper(area_of(door)[1], today, table, done, list(queries.shocks_of(None, monday, today)))


@public
@require_GET
def for_all(request: HttpRequest) -> HttpResponse:
    """For everybody, where the area has decided to tell: phases, no school, no small number."""
    door = the_door()
    found = for_everybody(door) if door.facts is not None else None
    if found is None or not found.phases:
        raise Http404
    lines = [*found.phases, *([found.total] if found.total else [])]
    told = {"found": found, "lines": lines, "name": area_of(door)[1]}
    return framed(request, door, f"Attendance in {told['name']}", body("for_all.html", "attendance", **told))


@needs(P.VIEW_AREA)
@require_GET
def digest(request: HttpRequest) -> HttpResponse:
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    actions.look(by=request.user, at="digest")
    fault, written = None, ""
    try:
        written = mark_safe(fragment(_written(request, door)))  # noqa: S308 - every text in it was escaped by its writer
    except HeadwayError as error:
        fault = error
    told = {"written": written, "fault": fault, "export": fault is None and bool(may(request.user, P.EXPORT))}
    return framed(request, door, "Weekly digest", body("digest.html", "attendance", **told))


@needs(P.VIEW_AREA, recently=True)
@require_GET
@exported
def digest_file(request: HttpRequest, form: str) -> HttpResponse:
    door = the_door()
    if door.facts is None or not may(request.user, P.EXPORT):
        raise Http404
    write, mime = WRITERS[form]
    try:
        made = write(_written(request, door))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    answer = HttpResponse(made, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="attendance-digest-{clock.today()}.{form}"'
    return answer


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def shocks(request: HttpRequest) -> HttpResponse:
    """What is known of local shocks, and a new one."""
    form = ShockForm(request.POST or None, initial={"begins": clock.today(), "ends": clock.today()})
    if form.is_valid():
        kept = dict(form.cleaned_data)
        found, unknown = _schools(request, kept.pop("urns"))
        if unknown:
            form.add_error("urns", f"Not among your schools: {', '.join(unknown)}.")
        else:
            actions.note_shock(by=request.user, schools=found, whole_area=not found, **kept)
            messages.success(request, "Noted; it stands on the charts of these schools.")
            return redirect("attendance:shocks")
    told: dict[str, Any] = {
        "form": form,
        "rows": Shock.objects.filter(archived_because="").prefetch_related("schools")[:60],
        "title": "Local shocks",
    }
    return render(request, "attendance/shocks.html", told, status=422 if form.is_bound else 200)


def _schools(request: HttpRequest, text: str) -> tuple[list[Establishment], list[str]]:
    wanted = text.replace(",", " ").split()
    found = {str(one.pk): one for one in Establishment.objects.filter(pk__in=[int(one) for one in wanted if one.isdigit()])}
    mine = {urn: one for urn, one in found.items() if may(request.user, P.WORK_ATTENDANCE, one.pk)}
    return list(mine.values()), [one for one in wanted if one not in mine]


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def archive_shock(request: HttpRequest, pk: int) -> HttpResponse:
    one = Shock.objects.filter(pk=pk, archived_because="").first()
    if one is None:
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.archive_shock(by=request.user, shock=one, because=form.cleaned_data["because"][:300])
        messages.success(request, "Archived.")
        return redirect("attendance:shocks")
    told = {"form": form, "title": f"Archive: {one.title}", "button": "Archive it"}
    return render(request, "attendance/form.html", told, status=422 if form.is_bound else 200)
