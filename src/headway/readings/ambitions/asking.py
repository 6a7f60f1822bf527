"""The two questions asked of ambitions: where do they all stand on a day, and how did one come to its verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from headway.definitions.ambitions import ANY_AREA, KEEPS, Ambition, Asks
from headway.readings.ambitions import judging
from headway.readings.ambitions.answers import Answer, ChoiceFacts, Missing, Now, Step, Verdict
from headway.readings.ambitions.chances import chance
from headway.readings.ambitions.series import Asof
from headway.readings.ambitions.states import Question, State, newer_than, on_path, state
from headway.readings.door import Door, measure_facts
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level, authority_code
from headway.vocabulary.viewer import Viewer

OVERALL = "inspection.overall_effectiveness"  # the measure of the four grades as such, which no scale needs to name
UNITS = {"percent": "percentage points", "points": "points", "score": "points", "progress": "points", "rate_per_100": "for every 100"}


def verdicts(
    door: Door, viewer: Viewer, *, as_of: date | None = None, chosen: Mapping[str, str] | None = None, authority: str = "", of: str = ""
) -> list[Answer]:
    """Every ambition that is the authority's own or any area's, in order; `of` keeps to one set.

    Without `as_of` all that is held today; with it what was out by that day. `chosen` reads an ambition's words otherwise: id → choice.
    Without an authority the workspace's own areas. Raises H-USAGE-97 (no such set), H-USAGE-61 (no such reading of the words), H-USAGE-02
    and -06 (no authority).
    """
    known = door.library.ambitions
    if of and of not in door.library.ambition_sets:
        sets = ", ".join(door.library.ambition_sets)
        raise HeadwayError("H-USAGE-97", f"There is no set of ambitions {of!r}.", remedy=f"There are: {sets}.")
    places = [_known(door, authority)] if authority else [code for code, _ in door.published.areas]
    when = _when(viewer, as_of)
    picked = sorted((one for one in known.values() if of in ("", one.set)), key=lambda one: (one.set, one.number, one.id))
    return [
        answer(door, when, one, place, (chosen or {}).get(one.id))
        for place in places
        for one in picked
        if door.library.ambition_sets[one.set].area in (place, ANY_AREA)
    ]


def explain(
    door: Door, viewer: Viewer, name: str, *, as_of: date | None = None, choice: str | None = None, authority: str = ""
) -> list[Answer]:
    """One ambition by each reading of its words, the one asked for (or chosen) first; its points carry every reading they rest on.

    Raises H-USAGE-62 when there is no such ambition and H-USAGE-61 when its words have no such reading.
    """
    ambition = door.library.ambitions.get(name)
    if ambition is None:
        raise HeadwayError("H-USAGE-62", f"There is no ambition {name!r}.", remedy="headway ambitions lists them.")
    area = door.library.ambition_sets[ambition.set].area
    place = _known(door, authority) if authority else area if area != ANY_AREA else door.published.areas[0][0]
    first = choice or ambition.chosen
    others = [one for one in ambition.choices if one != first]
    return [answer(door, _when(viewer, as_of), ambition, place, one) for one in (first, *others)]


def _known(door: Door, authority: str) -> str:
    code = authority_code(authority)
    if ("authority", code) not in door.names and "authority" in door.lookup.tables:
        raise HeadwayError(
            "H-USAGE-06", f"No list that was loaded holds authority {code}.", remedy="Check the number, or load a newer list of schools."
        )
    return code


def _when(viewer: Viewer, as_of: date | None) -> Asof:
    return Asof(as_of or clock.today(), as_of is not None, viewer)


def answer(door: Door, when: Asof, ambition: Ambition, authority: str, choice: str | None = None) -> Answer:
    """One ambition of one authority on a day. Raises H-USAGE-61."""
    taken = choice or ambition.chosen
    if taken and taken not in ambition.choices:
        raise HeadwayError(
            "H-USAGE-61", f"The words of {ambition.id} have no reading {taken!r}.",
            remedy=f"They have: {', '.join(ambition.choices) or 'one only'}.",
        )  # fmt: skip
    asked = {name: Question(door, asks, authority) for name, asks in ambition.all_parts(taken).items()}
    parts = [_part(when, ambition, name, question) for name, question in asked.items()]
    facts = tuple(ChoiceFacts(name, one.title, one.why, name == taken) for name, one in ambition.choices.items())
    if not ambition.parts:
        return replace(parts[0], choice=taken, choices=facts)
    deciding = _deciding(parts)
    return replace(
        deciding, id=ambition.id, title=ambition.title, number=ambition.number, choice=taken, choices=facts, worst=deciding.id,
        parts=tuple(parts), missing=_every(part.missing for part in parts), newer=_every(part.newer for part in parts),
        since=_since(list(asked.values()), when, deciding.verdict), decided=all(part.decided for part in parts),
    )  # fmt: skip


def _deciding(parts: list[Answer]) -> Answer:
    """The part that decides: of the worst the furthest from what was promised, where they are told in one unit; else the first."""
    verdict = parts[judging.worst([part.verdict for part in parts])].verdict
    worst = [part for part in parts if part.verdict is verdict]
    if len({part.distance_unit for part in worst}) > 1 or any(part.distance is None for part in worst):
        return worst[0]
    return max(worst, key=lambda part: part.distance or 0.0)


def _every(found: Iterable[tuple[Missing, ...]]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(one for some in found for one in some))


def _part(when: Asof, ambition: Ambition, name: str, question: Question) -> Answer:
    door, asks = question.door, question.asks
    found = on_path(question, state(question, when))
    measure = None if asks.lacking else door.measure(asks.measure)
    likely = chance(door, when, asks, question.authority, found.latest, question.decides, found.decided)
    return Answer(
        id=f"{ambition.id}.{name}" if name else ambition.id, set=ambition.set, number=ambition.number,
        title=ambition.parts[name].title if name else ambition.title, words=ambition.words, owner=ambition.owner,
        area=question.authority, area_name=door.name(Level.AUTHORITY, question.authority), as_of=when.day,
        verdict=found.verdict, since=_since([question], when, found.verdict), due=asks.due, decides=question.decides,
        past_due=bool(asks.due and asks.due < when.day), decided=found.decided, asks=asks,
        measure=measure_facts(measure) if measure else None, group=door.library.cut_words(asks.cut),
        beside_group=door.library.cut_words(asks.against.cut or "all") if asks.against else "", level=_level(door, asks),
        baseline=found.baseline, latest=found.latest, points=found.points, path=_path(question, found),
        distance=found.latest.distance if found.latest else None,
        distance_unit=_unit(asks, measure.unit if measure else ""), missing=found.missing, newer=found.newer,
        now=_now(question, when, found), probability_underlying=likely.underlying, probability_published=likely.published,
        no_forecast_because=likely.no_forecast_because,
    )  # fmt: skip


def _level(door: Door, asks: Asks) -> str:
    """A fixed level in words, where the measure's values are places on a scale of words."""
    fixed = asks.against.level if asks.against else None
    if asks.lacking or fixed is None or door.measure(asks.measure).unit != "grade":
        return ""
    scales = (door.library.lists.get("inspection_scales") or {}).values()
    judged = [one["grades"] for one in scales if asks.measure in (OVERALL, *one["measures"].values())]
    return str(judged[0].get(f"{fixed:g}", "")).lower() if judged else ""


def _unit(asks: Asks, unit: str) -> str:
    return "percentage points of schools" if asks.relation == "every_school_at_least" else UNITS.get(unit, unit)


def _path(question: Question, found: State) -> tuple[Step, ...]:
    """Year by year from the baseline to the deciding year; the level is at what it is set beside as last known."""
    asks, base, decides = question.asks, found.baseline, question.decides
    if base is None or base.distance is None or decides is None or asks.relation in KEEPS:
        return ()
    known = {one.year: one.target for one in found.points}
    last = next((one.target for one in reversed(found.points) if one.target is not None), None)
    way = 1.0 if asks.relation == "every_school_at_least" else judging.sign(question.better)
    steps = []
    for year in base.year.to(decides):
        left = judging.allowed(base.distance, base.year, decides, year)
        wanted = known.get(year) if known.get(year) is not None else last
        steps.append(Step(year, left, None if wanted is None else wanted - way * left))
    return tuple(steps)


def _now(question: Question, when: Asof, found: State) -> Now | None:
    """Of what is decided: where it stands by the newest figure since."""
    if not found.decided or found.latest is None:
        return None
    judged = [one for one in found.points if one.distance is not None]
    newest = judged[-1]
    behind = newer_than(question, when, newest.year)
    if len(behind) > 1 or newest.small or newest.distance is None:
        return Now(None, newest, behind)
    return Now(judging.kept(question.asks, newest.distance), newest, behind) if newest.year > found.latest.year else None


def _since(questions: list[Question], when: Asof, verdict: Verdict) -> date | None:
    """The day on which the verdict became what it is: back over the days on which anything came out, as far as it was the same."""
    days = sorted({day for question in questions for day in question.events(when)}, reverse=True)
    since = None
    for day in days:
        then = [state(question, replace(when, day=day, explicit=True)).verdict for question in questions]
        if then[judging.worst(then)] is not verdict:
            break
        since = day
    return since
