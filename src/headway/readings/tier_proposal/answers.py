"""What the tier commands and pages are answered with: frozen shapes, every figure in them decided by the door."""

from dataclasses import dataclass
from datetime import date

from headway.analysis.predicates import Answered, Operand
from headway.definitions.predicates import Condition
from headway.readings.answers import Establishment, MeasureFacts, SnapshotFacts
from headway.readings.tier_proposal.graded import Visit
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.answer import Answer, Unknown


@dataclass(frozen=True)
class Entry:
    """What somebody has said of a school: a concern found, or (`clear`) looked into and nothing found.

    `note` and `source` are for those who may read restricted ones; `sensitivity` is that of its kind, in library/soft_signals.yaml.
    """

    urn: int
    kind: str
    on: date
    source: str
    clear: bool = False
    expires: date | None = None  # None: as long after `on` as its kind counts
    note: str = ""


@dataclass(frozen=True)
class Looked:
    """One condition of a signal: what it looked at, in which years, and what it said.

    `own` and `theirs` are the school's figure and what it was set beside, before the condition makes a gap or a position of them.
    """

    condition: Condition
    operand: Operand
    answered: Answered
    years: tuple[AcademicYear, ...] = ()
    own: float | None = None
    theirs: float | None = None
    measure: MeasureFacts | None = None
    visit: Visit | None = None


@dataclass(frozen=True)
class SignalAnswer:
    """One signal of one school. `points` are those that it adds: none unless it is met."""

    name: str
    title: str
    domain: str
    answer: Answer
    why: Unknown | None
    points: int
    core: bool
    looked: tuple[Looked, ...] = ()

    @property
    def met(self) -> bool:
        return self.answer is Answer.MET


@dataclass(frozen=True)
class Proposal:
    """What a scheme proposes for a school, and everything it rests on."""

    urn: int
    name: str
    phase: str
    governance: str
    route: str  # how the school is spoken with
    powers: bool  # whether the authority has powers of intervention over it
    tier: str  # one of the scheme's, or not_enough_evidence
    by: str  # floor, any_of, points, evidence
    points: int
    reasons: tuple[str, ...]
    at_least: str
    at_most: str
    missing: tuple[str, ...]
    signals: tuple[SignalAnswer, ...]


@dataclass(frozen=True)
class Proposals:
    """All proposals of one question: which scheme, as of when, from which snapshot, and what the answer does not know."""

    scheme: str
    title: str
    as_of: date | None
    snapshot: SnapshotFacts
    proposals: tuple[Proposal, ...]
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """One school's proposal with who it is, and what would move it to a lighter tier."""

    establishment: Establishment
    proposal: Proposal
    scheme: str
    title: str
    as_of: date | None
    snapshot: SnapshotFacts
    lighter: tuple[str, ...]  # signals that, were they not met, would take the school to the next lighter tier
    cautions: tuple[str, ...] = ()
