"""The register of concerns, what people declare of their interests, and the monthly meeting."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.engagements import actions, convening, pages, queries
from headway.desk.engagements.forms import ConcernForm, MeetingForm, MinutesForm, ResolveForm
from headway.desk.engagements.models import Concern, Meeting
from headway.desk.engagements.views import form_page
from headway.desk.establishments.finding import school_or_404
from headway.desk.framing.doing import tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.vocabulary import clock

P = Permission


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Every concern of one's schools: the flagged schools first, then what is open, then what is settled."""
    day = clock.today()
    found = pages.register(request.user, the_door().library, day)
    flags = {one.concern.school_id: (one.concern.school, one.flagged) for one in found if one.flagged}
    told = {"open": [one for one in found if one.concern.resolved is None], "flags": list(flags.values()),
            "settled": [one for one in found if one.concern.resolved], "today": day}  # fmt: skip
    return framed(request, the_door(), "Register of concerns", body("register.html", "engagements", **told))


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def raise_concern(request: HttpRequest, urn: int) -> HttpResponse:
    school = school_or_404(request, urn, P.WRITE_ENGAGEMENTS)
    form = ConcernForm(request.POST or None, initial={"raised": clock.today()}, kinds=the_door().library.concern_kinds)
    live = queries.live_of(urn).first()
    if form.is_valid() and tried(request, form, lambda: actions.raise_concern(
        by=request.user, school=school, engagement=live, **form.cleaned_data
    ), "The concern is on the register."):  # fmt: skip
        return redirect("engagements:of_school", urn=urn)
    return form_page(request, form, f"A concern about {school.name}", "Put it on the register", school=school)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    found: Concern | None = queries.concerns_for(request.user).filter(pk=pk, resolved=None).first()
    if found is None or not may(request.user, P.WRITE_ENGAGEMENTS, found.school_id):
        raise Http404
    form = ResolveForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if tried(request, form, lambda: actions.resolve(
            by=request.user, concern=found, upheld=given["upheld"] == "yes", outcome=given["outcome"]
        ), "Settled, with what became of it."):  # fmt: skip
            return redirect("engagements:of_school", urn=found.school_id)
    return form_page(request, form, f"What became of it: {found.summary}", "Keep it", school=found.school)


@needs(P.HOLD_CONCERN_MEETINGS)
@require_http_methods(["GET", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """The monthly meetings; the next is called here, with its agenda made from what is open."""
    form = MeetingForm(request.POST or None, initial={"day": clock.today()})
    made: list[Meeting] = []
    if form.is_valid() and tried(request, form, lambda: made.append(
        convening.call(by=request.user, day=form.cleaned_data["day"], agenda=convening.agenda(request.user, clock.today()))
    ), "Called. The agenda holds every open engagement and every flagged school."):  # fmt: skip
        return redirect("engagements:meeting", pk=made[0].pk)
    found = list(Meeting.objects.prefetch_related("items"))
    return form_page(request, form, "Schools causing concern", "Call a meeting", meetings=found)


@needs(P.HOLD_CONCERN_MEETINGS)
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, and its minutes, which nobody else reads."""
    found = Meeting.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    items = list(found.items.select_related("school"))
    kept: dict[str, Any] = {f"item-{item.pk}": convening.minute_of(item) for item in items} | {"present": found.present}
    form = MinutesForm(request.POST or None, initial=kept, items=items)
    if form.is_valid() and tried(request, form, lambda: convening.minute(
        by=request.user, meeting=found, present=form.cleaned_data["present"], texts=form.texts, held="held" in request.POST
    ), "The minutes are kept."):  # fmt: skip
        return redirect("engagements:meeting", pk=pk)
    told = {"meeting": found, "items": items, "second": None if found.held else ("held", "Save; the meeting was held")}
    return form_page(request, form, f"Schools causing concern, {found.day.day} {found.day:%B %Y}", "Save the minutes", **told)
