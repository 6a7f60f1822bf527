"""Of a record of a child on no roll: legal steps, the evidence for them, a right that the family asked for, and everything held.

Where the child was on a roll here, rights are of the pupil and have the pupil's page (rights.py).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.definitions.attendance_duties import Duty
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.attendance import actions, missing_actions, queries, record_writing, rules, sharing_actions, writing
from headway.desk.attendance.legal_forms import StepForm, duties_of
from headway.desk.attendance.meetings import WRITERS
from headway.desk.attendance.missing import NOBODY_ELSE, record_or_404
from headway.desk.attendance.missing_forms import SEALED_FOR_ALL
from headway.desk.attendance.models import Missing, MissingKind
from headway.desk.attendance.plans import WHO
from headway.desk.attendance.rights import decided_words
from headway.desk.attendance.sharing_forms import RightForm
from headway.desk.attendance.whose import NO_ROLL
from headway.desk.framing.doing import done, form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, the_door
from headway.papers.blocks import Paper
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission
Duties = dict[str, Duty]


def of_no_roll(door: Door) -> Duties:
    """The steps that are taken of a child on no roll too."""
    return {name: one for name, one in door.library.attendance.duties.items() if one.kind != "step" or one.of_no_roll}


def titles(door: Door) -> dict[str, str]:
    return {name: one.title for name, one in door.library.attendance.duties.items()}


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A legal step from a record, by the rules of any step: what was tried first, the order after its notice, the school that it names."""
    one, door, today = record_or_404(request, pk, P.WORK_ATTENDANCE), the_door(), clock.today()
    if not rules.leads_to_steps(one.outcome):
        raise Http404
    tried, duties = queries.tried_of(request.user, one, titles(door)), of_no_roll(door)
    taken = [(step.kind, step.day) for step in queries.steps_of(request.user, one)]
    start = {"day": today, "kind": request.GET.get("kind")}
    form = StepForm(request.POST or None, initial=start, duties=duties, tried=tried, taken=taken)
    if one.school is None:
        form.fields["reason"].help_text = SEALED_FOR_ALL
    if form.is_valid():
        made = done(request, lambda: missing_actions.take_step_of(by=request.user, of=one, support=tried, **form.cleaned_data),
                    "The step is taken. The council’s lawyers read it before it is used.")  # fmt: skip
        if made:
            return redirect("attendance:step", pk=made.pk)
    actions.look(by=request.user, at=f"record {pk}")
    before = body("tried.html", "attendance", tried=tried, duties=duties_of(duties, "step", today))
    return _form(request, one, form, "A legal step", "Take it", before=before)


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def right_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A right that is asked for of a child on no roll here."""
    one = record_or_404(request, pk, P.WORK_ATTENDANCE)
    if one.school is not None:
        return redirect("attendance:right_new", urn=one.school_id, key=one.pupil)
    form = RightForm(request.POST or None, initial={"received": clock.today(), "asked_by": "parent"})
    form.fields["text"].help_text = SEALED_FOR_ALL
    if form.is_valid():
        made = done(request, lambda: sharing_actions.ask_right(by=request.user, school=None, pupil=one.pupil, of=one, **form.cleaned_data),
                    "Written down, with the day by which it is to be answered.")  # fmt: skip
        if made:
            return redirect("attendance:right", pk=made.pk)
    return _form(request, one, form, "A right is asked for", "Write it down")


def _form(request: HttpRequest, one: Missing, form: Any, what: str, button: str, **more: Any) -> HttpResponse:
    sign = rules.pseudonym(one.pupil)
    given = {"school": one.school, "pupil": one.pupil, "visible": WHO} if one.school else {"visible": NOBODY_ELSE}
    return form_on("attendance/form.html", request, form, f"{what}: {sign}", button, sign=sign, record=one, **given, **more)


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def bundle(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """What was asked, answered and taken, for the council's lawyers: as Word or PDF."""
    one, door = record_or_404(request, pk, P.WORK_ATTENDANCE), the_door()
    if not may(request.user, P.EXPORT):
        raise Http404
    made = record_writing.evidence(recorded(request, door, one), door.library.attendance.duties)
    return _paper(made, form, f"evidence-record-{pk}")


@needs(P.WORK_ATTENDANCE, recently=True)
@require_GET
@exported
def everything_held(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Everything that is held of a child on no roll here: as Word or PDF. A pupil's is made from the pupil's page."""
    one, door = record_or_404(request, pk, P.WORK_ATTENDANCE), the_door()
    if one.school is not None or not may(request.user, P.EXPORT):
        raise Http404
    asked = [f"{right.received.day} {right.received:%B %Y}: {right.get_kind_display()}; {decided_words(right)}"
             for right in queries.rights_of(request.user, one)]  # fmt: skip
    return _paper(record_writing.everything(recorded(request, door, one), asked), form, f"held-record-{pk}")


def recorded(request: HttpRequest, door: Door, one: Missing) -> record_writing.Recorded:
    """A record with its texts opened; the look is written down."""
    actions.look(by=request.user, at=f"record {one.pk}")
    named, text = titles(door), queries.text_of
    steps = [
        record_writing.Taken(step.day, named.get(step.kind, step.kind), queries.school_named(step), text(step.sealed),
                             writing.tried_words(step.support), step.outcome)
        for step in queries.steps_of(request.user, one)
    ]  # fmt: skip
    ended = f"Closed on {one.closed.day} {one.closed:%B %Y}: {dict(rules.FOUND)[one.outcome]}." if one.closed else ""
    enquiries = [(asked.day, named.get(asked.kind, asked.kind), text(asked.sealed)) for asked in one.enquiries.all()]
    return record_writing.Recorded(
        rules.pseudonym(one.pupil), one.school.name if one.school else NO_ROLL, area_of(door)[1], clock.today(),
        MissingKind(one.kind).label, dict(rules.GROUNDS)[one.ground], one.opened, ended, text(one.who), text(one.sealed),
        text(one.where), enquiries, steps,
    )  # fmt: skip


def _paper(made: Paper, form: str, name: str) -> HttpResponse:
    write, mime = WRITERS[form]
    answer = HttpResponse(write(made), content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
