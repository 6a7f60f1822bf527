"""The pages of duties: the council's register, and the yearly returns of schools."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.definitions.duties import SchoolReturn
from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.duties import actions, queries, rules
from headway.desk.duties.forms import AnswersForm, ChargeForm, ProofForm, WordForm, begun_with
from headway.desk.duties.models import Proof
from headway.desk.entitlements.counting import count
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

P = Permission


def duty_or_404(name: str) -> Any:
    found = the_door().library.council_duties.get(name)
    if found is None:
        raise Http404
    return found


form_page = partial(form_on, "duties/form.html")


@needs(P.KEEP_DUTIES)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    found = queries.register(the_door().library, clock.today())
    return framed(request, the_door(), "Duties of the council", body("register.html", "duties", lines=found, today=clock.today()))


@needs(P.KEEP_DUTIES)
@require_http_methods(["GET", "POST"])
def charge(request: HttpRequest, name: str) -> HttpResponse:
    duty, form = duty_or_404(name), ChargeForm(request.POST or None)
    if form.is_valid():
        actions.charge(by=request.user, duty=name, **form.cleaned_data)
        messages.success(request, "It has its owner and its day.")
        return redirect("duties:register")
    return form_page(request, form, f"Who owns it: {duty.title}", "Keep it", duty=duty)


@needs(P.KEEP_DUTIES)
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, name: str) -> HttpResponse:
    duty, form = duty_or_404(name), ProofForm(request.POST or None, initial={"day": clock.today()})
    if form.is_valid():
        actions.prove(by=request.user, duty=name, **form.cleaned_data)
        messages.success(request, "The proof is kept.")
        return redirect("duties:register")
    return form_page(request, form, f"Proof: {duty.title}", "Keep the proof", duty=duty, proofs=list(Proof.objects.filter(duty=name)))


def form_or_404(name: str) -> SchoolReturn:
    found = the_door().library.school_returns.get(name)
    if found is None:
        raise Http404
    return found


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def of_schools(request: HttpRequest, form: str) -> HttpResponse:
    """How far every school is with one return: what is late, what is open."""
    asked, year, day = form_or_404(form), AcademicYear.of(clock.today()), clock.today()
    told: dict[str, Any] = {
        "form": asked, "year": year, "lines": queries.of_schools(request.user, asked, year.start, day),
        "due": rules.due_on(asked, year.start),
        "forms": the_door().library.school_returns.values(), "duties": bool(may(request.user, P.KEEP_DUTIES)),
    }  # fmt: skip
    return framed(request, the_door(), asked.title, body("of_schools.html", "duties", **told))


@needs(P.SEE_SUPPORT)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """What one school is asked for this year, and what it sent before."""
    school, year, day = Establishment.objects.filter(pk=urn).first(), AcademicYear.of(clock.today()), clock.today()
    if school is None:
        raise Http404
    there = list(queries.returns_for(request.user).filter(school_id=urn))
    now = {one.form: one for one in there if one.year == year.start}
    lines = [
        (form, now.get(name), rules.due_on(form, year.start), _open(now.get(name), day))
        for name, form in the_door().library.school_returns.items()
    ]
    told: dict[str, Any] = {
        "school": school, "year": year, "lines": lines, "today": day,
        "before": [(one, _open(one, day)) for one in there if one.year != year.start],
        "answers": bool(may(request.user, P.ANSWER_FOR_SCHOOL, urn)), "writes": bool(may(request.user, P.WRITE_ENGAGEMENTS, urn)),
    }  # fmt: skip
    return framed(request, the_door(), f"Returns: {school.name}", body("of_school.html", "duties", **told))


def _open(one: Any, day: Any) -> list[Any]:
    return rules.open_lines(queries.form_of(one), queries.lines_of(one), day) if one is not None and one.sent else []


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, urn: int, form: str) -> HttpResponse:
    """Fill in a return: the school its own, the council what the council fills in."""
    asked, school = form_or_404(form), Establishment.objects.filter(pk=urn).first()
    needed = P.ANSWER_FOR_SCHOOL if asked.by == "school" else P.WRITE_ENGAGEMENTS
    if school is None or not may(request.user, needed, urn):
        raise Http404
    year = AcademicYear.of(clock.today()).start
    there = queries.returns_for(request.user).filter(school=school, form=form, year=year).first()
    frozen, kept = (queries.form_of(there), queries.lines_of(there)) if there else (asked, {})
    page = AnswersForm(request.POST or None, initial=begun_with(kept), form=frozen)
    if page.is_valid():
        send = "send" in request.POST
        for line in rules.unanswered(frozen, page.lines) if send else ():
            page.add_error(f"{'day' if line.answer == 'day' else 'say'}-{line.id}", "Answer it before you send the return.")
        if not page.errors and _kept(request, page, school, asked, year, send=send):
            return redirect("duties:of_school", urn=urn)
    return form_page(request, page, f"{frozen.title}: {school.name}", "Keep it, not sent", school=school, asked=frozen,
                     second=("send", "Send it to the council"))  # fmt: skip


def _kept(request: HttpRequest, page: AnswersForm, school: Establishment, asked: SchoolReturn, year: int, *, send: bool) -> bool:
    try:
        one = actions.asked(by=request.user, school=school, form=asked, year=year)
        actions.answer(by=request.user, one=one, lines=page.lines, send=send)
        if send and asked.by == "council":  # as a review of governance, which some tiers give
            count(by=request.user, door=the_door(), school=school, item=asked.id, day=clock.today(), once=f"return-{one.pk}", beside=True)
    except HeadwayError as fault:
        page.add_error(None, f"{fault.what} {fault.remedy}")
        return False
    messages.success(request, "Sent. The council looks at it and answers." if send else "Kept.")
    return True


@needs(P.SEE_SUPPORT)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One return as it was answered; the council says something back."""
    one = queries.returns_for(request.user).filter(pk=pk).exclude(sent=None).first()
    if one is None:
        raise Http404
    form, writes = WordForm(request.POST or None), bool(may(request.user, P.WRITE_ENGAGEMENTS, one.school_id))
    if form.is_bound and not writes:
        raise Http404
    if form.is_valid():
        actions.look_at(by=request.user, one=one, word=form.cleaned_data["word"])
        messages.success(request, "Looked at; the school reads what you said.")
        return redirect("duties:of_school", urn=one.school_id)
    asked, kept, day = queries.form_of(one), queries.lines_of(one), clock.today()
    rows = [(line, kept.get(line.id) or {}, rules.in_place(line, kept.get(line.id), day)) for line in asked.items]
    told = {"one": one, "asked": asked, "rows": rows, "says": rules.SAYS, "form": form, "writes": writes and one.looked_at is None,
            "sent_by": names_of({one.sent_by}).get(one.sent_by, "")}  # fmt: skip
    return render(request, "duties/read.html", told, status=422 if form.is_bound else 200)
