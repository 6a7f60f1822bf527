"""A person's list of what happened, and how often they want mail of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.permissions import Permission
from headway.desk.alerts import actions, letters, queries
from headway.desk.alerts.forms import ChoiceForm
from headway.desk.alerts.queries import Alert
from headway.desk.alerts.rules import HowOften
from headway.desk.framing.doing import form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.visits.rules import count_words
from headway.vocabulary import clock

P = Permission
SHOWS = {"": "Everything", "waits": "What waits for me", "unread": "Unread"}
SHOWN = 200
MANY, FEW = 6, 3  # of one kind: so many are folded to so few
LAST = 3  # messages of a rehearsal that are shown whole


@needs(P.OWN_ACCOUNT)
@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    door, today = the_door(), clock.today()
    found = queries.alerts_of(door, request.user, today)
    show = request.GET.get("show", "")
    fits = {"waits": lambda one: one.thing.waits, "unread": lambda one: not one.read}.get(show, lambda one: True)
    rows = [one for one in found if fits(one)]
    told: dict[str, Any] = {
        "groups": _grouped(rows[:SHOWN]),
        "shown": min(SHOWN, len(rows)),
        "total": len(rows),
        "show": show if show in SHOWS else "",
        "shows": SHOWS,
        "today": today,
    }
    told |= {"waits": sum(one.thing.waits for one in found), "unread": sum(not one.read for one in found), "count": count_words}
    told |= {"how": queries.how_often(request.user), "csrf": get_token(request), "any": bool(found)}
    return framed(request, door, "Alerts", body("alerts.html", "alerts", **told))


def _grouped(rows: list[Alert]) -> list[tuple[str, list[Alert], list[Alert]]]:
    """By kind, in the order in which they come: (heading, those shown, those folded away where there are many)."""
    kinds: dict[str, list[Alert]] = {}
    for one in rows:
        kinds.setdefault(one.thing.kind.title, []).append(one)
    return [(title, of if len(of) <= MANY else of[:FEW], [] if len(of) <= MANY else of[FEW:]) for title, of in kinds.items()]


@needs(P.OWN_ACCOUNT)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one as read or as unread, or all that are there."""
    found = {one.id: one for one in queries.alerts_of(the_door(), request.user, clock.today())}
    wanted = [key for key in (list(found) if request.POST.get("all") == "yes" else [request.POST.get("id", "")]) if key in found]
    actions.read(by=request.user, keys=wanted, unread=request.POST.get("unread") == "yes")
    show = request.POST.get("show", "")
    return redirect(f"{reverse('alerts:alerts')}{f'?show={show}' if show in SHOWS and show else ''}")


@needs(P.OWN_ACCOUNT)
@require_GET
def opened(request: HttpRequest, key: str) -> HttpResponse:
    """Go to a thing; it is read from then on."""
    found = {one.id: one for one in queries.alerts_of(the_door(), request.user, clock.today())}
    one = found.get(key)
    if one is None:
        raise Http404
    actions.read(by=request.user, keys=[one.id])
    return redirect(one.thing.href)


@needs(P.OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """How often; what each rhythm would have brought in the last year stands beside it before anybody switches it on."""
    now, door, today = queries.how_often(request.user), the_door(), clock.today()
    form = ChoiceForm(request.POST or None, initial={"how_often": now.value})
    if form.is_valid():
        actions.choose(by=request.user.label, user=request.user, how=HowOften(form.cleaned_data["how_often"]))
        messages.success(request, f"Kept: {HowOften(form.cleaned_data['how_often']).words}.")
        return redirect("alerts:alerts")
    asked = request.GET.get("show", now.value)
    shown = HowOften(asked) if asked in set(HowOften) else now
    year = {how: queries.rehearsal(door, request.user, how, today) for how in HowOften if how is not HowOften.OFF}
    told = {"year": [(how, len(those), sum(len(one.things) for one in those)) for how, those in year.items()], "shown": shown}
    told |= {"last": [(one.day, letters.subject(one.things), letters.text(request.user, one.things, shown)) for one in
                      year.get(shown, [])[:LAST]], "now": now}  # fmt: skip
    return form_on("alerts/choose.html", request, form, "How often you get mail", "Save", **told)


@csrf_exempt  # a mail program that ends somebody's mail at their word has no token of a form; the signed address is the proof
@public
@require_http_methods(["GET", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail, without signing in. Nothing else can be done or read here."""
    user = letters.user_of(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        actions.choose(by=user.label, user=user, how=HowOften.OFF)
    return framed(request, the_door(), "No more mail", body("off.html", "alerts", done=request.method == "POST"))
