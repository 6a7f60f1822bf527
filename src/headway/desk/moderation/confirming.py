"""The end of a meeting: what has to be written for each school that enters a tier with a way out, and the decisions confirmed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.entitlements.counting import count
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.moderation import naming
from headway.desk.moderation.rows import Row
from headway.desk.moderation.views import meeting_or_404, rows_of, scheme_of
from headway.desk.tiers import actions
from headway.desk.tiers.advisers import advisers
from headway.desk.tiers.evidence import title_of, would_move
from headway.desk.tiers.models import Moderation
from headway.desk.tiers.rules import needs_way_out
from headway.language.ranks import in_words
from headway.vocabulary import clock

P = Permission


def waiting(request: HttpRequest, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.outcome is not None and not row.confirmed]


@needs(P.DECIDE_TIERS)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make decisions of what was settled. For Focus and Intensive the way out is written here, before anybody is rung."""
    one, door = meeting_or_404(request, pk), the_door()
    scheme = scheme_of(one)
    rows = waiting(request, rows_of(request, one))
    team = advisers()
    typed = {row.urn: _typed(request, row, scheme) for row in rows}
    lacking = {row.urn for row in rows if needs_way_out(scheme, row.tier) and not typed[row.urn]["way_out"].strip()}
    changed = {row.urn for row in rows if request.method == "POST" and request.POST.get(f"seen-{row.urn}") != str(row.number)}
    by_number = {str(user.pk): user for user in team}
    chosen: dict[int, User | None] = {urn: by_number.get(told["adviser"]) for urn, told in typed.items()}
    wrong = {urn: list(found.values()) for urn, told in typed.items() if (found := naming.faults(urn, chosen[urn], told["because"]))}
    wrong = wrong if request.method == "POST" else {}
    if request.method == "POST" and not lacking and not changed and not wrong:
        made = _confirmed(request, one, rows, typed, chosen)
        messages.success(request, f"{made} decided. Now the heads are rung; no letter goes before.")
        return redirect("tiers:waiting")
    told: dict[str, Any] = {
        "meeting": one,
        "rows": rows,
        "typed": typed,
        "wrong": wrong,
        "lacking": lacking if request.method == "POST" else set(),
    }
    told["changed"] = changed
    told |= {"advisers": team, "csrf": get_token(request), "titles": {row.tier: title_of(scheme, row.tier) for row in rows}}
    told |= {"needs": {row.urn for row in rows if needs_way_out(scheme, row.tier)}}
    return framed(
        request,
        door,
        f"Confirm: {one}",
        body("confirm.html", "moderation", **told),
        409 if changed else 422 if told["lacking"] or wrong else 200,
    )


@transaction.atomic
def _confirmed(
    request: HttpRequest, one: Moderation, rows: list[Row], typed: dict[int, dict[str, str]], chosen: dict[int, User | None]
) -> int:
    """Decisions, and the ledger with them, all or nothing: the desk-top analysis is had, where the tier gives one."""
    ways = {urn: told["way_out"].strip() for urn, told in typed.items()}
    made = actions.confirm(by=request.user, meeting=one, ways_out=ways, advisers=chosen, urns=list(ways))
    for row in rows:
        naming.keep(by=request.user, school=row.item.school, adviser=chosen[row.urn], because=typed[row.urn]["because"])
    day = min(one.day, clock.today())
    for item in one.items.filter(school_id__in=list(ways)).exclude(decision=None).select_related("school"):
        count(by=request.user, door=the_door(), school=item.school, item="desktop", day=day, once=f"desktop-{item.pk}")
    return made


def _typed(request: HttpRequest, row: Row, scheme: Any) -> dict[str, str]:
    """What stands in the fields of one school: what was typed, else a first draft from what the proposal rests on."""
    if request.method == "POST":
        return {name: request.POST.get(f"{name}-{row.urn}", "")[:4_000] for name in ("way_out", "adviser", "because")}
    moved = would_move(row.shown, scheme)
    leaving = scheme.tiers[row.tier].leaving if row.tier in scheme.tiers else None
    many = leaving.green_reviews if leaving else 0
    greens = f"{in_words(many).capitalize()} green reviews in a row" if many > 1 else "A green review"
    apart = f", at least {leaving.school_weeks_apart} school weeks apart" if leaving and leaving.school_weeks_apart else ""
    until = f" These no longer hold: {'; '.join(moved)}." if moved else ""
    user = naming.offered(row.urn)
    return {"way_out": f"{greens}{apart}.{until}" if leaving else "", "adviser": str(user.pk) if user else "", "because": ""}


@needs(P.DECIDE_TIERS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is settled in the meeting."""
    one = meeting_or_404(request, pk)
    if waiting(request, rows_of(request, one)):
        messages.error(request, "Some outcomes are not confirmed yet. Confirm them, or leave them open, and close then.")
        return redirect("moderation:confirm", pk=pk)
    actions.close(by=request.user, meeting=one)
    messages.success(request, "The meeting is closed. Schools left open go before another.")
    return redirect("moderation:meetings")
