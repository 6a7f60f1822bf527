"""One past day as a back-test needs it: the schools at risk, what was proposed, what came of them, and what else is known of them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from headway.definitions.tiers import NOT_ENOUGH, Outcome, Scheme
from headway.readings.door import Door
from headway.readings.tier_backtest.inputs import Inputs, inputs
from headway.readings.tier_backtest.labels import Label, at_risk
from headway.readings.tier_proposal.answers import Proposal
from headway.readings.tier_proposal.asking import YEAR, Gathered, Question, gather
from headway.readings.tier_proposal.proposing import in_bulk
from headway.vocabulary.viewer import PUBLIC

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

AGELESS = 50.0  # where a school of unknown grade stands in the baseline: between the best and the others


@dataclass(frozen=True, eq=False)
class Day:
    """What was known on a day and what was proposed. Only published figures are in it: nobody's early results decide what was known."""

    scheme: Scheme
    gathered: Gathered
    proposals: tuple[Proposal, ...]  # of all schools sorted
    risk: "NDArray[np.int64]"  # the places of those at risk

    @cached_property
    def points(self) -> "Floats":
        """Of all schools sorted: the points, or those at which the tier begins where a floor or any-of put it there."""
        import numpy as np

        return np.array([max(one.points, self._begins(one.tier)) for one in self.proposals], float)

    def _begins(self, tier: str) -> int:
        return 0 if tier == NOT_ENOUGH else self.scheme.tiers[tier].from_points or 0

    @cached_property
    def urns(self) -> list[int]:
        return [self.proposals[at].urn for at in self.risk.tolist()]

    @cached_property
    def flagged(self) -> "Flags":
        """Of those at risk: a tier heavier than a light one was proposed."""
        import numpy as np

        heavy = [one.tier != NOT_ENOUGH and not self.scheme.tiers[one.tier].light for one in self.proposals]
        return np.array(heavy, bool)[self.risk]

    @cached_property
    def undecided(self) -> "Flags":
        import numpy as np

        return np.array([one.tier == NOT_ENOUGH for one in self.proposals], bool)[self.risk]

    @cached_property
    def baseline(self) -> "Floats":
        """The newest grade, and among the same the years since: a school not of the best grade first, the longest ago first."""
        import numpy as np

        def score(at: int) -> float:
            visit = self.gathered.visits.get(self.proposals[at].urn)
            if visit is None:
                return AGELESS
            best = visit.grades.get("overall_effectiveness") == "1"
            return (0.0 if best else 100.0) + (self.gathered.question.day - visit.inspected).days / YEAR

        return np.array([score(at) for at in self.risk.tolist()])

    @cached_property
    def roll(self) -> "Floats":
        return self._newest("context.roll")

    @cached_property
    def deprivation(self) -> "Floats":
        return self._newest("context.fsm")

    def _newest(self, measure: str) -> "Floats":
        """The newest figure known, of all schools sorted; NaN where there is none."""
        import numpy as np

        values = self.gathered.measures.figures(measure).value[:, self.gathered.wanted]
        found = np.full(values.shape[1], np.nan)
        for line in values[::-1]:
            found = np.where(np.isfinite(line), line, found)
        return found

    @cached_property
    def inputs(self) -> Inputs:
        """Of those at risk."""
        every = inputs(self.gathered, self.roll, self.deprivation)
        return Inputs(every.titles, every.values[self.risk])


def day_of(door: Door, scheme: Scheme, outcome: Outcome, as_of: date, authority: str = "") -> Day:
    """Everything that was known on a day."""
    import numpy as np

    gathered = gather(door, PUBLIC, Question(scheme, as_of), authority=authority)
    return Day(scheme, gathered, in_bulk(gathered), np.flatnonzero(np.array(at_risk(gathered, outcome), bool)))


@dataclass(frozen=True, eq=False)
class World:
    """A day, and what had come of its schools by another."""

    day: Day
    labels: dict[int, Label]

    @cached_property
    def labelled(self) -> "Flags":
        """Of those at risk, as `fell`."""
        import numpy as np

        return np.array([urn in self.labels for urn in self.day.urns], bool)

    @cached_property
    def fell(self) -> "Flags":
        import numpy as np

        return np.array([urn in self.labels and self.labels[urn].fell for urn in self.day.urns], bool)
