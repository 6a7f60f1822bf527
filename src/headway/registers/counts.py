"""What is counted of sessions and enrolments, and the rates of it: always sums over sums, never means of rates."""

from collections.abc import Iterable
from dataclasses import dataclass

# columns of the tables that kernels add to
POSSIBLE, AUTHORISED, UNAUTHORISED, ENROLMENTS, PERSISTENT, SEVERE, DECIDED, TOO_EARLY, THRESHOLD = range(9)
COLUMNS = 9


@dataclass(frozen=True)
class Counts:
    """Sessions, and enrolments with a possible one. `decided` are those of whom persistent absence can be told; of `too_early` it
    cannot, for they have too few possible sessions so far: they count neither way.
    """

    possible: int = 0
    authorised: int = 0
    unauthorised: int = 0
    enrolments: int = 0
    persistent: int = 0
    severe: int = 0
    decided: int = 0
    too_early: int = 0

    @property
    def absent(self) -> int:
        return self.authorised + self.unauthorised

    @property
    def attended(self) -> int:
        return self.possible - self.absent

    def rate(self, count: int) -> float | None:
        """Per cent of possible sessions, unrounded; None where there are none."""
        return 100 * count / self.possible if self.possible else None

    def share(self, count: int) -> float | None:
        """Per cent of the enrolments that can be told of."""
        return 100 * count / self.decided if self.decided else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def pooled(parts: Iterable[Counts]) -> Counts:
    """Groups together."""
    return sum(parts, Counts())
