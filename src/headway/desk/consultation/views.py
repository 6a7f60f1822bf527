"""What everybody sees of consultations: what is asked now, the answering, and what became of it. No account is needed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import public
from headway.desk.accounts.throttling import address_of
from headway.desk.consultation import actions, queries
from headway.desk.consultation.forms import ResponseForm
from headway.desk.consultation.links import address_key
from headway.desk.consultation.models import Consultation, Invitation
from headway.desk.consultation.rules import HOURLY, Audience, Doing, State, is_open, people_words
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.strategy import queries as strategies
from headway.vocabulary import clock

LONGEST_SENDING = 64


@public
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    listed = [(one, is_open(one.state, one.opens, one.closes, today), State(one.state)) for one in queries.visible_to(request.user)]
    content = body("consultations.html", "consultation", listed=listed, runs=queries.runs(request.user), public=Audience.PUBLIC)
    return framed(request, the_door(), "Consultations", content)


@public
@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, and the form to answer where everybody may."""
    one = queries.find(request.user, pk)
    if one is None or (one.audience == Audience.INVITED and one.state != State.ANSWERED and not queries.runs(request.user)):
        raise Http404
    return _asked(request, one, None)


@public
@require_http_methods(["GET", "POST"])
def by_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The same, for whoever holds the link."""
    invitation = queries.invited(token)
    if invitation is None or invitation.consultation.state == State.DRAFT:
        raise Http404
    return _asked(request, invitation.consultation, invitation)


def _asked(request: HttpRequest, one: Consultation, invitation: Invitation | None) -> HttpResponse:
    """The page with its form; a response that is whole is kept, one that is not comes back as it was typed."""
    form = ResponseForm(request.POST or None, questions=list(queries.questions(one)))
    takes = is_open(one.state, one.opens, one.closes, clock.today()) and (invitation is not None or one.audience == Audience.PUBLIC)
    wait = 0
    if request.method == "POST" and takes and form.is_valid():
        wait = 0 if invitation and invitation.once else _noted(request)
        if not wait:
            by = f"invitation:{invitation.pk}" if invitation else actions.PUBLIC
            told = {"speaking": form.cleaned_data["speaking"], "answers": form.answers, "invitation": invitation}
            made = actions.respond(by=by, one=one, sending=form.cleaned_data["sending"], **told)
            return redirect("consultation:thanks", pk=one.pk, reference=made.reference)
    given = {
        "one": one, "form": form, "takes": takes, "minutes": -(-wait // 60), "limit": HOURLY, "invitation": invitation, "State": State,
        "proposal": queries.proposal(one), "reads": one.strategy is not None and strategies.find(request.user, one.strategy_id) is not None,
    }  # fmt: skip
    answer = render(request, "consultation/asked.html", given, status=429 if wait else 422 if form.is_bound else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _noted(request: HttpRequest) -> int:
    """Seconds to wait, where this address has sent too much. Noted first, so that two at once cannot both be the last."""
    key = address_key(address_of(request))
    actions.note_sending(by=actions.PUBLIC, address=key)
    return queries.wait_for(key)


@public
@require_GET
def thanks(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    """Says thank you, whatever the reference is: it tells nothing of who has answered."""
    one = Consultation.objects.filter(pk=pk).exclude(state=State.DRAFT).first()
    if one is None:
        raise Http404
    return render(request, "consultation/thanks.html", {"one": one, "reference": reference})


@public
@require_GET
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """You said, we did: theme by theme, with the counts that may be shown. Before it is published, only for those who run it."""
    one = queries.find(request.user, pk)
    if one is None or (one.state != State.ANSWERED and not queries.runs(request.user)):
        raise Http404
    themes = [(theme, Doing(theme.doing).label if theme.doing else "", people_words(theme.responses)) for theme in queries.themes(one)]
    content = body(
        "outcome.html", "consultation", one=one, themes=themes, heard=queries.heard(one), tallies=queries.tallies(one),
        speaking=queries.speaking(one), published=one.state == State.ANSWERED,
    )  # fmt: skip
    return framed(request, the_door(), f"You said, we did: {one}", content)
