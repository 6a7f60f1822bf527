"""The pages of promises: one in full, all of them for the board, and tables of them to take away."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.strategy import ahead, keeping, pages, queries, rules
from headway.desk.strategy.models import Promise, Strategy
from headway.desk.strategy.take_table import take_table
from headway.desk.strategy.views import found_for
from headway.language.ambitions import HOW_KNOWN, age_words, bridge_words, heading, margin_words, promise_words, verdict_words
from headway.language.promises import chance_sentence, chance_words, changed_words, changes_sentence, tally, tally_sentence
from headway.readings.ambitions.answers import Answer
from headway.readings.door import Door
from headway.vocabulary import clock

MOST_SCHOOLS = 20  # on the page
USUAL_GAP = timedelta(days=91)  # between two meetings, where nobody says when the last was


def promise_of(one: Strategy, ambition: str) -> tuple[int, Promise]:
    """A promise in force and its place among them. Raises Http404."""
    for number, each in enumerate(queries.promises(one), 1):
        if each.ambition == ambition:
            return number, each
    raise Http404


@public
@require_GET
def promise(request: HttpRequest, pk: int, ambition: str) -> HttpResponse:
    door, one = the_door(), found_for(request, pk)
    if door.facts is None:
        return nothing_yet(request, door)
    number, each = promise_of(one, ambition)
    kept = keeping.kept(door, one, each, number)
    doing = pages.narrowed(pages.doing(one, clock.today()), ambition=ambition)
    content = body(
        "promise.html",
        "strategy",
        **pages.framework(one, request.user),
        kept=kept,
        many=len(queries.promises(one)),
        parts=[shown(part, kept, f"part-{place}") for place, part in enumerate(kept.answer.parts or (kept.answer,))],
        chance=chance_sentence(kept.answer),
        doing=doing,
        said=pages.said(doing),
        versions=one.promises.filter(ambition=ambition).order_by("-number"),
        history=[(judged, heading(judged.answer), keeping.STYLES[judged.answer.verdict], verdict_words(judged.answer),
                  chance_words(judged.answer)) for judged in kept.history],
        colours=pages.COLOURS,
        how_known=HOW_KNOWN,
        note=" ".join(keeping.definition(each.ambition, each.definition).note.split()),
        **_take(request, door, one, kept),
    )  # fmt: skip
    return framed(request, door, each.title, content)


def shown(answer: Answer, kept: keeping.Kept, key: str) -> dict[str, Any]:
    """One part of a promise (or the whole of one without parts): its picture, its readings, and how it was worked out."""
    point, history = answer.latest, () if kept.answer.parts else kept.history
    return {
        "answer": answer, "heading": heading(answer), "style": keeping.STYLES[answer.verdict], "words": verdict_words(answer),
        "chart": keeping.charted(answer, history, key), "checked": promise_words(answer), "age": age_words(answer),
        "margin": margin_words(answer, point) if point else "", "bridges": bridge_words(answer.asks),
    }  # fmt: skip


def _take(request: HttpRequest, door: Door, one: Strategy, kept: keeping.Kept) -> dict[str, Any]:
    """What it would take: its counts for everybody, its schools by name for those whose role covers the area."""
    named = queries.reader(request.user) >= rules.Reader.AREA
    promises = keeping.promises(door, one) if named else []
    others = {
        urn: [each.promise.title for each in carrying if each.number != kept.number]
        for urn, carrying in ahead.carried(door, promises).items()
    }
    mine = viewer_of(request).urns
    typed = _moves(request) if named else {}
    return {
        "ahead": ahead.ahead(door, kept, typed),
        "typed": bool(typed),
        "tried": f"?{request.GET.urlencode()}" if typed else "",
        "export": bool(may(request.user, Permission.EXPORT)),
        "named": named,
        "others": others,
        "mine": mine,
        "care": ahead.CARE,
        "most": MOST_SCHOOLS,
    }


def _moves(request: HttpRequest) -> dict[int, float]:
    """`?move-URN=POINTS`, as the form of "what if" sends them; what is no number of points up to 100 is left out."""
    found: dict[int, float] = {}
    for name, text in request.GET.items():
        urn = name.removeprefix("move-")
        if name != urn and re.fullmatch(r"[0-9]{6}", urn) and re.fullmatch(r"[-−+]?[0-9]{1,3}(\.[0-9]{1,3})?", text.strip()):
            found[int(urn)] = max(-100.0, min(100.0, float(text.strip().replace("−", "-"))))
    return {urn: points for urn, points in found.items() if points}


@needs(Permission.VIEW_STRATEGY)
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """For a board: each promise, what became of it since the last meeting (`?since=` its day), and what needs a decision."""
    door, one, today = the_door(), found_for(request, pk), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    since = _day(request.GET.get("since", ""), today)
    kept = keeping.promises(door, one)
    then = keeping.answers_on(door, one, since)
    doing = pages.doing(one, today)
    content = body(
        "board.html",
        "strategy",
        **pages.framework(one, request.user),
        rows=[(each, changed_words(then[each.promise.ambition], each.answer, since) if each.promise.ambition in then else "made since then",
               chance_words(each.answer), [part.words for part in ahead.ahead(door, each) if part.words]) for each in kept],
        since=since,
        tally=tally([each.answer for each in kept]),
        said=tally_sentence([each.answer for each in kept]),
        changed=changes_sentence({each.promise.ambition: each.answer for each in kept}, then, since),
        doing=doing,
        doing_said=pages.said(doing),
        asks=[each for each in doing if each.standing is rules.Standing.RED],
        late=[each for each in doing if each.late],
        told=[each for each in doing if each.update and each.update.on > since],
        milestones=[each for each in pages.to_come(doing, today) if each.late],
        risks=one.risks.filter(withdrawn=None, effect=rules.Level.HIGH),
        steps=one.steps.filter(on__gt=since),
        versions=queries.changes_since(one, request.user, since),
        colours=pages.COLOURS,
        export=bool(may(request.user, Permission.EXPORT)),
    )  # fmt: skip
    return framed(request, door, f"For the board: {one}", content)


def _day(text: str, today: date) -> date:
    """The day asked for; else about a term ago. A day to come is today."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today - USUAL_GAP


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def promises_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """The promises as seen, one line each."""
    door, one = the_door(), found_for(request, pk)
    head: list[Cell] = ["Promise", "Verdict", "Since", "Due", "Who answers for it", "Baseline", "Newest figure", "Its year", "Distance"]
    table: list[list[Cell]] = [[*head, "Unit of the distance", "Chance in 100", "In words", "Version", "Definition"]]
    for each in keeping.promises(door, one):
        answer, since = each.answer, each.history[0].on if each.history else None
        base, latest = answer.baseline, answer.latest
        own: list[Cell] = [each.promise.title, each.heading, str(since or ""), str(answer.due or ""), each.promise.owner]
        figures: list[Cell] = [base.value if base else None, latest.value if latest else None, str(latest.year) if latest else ""]
        rest: list[Cell] = [
            answer.distance,
            answer.distance_unit,
            chance_words(answer),
            each.words,
            each.promise.number,
            each.promise.ambition,
        ]
        table.append([*own, *figures, *rest])
    return sent(table, form, f"promises-{one.title.lower()}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def promise_file(request: HttpRequest, pk: str, ambition: str, form: str) -> HttpResponse:
    """Every year of one promise as its table has it, part by part."""
    door, one = the_door(), found_for(request, pk)
    number, each = promise_of(one, ambition)
    kept = keeping.kept(door, one, each, number)
    table: list[list[Cell]] = []
    for part in kept.answer.parts or (kept.answer,):
        rows = keeping.charted(part, (), "file").table
        table += [["Part", *rows[0]]] if not table else []
        table += [[part.title, *row] for row in rows[1:]]
    return sent(table, form, f"promise-{ambition}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def promise_take_file(request: HttpRequest, pk: str, ambition: str, form: str) -> HttpResponse:
    """What a promise would take, school by school, every school of it; with the points that were tried on the page."""
    door, one = the_door(), found_for(request, pk)
    if queries.reader(request.user) < rules.Reader.AREA:
        raise PermissionDenied("The schools that a promise rests on are shown to people whose role covers the area.")
    number, each = promise_of(one, ambition)
    told = _take(request, door, one, keeping.kept(door, one, each, number))
    return sent(take_table(told["ahead"], told["others"], tried=told["typed"]), form, f"what-it-would-take-{ambition}")
