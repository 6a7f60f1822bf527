"""The answers of schools to every condition of a scheme on a day, gathered measure by measure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from headway.analysis.predicates import Answered, Operand, answer
from headway.analysis.tiers import signal_answer
from headway.definitions.predicates import Condition, GradeIs, OfMeasures, OlderThan, Told
from headway.definitions.tiers import Scheme, Signal
from headway.readings.door import Door, measure_facts
from headway.readings.tier_proposal import graded, told
from headway.readings.tier_proposal.answers import Entry, Looked, SignalAnswer
from headway.readings.tier_proposal.figures import Asked
from headway.readings.tier_proposal.known import known_by
from headway.readings.tier_proposal.operands import Measures, Operands
from headway.readings.tier_proposal.schools import Schools, schools
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.answer import Answer, Unknown
from headway.vocabulary.clock import today
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YEAR = 365.25


@dataclass(frozen=True)
class Question:
    """Which scheme, on which day (None: today, with everything that is held), and what people have said of schools."""

    scheme: Scheme
    as_of: date | None = None
    entries: tuple[Entry, ...] = ()
    reads_restricted: bool = True  # whether the viewer may read restricted soft signals: a permission of the desk

    @property
    def day(self) -> date:
        return self.as_of or today()


@dataclass(eq=False)
class Gathered:
    """Everything that the answers of the schools asked for are made of. `wanted` are places in `schools`."""

    question: Question
    schools: Schools
    wanted: "NDArray[np.int64]"
    measures: Measures
    visits: dict[int, graded.Visit]
    entries: told.ByKind
    door: Door
    kept: dict[int, Operands] = field(default_factory=dict)
    by_grades: dict[tuple[int, tuple[str, ...]], Operand] = field(default_factory=dict)  # of a condition and grades

    def of(self, condition: Condition, at: int) -> Looked:
        """What a condition says of the school at a place in `wanted`, and what it looked at."""
        if not isinstance(condition, (Told, GradeIs, OlderThan)):
            return self._measured(condition, at)
        found = self.noted(condition, at)
        visit = None if isinstance(condition, Told) else self.visits.get(self.urn(at))
        return Looked(condition, found, answer(condition, found), visit=visit)

    def urn(self, at: int) -> int:
        return int(self.schools.urn[self.wanted[at]])

    def noted(self, condition: Told | GradeIs | OlderThan, at: int) -> Operand:
        """What people have said, or what the newest inspection gave."""
        urn = self.urn(at)
        if isinstance(condition, Told):
            return self._told(condition, urn, self.entries)
        visit = self.visits.get(urn)
        if visit is None:
            return Operand(None, status=Unknown.NOT_INSPECTED)
        if isinstance(condition, GradeIs):
            key = id(condition), visit.said
            if key not in self.by_grades:
                self.by_grades[key] = Operand(float(visit.rules_met(condition)))
            return self.by_grades[key]
        return Operand((self.question.day - visit.inspected).days / YEAR)

    def nothing_noted(self, condition: Told) -> Operand:
        """The same of a school of which nobody has said anything of the kind."""
        return self._told(condition, 0, {})

    def _told(self, condition: Told, urn: int, entries: told.ByKind) -> Operand:
        kinds = self.door.library.soft_signals
        return told.operand(condition, urn, entries, kinds, self.question.day, self.question.reads_restricted)

    def _measured(self, condition: OfMeasures, at: int) -> Looked:
        found = self.operands(condition)
        columns = (found.value, found.other, found.margin, found.n, found.own, found.theirs)
        value, other, margin, n, own, theirs = (None if one[at] != one[at] else float(one[at]) for one in columns)
        years = tuple(AcademicYear(year) for year, used in zip(found.years, found.used[:, at], strict=True) if used)
        operand = Operand(value, other, margin, n, Unknown(found.status[at]))
        facts = measure_facts(self.door.measure(condition.measure))
        return Looked(condition, operand, answer(condition, operand), years, own, theirs, facts)

    def operands(self, condition: OfMeasures) -> Operands:
        """Of every school asked for, kept."""
        key = id(condition)  # a scheme's conditions live as long as the scheme, and hashing one costs more than the answer
        if key not in self.kept:
            self.kept[key] = self.measures.operands(condition)
        return self.kept[key]


def gather(door: Door, viewer: Viewer, question: Question, urns: Iterable[int] | None = None, authority: str = "") -> Gathered:
    """For some schools, an authority's, or with neither all of the country's."""
    import numpy as np

    found = schools(door, question.scheme, question.as_of)
    if urns is not None:
        wanted = found.places(np.array(sorted(urns), np.int64))
        wanted = wanted[wanted >= 0]
    else:
        wanted = np.flatnonzero(found.authority == authority) if authority else np.arange(len(found.urn))
    known = known_by(door.library, question.as_of) if question.as_of else None
    asked = Asked(door, viewer, found, AcademicYear.of(question.day).start, known)
    visits = graded.newest_visits(door, found, question.day)
    return Gathered(question, found, wanted, Measures(asked, wanted), visits, told.by_kind(question.entries, question.day), door)


def signal_answers(gathered: Gathered, at: int) -> dict[str, SignalAnswer]:
    """What each signal of the scheme says of the school at a place in `wanted`, with all that it looked at."""
    phase = str(gathered.schools.phase[gathered.wanted[at]])
    return {name: _answered(gathered, name, signal, phase, at) for name, signal in gathered.question.scheme.signals.items()}


def _answered(gathered: Gathered, name: str, signal: Signal, phase: str, at: int) -> SignalAnswer:
    way = signal.way(phase)
    looked = tuple(gathered.of(condition, at) for condition in (way.conditions if way else ()))
    return signal_said(name, signal, signal_answer(way, tuple(one.answered for one in looked)), looked)


def signal_said(name: str, signal: Signal, said: Answered, looked: tuple[Looked, ...] = ()) -> SignalAnswer:
    """An answer with the points that it adds."""
    points = signal.points if said.answer is Answer.MET else 0
    return SignalAnswer(name, signal.title, signal.domain, said.answer, said.why, points, signal.core, looked)
