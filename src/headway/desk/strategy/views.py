"""The pages that show strategies. What was decided is everybody's: who may read what is asked of queries, row by row."""

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.strategy import keeping, pages, queries, rules
from headway.desk.strategy.attendance_results import attends
from headway.desk.strategy.models import Action, Strategy
from headway.desk.strategy.versions import name_of, words_of
from headway.language.ambitions import MEANINGS
from headway.language.promises import tally_sentence
from headway.vocabulary import clock


def found_for(request: HttpRequest, pk: int | str) -> Strategy:
    """A strategy that this person may read. Raises Http404."""
    one = queries.find(request.user, int(pk))
    if one is None:
        raise Http404
    return one


@public
@require_GET
def strategies(request: HttpRequest) -> HttpResponse:
    door, today = the_door(), clock.today()
    listed = [(one, rules.State(one.state), pages.said(pages.doing(one, today))) for one in queries.visible_to(request.user)]
    content = body("strategies.html", "strategy", listed=listed, writes=queries.writes(request.user))
    return framed(request, door, "Strategy", content)


@public
@require_GET
def strategy(request: HttpRequest, pk: int) -> HttpResponse:
    door, one, today = the_door(), found_for(request, pk), clock.today()
    listed, kept = pages.doing(one, today), keeping.promises(door, one)
    content = body(
        "strategy.html",
        "strategy",
        **pages.framework(one, request.user),
        strands=queries.tree(one),
        listed={each.action.pk: each for each in listed},
        said=pages.said(listed),
        kept=kept,
        meanings=MEANINGS,
        attends=attends(one, kept) and bool(may(request.user, Permission.VIEW_AREA)),
        export=bool(may(request.user, Permission.EXPORT)),
        promised=tally_sentence([each.answer for each in kept]),
        partners=one.partners.filter(withdrawn=None),
        risks=one.risks.filter(withdrawn=None),
        steps=one.steps.all(),
        colours=pages.COLOURS,
        words=rules,
    )
    return framed(request, door, one.title, content)


@public
@require_GET
def action(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    door, one = the_door(), found_for(request, pk)
    each = action_of(one, action)
    titles = {promise.ambition: promise.title for promise in queries.promises(one)}
    updates = list(each.updates.all())
    people = names_of({update.by for update in updates})
    content = body(
        "action.html",
        "strategy",
        **pages.framework(one, request.user),
        action=each,
        priority=each.priority,
        late=rules.is_overdue(each.due, queries.standing_of(each), clock.today()),
        milestones=each.milestones.filter(withdrawn=None),
        updates=[(update, rules.Standing(update.standing), people.get(update.by, "")) for update in updates],
        serves=[(ambition, titles[ambition]) for ambition in each.serves if ambition in titles],
        tells=queries.tells(request.user, each),
        colours=pages.COLOURS,
        today=clock.today(),
        csrf=format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)),
    )
    return framed(request, door, each.title, content)


def action_of(one: Strategy, pk: int) -> Action:
    """An action of a strategy that was not withdrawn. Raises Http404."""
    each = queries.piece(one, "action", pk)
    if not isinstance(each, Action):
        raise Http404
    return each


@public
@require_GET
def doing(request: HttpRequest, pk: int) -> HttpResponse:
    """What is being done, by owner or partner, what is late, and the milestones ahead."""
    door, one, today = the_door(), found_for(request, pk), clock.today()
    listed = pages.doing(one, today)
    given = asked(request)
    shown = pages.narrowed(listed, **given)
    content = body(
        "doing.html",
        "strategy",
        **pages.framework(one, request.user),
        listed=shown,
        said=pages.said(shown),
        given=given,
        owners=sorted({each.action.owner for each in listed}),
        partners=sorted({each.action.partner.title for each in listed if each.action.partner}),
        milestones=pages.to_come(shown, today),
        colours=pages.COLOURS,
        query=request.GET.urlencode(),
        export=bool(may(request.user, Permission.EXPORT)),
    )
    return framed(request, door, f"What we are doing: {one}", content)


def asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("owner", "partner", "show", "ambition")}


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def doing_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """The actions of the page as seen."""
    one = found_for(request, pk)
    table: list[list[Cell]] = [
        ["Strand", "Priority", "Action", "Who answers for it", "Partner", "Begins", "Finished by", "How it is going", "As on", "In words"]
    ]
    for each in pages.narrowed(pages.doing(one, clock.today()), **asked(request)):
        update, partner = each.update, each.action.partner
        going: list[Cell] = [
            each.standing.label if each.standing else "no word yet",
            str(update.on) if update else "",
            update.words if update else "",
        ]
        own: list[Cell] = [each.action.owner, partner.title if partner else "", str(each.action.starts), str(each.action.due)]
        table.append([each.strand.title, each.priority.title, each.action.title, *own, *going])
    return sent(table, form, f"actions-{one.title.lower()}")


@public
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, and what is different between two of them, with the reasons given."""
    door, one = the_door(), found_for(request, pk)
    listed = queries.versions_for(one, request.user)
    content = body("versions.html", "strategy", **pages.framework(one, request.user), listed=listed, name_of=name_of, words_of=words_of,
                   names=names_of({each.by for each in listed}) if request.user.is_authenticated else {},
                   **pages.compared(listed, request.GET.get("from", ""), request.GET.get("to", "")))  # fmt: skip
    return framed(request, door, f"Versions: {one}", content)
