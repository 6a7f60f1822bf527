"""Call before letter: whom to ring, which letters may go, the letter to look at and to take along."""

import io
import zipfile
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.desk.tiers import deciding, letters, queries, rules
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.forms import AsideForm
from headway.desk.tiers.models import State, TierDecision
from headway.papers.html import fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
WRITERS = {"docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), "pdf": (pdf, "application/pdf")}


def decision_or_404(request: HttpRequest, pk: int, permission: Permission) -> TierDecision:
    """A decision on a school of this person's; another's is as one that does not exist."""
    one = queries.decision_for(request.user, pk)
    if one is None or not may(request.user, permission, one.school_id):
        raise Http404
    return one


@needs(P.SEE_TIERS)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Whom to ring, which letters may go, which replies and appeals wait for an answer."""
    door, today = the_door(), clock.today()
    found = queries.waiting_for(request.user)
    recent = list(queries.decisions_for(request.user).filter(state=State.WRITTEN).order_by("-written")[:30])
    titles = {one.pk: title_of(door.library.tiers.get(one.scheme), one.tier) for one in (*found, *recent)}
    why_not = {one.pk: rules.why_no_letter(today, one.safeguarding, door.library) for one in found}
    due = {one.pk: queries.letter_due(one, door.library) for one in found}
    late = {pk: day for pk, day in due.items() if day is not None and day < today}
    told = {
        "late": late,
        "due": due,
        "to_ring": [one for one in found if one.state == State.DECIDED],
        "to_write": [one for one in found if one.state == State.TOLD],
    }
    replies = queries.replies_for(request.user).filter(answered=None).exclude(wish="noted")
    return framed(request, door, "To ring and to write", body(
        "waiting.html", "tiers", **told, titles=titles, why_not=why_not, csrf=get_token(request), recent=recent, replies=list(replies),
        decides=bool(may(request.user, P.DECIDE_TIERS)), quiet=rules.why_no_letter(today, False, door.library), today=today,
    ))  # fmt: skip


@needs(P.DECIDE_TIERS)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """The letters that were ticked go. Each goes or not by itself; which did not and why is said."""
    door, sent, kept = the_door(), 0, []
    area = area_of(door)[1]
    for number in request.POST.getlist("decision")[:500]:
        one = queries.decision_for(request.user, pk) if (pk := number_in(number)) is not None else None
        if one is None:
            continue
        try:
            letter = letters.signed(letters.told(door, one, area, clock.today()), request.user)
            deciding.write_letter(by=request.user, door=door, decision=one, letter=letter)
            sent += 1
        except HeadwayError as fault:
            kept.append(f"{one.school.name}: {fault.what} {fault.why}")
    for said in kept:
        messages.error(request, said)
    if sent:
        written = f"{sent} {'letter is' if sent == 1 else 'letters are'} written."
        messages.success(request, f"{written} Take them along below; each school reads its own.")
    elif not kept:
        messages.error(request, "No letter is ticked, so none went. Tick the schools to write to.")
    return redirect("tiers:waiting")


@needs(P.SEE_SUPPORT)
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it went, or as it would go today. A school reads its own once it is sent."""
    one, door = decision_or_404(request, pk, P.SEE_SUPPORT), the_door()
    if one.state != State.WRITTEN and not may(request.user, P.SEE_TIERS, one.school_id):
        raise Http404
    told = one.letter or letters.told(door, one, area_of(door)[1], clock.today())
    written = mark_safe(fragment(letters.paper(told)))  # noqa: S308 - every text in it was escaped by its writer
    sent, ours = one.state == State.WRITTEN, bool(may(request.user, P.SEE_TIERS, one.school_id))
    content = body("letter.html", "tiers", one=one, written=written, sent=sent, ours=ours, export=bool(may(request.user, P.EXPORT)))
    return framed(request, door, f"Letter: {one.school.name}", content)


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def letter_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    one = decision_or_404(request, int(pk), P.SEE_SUPPORT)
    if one.state != State.WRITTEN:
        raise Http404
    write, kind = WRITERS[form]
    answer = HttpResponse(write(letters.paper(one.letter)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="tier-letter-{one.school_id}-{one.written}.{form}"'
    return answer


@needs(P.DECIDE_TIERS, recently=True)
@require_GET
@exported
def letters_file(request: HttpRequest, day: str) -> HttpResponse:
    """The letters of one day in one file, each as Word and PDF."""
    found = queries.decisions_for(request.user).filter(state=State.WRITTEN, written=date.fromisoformat(day)) if _is_day(day) else []
    if not found:
        raise Http404
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in found:
            for form, (write, _) in WRITERS.items():
                packed.writestr(f"tier-letter-{one.school_id}.{form}", write(letters.paper(one.letter)))
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="tier-letters-{day}.zip"'
    return answer


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@needs(P.DECIDE_TIERS)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision is taken back before anybody was told of it."""
    one = decision_or_404(request, pk, P.DECIDE_TIERS)
    form = AsideForm(request.POST or None)
    if form.is_valid():
        try:
            deciding.withdraw(by=request.user, decision=one, because=form.cleaned_data["because"])
            messages.success(request, "Taken back. What stood before stands again.")
        except HeadwayError as fault:
            messages.error(request, f"{fault.what} {fault.why}")
        return redirect("tiers:of_school", urn=one.school_id)
    told = {
        "form": form,
        "title": f"Take back: {one}",
        "button": "Take it back",
        "crumb": ("To ring and to write", reverse("tiers:waiting")),
    }
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)
