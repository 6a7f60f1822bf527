"""The public pages, from what is stored; where people propose, look at and approve them; a paper’s claims checked before it goes out."""

import difflib
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.permissions import Permission
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, nothing_yet, the_door
from headway.desk.publication import actions, building, files, queries, stored
from headway.desk.publication.forms import PaperForm, ReasonForm
from headway.desk.publication.models import Release
from headway.desk.publication.rules import State
from headway.language import paper_claims as words
from headway.readings.door import Door, measure_facts
from headway.readings.ranking.paper_claims import Found, check
from headway.vocabulary import clock

P = Permission
MOST_LINES = 400


@public
@require_safe
def area(request: HttpRequest, path: str) -> HttpResponseBase:
    """The same answer as the server gives before it asks this site at all; for where the site is asked alone."""
    told = stored.answer(settings.HEADWAY.home, path, request.headers.get("Accept-Encoding", ""), request.headers.get("If-None-Match", ""))
    status, headers, content = told
    answer = HttpResponse(content, status=int(status.split()[0])) if isinstance(content, bytes) else FileResponse(content.open("rb"))
    for name, value in headers:
        answer[name] = value
    return answer


@needs(P.APPROVE_PUBLICATION)
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    told = {"live": queries.live(), "draft": queries.draft(), "listed": queries.listed(), "csrf": get_token(request)}
    return framed(request, the_door(), "Public pages", body("releases.html", "publication", **told))


@needs(P.APPROVE_PUBLICATION)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Make the pages from what is known now, and attack them together with everything that was ever public."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    files, made = building.files_of(door, clock.today())
    release_ = actions.propose(
        by=request.user.label,
        home=settings.HEADWAY.home,
        files=files,
        facts=made.facts,
        snapshot=door.facts.id,
        library=door.library.digest,
        ways=made.ways,
    )
    return redirect("publication:release", pk=release_.pk)


def _found(pk: int) -> Release:
    one = queries.find(pk)
    if one is None:
        raise Http404
    return one


@needs(P.APPROVE_PUBLICATION)
@require_GET
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change for the public, line by line, and what the attack found."""
    one = _found(pk)
    changes = queries.diff_of(one)
    told = {
        "one": one,
        "diff": changes,
        "attack": queries.attack_of(one),
        "lines": {path: _lines(one, path) for path in changes.changed if path.endswith((".html", ".csv"))},
    }
    told |= {"csrf": get_token(request), "State": State, "paths": sorted(one.files), "people_s": files.among(one.files)}
    return framed(request, the_door(), f"Release {pk} of the public pages", body("release.html", "publication", **told))


def _lines(one: Release, path: str) -> list[str]:
    """The words that went and came in a page, without its marks."""
    now = queries.live()
    before = stored.content(settings.HEADWAY.home, now.folder, path) if now else b""
    after = stored.content(settings.HEADWAY.home, one.folder, path)
    texts = [_words((content or b"").decode()) for content in (before, after)]
    found = difflib.unified_diff(*texts, lineterm="", n=0)
    return [line for line in found if line[:1] in "+-" and line[:3] not in ("+++", "---")][:MOST_LINES]


def _words(html: str) -> list[str]:
    import re

    plain = re.sub(r"<[^>]+>", "\n", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    return [line.strip() for line in plain.splitlines() if line.strip()]


@needs(P.APPROVE_PUBLICATION)
@require_GET
def see(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """A page of a release before it is public."""
    content = stored.content(settings.HEADWAY.home, _found(pk).folder, path)
    if content is None:
        raise Http404
    kind = stored.KINDS.get("." + path.rpartition(".")[2], "text/plain")
    saved = {} if kind.startswith("text/html") else {"Content-Disposition": f'attachment; filename="{path}"'}
    return HttpResponse(content, content_type=kind, headers=saved)


def _decision(request: HttpRequest, pk: int, title: str, button: str, act: Any, said: str, must: bool = True) -> HttpResponse:
    one, form = _found(pk), ReasonForm(request.POST or None, must=must)
    if form.is_valid() and done(request, lambda: act(one, form.cleaned_data["reason"]), said):
        return redirect("publication:release", pk=pk)
    told = {"form": form, "title": title, "button": button, "one": one}
    return render(request, "publication/form.html", told, status=422 if form.is_bound else 200)


@needs(P.APPROVE_PUBLICATION, recently=True)
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    def act(one: Release, reason: str) -> None:
        actions.approve(by=request.user.label, home=settings.HEADWAY.home, release=one, reason=reason)

    return _decision(request, pk, "Make these pages public", "Make them public", act, "The pages are public.", must=False)


@needs(P.APPROVE_PUBLICATION)
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    by = request.user.label
    return _decision(
        request, pk, "Refuse these pages", "Refuse them", lambda one, reason: actions.refuse(by=by, release=one, reason=reason), "Refused."
    )


@needs(P.APPROVE_PUBLICATION)
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    def act(one: Release, reason: str) -> None:
        actions.take_down(by=request.user.label, home=settings.HEADWAY.home, release=one, reason=reason)

    return _decision(request, pk, "Take the public pages down", "Take them down", act, "The pages are down.")


@needs(P.VIEW_AREA)
@require_http_methods(["GET", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    """Can we say this? Every claim of a pasted text, with its mark and what that rests on. Nothing of it is kept."""
    door, form = the_door(), PaperForm(request.POST or None)
    if door.facts is None:
        return nothing_yet(request, door)
    found = check(door, form.cleaned_data["text"], area_of(door)[0]) if form.is_valid() else ()
    rows = [(one, words.evidence(one, _facts(door, one)), _trails(one)) for one in found]
    told = {
        "form": form,
        "rows": rows,
        "said": words.summary(found) if form.is_valid() else "",
        "marks": words.MARKS,
        "area": area_of(door)[1],
    }
    return render(request, "publication/claims.html", told, status=422 if form.is_bound and not form.is_valid() else 200)


def _facts(door: Door, one: Found) -> Any:
    measure = one.figure.measure if one.figure else ""
    return measure_facts(door.measure(measure)) if measure else None


def _trails(one: Found) -> list[str]:
    readings = (one.figure.first, one.figure.last) if one.figure else ()
    return [words.trail(each) for each in readings if each is not None]
