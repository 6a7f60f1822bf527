"""What a back-test answers with: counts with their intervals, never a single score without its baseline."""

from dataclasses import dataclass
from datetime import date

from headway.readings.answers import SnapshotFacts
from headway.stats.detection import Picked
from headway.stats.group_gaps import Beside
from headway.stats.logistic import Calibration


@dataclass(frozen=True)
class Ranked:
    """One way to put schools in order, at the team's capacity and over all thresholds."""

    name: str  # points, previous_grade, second_opinion
    title: str
    at_capacity: Picked
    average_precision: float | None
    area: float | None  # the chance that a school that fell ranks above one that held
    note: str = ""


@dataclass(frozen=True)
class Threshold:
    """Support from so many points on: what it catches, and the adviser days for all schools of the scheme, labelled or not."""

    points: int
    picked: Picked
    schools: int  # of all that are sorted
    days: float


@dataclass(frozen=True)
class GroupErrors:
    """At the team's capacity, in one group: how many of those that fell were missed, how many that held were flagged. Limits are 95%."""

    by: str  # phase, size, deprivation, governance
    group: str
    units: int
    fell: int
    missed: float | None
    missed_low: float | None
    missed_high: float | None
    alarmed: float | None
    alarmed_low: float | None
    alarmed_high: float | None
    why: str = ""


@dataclass(frozen=True)
class GroupGap:
    """One group beside all others of its kind, at the team's capacity, by one way to rank; its slope of calibration, None on too little.

    A slope of 1 says that the way to rank, put on the scale of chances by all schools, tells as much of this group as of all.
    """

    way: str  # points, second_opinion
    by: str  # phase, size, deprivation, governance
    beside: Beside
    slope: float | None


@dataclass(frozen=True)
class Lead:
    """Months from the day of the flag to the day on which the fall became known, of those that the tiers flagged. None of results, which
    are looked at once, at the end."""

    hits: int
    quarter: float | None
    median: float | None
    three_quarters: float | None


@dataclass(frozen=True)
class Reason:
    """What weighs most in the second opinion, by the weight of a standardised input."""

    title: str
    weight: float


@dataclass(frozen=True)
class SecondOpinion:
    """How the regression was made, and whether its chances were what they said. `calibration` is None on too little evidence."""

    trained_on: date
    trained_until: date
    units: int
    fell: int
    reasons: tuple[Reason, ...]
    calibration: Calibration | None


@dataclass(frozen=True)
class SchoolLine:
    """One school at risk: what was proposed, what the second opinion said and why, and what came of it (None: unlabelled)."""

    urn: int
    name: str
    tier: str
    points: int
    flagged: bool  # the tier is heavier than a light one
    chance: float | None
    reasons: tuple[str, ...]  # what raised the chance most
    fell: bool | None
    known: date | None
    under: int | None  # the number under which it was found, where it is another


@dataclass(frozen=True)
class Backtest:
    """One scheme on one day, with the outcome looked for until another."""

    scheme: str
    title: str
    outcome: str
    outcome_title: str
    as_of: date
    until: date
    snapshot: SnapshotFacts
    sorted: int  # schools that the scheme sorts on the day
    at_risk: int  # of them, those not in the state already, as far as is known
    labelled: int
    fell: int
    under_successor: int  # falls that were found under the URN of a school that followed
    closed: int  # schools at risk that had closed by the end
    flagged: Picked  # by the tiers themselves: heavier than a light one
    undecided: Picked  # not enough evidence: how many, and how many of them fell
    labelled_flagged: float | None  # the share of the flagged that got a label, and of the others: flagging and inspecting may go together
    labelled_others: float | None
    capacity: float  # schools
    ranked: tuple[Ranked, ...]
    frontier: tuple[Threshold, ...]
    groups: tuple[GroupErrors, ...]
    gaps: tuple[GroupGap, ...]
    lead: Lead
    second_opinion: SecondOpinion | None
    schools: tuple[SchoolLine, ...]
    cautions: tuple[str, ...]
