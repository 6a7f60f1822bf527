"""Programmes and sessions are made, changed and ended; take-up beside need; the lists to take away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.queries import in_patch
from headway.desk.framing.doing import done, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.learning import actions, queries, rules
from headway.desk.learning.forms import ProgrammeForm, SessionForm, WhyForm, starting
from headway.desk.learning.models import Booking, Evaluation, Level, Programme
from headway.desk.learning.needing import take_up
from headway.desk.learning.opening import asked, one_of, session_or_404, titles
from headway.desk.learning.partnering import priced
from headway.desk.learning.views import narrowed, stands

P = Permission
SHOWS = (("missed", "Would need it and did not come"), ("needed", "Would need it"), ("came", "Had a place"))


@needs(P.SEE_LEARNING)
@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    told: dict[str, Any] = {
        "rows": list(queries.programmes()),
        "titles": titles(the_door()),
        "levels": dict(Level.choices),
        "priced": priced,
    }
    told["runs"] = bool(may(request.user, P.RUN_LEARNING))
    return framed(request, the_door(), "Programmes", body("programmes.html", "learning", **told))


@needs(P.SEE_LEARNING)
@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, door = one_of(queries.programmes(), pk), request.user, the_door()
    sessions = [(each, stands(each)) for each in queries.sessions().filter(programme=one)]
    marks = list(Evaluation.objects.filter(booking__session__programme=one).values_list("useful", flat=True))
    told: dict[str, Any] = {"one": one, "sessions": sessions, "titles": titles(door), "levels": dict(Level.choices), "priced": priced}
    told |= {"runs": bool(may(user, P.RUN_LEARNING)), "keeps": queries.keeps(user), "csrf": get_token(request)}
    told |= {"said": rules.evaluated(marks, one.came), "cost": queries.cost_of(Booking.objects.filter(session__programme=one))}
    return framed(request, door, one.title, body("programme.html", "learning", **told))


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, library=the_door().library)
    if form.is_valid():
        made = actions.make_programme(by=request.user, **form.cleaned_data)
        messages.success(request, f"{made.title} is made. Plan its first session.")
        return redirect("learning:programme", pk=made.pk)
    return asked(request, form, "A new programme", "Make it")


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def change_programme(request: HttpRequest, pk: int) -> HttpResponse:
    one: Programme = one_of(Programme.objects.all(), pk)
    start = {name: getattr(one, name) for name in ("title", "aim", "levels", "area", "given_by", "price")}
    form = ProgrammeForm(request.POST or None, initial=start, library=the_door().library)
    if form.is_valid():
        actions.change_programme(by=request.user, programme=one, **form.cleaned_data)
        messages.success(request, "Changed. Places that are booked keep their price.")
        return redirect("learning:programme", pk=pk)
    return asked(request, form, f"Change {one.title}", "Save", (reverse("learning:programme", args=[pk]), one.title))


@needs(P.RUN_LEARNING)
@require_POST
def end_programme(request: HttpRequest, pk: int) -> HttpResponse:
    one: Programme = one_of(Programme.objects.all(), pk)
    actions.end_programme(by=request.user, programme=one)
    messages.success(request, "The programme has ended. What was is kept.")
    return redirect("learning:programme", pk=pk)


@needs(P.ADD_LEARNING)
@require_http_methods(["GET", "POST"])
def plan_session(request: HttpRequest, pk: int) -> HttpResponse:
    one: Programme = one_of(Programme.objects.all(), pk)
    form = SessionForm(request.POST or None, initial={"lead": request.user.pk, "places": 20})
    if form.is_valid():
        made = done(request, lambda: actions.plan_session(by=request.user, programme=one, **form.cleaned_data), "The session is planned.")
        return redirect("learning:session", pk=made.pk) if made else redirect("learning:programme", pk=pk)
    return asked(request, form, f"A session of {one.title}", "Plan it", (reverse("learning:programme", args=[pk]), one.title))


@needs(P.ADD_LEARNING)
@require_http_methods(["GET", "POST"])
def change_session(request: HttpRequest, pk: int) -> HttpResponse:
    one = session_or_404(pk)
    form = SessionForm(request.POST or None, initial=starting(one), held=one.booked)
    said = "Changed. Where places were added, the waiting list has moved up."
    if form.is_valid() and tried(request, form, lambda: actions.change_session(by=request.user, session=one, **form.cleaned_data), said):
        return redirect("learning:session", pk=pk)
    return asked(request, form, f"Change {one}", "Save", (reverse("learning:session", args=[pk]), str(one)))


@needs(P.ADD_LEARNING)
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    one = session_or_404(pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done(request, lambda: actions.call_off(by=request.user, session=one, **form.cleaned_data), "Called off; whoever booked reads why.")
        return redirect("learning:session", pk=pk)
    return asked(request, form, f"Call off {one}", "Call it off", (reverse("learning:session", args=[pk]), str(one)))


def _lines(request: HttpRequest, one: Programme) -> tuple[list[Any], list[Any], bool, dict[int, str]]:
    """(all lines, those asked for, whether it is over, names)."""
    schools = list(in_patch(request.user).filter(status="open"))
    every, over = take_up(the_door(), one, schools)
    show = request.GET.get("show", "")
    wanted = {"missed": lambda each: each.missed, "needed": lambda each: bool(each.reasons), "came": lambda each: bool(each.booked)}
    return every, [each for each in every if show not in wanted or wanted[show](each)], over, {each.pk: each.name for each in schools}


@needs(P.ADD_LEARNING)
@require_GET
def taken_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Who would have needed it, and who came."""
    one: Programme = one_of(Programme.objects.all(), pk)
    every, shown, over, names = _lines(request, one)
    told: dict[str, Any] = {"one": one, "rows": shown[:200], "many": len(shown), "over": over, "names": names, "titles": titles(the_door())}
    told |= {"answer": rules.take_up_sentence(every, over, one.title), "show": request.GET.get("show", ""), "shows": SHOWS}
    told |= {"export": bool(may(request.user, P.EXPORT)), "query": request.GET.urlencode()}
    return framed(request, the_door(), f"Take-up and need: {one.title}", body("take_up.html", "learning", **told))


@needs(P.ADD_LEARNING, recently=True)
@require_GET
@exported
def take_up_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    one: Programme = one_of(Programme.objects.all(), int(pk))
    if not may(request.user, P.EXPORT):
        raise Http404
    _, shown, _, names = _lines(request, one)
    table: list[list[Cell]] = [["URN", "School", "Why it would need it", "Places", "Came", "Waiting", "Needed it and nobody came"]]
    for each in shown:
        missed = "yes" if each.missed else "no"
        table.append([each.urn, names[each.urn], " ".join(each.reasons), each.booked, each.came, each.waiting, missed])
    return sent(table, form, f"take-up-{one.title.lower()}")


@needs(P.SEE_LEARNING, recently=True)
@require_GET
@exported
def sessions_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as seen: sessions with how many booked and came; nobody's name."""
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    table: list[list[Cell]] = [
        [
            "Programme", "Session", "Area", "For whom", "Day", "Begins", "Where", "Places", "Booked", "Waiting", "Price of a place",
            "Where it stands",
        ]
    ]  # fmt: skip
    for one in narrowed(request)[0]:
        words = [titles(door).get(one.programme.area, one.programme.area), ", ".join(one.programme.levels), str(one.day)]
        counts: list[Cell] = [one.places, one.booked, one.waiting, float(one.programme.price)]
        table.append([one.programme.title, one.title, *words, str(one.begins or ""), one.place, *counts, stands(one)])
    return sent(table, form, "sessions")
