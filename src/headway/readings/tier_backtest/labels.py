"""What came of each school after a day: fell, held, or unlabelled. A school that closed is followed under the number of its successor."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from headway.analysis.predicates import Answered, Operand, answer
from headway.analysis.tiers import signal_answer
from headway.definitions.predicates import GradeIs
from headway.definitions.tiers import Outcome
from headway.readings.door import Door
from headway.readings.tier_proposal.asking import Gathered, Question, gather
from headway.readings.tier_proposal.graded import SAME_VISIT, UNPUBLISHED, Visit
from headway.vocabulary.answer import Answer
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterable

LATER = f"""
SELECT urn, inspected, coalesce(published, inspected + INTERVAL {UNPUBLISHED.days} DAY)::DATE AS known, published IS NULL,
    scale, judgement, grade
FROM inspection WHERE known > ? AND known <= ? ORDER BY urn, known, inspected
"""


@dataclass(frozen=True)
class Label:
    """Whether the school fell, when that became known, and under which number."""

    fell: bool
    known: date
    urn: int


def at_risk(gathered: Gathered, outcome: Outcome) -> list[bool]:
    """Of each school asked for whether it is known not to be in the state on the day."""
    if all(isinstance(one, GradeIs) for way in outcome.ways for one in way.conditions):
        return _graded(gathered, outcome)
    return [_state(gathered, outcome, at)[0] is Answer.NOT_MET for at in range(len(gathered.wanted))]


def _graded(gathered: Gathered, outcome: Outcome) -> list[bool]:
    """The same of a state that rests on grades alone: schools of one phase with the same grades are in it or not together."""
    known: dict[tuple[str, tuple[str, ...]], bool] = {}
    found = []
    for at, phase in enumerate(gathered.schools.phase[gathered.wanted].tolist()):
        visit = gathered.visits.get(gathered.urn(at))
        key = phase, visit.said if visit else ()
        if key not in known:
            known[key] = _state(gathered, outcome, at)[0] is Answer.NOT_MET
        found.append(known[key])
    return found


def _state(gathered: Gathered, outcome: Outcome, at: int) -> tuple[Answer, int]:
    """Whether a school is in the state, and by figures of which year; 0 where they are of none."""
    way = outcome.way(str(gathered.schools.phase[gathered.wanted[at]]))
    looked = [gathered.of(one, at) for one in (way.conditions if way else ())]
    newest = max((year.start for one in looked for year in one.years), default=0)
    return signal_answer(way, tuple(one.answered for one in looked)).answer, newest


def labels(door: Door, viewer: Viewer, gathered: Gathered, outcome: Outcome, until: date) -> dict[int, Label]:
    """URN → what came of it by a day. A school without an answer by then is not in it: it is unlabelled, which is not "held"."""
    after = successors(door)
    if outcome.kind == "inspection":
        return _inspected(door, gathered, outcome, until, after)
    return _measured(gathered, gather(door, viewer, Question(gathered.question.scheme, until)), outcome, after)


def _measured(gathered: Gathered, later: Gathered, outcome: Outcome, after: dict[int, tuple[int, ...]]) -> dict[int, Label]:
    """By figures of a newer year than those of the day: the same figures, asked again, say nothing of what came after."""
    said = {later.urn(at): _state(later, outcome, at) for at in range(len(later.wanted))}
    found = {}
    for at, urn in enumerate(_urns(gathered)):
        _, then = _state(gathered, outcome, at)
        for number in (urn, *after.get(urn, ())):
            state, year = said.get(number, (Answer.UNKNOWN, 0))
            if state is not Answer.UNKNOWN and year > then:
                found[urn] = Label(state is Answer.MET, later.question.day, number)
                break
    return found


def _urns(gathered: Gathered) -> "Iterable[int]":
    return (int(one) for one in gathered.schools.urn[gathered.wanted])


def successors(door: Door) -> dict[int, tuple[int, ...]]:
    """URN → the schools whose past it is, through one-to-one succession, the nearest first."""
    found: dict[int, list[int]] = {}
    for urn, of in door.lookup.rows("SELECT urn, of_urn FROM chain ORDER BY from_year DESC, urn"):
        found.setdefault(of, []).append(urn)
    return {of: tuple(listed) for of, listed in found.items()}


def _inspected(door: Door, gathered: Gathered, outcome: Outcome, until: date, after: dict[int, tuple[int, ...]]) -> dict[int, Label]:
    """By the first graded inspection that became known after the day, of the school or of one that followed it."""
    first = first_visits(door, gathered.question.day, until)
    phase = {urn: str(one) for urn, one in zip(_urns(gathered), gathered.schools.phase[gathered.wanted], strict=True)}
    found = {}
    for urn in phase:
        visits = [(number, *first[number]) for number in (urn, *after.get(urn, ())) if number in first]
        if visits:
            number, known, visit = min(visits, key=lambda one: (one[1], one[0] != urn))
            way = outcome.way(phase[urn])
            said = signal_answer(way, tuple(_says(visit, one) for one in (way.conditions if way else ()) if isinstance(one, GradeIs)))
            if said.answer is not Answer.UNKNOWN:
                found[urn] = Label(said.answer is Answer.MET, known, number)
    return found


def _says(visit: Visit, condition: GradeIs) -> Answered:
    return answer(condition, Operand(float(visit.rules_met(condition))))


def first_visits(door: Door, after: date, until: date) -> dict[int, tuple[date, Visit]]:
    """URN → the day on which its first graded inspection after a day became known, and the inspection."""
    found: dict[int, tuple[date, Visit]] = {}
    if "inspection" not in door.lookup.tables:
        return found
    for urn, inspected, known, assumed, scale, judgement, grade in door.lookup.rows(LATER, [after, until]):
        if urn not in found:
            found[urn] = known, Visit(urn, inspected, scale, {}, assumed)
        visit = found[urn][1]
        if visit.scale == scale and abs((inspected - visit.inspected).days) <= SAME_VISIT:
            visit.grades.setdefault(judgement, grade)
    return found
