"""The pages of ladder actions: prepare one, issue it, end or withdraw it. Each is labelled statutory or local, with its source."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.engagements import climbing, pages, queries, rules
from headway.desk.engagements.forms import BecauseForm, EndForm, RungForm
from headway.desk.engagements.models import Engagement, LadderAction, Standing
from headway.desk.engagements.views import engagement_or_404, form_page
from headway.desk.framing.doing import tried
from headway.desk.framing.pages import the_door
from headway.readings.calendar import days_after
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


def action_or_404(request: HttpRequest, pk: int, permission: Permission) -> tuple[Engagement, LadderAction]:
    found = LadderAction.objects.select_related("engagement").filter(pk=pk).first()
    if found is None:
        raise Http404
    return engagement_or_404(request, found.engagement_id, permission), found


@needs(P.LEAD_ENGAGEMENTS)
@require_POST
def prepare(request: HttpRequest, pk: int, rung: str) -> HttpResponse:
    """Begin an action of the ladder that the school's route has now."""
    one, library = engagement_or_404(request, pk, P.LEAD_ENGAGEMENTS), the_door().library
    ladder = pages.ladder_of(one, library)
    wanted = ladder.rung(rung) if ladder else None
    if ladder is None or wanted is None:
        raise Http404
    try:
        made = climbing.prepare(by=request.user, engagement=one, ladder=ladder, rung=wanted)
    except HeadwayError as fault:
        messages.error(request, f"{fault.what} {fault.why}")
        return redirect("engagements:engagement", pk=pk)
    return redirect("engagements:action", pk=made.pk)


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what it must hold, keep it unfinished, or issue it."""
    one, found = action_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    if found.standing != Standing.PREPARED:
        return redirect("engagements:engagement", pk=one.pk)
    library, rung = the_door().library, queries.rung_of(found)
    ladder = library.ladders.get(found.ladder)
    over = rules.passed_over(rung, ladder, queries.taken(one)) if ladder else []
    kept = {"ticks": found.ticks, "passed_over": found.passed_over, **{f"part-{name}": text for name, text in found.parts.items()}}
    form = RungForm(request.POST or None, initial=kept, rung=rung, over=over)
    if form.is_valid() and _kept(request, form, one, found, ladder):
        return redirect("engagements:engagement", pk=one.pk)
    told = {"rung": rung, "who": pages.WHO[rung.decided_by], "second": ("issue", "Issue it"), "action": found}
    return form_page(request, form, rung.title, "Keep it, not issued", engagement=one, **told)


def _kept(request: HttpRequest, form: RungForm, one: Engagement, found: LadderAction, ladder: object) -> bool:
    """Keep what was written; issue it where that was pressed."""
    if not tried(request, form, lambda: climbing.write(by=request.user, action=found, **form.kept), "Kept."):
        return False
    if "issue" not in request.POST:
        return True
    if ladder is None or not form.may_be_issued():
        return False
    library, given = the_door().library, form.cleaned_data
    return tried(request, form, lambda: climbing.issue(
        by=request.user, action=found, ladder=ladder, issued=given["issued"], due=given.get("due"),
        after=lambda day, count, unit: days_after(day, count, unit, library),
    ), f"Issued on {rules.spoken(given['issued'])}. Its clock runs.")  # fmt: skip


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    one, found = action_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    if found.standing != Standing.ISSUED:
        return redirect("engagements:engagement", pk=one.pk)
    rung = queries.rung_of(found)
    form = EndForm(request.POST or None, initial={"day": clock.today()}, rung=rung, issued=found.issued)
    if form.is_valid() and tried(request, form, lambda: climbing.end(by=request.user, action=found, **form.cleaned_data), "Ended."):
        return redirect("engagements:engagement", pk=one.pk)
    return form_page(request, form, f"How it ended: {rung.title}", "Keep it", engagement=one)


@needs(P.LEAD_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one, found = action_or_404(request, pk, P.LEAD_ENGAGEMENTS)
    form = BecauseForm(request.POST or None)
    if form.is_valid() and tried(
        request, form, lambda: climbing.withdraw(by=request.user, action=found, because=form.cleaned_data["because"]), "Withdrawn."
    ):
        return redirect("engagements:engagement", pk=one.pk)
    return form_page(request, form, f"Withdraw: {queries.rung_of(found).title}", "Withdraw it", engagement=one)
