"""What lies ahead of a promise: what it would take, school by school, and where its figure may go. Kept with the snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.charts.drawing import Chart
from headway.charts.fan import fan
from headway.desk.strategy.keeping import Kept, promises
from headway.desk.strategy.models import Strategy
from headway.language.taking import CARE, ask_words, taking_words, what_if_words, years_words
from headway.readings.ambitions.answers import Answer
from headway.readings.ambitions.taking import Taking, moved, taking
from headway.readings.answers import MeasureFacts
from headway.readings.door import Door
from headway.readings.forecasting import outlook
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

__all__ = ["CARE", "Ahead", "Carries", "ahead", "carried", "carries", "take"]


@dataclass(frozen=True)
class Ahead:
    """One part of a promise: what it would take, in words and by school, and its fan where a forecast was tried and held."""

    title: str
    words: str
    years: str
    taking: Taking
    asks: tuple[tuple[str, str], ...]  # URN and what its likes did
    fan: Chart | None
    no_forecast: str = ""  # why no fan is shown of a promise that is not decided
    moves: Mapping[int, float] = field(default_factory=dict)  # URN → the points typed for it, else what it is asked for; a rise positive
    what_if: str = ""  # what would become of the promise if the schools moved as typed


def ahead(door: Door, kept: Kept, typed: Mapping[int, float] | None = None) -> list[Ahead]:
    """`typed`: URN → how far that school is to move, to see what would become of each part."""
    return [_part(door, part, f"ahead-{place}", typed or {}) for place, part in enumerate(kept.answer.parts or (kept.answer,))]


def _part(door: Door, part: Answer, key: str, typed: Mapping[int, float]) -> Ahead:
    found = take(door, part)
    way = -1.0 if found.measure and found.measure.better == "lower" else 1.0
    moves = {one.urn: typed.get(one.urn, way * one.move) for one in found.schools}
    said = what_if_words(moved(door, PUBLIC, found, typed), found) if typed and found.schools else ""
    asks = tuple((str(one.urn), ask_words(one, found)) for one in found.schools)
    shown = _fan(door, part, key)
    why = "" if shown or part.decided or part.probability_published is not None else part.no_forecast_because
    return Ahead(part.title, taking_words(found), years_words(found), found, asks, shown, why, moves, said)


def take(door: Door, part: Answer) -> Taking:
    """By published figures alone, so that everybody is told the same."""
    key = ("take", part.id, part.asks.model_dump_json(), part.area, clock.today())
    if key not in door.kept:
        door.kept[key] = taking(door, PUBLIC, part)
    found: Taking = door.kept[key]
    return found


def carried(door: Door, listed: Sequence[Kept]) -> dict[int, tuple[Kept, ...]]:
    """URN → the promises whose keeping asks something of that school."""
    found: dict[int, dict[int, Kept]] = {}
    for one in listed:
        for part in one.answer.parts or (one.answer,):
            for ask in take(door, part).schools:
                found.setdefault(ask.urn, {})[one.number] = one
    return {urn: tuple(kept.values()) for urn, kept in found.items()}


@dataclass(frozen=True)
class Carries:
    """What one promise asks of one school: its part where it has parts, and the words of it."""

    promise: Kept
    part: str
    words: str


def carries(door: Door, strategy: Strategy) -> Mapping[int, tuple[Carries, ...]]:
    """URN → what each promise of a strategy asks of that school. Kept with the snapshot until the strategy changes."""
    key = ("carries", strategy.pk, strategy.version, clock.today())
    if key not in door.kept:
        door.kept[key] = _carries(door, strategy)
    found: Mapping[int, tuple[Carries, ...]] = door.kept[key]
    return found


def _carries(door: Door, strategy: Strategy) -> dict[int, tuple[Carries, ...]]:
    found: dict[int, list[Carries]] = {}
    for one in promises(door, strategy):
        for part in one.answer.parts or (one.answer,):
            taken = take(door, part)
            for ask in taken.schools:
                found.setdefault(ask.urn, []).append(Carries(one, part.title if one.answer.parts else "", ask_words(ask, taken)))
    return {urn: tuple(listed) for urn, listed in found.items()}


def _fan(door: Door, part: Answer, key: str) -> Chart | None:
    """Nothing where the promise is decided, or no forecast of it was tried and found better."""
    asks, facts = part.asks, part.measure
    if facts is None or part.decided or part.decides is None or asks.who.of != "area":
        return None
    gap = bool(asks.against and asks.against.kind in ("england", "england_same_group") and asks.against.moves == "each_year")
    try:
        found = outlook(door, PUBLIC, place=part.area, measure=facts.id, cut=asks.cut, to=part.decides, gap=gap)
    except HeadwayError:
        return None
    return fan(found, key, needed(part, facts, gap), f"{facts.title}: where it may go") if found.fan else None


def needed(part: Answer, facts: MeasureFacts, gap: bool) -> list[tuple[AcademicYear, float]]:
    """The path on the scale of the fan: the level, or the gap to England. None where a share of England's level is allowed."""
    if not gap:
        return [(step.year, step.level) for step in part.path if step.level is not None]
    if part.asks.unit == "percent":
        return []
    way = -1.0 if facts.better == "lower" else 1.0
    amount = (part.asks.amount or 0.0) if part.asks.relation == "within" else 0.0
    return [(step.year, -way * (amount + step.distance)) for step in part.path]
