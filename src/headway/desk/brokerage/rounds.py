"""The whole round at once: the best assignment of every open need, edited by hand and solved again; two what-ifs side by side.

What is held by hand and what is left out stands in the address, so that a round can be kept as a bookmark, sent, and gone back to; nothing
is decided by it. People decide: `ask` puts the pairs that are ticked to their heads.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.brokerage import actions, queries
from headway.desk.brokerage.asking import past_day, titles
from headway.desk.brokerage.matching import Register, Suggestion, Whole, whole
from headway.desk.brokerage.models import MatchState, Need, NeedState
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.language.brokerage import as_of_sentence
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

P = Permission
PAIR = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
MOST = 400  # needs, pairs held and pairs left out
OTHERS = 6  # of a need, that its row offers to hold instead

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Asked:
    """What the address says: pairs (need, offer) held and left out, whether the worst off come first, and the past day whose figures speak
    of strength, none for today."""

    held: Pairs = frozenset()
    out: Pairs = frozenset()
    fair: bool = True
    as_of: date | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything but the day, as a form keeps it."""
        keep = [("hold", f"{need}-{offer}") for need, offer in sorted(self.held)]
        keep += [("out", f"{need}-{offer}") for need, offer in sorted(self.out)]
        return [*keep, ("fair", "yes" if self.fair else "no")]

    def address(self, held: Pairs | None = None, out: Pairs | None = None, beside: str = "") -> str:
        edited = replace(self, held=self.held if held is None else held, out=self.out if out is None else out)
        keep = [*edited.pairs, *([("beside", beside)] if beside else []), *([("as-of", str(self.as_of))] if self.as_of else [])]
        return "?" + urlencode(keep)

    @property
    def now(self) -> str:
        """The same round with what is known today."""
        return replace(self, as_of=None).address()

    @property
    def afresh(self) -> str:
        """Without what was changed by hand."""
        return self.address(held=frozenset(), out=frozenset())


def asked_by(request: HttpRequest) -> Asked:
    return Asked(_pairs(request, "hold"), _pairs(request, "out"), request.GET.get("fair", "yes") != "no", past_day(request)[0])


def _pairs(request: HttpRequest, name: str) -> Pairs:
    found = (PAIR.fullmatch(text) for text in request.GET.getlist(name)[:MOST])
    return frozenset((int(one[1]), int(one[2])) for one in found if one)


def waiting_needs(request: HttpRequest) -> list[Need]:
    """Open needs that no head is asked about yet, the most urgent first."""
    asked = Need.objects.filter(matches__state=MatchState.ASKED)
    return list(queries.needs_for(request.user).filter(state=NeedState.OPEN).exclude(pk__in=asked.values("pk"))[:MOST])


@needs(P.BROKER)
@require_GET
def round_page(request: HttpRequest) -> HttpResponse:
    door, asked, wanted = the_door(), asked_by(request), waiting_needs(request)
    register = Register(door, as_of=asked.as_of)
    found = whole(register, wanted, asked.held, asked.out, asked.fair)
    got = found.got
    rows = [_row(found, place, got.get(need.pk), asked) for place, need in enumerate(wanted)]
    told: dict[str, Any] = {"found": found, "rows": rows, "asked": asked, "titles": titles(door), "csrf": get_token(request)}
    told["beside"] = _beside(request, register, wanted, asked, found) if found.round else None
    told |= {"offers": len(register.offers), "today": today(), "no_day": past_day(request)[1], "typed": request.GET.get("as-of", "")}
    told["then"] = as_of_sentence(register.found) if register.found else ""
    return framed(request, door, "The whole round", body("round.html", "brokerage", **told))


@dataclass(frozen=True)
class Row:
    """One need in the round: what it gets or why it gets nothing, and the addresses of an edit by hand."""

    need: Need
    got: Suggestion | None
    why: str
    held: bool
    hold: str
    let_go: str
    leave_out: str
    others: tuple[tuple[str, str], ...]  # (provider, address that holds it instead)


def _row(found: Whole, place: int, got: Suggestion | None, asked: Asked) -> Row:
    need = found.needs[place]
    pair = (need.pk, got.offer.pk) if got else None
    mine = frozenset(one for one in asked.held if one[0] == need.pk)
    free = asked.held - mine
    beside = [one.offer for one in found.may(place) if got is None or one.offer.pk != got.offer.pk][:OTHERS]
    others = [
        (one.provider.name, asked.address(held=free | {(need.pk, one.pk)}, out=asked.out - {(need.pk, one.pk)}))
        for one in beside
    ]  # fmt: skip
    return Row(
        need, got, found.unmet.get(need.pk, ""), pair in asked.held,
        asked.address(held=free | {pair}) if pair else "", asked.address(held=free),
        asked.address(held=free, out=asked.out | {pair}) if pair else "", tuple(others),
    )  # fmt: skip


def _beside(request: HttpRequest, register: Register, wanted: list[Need], asked: Asked, found: Whole) -> dict[str, Any]:
    """The same needs another way: without the edits by hand, or by the other order of fairness. What would differ, and what it costs."""
    kind = request.GET.get("beside", "other")
    free = kind == "free" and bool(asked.held or asked.out)
    other = replace(asked, held=frozenset(), out=frozenset()) if free else replace(asked, fair=not asked.fair)
    made = whole(register, wanted, other.held, other.out, other.fair)
    here, there = found.got, made.got
    moved = [(need, here.get(need.pk), there.get(need.pk)) for need in wanted if _offer(here, need) != _offer(there, need)]
    title = "Without what was changed by hand" if free else "The worst off first" if other.fair else "Only the total counted"
    return {"found": made, "moved": moved, "title": title, "address": other.address()}


def _offer(got: dict[int, Suggestion], need: Need) -> int | None:
    return got[need.pk].offer.pk if need.pk in got else None


@needs(P.BROKER)
@require_POST
def ask_all(request: HttpRequest) -> HttpResponse:
    """Put the pairs that are ticked to their heads, one by one; what is taken meanwhile is told and left."""
    register, asked, said = Register(the_door()), 0, []
    offers = {offer.pk: offer for offer in register.offers}
    wanted = {need.pk: need for need in waiting_needs(request)}
    for text in request.POST.getlist("pair")[:MOST]:
        pair = PAIR.fullmatch(text)
        need, offer = (wanted.get(int(pair[1])), offers.get(int(pair[2]))) if pair else (None, None)
        if need is None or offer is None:
            continue
        suggestion = register.suggestion(need, offer)
        try:
            actions.ask(by=request.user, need=need, offer=offer, reasons=suggestion.told)
            asked += 1
        except HeadwayError as fault:
            said.append(f"{need.school.name}: {fault.why}")
    if asked:
        messages.success(request, f"{asked} {'match is' if asked == 1 else 'matches are'} put to both heads.")
    if said or not asked:
        messages.error(request, " ".join(said) or "Tick at least one pair.")
    return redirect("brokerage:home")
