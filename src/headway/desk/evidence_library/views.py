"""The pages of the evidence library: what there is, one practice, what schools like yours did that improved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.evidence_library import actions, queries, rules, showing
from headway.desk.evidence_library.forms import (
    AdoptForm,
    NewForm,
    PublishForm,
    ReviewForm,
    RewriteForm,
    SourceForm,
    WhyForm,
    publishing,
)  # fmt: skip
from headway.desk.evidence_library.models import Adoption, Practice, Source, State
from headway.desk.framing.doing import done, form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, or_404, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.practices import CAUTION
from headway.vocabulary import clock

P = Permission
FORMS = {"reviewed": ReviewForm, "published": PublishForm, "returned": WhyForm, "withdrawn": WhyForm, "proposed": ReviewForm}
ACTS = {
    "reviewed": "I have reviewed it", "published": "Publish it", "returned": "Give it back", "withdrawn": "Withdraw it",
    "proposed": "Propose it again",
}  # fmt: skip


def titles() -> dict[str, str]:
    return {name: area.title for name, area in the_door().library.support_areas.items()}


def practice_or_404(request: HttpRequest, pk: int) -> Practice:
    one: Practice | None = queries.practices_for(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def asked(request: HttpRequest, form: Any, title: str, button: str, practice: Practice | None = None, note: str = "") -> HttpResponse:
    return form_on("evidence_library/form.html", request, form, title, button, practice=practice, note=note)


def narrowed(request: HttpRequest) -> tuple[list[showing.Shown], dict[str, str]]:
    """The practices that fit: every word of a text, area, phase, how strong the evidence is, where it stands; the strongest first."""
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("text", "area", "phase", "level", "state")}
    found = queries.searched(queries.practices_for(request.user), given["text"])
    found = found.filter(state=given["state"] if given["state"] in State.values else State.PUBLISHED)
    door = the_door()
    fitting = [one for one in found if given["area"] in ("", *one.areas) and given["phase"] in ("", *one.phases)]
    made = [showing.shown(door, one) for one in fitting]
    made = [one for one in made if given["level"] in ("", one.level)]
    return sorted(made, key=lambda one: (-rules.LEVELS.index(one.level), one.practice.title)), given


@needs(P.SEE_LEARNING)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    user, day = request.user, clock.today()
    rows, given = narrowed(request)
    waiting = queries.practices_for(user).filter(state__in=(State.PROPOSED, State.REVIEWED, State.RETURNED))
    told: dict[str, Any] = {"rows": rows, "given": given, "titles": titles(), "levels": rules.WORDS, "states": State.choices, "today": day}
    told |= {"waiting": list(waiting), "due": list(queries.due(day)) if queries.team(user) else [], "team": queries.team(user)}
    told |= {"proposes": queries.team(user) or bool(may(user, P.BOOK_LEARNING)), "query": request.GET.urlencode()}
    told |= {"export": bool(may(user, P.EXPORT)), "own": queries.own_schools(user)}
    return framed(request, the_door(), "Evidence library", body("home.html", "evidence_library", **told))


@needs(P.SEE_LEARNING, recently=True)
@require_GET
@exported
def library_file(request: HttpRequest, form: str) -> HttpResponse:
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [
        ["Practice", "Areas", "Phases", "Evidence", "Results here", "Sources", "Pounds a year", "Where it stands", "Looked at again by"]
    ]  # fmt: skip
    for one in narrowed(request)[0]:
        practice = one.practice
        sources = "; ".join(f"{each.title} ({each.strength}): {each.href}" for each in practice.sources.all() if not each.struck)
        head: list[Cell] = [practice.title, ", ".join(practice.areas), ", ".join(practice.phases), one.words, one.of_results, sources]
        table.append([*head, practice.pounds, practice.get_state_display(), str(practice.review_by or "")])
    return sent(table, form, "evidence-library")


@needs(P.SEE_LEARNING)
@require_GET
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, door = practice_or_404(request, pk), request.user, the_door()
    team, leads, own = queries.team(user), queries.leads(user), one.proposer_id == user.pk
    moves = [(to, ACTS[to]) for to in rules.MOVES[one.state] if rules.may_move(one.state, to, team=team, leads=leads, own=own)]
    wordings, told_moves = list(one.wordings.all()), list(one.moves.all())
    told: dict[str, Any] = {"one": one, "shown": showing.shown(door, one), "titles": titles(), "wording": wordings[-1]}
    told |= {"versions": wordings[:-1], "history": told_moves, "names": names_of({each.by for each in (*wordings, *told_moves)})}
    told |= {"moves": moves, "writes": team or (own and one.state != State.PUBLISHED), "team": team, "csrf": get_token(request)}
    told |= {"late": rules.standing_words(one.state, one.review_by, clock.today()), "caution": CAUTION, "sources": list(one.sources.all())}
    told |= {"schools": {school.pk for school in queries.own_schools(user)}, "kinds": one.get_kind_display()}
    told["measure"] = door.library.measures[one.measure].title if one.measure in door.library.measures else ""
    return framed(request, door, one.title, body("practice.html", "evidence_library", **told))


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Anybody of a school or of the team proposes; somebody else reviews."""
    user = request.user
    if not (queries.team(user) or may(user, P.BOOK_LEARNING)):
        raise PermissionDenied(may(user, P.BOOK_LEARNING).reason)
    form = NewForm(request.POST or None, library=the_door().library, schools=_schools(request))
    if form.is_valid():
        made = actions.propose(by=user, **form.cleaned_data)
        messages.success(request, "Proposed. Somebody else of the team reviews it before it is published.")
        return redirect("evidence_library:practice", pk=made.pk)
    return asked(request, form, "Propose a practice", "Propose it")


def _schools(request: HttpRequest) -> list[Establishment]:
    everybody = queries.team(request.user)
    return list(Establishment.objects.filter(listed=True, status="open")) if everybody else queries.own_schools(request.user)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    one, user = practice_or_404(request, pk), request.user
    if not (queries.team(user) or (one.proposer_id == user.pk and one.state != State.PUBLISHED)):
        raise Http404
    newest = queries.wording_of(one)
    start = {name: getattr(one, name) for name in ("title", "kind", "areas", "phases", "measure", "pounds")}
    start |= {name: getattr(newest, name, "") for name in queries.TEXTS} | {"began_from": newest.pk if newest else 0}
    form = RewriteForm(request.POST or None, initial=start, library=the_door().library)
    if form.is_valid() and tried(
        request, form, lambda: actions.rewrite(by=user, practice=one, **form.cleaned_data), "Saved; the wording before is kept."
    ):
        return redirect("evidence_library:practice", pk=pk)
    return asked(request, form, f"Rewrite: {one.title}", "Save", one)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    one, user = practice_or_404(request, pk), request.user
    if not rules.may_move(one.state, to, team=queries.team(user), leads=queries.leads(user), own=one.proposer_id == user.pk):
        raise Http404
    form = FORMS[to](request.POST or None, initial=publishing())
    if form.is_valid() and tried(
        request, form, lambda: actions.move(by=user, practice=one, to=to, **form.cleaned_data), "Done; it stands in the history."
    ):
        return redirect(
            "evidence_library:home" if to == State.WITHDRAWN else "evidence_library:practice", **({} if to == "withdrawn" else {"pk": pk})
        )
    return asked(request, form, f"{ACTS[to]}: {one.title}", ACTS[to], one)


@needs(P.ADD_LEARNING)
@require_http_methods(["GET", "POST"])
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    one = practice_or_404(request, pk)
    form = SourceForm(request.POST or None, initial={"seen": clock.today()})
    if form.is_valid():
        actions.cite(by=request.user, practice=one, **form.cleaned_data)
        messages.success(request, "The source stands beside the practice.")
        return redirect("evidence_library:practice", pk=pk)
    return asked(request, form, f"A source for {one.title}", "Add it", one)


@needs(P.ADD_LEARNING)
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    found: Source | None = Source.objects.select_related("practice").filter(pk=pk, struck="").first()
    if found is None:
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.strike(by=request.user, source=found, because=form.cleaned_data["because"][:300])
        messages.success(request, "It no longer counts; it stays to be read.")
        return redirect("evidence_library:practice", pk=found.practice_id)
    return asked(request, form, f"Strike out: {found.title}", "Strike it out", found.practice)


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """A head writes down that the school does it, since when."""
    one, schools = practice_or_404(request, pk), queries.own_schools(request.user)
    if one.state != State.PUBLISHED or not schools:
        raise Http404
    form = AdoptForm(request.POST or None, schools=schools)
    if form.is_valid() and tried(
        request,
        form,
        lambda: actions.adopt(by=request.user, practice=one, **form.cleaned_data),
        "Written down. What becomes of it is worked out.",
    ):
        return redirect("evidence_library:practice", pk=pk)
    return asked(request, form, f"We do this: {one.title}", "Write it down", one)


@needs(P.ANSWER_FOR_SCHOOL)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    one: Adoption | None = Adoption.objects.filter(pk=pk, until=None).first()
    if one is None or not may(request.user, P.ANSWER_FOR_SCHOOL, one.school_id):
        raise Http404
    done(request, lambda: actions.stop(by=request.user, adoption=one), "Written down that it is done no longer.")
    return redirect("evidence_library:practice", pk=one.practice_id)


@needs(P.SEE_LEARNING)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """Schools like this one that improved, and what they did, with the caution that belongs there."""
    school, door = known_or_404(urn), the_door()
    about = [area for area in door.library.support_areas.values() if school.phase in area.phases]
    measures = dict.fromkeys(one.measure for area in about for one in area.measures)
    offered = [(one, door.library.measures[one].title) for one in measures if door.library.measures[one].better != "neither"]
    asked_for = [request.GET["on"]] if request.GET.get("on") else [one for one, _ in offered]
    if door.facts is None or not asked_for or asked_for[0] not in dict(offered):
        raise Http404
    chosen, found = or_404(lambda: showing.first_told(door, urn, school.name, asked_for))
    told = {"school": school, "offered": offered, "chosen": chosen, "found": found, "caution": CAUTION}
    return framed(request, door, f"Schools like {school.name} that improved", body("of_school.html", "evidence_library", **told))
