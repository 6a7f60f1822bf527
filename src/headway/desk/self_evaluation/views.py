"""Self-evaluations: written or uploaded by schools, laid beside our signals, a third of them looked at by advisers."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.documents.queries import file_of
from headway.desk.entitlements.counting import count
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import in_patch
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.self_evaluation import actions, pages, queries
from headway.desk.self_evaluation.forms import EvaluationForm, ValidationForm
from headway.desk.self_evaluation.models import SelfEvaluation
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.queries import that_it_sorts
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """This year's, beside what our signals say and what the adviser found."""
    school, door, year = known_or_404(urn), the_door(), queries.this_year()
    one = queries.evaluation_of(request.user, urn, year)
    before = SelfEvaluation.objects.filter(school=school, year__lt=year).exclude(sent=None)
    drawn = queries.draw_of(year)
    told: dict[str, Any] = {"school": school, "one": one, "year": year, "rows": pages.beside(door, request.user, one) if one else []}
    told |= {"writes": bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn)), "ours": bool(may(request.user, P.SEE_TIERS, urn))}
    told |= {"tier": title_of(pages.scheme_for(door, one), one.tier) if one and one.tier else "", "before": list(before)}
    told |= {"drawn": bool(drawn and urn in drawn.drawn), "validates": bool(may(request.user, P.MODERATE_TIERS, urn))}
    told["names"] = names_of({row.validation.by for row in told["rows"] if row.validation})
    return framed(request, door, f"Self-evaluation: {school.name}", body("of_school.html", "self_evaluation", **told))


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, urn: int) -> HttpResponse:
    """Written online, or a document of the school's own with a summary. What was said last year is there to begin from."""
    school, door, year = known_or_404(urn), the_door(), queries.this_year()
    one = queries.evaluation_of(request.user, urn, year)
    if one is not None and one.sent is not None:
        return redirect("self_evaluation:of_school", urn=urn)
    earlier = queries.last_year(urn, year) if one is None else None
    scheme = pages.scheme_for(door, one)
    form = EvaluationForm(request.POST or None, request.FILES or None, initial=_start(one or earlier), scheme=scheme)
    if form.is_valid() and _kept(request, form, school, year):
        return redirect("self_evaluation:of_school", urn=urn)
    told = {"form": form, "school": school, "year": year, "earlier": earlier, "one": one}
    return render(request, "self_evaluation/write.html", told, status=422 if form.is_bound else 200)


def _start(one: SelfEvaluation | None) -> dict[str, str]:
    """What stands in the form at first: this year's words, else last year's."""
    if one is None:
        return {}
    found = {"tier": one.tier, "summary": one.summary}
    for name, said in queries.said_in(one).items():
        found |= {f"rating-{name}": said.rating, f"text-{name}": said.text}
    return found


def _kept(request: HttpRequest, form: EvaluationForm, school: Establishment, year: str) -> bool:
    """Kept, and sent when that button was pressed; a file that is not taken is said beside its field."""
    file, send = form.cleaned_data["file"], bool(request.POST.get("send"))
    try:
        document = actions.keep_file(by=request.user, school=school, year=year, chunks=file.chunks()) if file else None
        actions.write(by=request.user, school=school, year=year, scheme=form.scheme.id, tier=form.cleaned_data["tier"],
                      summary=form.cleaned_data["summary"], said=form.said(), document=document, send=send)  # fmt: skip
        if send:  # the invitation that the tier gives was taken up
            count(by=request.user, door=the_door(), school=school, item="self_evaluation", day=clock.today(),
                  once=f"evaluation-{school.pk}-{year}")  # fmt: skip
    except HeadwayError as fault:
        form.add_error("file" if fault.code == "H-DATA-95" else None, f"{fault.what} {fault.why} {fault.remedy}".strip())
        return False
    messages.success(
        request, "Sent. Those who sort schools read it beside the figures." if send else "Kept as a draft. Only your school sees it."
    )
    return True


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def document(request: HttpRequest, urn: int, year: str) -> HttpResponse:
    """The school's own document, always as an attachment."""
    one = queries.evaluation_of(request.user, urn, year.replace("-", "/"))
    path = file_of(one.document) if one and one.document and one.document.erased is None else None
    if one is None or one.document is None or path is None:
        raise Http404
    name = f"self-evaluation-{urn}-{year}.{one.document.ending}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=one.document.media)


@needs(P.MODERATE_TIERS)
@require_http_methods(["GET", "POST"])
def validate(request: HttpRequest, urn: int) -> HttpResponse:
    """What the adviser found, criterion by criterion."""
    school, door = known_or_404(urn), the_door()
    one = queries.evaluation_of(request.user, urn, queries.this_year())
    if one is None or one.sent is None:
        raise Http404
    start = {f"{part}-{name}": getattr(found, part) for name, found in queries.validations_of(one).items() for part in ("rating", "line")}
    form = ValidationForm(request.POST or None, initial=start, scheme=pages.scheme_for(door, one))
    if form.is_valid():
        actions.validate(by=request.user, evaluation=one, found=form.found())
        messages.success(request, "Kept beside what the school says. The school reads it.")
        return redirect("self_evaluation:of_school", urn=urn)
    told = {"form": form, "title": f"Looked at: {school.name}", "button": "Keep it", "visible": "the adviser team and the school.",
            "crumb": (f"Self-evaluation: {school.name}", reverse("self_evaluation:of_school", args=[urn]))}  # fmt: skip
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_TIERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Who has sent one this year, whose is looked at, and where they and our signals differ most."""
    door, year = the_door(), queries.this_year()
    schools = that_it_sorts(door, scheme_named(door), in_patch(request.user).filter(status="open"))
    sent = queries.own_views([one.pk for one in schools], year)
    known, drawn = pages.newest_evidence(list(sent)), queries.draw_of(year)
    rows = [(one, sent[one.pk], pages.disagreements(door, sent[one.pk], known.get(one.pk, {})), bool(queries.validations_of(sent[one.pk])))
            for one in schools if one.pk in sent]  # fmt: skip
    rows.sort(key=lambda row: (-row[2], row[0].name))
    titles = {row[1].pk: title_of(pages.scheme_for(door, row[1]), row[1].tier) if row[1].tier else "" for row in rows}
    told = {"rows": rows, "schools": len(schools), "year": year, "draw": drawn, "titles": titles, "csrf": get_token(request),
            "draws": bool(may(request.user, P.DECIDE_TIERS)), "silent": [one for one in schools if one.pk not in sent][:100]}  # fmt: skip
    return framed(request, door, "Self-evaluations", body("listed.html", "self_evaluation", **told))


@needs(P.DECIDE_TIERS)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """A third by lot, once a year."""
    year = queries.this_year()
    sent = queries.own_views(in_patch(request.user).values_list("pk", flat=True), year)
    if not sent:
        messages.error(request, "No school has sent one yet.")
    else:
        made = actions.draw(by=request.user, year=year, urns=sent, seed=secrets.token_hex(8))
        messages.success(request, f"{len(made.drawn)} of {len(made.of)} are drawn.")
    return redirect("self_evaluation:listed")
