"""The pages of the register of interests: one's own, another's for whoever plans the work, everybody's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.interests import actions, queries
from headway.desk.interests.forms import SOMETHING, DeclareForm
from headway.desk.interests.models import Interest
from headway.vocabulary import clock

P = Permission


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What oneself has to do with schools."""
    return _declared(request, request.user, "What I have to declare", reverse("interests:mine"))


@needs(P.PLAN_SUPPORT)
@require_http_methods(["GET", "POST"])
def of(request: HttpRequest, pk: int) -> HttpResponse:
    """Another's, written down by whoever plans the team's work."""
    person = next((one for one in queries.people() if one.pk == pk), None)
    if person is None:
        raise Http404
    return _declared(request, person, f"Interests of {person}", reverse("interests:register"))


def _declared(request: HttpRequest, person: User, title: str, after: str) -> HttpResponse:
    form = DeclareForm(request.POST or None, initial={"found": SOMETHING}, user=request.user)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("school", "what", "nothing")}
        if tried(request, form, lambda: actions.declare(by=request.user, person=person, **given), "Declared."):
            return redirect(after)
    listed = [(one, queries.what_of(one)) for one in queries.of(person)]
    told = {"listed": listed, "own": person.pk == request.user.pk, "plans": bool(may(request.user, P.PLAN_SUPPORT))}
    return form_on("interests/declare.html", request, form, title, "Declare it", **told)


@needs(P.PLAN_SUPPORT)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Everybody who works with schools: what they declared, and when last."""
    today = clock.today()
    standing: dict[int, list[tuple[Interest, str]]] = {}
    for one in queries.in_force(today):
        standing.setdefault(one.person_id, []).append((one, queries.what_of(one)))
    last = queries.last_declared(today)
    rows = [(one, standing.get(one.pk, []), last.get(one.pk)) for one in queries.people()]
    late = [one for one, _, day in rows if day is None or day + queries.DECLARED_FOR < today]
    told = {"rows": rows, "late": late, "csrf": get_token(request), "apart": queries.apart(today).count()}
    return framed(request, the_door(), "Register of interests", body("register.html", "interests", **told))


@needs(P.WRITE_SUPPORT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It no longer holds: one's own, or anybody's for whoever plans the work."""
    one = Interest.objects.filter(pk=pk).first()
    plans = bool(may(request.user, P.PLAN_SUPPORT))
    if one is None or not (plans or one.person_id == request.user.pk):
        raise Http404
    actions.end(by=request.user, interest=one)
    messages.success(request, "It no longer holds. It stays in the history.")
    return redirect("interests:register" if one.person_id != request.user.pk else "interests:mine")
