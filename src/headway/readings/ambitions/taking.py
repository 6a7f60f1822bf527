"""What it would take: the movement that a promise still needs, school by school and in pupils, beside what similar schools did.

It is arithmetic on the newest figures of schools, not a forecast and not a target for any school. Where the area's figure is newer than
its schools', the movement that the area needs today is shared out over the schools as they last were, and both years are said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from headway.definitions.ambitions import Asks, Who
from headway.readings.ambitions import judging
from headway.readings.ambitions.answers import Answer, Verdict
from headway.readings.ambitions.asking import explain, verdicts
from headway.readings.ambitions.membership import members, schools
from headway.readings.ambitions.past_moves import Moves, moves_of
from headway.readings.ambitions.series import Asof, known
from headway.readings.answers import MeasureFacts
from headway.readings.door import Door
from headway.readings.margins import of_persons
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from headway.stats.forecast.sharing import Shared

ROLL = "context.roll"
OWN_AVERAGE = "It is promised against the area's own average, which moves with each school: it cannot be shared out school by school."
FURTHEST = 3  # years: moves over more are not held for enough schools


@dataclass(frozen=True)
class SchoolAsk:
    """One school: its figure, the move that is its share, in pupils where pupils are counted, and how many of its likes did as much."""

    urn: int
    name: str
    reading: Reading
    pupils: float
    move: float
    to: float
    more_pupils: int | None
    alike: int
    did: int
    by_family: bool


@dataclass(frozen=True)
class Taking:
    """One promise, or one part of one. `short` is what it still lacks, in its own unit; 0 or below where it is kept.

    `share`: each school is asked for what this share of its likes did, over `span` years. `looked_at` schools have a figure,
    `without` have none that can be used. `because` says why it cannot be split.
    """

    id: str
    title: str
    area: str
    area_name: str
    answer: Answer
    measure: MeasureFacts | None
    short: float | None
    year: AcademicYear | None
    area_year: AcademicYear | None
    schools: tuple[SchoolAsk, ...] = ()
    more_pupils: int | None = None
    share: float | None = None
    span: int | None = None
    enough: bool = False
    looked_at: int = 0
    without: int = 0
    because: str = ""

    def as_dicts(self) -> list[dict[str, object]]:
        return [
            {
                "ambition": self.id, "measure": self.measure.id if self.measure else None, "year": str(one.reading.year), "urn": one.urn,
                "name": one.name, "value": one.reading.value, "pupils": one.pupils, "move": one.move, "to": one.to,
                "more_pupils": one.more_pupils, "alike": one.alike, "did": one.did, "by_family": one.by_family,
            }
            for one in self.schools
        ]  # fmt: skip


@dataclass(frozen=True)
class WhatIf:
    """The area's figure and verdict if these schools moved so, and nothing else did."""

    before: float
    after: float
    distance: float
    kept: bool
    verdict: Verdict | None
    moved: tuple[tuple[int, str, float], ...]  # URN, name, points
    ignored: tuple[int, ...]  # URNs without a figure that counts


def takes(door: Door, viewer: Viewer, name: str, *, authority: str = "", choice: str | None = None) -> list[Taking]:
    """Each part of an ambition, by the newest figures. Raises H-USAGE-61 and H-USAGE-62."""
    answer = explain(door, viewer, name, authority=authority, choice=choice)[0]
    return [taking(door, viewer, part) for part in (answer.parts or (answer,))]


def taking(door: Door, viewer: Viewer, answer: Answer) -> Taking:
    """Of one part that has been answered."""
    point = answer.now.point if answer.now and answer.now.point else answer.latest
    short = point.distance if point else None
    plain = Taking(
        answer.id, answer.title, answer.area, answer.area_name, answer, answer.measure, short, None, point.year if point else None
    )
    because = _cannot(answer, short)
    if because or point is None or answer.measure is None:
        return _because(plain, because or "There is no figure to set out from.")
    found = newest(door, viewer, answer)
    if not found:
        return _because(plain, "No school of the area has a figure of it that can be used.")
    year = max(one.year for one, _ in found.values())
    return _split(door, plain, answer, {urn: pair for urn, pair in found.items() if pair[0].year == year}, year)


def _cannot(answer: Answer, short: float | None) -> str:
    if answer.measure is None:
        return "The promise rests on a series that is not held."
    if short is None:
        return "There is no figure to set out from."
    if short <= 0:
        return "It is kept as the newest figures stand: nothing more is needed."
    if answer.asks.relation == "every_school_at_least" or answer.asks.who.of == "district":
        return ""
    if answer.asks.against and answer.asks.against.kind == "area_average":
        return OWN_AVERAGE
    return ""


def _because(plain: Taking, why: str) -> Taking:
    from dataclasses import replace

    return replace(plain, because=why)


def newest(door: Door, viewer: Viewer, answer: Answer) -> dict[str, tuple[Reading, float]]:
    """URN → its newest figure of the promise, and the pupils it counts for: its cohort, or else its roll."""
    asks = of_schools(answer.asks)
    cells = schools(door, viewer, asks, answer.area)
    when = Asof(clock.today(), False, viewer)
    rolls: dict[str, float] | None = None
    found = {}
    for place, releases in cells.items():
        for year in sorted(releases, reverse=True):
            dated = known(when, releases, year)
            if dated is None:
                continue
            of = members(door, viewer, asks.who, answer.area, year)
            if of is None or place in of:
                rolls = _rolls(door, answer.area) if dated.reading.denominator is None and rolls is None else rolls
                pupils = dated.reading.denominator or (rolls or {}).get(place, 0.0)
                if pupils:
                    found[place] = (dated.reading, pupils)
            break
    return found


def of_schools(asks: Asks) -> Asks:
    """What is asked of an area's primary phase is asked of its primary schools: a school's own figure has no phase in its cut."""
    parts = asks.cut.split("&")
    phase = next((part.removeprefix("phase=") for part in parts if part.startswith("phase=")), "")
    if not phase or asks.who.of != "area":
        return asks
    rest = "&".join(part for part in parts if not part.startswith("phase=")) or ALL
    return asks.model_copy(update={"cut": rest, "who": Who(of="phase", phase=phase)})


def _rolls(door: Door, authority: str) -> dict[str, float]:
    rows = door.lookup.of_authority(early=False, authority=authority, where="measure = ? AND cut = 'all'", values=[ROLL])
    return {str(row[1]): float(row[5]) for row in sorted(rows, key=lambda row: int(row[3])) if row[5]}


def _split(door: Door, plain: Taking, answer: Answer, found: dict[str, tuple[Reading, float]], year: AcademicYear) -> Taking:
    import numpy as np

    from headway.stats.forecast.sharing import share_out

    sign = judging.sign(answer.measure.better if answer.measure else "higher")
    target = answer.latest.target if answer.latest else None
    behind = [urn for urn, (one, _) in sorted(found.items()) if target is None or sign * (target - (one.value or 0.0)) > 0]
    chosen = behind or sorted(found)
    span = min(FURTHEST, max(1, answer.decides - year)) if answer.decides else FURTHEST
    past = moves_of(door, answer.asks.measure, of_schools(answer.asks).cut, span, sign)
    likes = {urn: past.of(urn, found[urn][0].value or 0.0) for urn in chosen}
    total = sum(pupils for _, pupils in found.values())
    weights = np.array([found[urn][1] / total for urn in chosen])
    rooms = np.array([_room(found[urn][0], sign) for urn in chosen])
    shared = share_out(plain.short or 0.0, weights, rooms, [likes[urn][0] for urn in chosen])
    asks = _asks(door, answer, chosen, found, likes, shared, sign)
    counted = [one.more_pupils for one in asks if one.more_pupils is not None]
    return Taking(
        plain.id, plain.title, plain.area, plain.area_name, answer, plain.measure, plain.short, year, plain.area_year, tuple(asks),
        sum(counted) if counted else None, shared.share, past.span, shared.enough, len(found), len(chosen) - len(asks),
        "" if asks else "Too few similar schools have figures in two years to say what such a move would be.",
    )  # fmt: skip


def _room(reading: Reading, sign: float) -> float:
    """How far it can move at all."""
    value = reading.value or 0.0
    if reading.unit != "percent":
        return value if sign < 0 else float("inf")
    return value if sign < 0 else 100 - value


def _asks(
    door: Door, answer: Answer, chosen: list[str], found: Mapping[str, tuple[Reading, float]], likes: Mapping[str, Moves], shared: "Shared",
    sign: float,
) -> list[SchoolAsk]:  # fmt: skip
    from headway.stats.forecast.sharing import did

    persons = answer.measure is not None and of_persons(answer.measure)
    asks = []
    for urn, move in zip(chosen, shared.moves.tolist(), strict=True):
        reading, pupils = found[urn]
        gains, by_family = likes[urn]
        more = ceil(move / 100 * pupils - 1e-6) if persons and reading.denominator else None
        if move <= 0 or more == 0:
            continue
        asked = 100 * more / pupils if more else move  # whole pupils: a little more than its share
        value = reading.value or 0.0
        asks.append(
            SchoolAsk(
                int(urn), reading.place_name, reading, pupils, asked, value + sign * asked, more, len(gains), did(gains, asked), by_family
            )
        )
    return sorted(asks, key=lambda one: (-(one.more_pupils or one.move * one.pupils), one.urn))


def what_if(door: Door, viewer: Viewer, name: str, moves: Mapping[int, float], *, authority: str = "", part: str = "") -> WhatIf:
    """`moves`: URN → points, a rise positive. Raises H-USAGE-62, and H-USAGE-89 for a promise that has no figure to move."""
    every = takes(door, viewer, name, authority=authority)
    return moved(door, viewer, next((found for found in every if found.id == part), every[0]), moves)


def moved(door: Door, viewer: Viewer, one: Taking, moves: Mapping[int, float]) -> WhatIf:
    """The same of a promise, or a part of one, that was split already. Raises H-USAGE-89."""
    answer, point = one.answer, one.answer.now.point if one.answer.now and one.answer.now.point else one.answer.latest
    found = newest(door, viewer, answer) if answer.measure else {}
    if point is None or not found:
        raise HeadwayError(
            "H-USAGE-89", f"{one.id} has no figures of schools that could be moved.", one.because, "Choose another ambition."
        )
    year = max(reading.year for reading, _ in found.values())
    there = {urn: pair for urn, pair in found.items() if pair[0].year == year}
    total = sum(pupils for _, pupils in there.values())
    used = {str(urn): points for urn, points in moves.items() if str(urn) in there}
    after = point.value + sum(points * there[urn][1] for urn, points in used.items()) / total
    distance = judging.distance(answer.asks, answer.measure.better if answer.measure else "higher", after, point.target)
    short = distance if distance is not None else 0.0
    start = answer.baseline.distance if answer.baseline else None
    verdict = judging.under_way(answer.asks, short, point.year, start, 0.0, answer.decides)
    return WhatIf(
        point.value, after, short, judging.kept(answer.asks, short), verdict,
        tuple((int(urn), there[urn][0].place_name, points) for urn, points in sorted(used.items())),
        tuple(sorted(urn for urn in moves if str(urn) not in there)),
    )  # fmt: skip


def depend_on(door: Door, viewer: Viewer, *, authority: str = "", of: str = "") -> dict[int, tuple[str, ...]]:
    """URN → the ambitions whose keeping asks something of that school; only schools of which two or more do."""
    found: dict[int, list[str]] = {}
    for answer in verdicts(door, viewer, authority=authority, of=of):
        for part in answer.parts or (answer,):
            for ask in taking(door, viewer, part).schools:
                found.setdefault(ask.urn, []).append(part.id)
    return {urn: tuple(ids) for urn, ids in sorted(found.items()) if len(ids) > 1}
