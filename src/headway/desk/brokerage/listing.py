"""Lists to narrow and take away: needs, the register of offers, and what figures and inspection suggest."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.brokerage import queries
from headway.desk.brokerage.asking import past_day, titles
from headway.desk.brokerage.models import Need, NeedState, Offer, OfferState
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.brokerage import (
    as_of_sentence,
    found_sentence,
    judged_sentence,
    selective_sentence,
    suggestions_sentence,
    too_old_sentence,
)
from headway.readings.door import Door
from headway.readings.strengths import Suggestions, suggestions

P = Permission
SHOWN = 200


def _given(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:120] for name in names}


def narrowed_needs(request: HttpRequest) -> tuple["QuerySet[Need]", dict[str, str]]:
    given = _given(request, "text", "area", "state")
    found = queries.needs_for(request.user)
    if given["text"]:
        found = (
            found.filter(school_id=int(given["text"][:9]))
            if given["text"].isdigit()
            else found.filter(school__name__icontains=given["text"])
        )
    if given["area"]:
        found = found.filter(area=given["area"])
    if given["state"] in NeedState.values:
        found = found.filter(state=given["state"])
    return found, given


@needs(P.SEE_SUPPORT)
@require_GET
def needs_page(request: HttpRequest) -> HttpResponse:
    door = the_door()
    found, given = narrowed_needs(request)
    told: dict[str, Any] = {
        "rows": found[:SHOWN],
        "total": found.count(),
        "given": given,
        "titles": titles(door),
        "states": NeedState.choices,
    }
    told |= {"query": request.GET.urlencode(), "export": bool(may(request.user, P.EXPORT))}
    told["writes"] = queries.brokers(request.user) or bool(may(request.user, P.ANSWER_FOR_SCHOOL))
    return framed(request, door, "Needs", body("needs.html", "brokerage", **told))


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def needs_file(request: HttpRequest, form: str) -> HttpResponse:
    _exports(request)
    named = titles(the_door())
    table: list[list[Cell]] = [
        ["URN", "School", "What with", "How soon", "Days", "Seen in", "Objective", "Measure", "State", "Written down"]
    ]
    for one in narrowed_needs(request)[0]:
        told = [one.get_urgency_display(), one.days, one.get_source_display(), one.objective, one.measure, one.get_state_display()]
        table.append([one.school_id, one.school.name, named.get(one.area, one.area), *told, str(one.made.date())])
    return sent(table, form, "needs")


def _exports(request: HttpRequest) -> None:
    if not may(request.user, P.EXPORT):
        raise Http404


def narrowed_offers(request: HttpRequest) -> tuple["QuerySet[Offer]", dict[str, str]]:
    given = _given(request, "text", "area", "state")
    found = queries.offers_for(request.user)
    if given["text"]:
        found = found.filter(provider__name__icontains=given["text"])
    if given["state"] in OfferState.values:
        found = found.filter(state=given["state"])
    elif not given["state"]:
        found = found.exclude(state=OfferState.WITHDRAWN)
    if given["area"]:  # a list within a column: no two databases ask for that alike
        found = found.filter(pk__in=[one.pk for one in found if given["area"] in one.areas])
    return found, given


@needs(P.SEE_SUPPORT)
@require_GET
def offers_page(request: HttpRequest) -> HttpResponse:
    door = the_door()
    found, given = narrowed_offers(request)
    taken = queries.promised(found.values_list("pk", flat=True))
    rows = [(one, one.days - taken.get(one.pk, 0)) for one in found[:SHOWN]]
    told: dict[str, Any] = {"rows": rows, "total": found.count(), "given": given, "titles": titles(door), "states": OfferState.choices}
    told |= {"query": request.GET.urlencode(), "export": bool(may(request.user, P.EXPORT)), "brokers": queries.brokers(request.user)}
    told["answers"] = bool(may(request.user, P.ANSWER_FOR_SCHOOL))
    return framed(request, door, "Offers", body("offers.html", "brokerage", **told))


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def offers_file(request: HttpRequest, form: str) -> HttpResponse:
    _exports(request)
    named = titles(the_door())
    found, _ = narrowed_offers(request)
    taken = queries.promised(found.values_list("pk", flat=True))
    table: list[list[Cell]] = [
        ["Provider", "Kind", "URN", "Strong in", "Phases", "Days", "Days left", "From", "Until", "Pounds a day", "State"]
    ]
    for one in found:
        areas = "; ".join(named.get(area, area) for area in one.areas)
        told: list[Cell] = [one.days, one.days - taken.get(one.pk, 0), str(one.starts), str(one.ends or ""), float(one.price)]
        who: list[Cell] = [one.provider.name, one.provider.get_kind_display(), one.provider.school_id]
        table.append([*who, areas, "; ".join(one.phases), *told, one.get_state_display()])
    return sent(table, form, "offers")


def _suggestions(request: HttpRequest, door: Door) -> tuple[Suggestions, dict[str, str], list[tuple[int, str, bool, list[str]]]]:
    """What was found, and as rows: (URN, area of support, strong, sentences), the firmest first."""
    given = _given(request, "area", "way")
    found = suggestions(door, area_of(door)[0], past_day(request)[0])
    mine = set(queries.in_patch(request.user))
    rows: dict[tuple[int, str, bool], list[str]] = {}
    for one in found.found:
        rows.setdefault((one.urn, one.area, one.strong), []).append(found_sentence(one))
    for judged in found.inspected:
        rows.setdefault((judged.urn, judged.area, judged.strong), []).append(judged_sentence(judged))
    wanted = [
        (*key, told) for key, told in rows.items()
        if key[0] in mine and given["area"] in ("", key[1]) and (given["way"] or "strong") == ("strong" if key[2] else "weak")
    ]  # fmt: skip
    return found, given, wanted


@needs(P.BROKER)
@require_GET
def strengths(request: HttpRequest) -> HttpResponse:
    """Who may have something to give, and who may want help. Suggestions: people decide."""
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    found, given, rows = _suggestions(request, door)
    told: dict[str, Any] = {
        "answer": suggestions_sentence(found),
        "left_out": " ".join(filter(None, (selective_sentence(found), too_old_sentence(found)))),
        "rows": rows[:SHOWN],
        "total": len(rows),
        "given": given,
    }
    told |= {"as_of": found.as_of, "then": as_of_sentence(found), "no_day": past_day(request)[1]}
    told["typed"] = request.GET.get("as-of", "")
    told |= {"titles": titles(door), "names": door.school_names, "query": request.GET.urlencode()}
    told |= {"offered": _offered(), "needed": _needed(), "export": bool(may(request.user, P.EXPORT))}
    return framed(request, door, "Strengths and needs that figures suggest", body("strengths.html", "brokerage", **told))


def _offered() -> set[tuple[int, str]]:
    live = Offer.objects.exclude(state=OfferState.WITHDRAWN).filter(provider__kind="school")
    return {(urn, area) for urn, areas in live.values_list("provider__school_id", "areas") for area in areas}


def _needed() -> set[tuple[int, str]]:
    return set(Need.objects.filter(state__in=(NeedState.OPEN, NeedState.PLACED)).values_list("school_id", "area"))


@needs(P.BROKER, recently=True)
@require_GET
@exported
def strengths_file(request: HttpRequest, form: str) -> HttpResponse:
    _exports(request)
    door = the_door()
    if door.facts is None:
        raise Http404
    named, names = titles(door), door.school_names
    table: list[list[Cell]] = [["URN", "School", "Area of support", "Suggested as", "What it rests on", "As known on"]]
    for urn, area, strong, told in _suggestions(request, door)[2]:
        table.append(
            [
                urn,
                names.get(str(urn), ""),
                named.get(area, area),
                "a strength" if strong else "a need",
                " ".join(told),
                str(past_day(request)[0] or "today"),
            ]
        )
    return sent(table, form, "strengths")
