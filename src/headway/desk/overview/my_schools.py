"""The home of whoever answers for an area's schools: what needs them today, what is overdue, every school in one table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from markupsafe import Markup

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.entitlements import pages as ledger
from headway.desk.entitlements import queries as entitlements
from headway.desk.framing.drawing import body
from headway.desk.framing.keeping import for_patch, until_written
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.overview.needs import Need, needed
from headway.desk.overview.standing import QUIET_WEEKS, SHOWS, Area, Standing, facts_of, heaviest_first, narrowed, standing
from headway.desk.visits.rules import count_words
from headway.readings.calendar import term_of
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission
PAGE = 50
FILTERS = ("text", "tier", "phase", "run", "trust", "locality", "adviser", "show", "sort", "down")
SHOWN = {
    "overdue": "Something is overdue", "quiet": f"No contact for {QUIET_WEEKS} school weeks", "nobody": "Nobody is named",
    "moves": "Proposed for more or less support", "unanswered": "Flagged, and nobody has acted",
}  # fmt: skip
HEAD = ("School", "Phase", "Maintained or academy", "Trust", "Tier now", "Tier since", "Proposed", "Proposed on", "Why", "Last inspection",
        "Inspected on", "Head since", "Adviser", "Last contact", "Contact", "Next due", "What is next", "Lines overdue",
        "Adviser days given", "Adviser days owed")  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """What the page says of the schools of a patch before it is narrowed: the same for whoever works with those schools."""

    rows: tuple[Standing, ...]
    counted: dict[str, int]
    overdue: int
    owed: float  # adviser days
    unnamed: tuple[str, ...]  # schools that nobody is named for
    answer: str
    choices: dict[str, list[str]]


def scope_of(door: Door, user: User, today: date) -> Scope:
    area = standing(door, today)
    kept: Scope = for_patch(door, user, today, "scope of my schools", lambda: _scope(mine(area, user)), of=area)
    return kept


def _scope(rows: list[Standing]) -> Scope:
    counted = {name: sum(map(test, rows)) for name, test in SHOWS.items()}
    overdue = sum(row.ledger.overdue for row in rows)
    choices = {"tiers": heaviest_first(rows)} | {f"{name}s": facts_of(rows, name) for name in ("phase", "run", "trust")}
    choices["localities"] = facts_of(rows, "locality")
    unnamed, owed = tuple(row.name for row in rows if row.adviser_pk is None), sum(row.ledger.days_owed for row in rows)
    return Scope(tuple(rows), counted, overdue, owed, unnamed, answer(rows, overdue, counted["overdue"]), choices)


def mine(area: Area, user: User) -> list[Standing]:
    patch = patch_of(user)
    return list(area.rows) if patch is None else [row for row in area.rows if row.urn in patch]


def asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:120] for name in FILTERS}


def today_words(found: list[Need]) -> str:
    """“Six things need you today, two of them overdue.” First of all, whatever else stands on the page."""
    many, late = len(found), sum(one.late for one in found)
    if not many:
        return "Nothing needs you today."
    overdue = f", {count_words(late) if late < many else 'all'} of them overdue" if late and many > 1 else ", overdue" if late else ""
    return f"{count_words(many).capitalize()} {'thing needs' if many == 1 else 'things need'} you today{overdue}."


def answer(rows: list[Standing], overdue: int, at: int) -> str:
    """“17 of 450 schools have one of the two heaviest tiers of support. Nine things are overdue, at six schools.”"""
    heavy = [row for row in rows if row.heavy >= 3]
    have = "has" if len(heavy) == 1 else "have"
    said = [f"{len(heavy):,} of {len(rows):,} schools {have} one of the two heaviest tiers of support."]
    things = "thing is" if overdue == 1 else "things are"
    late = f"{count_words(overdue).capitalize()} {things} overdue, at {count_words(at)} {'school' if at == 1 else 'schools'}."
    said.append(late if overdue else "Nothing is overdue.")
    return " ".join(said)


@needs(P.WRITE_SUPPORT)
@require_GET
def my_schools(request: HttpRequest) -> HttpResponse:
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    scope, given = scope_of(door, request.user, today), asked(request)
    found = narrowed(scope.rows, given)
    page = max(1, number_in(request.GET.get("page", "")) or 1)
    everything = request.GET.get("all") == "1"
    first = 0 if everything else (page - 1) * PAGE
    shown = found if everything else found[first : first + PAGE]
    told: dict[str, Any] = {"drawn": drawn(door, shown, today), "first": first, "total": len(found), "page": page}
    told |= {"pages": 1 if everything else -(-len(found) // PAGE), "given": given, "today": today, "term": term_of(today, door.library)}
    needs_you = needed(door, request.user, today, scope.unnamed)
    told |= {"all": len(scope.rows), "answer": f"{today_words(needs_you)} {scope.answer}", "counted": scope.counted}
    told |= {"overdue": scope.overdue, "shows": SHOWN}
    told |= {"owed": scope.owed, "quiet_weeks": QUIET_WEEKS, "needs": needs_you} | scope.choices
    told |= _advisers(door, today)
    told |= {"export": bool(may(request.user, P.EXPORT)), "query": request.GET.urlencode(), "link": _linked(request)}
    return framed(request, door, "My schools", body("my_schools.html", "overview", **told))


def _advisers(door: Door, today: date) -> dict[str, Any]:
    """Those who have schools or a diary, and the days that the diaries still hold."""
    loads, _ = until_written(door, today, "workloads", lambda: ledger.workloads(door, standing(door, today).entitlements))
    left = sum(one.days - one.given for one in loads if one.days is not None)
    return {"advisers": [one.adviser for one in loads], "left": left, "diaries": any(one.days is not None for one in loads)}


def drawn(door: Door, rows: list[Standing], today: date) -> list[Markup]:
    """The rows of the table, ready. A row is of its school and names nobody who asks: it is drawn once until something in it changes."""
    kept: dict[int, tuple[Standing, date, Markup]] = door.kept.setdefault("rows of my schools", {})
    titles, found = entitlements.tier_titles(door), []
    for row in rows:
        known = kept.get(row.urn)
        if known is None or known[1] != today or known[0] != row:
            told = {"row": row, "today": today, "brief": ledger.brief_words, "tier_titles": titles, "quiet_weeks": QUIET_WEEKS}
            known = kept[row.urn] = (row, today, body("my_schools_row.html", "overview", **told))
        found.append(known[2])
    return found


def _linked(request: HttpRequest) -> Any:
    """The page's address with something changed: a heading sorts and keeps the filters."""

    def link(**changed: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"

    return link


@needs(P.WRITE_SUPPORT, recently=True)
@require_GET
@exported
def my_schools_file(request: HttpRequest, form: str) -> HttpResponse:
    """The table with the filters and the order of the address; every page of it."""
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    area = standing(door, clock.today())
    titles = entitlements.tier_titles(door)
    table: list[list[Cell]] = [["URN", *HEAD]]
    table += [[row.urn, *_cells(row, titles)] for row in narrowed(mine(area, request.user), asked(request))]
    return sent(table, form, "my-schools")


def _cells(row: Standing, titles: dict[str, str]) -> list[Cell]:
    said, seen, last, due = row.proposed, row.inspection, row.contact, row.next
    proposal: list[Cell] = ["held back" if row.held else "not proposed", "", ""]
    if said:
        proposal = [titles.get(said.tier, "Not enough evidence"), str(said.on), "; ".join(said.reasons)]
    inspected: list[Cell] = [seen.words, str(seen.inspected)] if seen else ["none in the files loaded", ""]
    return [
        row.name, row.phase, row.run, row.trust, row.tier, str(row.ledger.since or ""), *proposal, *inspected,
        str(row.head_since or "not noted"), row.adviser or "nobody", str(last[0]) if last else "none",
        last[1] if last else "", str(due.due) if due else "", row.next_title,
        row.ledger.overdue, row.ledger.days_given, row.ledger.days_owed,
    ]  # fmt: skip


__all__ = ["my_schools", "my_schools_file"]
