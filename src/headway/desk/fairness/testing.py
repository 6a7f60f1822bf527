"""Would the rules have seen it: every back-test that is kept, and one of them with all that it found. Nothing is worked out here."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.charts.frontier import by_lot, frontier, per_hundred
from headway.definitions.tiers import NOT_ENOUGH
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.fairness import queries
from headway.desk.fairness.rules import OPINION, Standing
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language import backtests, tested
from headway.readings.door import Door
from headway.readings.tier_backtest.answers import Backtest, SchoolLine
from headway.readings.tier_backtest.keeping import Kept, kept_tests
from headway.readings.tier_proposal.proposing import scheme_named

P = Permission
# of the cautions of a test, those that a page says in a section of its own, by how they begin
SAID = ("Schools that no list holds", "Where no source tells", "No second opinion")
KINDS = {"inspection": "What inspections found", "measure": "What results showed", "": "By an outcome that the library has given up"}
TITLE = "Would the rules have seen it?"


@needs(P.SEE_TIERS)
@require_GET
def tested_page(request: HttpRequest) -> HttpResponse:
    """Every test kept, the newest first; outcomes of inspections and of results apart."""
    door = the_door()
    tests = kept_tests(door)
    used = scheme_named(door).id if door.facts else ""
    whole = [one for one in tests if one.scheme == used and one.found]
    first = next((one for one in whole if kind_of(door, one) == "inspection"), next(iter(whole), None))
    grouped = [(words, [one for one in tests if kind_of(door, one) == kind]) for kind, words in KINDS.items()]
    told: dict[str, Any] = {"grouped": [(words, listed) for words, listed in grouped if listed], "first": first, "words": tested}
    told |= {"used": used, "titles": {one: scheme.title for one, scheme in door.library.tiers.items()}}
    return framed(request, door, TITLE, body("tested.html", "fairness", **told))


def kind_of(door: Door, test: Kept) -> str:
    outcome = door.library.tier_outcomes.get(test.outcome)
    return outcome.kind if outcome else ""


def kept_named(door: Door, name: str) -> Kept:
    found = next((one for one in kept_tests(door) if one.id == name), None)
    if found is None:
        raise Http404
    return found


@needs(P.SEE_TIERS)
@require_GET
def one_page(request: HttpRequest, test: str) -> HttpResponse:
    """One test: what was seen, at what cost, beside what, who bears the errors, what the second opinion adds, and what it cannot say."""
    door = the_door()
    kept = kept_named(door, test)
    stands = queries.standing_of(door, kept.scheme)
    told: dict[str, Any] = {"test": kept, "found": kept.found, "kind": KINDS[kind_of(door, kept)], "area": area_of(door)[1]}
    told |= {"words": tested, "said": backtests, "gaps": backtests.gap_sentences(kept.gaps), "scheme": kept.scheme}
    told |= {"export": bool(may(request.user, P.EXPORT)), "held": stands.holds_back(), "opinion_held": stands.holds_back(OPINION)}
    if kept.found:
        own = lines_of(request.user, kept.found)
        told |= {"picture": frontier(kept.found, "frontier"), "own": own, "titles": titles(door, kept.scheme)}
        told |= {"group": backtests.group_words, "places": places(kept.found), "chances": chances_held(kept.found)}
        told["cautions"] = [one for one in kept.found.cautions if not one.startswith(SAID)]
        told["told_own"] = [one for one in own if one.fell or (one.flagged and one.fell is not None)]
    return framed(request, door, TITLE, body("test.html", "fairness", **told))


def lines_of(user: User, found: Backtest) -> list[SchoolLine]:
    """The area's own schools of a test that a person works with, those that fell first."""
    patch = patch_of(user)
    own = [one for one in found.schools if patch is None or one.urn in patch]
    return sorted(own, key=lambda one: (not one.fell, not one.flagged, one.name))


def places(found: Backtest) -> dict[int, int]:
    """URN → the school's place by the second opinion among the area's schools at risk, the highest chance first."""
    having = sorted((one for one in found.schools if one.chance is not None), key=lambda one: -(one.chance or 0))
    return {one.urn: at for at, one in enumerate(having, start=1)}


def chances_held(found: Backtest) -> bool:
    """Whether the second opinion's chances were what they said: else only the order of schools is told."""
    checked = found.second_opinion.calibration if found.second_opinion else None
    return checked is not None and checked.good


def titles(door: Door, scheme: str) -> dict[str, str]:
    """The titles of a scheme's tiers; the bare words where the library has given it up."""
    known = door.library.tiers.get(scheme)
    found = {name: tier.title for name, tier in known.tiers.items()} if known else {}
    return {**found, NOT_ENOUGH: "Not enough evidence"}


@needs(P.SEE_TIERS, recently=True)
@require_GET
@exported
def part_file(request: HttpRequest, test: str, part: str, form: str) -> HttpResponse:
    """One table of a test, as csv or xlsx."""
    door = the_door()
    kept = kept_named(door, test)
    if kept.found is None or not may(request.user, P.EXPORT):
        raise Http404
    if part == "schools":
        return sent(_schools(door, kept, kept.found, lines_of(request.user, kept.found)), form, f"tested-{part}-{kept.as_of}")
    return sent(PARTS[part](kept.found), form, f"tested-{part}-{kept.as_of}")


def _thresholds(found: Backtest) -> list[list[Cell]]:
    head: list[Cell] = ["Support from points", "Labelled schools", "Of them fell", "Of them held", "Share of falls reached",
                        "Share of falls by lot", "Share of those reached that fell", "All schools", "Adviser days",
                        "Days for 100 schools"]  # fmt: skip
    return [head, *(
        [one.points, one.picked.flagged, one.picked.caught, one.picked.false_alarms, one.picked.recall, by_lot(one), one.picked.precision,
         one.schools, one.days, per_hundred(found, one.days)]
        for one in found.frontier
    )]  # fmt: skip


def _ways(found: Backtest) -> list[list[Cell]]:
    head: list[Cell] = ["Ranked by", "Schools", "Of them fell", "Share of falls", "from", "to", "Share that fell", "from", "to",
                        "Average precision", "Fall above hold"]  # fmt: skip
    return [head, *(
        [one.title, picked.flagged, picked.caught, picked.recall, *(picked.recall_interval or ("", "")), picked.precision,
         *(picked.precision_interval or ("", "")), one.average_precision, one.area]
        for one in found.ranked if (picked := one.at_capacity)
    )]  # fmt: skip


def _groups(found: Backtest) -> list[list[Cell]]:
    head: list[Cell] = ["By", "Group", "Schools", "Fell", "Share missed", "from", "to", "Share flagged that held", "from", "to", "Why not"]
    return [head, *(
        [one.by, one.group, one.units, one.fell, one.missed, one.missed_low, one.missed_high, one.alarmed, one.alarmed_low,
         one.alarmed_high, one.why]
        for one in found.groups
    )]  # fmt: skip


def _schools(door: Door, kept: Kept, found: Backtest, lines: list[SchoolLine]) -> list[list[Cell]]:
    """The schools at risk; without tier and points while the scheme is held back, without the chance while its second opinion is."""
    stands, named = queries.standing_of(door, kept.scheme), titles(door, kept.scheme)
    head: list[Cell] = [
        "URN",
        "School",
        "Tier proposed",
        "Points",
        "Flagged",
        f"Second opinion, {'chance' if chances_held(found) else 'place'}",
        "What came",
        "Known on",
        "Under URN",
    ]
    return [head, *(
        [one.urn, one.name, *_proposed(stands, named, one), _second(stands, found, one), came(one), str(one.known or ""), one.under]
        for one in lines
    )]  # fmt: skip


def _proposed(stands: Standing, named: dict[str, str], one: SchoolLine) -> list[Cell]:
    if stands.holds_back():
        return ["held back", "held back", "held back"]
    return [named.get(one.tier, one.tier), one.points, "yes" if one.flagged else "no"]


def _second(stands: Standing, found: Backtest, one: SchoolLine) -> Cell:
    """The chance, or the place where the chances did not hold."""
    return "held back" if stands.holds_back(OPINION) else one.chance if chances_held(found) else places(found).get(one.urn)


def came(one: SchoolLine) -> str:
    return "not known" if one.fell is None else "fell" if one.fell else "held"


PARTS: dict[str, Callable[[Backtest], list[list[Cell]]]] = {"thresholds": _thresholds, "ways": _ways, "groups": _groups}
