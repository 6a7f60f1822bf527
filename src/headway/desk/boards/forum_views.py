"""De-delegation rates for the schools forum, and the answer book: what members of the council asked, what was answered, with its source."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.boards import actions, queries
from headway.desk.boards.forum_forms import AnswerForm, QuestionForm, RateForm
from headway.desk.boards.models import Delegation, Question
from headway.desk.boards.packs.sections import trail
from headway.desk.boards.views import item_or_404
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.language.sentences import line_sentence
from headway.readings.area import KEY_MEASURES, area
from headway.readings.door import Door, measure_facts
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

P = Permission
BOTH = ["GET", "POST"]


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """A rate for one phase; the paper works out what it comes to from the list of schools."""
    item = item_or_404(pk)
    known = Delegation.objects.filter(item=item, phase=request.GET.get("phase", "primary")).first()
    names = ("phase", "year", "rate", "last_rate", "spent", "bought")
    form = RateForm(request.POST or None, initial={name: getattr(known, name) for name in names} if known else {"phase": "primary"})
    if form.is_valid():
        given = dict(form.cleaned_data)
        phase = given.pop("phase")
        if done(
            request, lambda: actions.put_rate(by=request.user.label, item=item, phase=phase, given=given), "The rate stands in the paper."
        ):
            return redirect("boards:item", pk=pk)
    told = {"form": form, "title": f"A rate for {item.meeting}", "button": "Propose it", "meeting": item.meeting}
    return render(request, "boards/form.html", told, status=422 if form.is_bound else 200)


@needs(P.SEE_BOARDS)
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The answer book. A question without an answer says since when it waits."""
    text = request.GET.get("text", "").strip()
    found = (
        Question.objects.filter(words__icontains=text) | Question.objects.filter(answer__icontains=text) if text else Question.objects.all()
    )
    rows = [(one, queries.evidence_of(one)) for one in found.distinct()[:200]]
    told = {
        "rows": rows,
        "text": text,
        "keeps": bool(may(request.user, P.KEEP_BOARDS)),
        "waiting": sum(one.answered is None for one, _ in rows),
    }
    return framed(request, the_door(), "Questions and answers", body("questions.html", "boards", **told))


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def ask(request: HttpRequest) -> HttpResponse:
    library = the_door().library
    measures = [(name, measure_facts(library.measures[name]).title) for name in KEY_MEASURES if name in library.measures]
    form = QuestionForm(request.POST or None, measures=measures, initial={"on": clock.today()})
    if form.is_valid():
        actions.put_question(by=request.user.label, **form.cleaned_data)
        messages.success(request, "The question is in the book.")
        return redirect("boards:questions")
    told = {"form": form, "title": "A question that was asked", "button": "Write it down"}
    return render(request, "boards/form.html", told, status=422 if form.is_bound else 200)


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer, with the figure as it is today and where it comes from. Once given it stays."""
    one = Question.objects.filter(pk=pk, answered=None).first()
    if one is None:
        raise Http404
    known = evidence(the_door(), one)
    form = AnswerForm(request.POST or None, initial={"answer": known.get("sentence", "")})
    if form.is_valid():
        actions.answer_question(by=request.user.label, question=one, answer=form.cleaned_data["answer"], evidence=known)
        messages.success(request, "Answered. The figure and its source are kept with it.")
        return redirect("boards:questions")
    told = {"form": form, "title": f"Answer: {one.words[:120]}", "button": "Answer it", "note": known.get("trail", "")}
    return render(request, "boards/form.html", told, status=422 if form.is_bound else 200)


def evidence(door: Door, one: Question) -> dict[str, Any]:
    """The sentence and the source of the figure that a question is about, by what everybody may know."""
    facts = door.facts
    if facts is None:
        return {}
    known: dict[str, Any] = {"snapshot": facts.id, "library": door.library.digest}
    lines = area(door, area_of(door)[0], PUBLIC).lines
    line = next((each for each in lines if each.own.measure.id == one.measure and each.own.cut == "all"), None)
    if line is None or line.own.latest is None:
        return known
    return known | {"sentence": f"{line.own.measure.title}: {line_sentence(line)}", "trail": trail(door, line.own.latest)}
