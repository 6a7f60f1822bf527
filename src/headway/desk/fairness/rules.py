"""What a scheme's back-tests and the sign-offs say of showing its proposals. No database here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from headway.readings.tier_backtest.answers import GroupGap
from headway.readings.tier_backtest.keeping import Kept, open_gaps

LONGEST = timedelta(366)  # a sign-off is looked at again after a year
POINTS, OPINION = "points", "second_opinion"  # the two ways to rank: the proposals rest on the first


class State(StrEnum):
    UNTESTED = "untested"
    TOO_FEW = "too_few"
    FAIR = "fair"
    SIGNED = "signed"
    HELD = "held"


@dataclass(frozen=True)
class Standing:
    """Of one scheme: its tests, the newest first, the wide gaps that stand, and those of them for which nobody answers."""

    scheme: str
    tests: tuple[Kept, ...] = ()
    gaps: tuple[tuple[Kept, GroupGap], ...] = ()
    unsigned: tuple[tuple[Kept, GroupGap], ...] = ()
    altered: bool = False  # the scheme is no longer as it was when it was tested last

    @property
    def state(self) -> State:
        if not self.tests:
            return State.UNTESTED
        if self.unsigned:
            return State.HELD
        if self.gaps:
            return State.SIGNED
        return State.FAIR if any(one.beside.known for test in self.tests for one in test.gaps) else State.TOO_FEW

    def holds_back(self, way: str = POINTS) -> bool:
        """Whether what this way to rank says of schools is shown to nobody."""
        return any(one.way == way for _, one in self.unsigned)

    @property
    def to_sign(self) -> tuple[Kept, ...]:
        """The tests for whose gaps nobody answers."""
        return tuple({test.id: test for test, _ in self.unsigned}.values())


def standing(scheme: str, rules: str, tests: Sequence[Kept], signed: Collection[str]) -> Standing:
    """`tests`: of the scheme, the newest first; `rules`: the digest of the scheme now; `signed`: the tests with a sign-off that holds.

    A gap stays until a newer test of the same group finds none: altering the scheme takes no gap away, a new version is another scheme.
    """
    gaps = open_gaps(tests)
    unsigned = tuple((test, one) for test, one in gaps if test.id not in signed)
    return Standing(scheme, tuple(tests), gaps, unsigned, bool(tests) and tests[0].rules != rules)


def fault_of_until(until: date, today: date) -> str:
    """What is wrong with the last day of a sign-off; empty where nothing is."""
    if until <= today:
        return "Give a day that is still to come."
    return "" if until - today <= LONGEST else "At most a year: then somebody looks again."
