"""The pages of those who run a consultation: asking, inviting, reading what came in, theming, and taking it away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.consultation import actions, queries
from headway.desk.consultation.forms import ConsultationForm, InvitationForm, ModerationForm, QuestionForm, ThemeForm
from headway.desk.consultation.models import Answer, Consultation, Question, Response, Theme
from headway.desk.consultation.rules import Moderation, State, faults_of_move, moves_from
from headway.desk.framing.tables import Cell, sent
from headway.vocabulary import clock


def found(pk: int | str) -> Consultation:
    """Raises Http404."""
    one = Consultation.objects.filter(pk=int(pk)).first()
    if one is None:
        raise Http404
    return one


def _form(request: HttpRequest, form: Any, title: str, one: Consultation | None, **told: Any) -> HttpResponse:
    given = {"form": form, "title": title, "one": one, **told}
    return render(request, "consultation/form.html", given, status=422 if form.is_bound else 200)


@needs(Permission.RUN_CONSULTATIONS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ConsultationForm(request.POST or None, user=request.user, initial={"strategy": request.GET.get("strategy")})
    if form.is_valid():
        made = actions.begin(by=request.user.label, **form.words)
        messages.success(request, f"{made} is begun. Nobody sees it before it is opened. Add its first question.")
        return redirect("consultation:run", pk=made.pk)
    return _form(request, form, "Begin a consultation", None)


@needs(Permission.RUN_CONSULTATIONS)
@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    form = ConsultationForm(request.POST or None, instance=found(pk), user=request.user)
    if form.is_valid():
        actions.describe(by=request.user.label, one=found(pk), **form.words)
        messages.success(request, "Saved.")
        return redirect("consultation:run", pk=pk)
    return _form(request, form, f"Change {found(pk)}", found(pk))


@needs(Permission.RUN_CONSULTATIONS)
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a consultation stands and what is to be done next."""
    one = found(pk)
    given = {
        "one": one, "state": State(one.state), "questions": queries.questions(one), "counts": queries.counts(one),
        "themes": queries.themes(one), "moves": moves_from(one.state), "invitations": one.invitations.all(), "form": InvitationForm(),
        "may_erase": one.state == State.ANSWERED and one.erased is None,
    }  # fmt: skip
    return render(request, "consultation/run.html", given)


@needs(Permission.RUN_CONSULTATIONS)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, pk: int, question: int = 0) -> HttpResponse:
    """A question, new or changed, while nobody can have answered it."""
    one = found(pk)
    each = Question(consultation=one) if not question else queries.questions(one).filter(pk=question).first()
    if each is None or one.state != State.DRAFT:
        raise Http404
    if question and request.POST.get("withdraw"):
        actions.withdraw_question(by=request.user.label, question=each)
        return redirect("consultation:run", pk=pk)
    form = QuestionForm(request.POST or None, instance=each)
    if form.is_valid():
        actions.ask(by=request.user.label, question=form.save(commit=False))
        messages.success(request, "The question is saved.")
        return redirect("consultation:run", pk=pk)
    return _form(request, form, "Change the question" if question else "Add a question", one, withdraws=bool(question))


@needs(Permission.RUN_CONSULTATIONS)
@require_POST
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    one, target = found(pk), request.POST.get("target", "")
    if target not in State.values:
        raise Http404
    themes = list(queries.themes(one))
    counted = {
        "questions": queries.questions(one).count(), "waiting": queries.counts(one)[Moderation.WAITING], "themes": len(themes),
        "unanswered": sum(not theme.doing or not theme.we_did for theme in themes),
    }  # fmt: skip
    faults = faults_of_move(one.state, target, **counted)
    for fault in faults:
        messages.error(request, fault)
    if not faults:
        actions.move(by=request.user.label, one=one, target=State(target))
        messages.success(request, f"It is {State(target).label.lower()} now.")
    return redirect("consultation:run", pk=pk)


@needs(Permission.RUN_CONSULTATIONS)
@require_POST
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link. It is shown this once: only its hash is kept."""
    one, form = found(pk), InvitationForm(request.POST)
    if form.is_valid():
        token = actions.invite(by=request.user.label, one=one, **form.cleaned_data)
        link = request.build_absolute_uri(reverse("consultation:by_invitation", args=[token]))
        messages.success(request, f"Send this link to {form.cleaned_data['sent_to']}. It is shown only now: {link}")
    else:
        messages.error(request, "Say who is invited.")
    return redirect("consultation:run", pk=pk)


@needs(Permission.RUN_CONSULTATIONS)
@require_POST
def revoked(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    each = found(pk).invitations.filter(pk=invitation).first()
    if each is None:
        raise Http404
    actions.revoke(by=request.user.label, invitation=each)
    messages.success(request, f"The link sent to {each} opens nothing any more.")
    return redirect("consultation:run", pk=pk)


@needs(Permission.RUN_CONSULTATIONS)
@require_GET
def responses(request: HttpRequest, pk: int) -> HttpResponse:
    one, shown = found(pk), request.GET.get("show", Moderation.WAITING.value)
    listed = queries.responses(one, shown if shown in Moderation.values else "")
    given = {"one": one, "listed": listed, "shown": shown, "counts": queries.counts(one), "states": Moderation}
    return render(request, "consultation/responses.html", given)


@needs(Permission.RUN_CONSULTATIONS)
@require_http_methods(["GET", "POST"])
def response(request: HttpRequest, pk: int, response: int) -> HttpResponse:
    """Read one response, and put its answers under themes."""
    one = found(pk)
    each = _response_of(one, response)
    form = ModerationForm(request.POST or None, response=each)
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "kept": form.kept}
        actions.moderate(by=request.user.label, response=each, moderation=Moderation(form.cleaned_data["moderation"]), **told)
        messages.success(request, f"Response {each.reference} is read. Put its answers under themes.")
        return redirect("consultation:response", pk=pk, response=response)
    answers = [(answer, queries.suggested(answer)) for answer in each.answers.all() if answer.kept]
    given = {"one": one, "each": each, "form": form, "answers": answers, "themes": queries.themes(one), "moderation": Moderation}
    return render(request, "consultation/response.html", given, status=422 if form.is_bound else 200)


def _response_of(one: Consultation, pk: int) -> Response:
    each = queries.responses(one).filter(pk=pk).first()
    if each is None:
        raise Http404
    return each


@needs(Permission.RUN_CONSULTATIONS)
@require_POST
def themed(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """Exactly the themes that were ticked."""
    one = found(pk)
    each = Answer.objects.filter(pk=answer, response__consultation=one).select_related("response").first()
    if each is None:
        raise Http404
    suggested = frozenset(suggestion.theme for suggestion in queries.suggested(each))
    ticked = [number for text in request.POST.getlist("theme") if (number := number_in(text)) is not None]
    actions.assign(by=request.user.label, answer=each, themes=one.themes.filter(pk__in=ticked, withdrawn=None), suggested=suggested)
    messages.success(request, "The themes are saved.")
    return redirect("consultation:response", pk=pk, response=each.response_id)


@needs(Permission.RUN_CONSULTATIONS)
@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, pk: int, theme: int = 0) -> HttpResponse:
    one = found(pk)
    each = Theme(consultation=one) if not theme else one.themes.filter(pk=theme, withdrawn=None).first()
    if each is None:
        raise Http404
    form = ThemeForm(request.POST or None, instance=each)
    if form.is_valid():
        made = form.save(commit=False)
        made.withdrawn = clock.now() if form.cleaned_data.get("withdraw") else None
        actions.put_theme(by=request.user.label, theme=made)
        messages.success(request, f"The theme “{made}” is {'taken out' if made.withdrawn else 'saved'}.")
        return redirect("consultation:run", pk=pk)
    return _form(request, form, "Change the theme" if theme else "Add a theme", one)


@needs(Permission.RUN_CONSULTATIONS, recently=True)
@require_POST
def erased(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase what was typed, once the answer is published."""
    one = found(pk)
    if one.state != State.ANSWERED or one.erased is not None:
        raise Http404
    actions.erase_typed(by=request.user.label, one=one, today=clock.today())
    messages.success(request, "What was typed is erased. What was kept after reading it stays.")
    return redirect("consultation:run", pk=pk)


@needs(Permission.RUN_CONSULTATIONS, recently=True)
@require_GET
@exported
def responses_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """Every answer that was counted, as it was kept after reading: never as it was typed."""
    one = found(pk)
    table: list[list[Cell]] = [["Response", "Day", "As whom", "By invitation", "Question", "Chosen", "In their words", "Themes"]]
    for each in queries.responses(one, Moderation.COUNTED):
        head: list[Cell] = [
            each.reference,
            str(each.made.date()),
            each.get_speaking_display() or "not said",
            "yes" if each.invitation else "",
        ]
        for answer in each.answers.all():
            themes = "; ".join(theme.title for theme in answer.themes.all() if theme.withdrawn is None)
            table.append([*head, answer.question.words, "; ".join(answer.chosen), answer.kept, themes])
    return sent(table, form, f"responses-{one.title.lower()}")
