"""The best round, in a fixed order of what matters, by mixed-integer programming (HiGHS), each step proven before the next.

1. As little as possible is left unmet, by the weights of the needs.
2. Among those rounds, whoever is worst off is as well off as can be: the dearest pair is in as low a band as possible.
3. Among those, the whole costs least, calling on providers included.
4. Among those, the lots decide, so that two runs and two machines agree.

References: Huangfu and Hall (2018), Mathematical Programming Computation 10:119–142, for the solver; Ogryczak (1997), European Journal of
Operational Research 97:416–424, for putting the worst off first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment import branching
from headway.stats.assignment.model import Answer, Model
from headway.stats.assignment.problem import Problem
from headway.stats.assignment.shortage import Shortage, shortages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float64]

LONGEST = 60.0  # seconds of one step, after which the best that was found is given with its gap


class HeldTooMuch(ValueError):
    """What was held by hand cannot be: needs, providers, teams or pairs, by their places, that are asked for more than there is."""

    def __init__(self, needs: tuple[int, ...], providers: tuple[int, ...], teams: tuple[int, ...], pairs: tuple[int, ...]) -> None:
        super().__init__(f"held by hand beyond what there is: needs {needs}, providers {providers}, teams {teams}, barred pairs {pairs}")
        self.needs, self.providers, self.teams, self.pairs = needs, providers, teams, pairs


@dataclass(frozen=True, eq=False)
class Round:
    """A round: which pairs, what is unmet and why, what the worst off bears, what the whole costs and what no round could undercut."""

    chosen: tuple[int, ...]  # pairs, by place, in order
    unmet: "Whole"  # (J,)
    worst: int  # the cost of the dearest pair
    total: int
    bound: int  # no round that leaves as little unmet, and nobody worse off, costs less
    proven: bool  # that less cannot be left unmet, nor the worst off be better off
    shortages: tuple[Shortage, ...]
    held: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()
    band: int = 0
    above: float | None = None  # how far it lies above its relaxation, where that was asked: an edit by hand begins with it

    @property
    def gap(self) -> float:
        """The share of the total that is not proven to be needed; 0 for an optimum."""
        return (self.total - self.bound) / self.total if self.total else 0.0

    @property
    def optimal(self) -> bool:
        return self.proven and self.total == self.bound


def solve(
    problem: Problem, *, held: Iterable[int] = (), barred: Iterable[int] = (), band: int = 0, near: Round | None = None,
    seconds: float = LONGEST,
) -> Round:  # fmt: skip
    """The best round with the pairs `held` in it and those `barred` out of it.

    `band`: how far apart two costs must lie for the worst off to come before the total; 0: only the total counts. `near`: the round before
    an edit by hand, from which the search starts. Raises HeldTooMuch where no round can have all that is held.
    """
    import numpy as np

    kept, out = tuple(sorted(set(held))), tuple(sorted(set(barred)))
    _check(problem, kept, out)
    lower, upper = np.zeros(len(problem.cost)), np.ones(len(problem.cost))
    upper[list(out)], lower[list(kept)] = 0, 1
    model = Model(problem, lower)
    before = near if near is not None and near.proven and near.band == band else None
    found = _as_before(model, upper, before, seconds) if before is not None and _only_adds(before, kept, out) else None
    if found is None:
        found = _plain(problem, lower, upper, band, seconds)
    if found is None:
        found = _from_scratch(model, upper, band, near, seconds)
    cheapest, proven = found
    chosen = cheapest.chosen
    left = problem.wanted - np.bincount(problem.need[list(chosen)], minlength=len(problem.wanted))
    worst = max((int(problem.cost[pair]) for pair in chosen), default=0)
    why = shortages(problem, upper > 0, chosen, left)
    return Round(chosen, left, worst, cheapest.total, cheapest.bound, proven, why, kept, out, band, cheapest.above)


def _plain(problem: Problem, lower: "Floats", upper: "Floats", band: int, seconds: float) -> tuple[Answer, bool] | None:
    """Where a problem has only days and costs and is large: the cheapest round that leaves as little unmet as can be."""
    import numpy as np

    held = np.isin(np.arange(len(problem.days)), problem.need[lower > 0])
    allowed = np.where(held[problem.need], lower > 0, upper > 0)
    if band > 0 or not branching.plain(problem, allowed):
        return None
    found = branching.cheapest(problem, allowed, seconds)
    return branching.short(problem, allowed, held, seconds) if found is None else (found, True)


def _from_scratch(model: Model, upper: "Floats", band: int, near: Round | None, seconds: float) -> tuple[Answer, bool]:
    first = model.least_unmet(upper, seconds)
    upper, proven = _fairest(model, upper, first.total, band, first, near, seconds)
    cheapest = model.cheapest(upper, first.total, seconds)
    return cheapest or Answer((), 0, 0), proven and cheapest is not None


def _only_adds(before: Round, held: tuple[int, ...], out: tuple[int, ...]) -> bool:
    """Whether an edit only holds or bars more: nothing can then be left less unmet, nor the worst off be better off, than before."""
    return set(before.held) <= set(held) and set(before.barred) <= set(out)


def _as_before(model: Model, upper: "Floats", before: Round, seconds: float) -> tuple[Answer, bool] | None:
    """The least cost with as little unmet and nobody worse off than before the edit, in one run; None where that cannot be."""
    import numpy as np

    unmet = int(model.problem.weight @ before.unmet)
    if before.band > 0:
        bands, held = -(-model.problem.cost // before.band), model.lower > 0
        most = max(-(-before.worst // before.band), int(bands[held].max(initial=0)))
        upper = np.where(held | (bands <= most), upper, 0.0)
    found = model.cheapest(upper, unmet, seconds, Answer(before.chosen, before.total, before.bound, before.above))
    return None if found is None else (found, True)


def _check(problem: Problem, held: tuple[int, ...], barred: tuple[int, ...]) -> None:
    import numpy as np

    pairs = np.array(held, np.int64)
    need, provider = problem.need[pairs], problem.provider[pairs]
    many, teams = np.bincount(provider, minlength=len(problem.capacity)), problem.team[provider]
    needs = np.bincount(need, minlength=len(problem.days)) > problem.wanted
    days = np.bincount(provider, problem.days[need], minlength=len(problem.capacity))
    providers = (days > problem.capacity) | (many > problem.most)
    full = np.bincount(teams[teams >= 0], minlength=len(problem.team_most)) > problem.team_most
    found = tuple(tuple(np.flatnonzero(one).tolist()) for one in (needs, providers, full))
    both = tuple(sorted(set(held) & set(barred)))
    if any(found) or both:
        raise HeldTooMuch(found[0], found[1], found[2], both)


def _fairest(
    model: Model, upper: "Floats", unmet: int, band: int, first: Answer, near: Round | None, seconds: float
) -> tuple["Floats", bool]:
    """The pairs that remain when all dearer than the worst off need bear are left out, and whether that is proven.

    The lowest band with which as little stays unmet is looked for by halving: whether a band will do is a question of feasibility alone,
    which is far quicker than a most in the objective, whose relaxation says nothing. What is held by hand stays, whatever it costs, and no
    band below it is asked: that would make others better off at the cost of the whole, and the worst off not. After an edit the worst off
    are mostly where they were, so that band and the one below it are asked first.
    """
    import numpy as np

    if band <= 0 or not first.chosen:
        return upper, True
    bands, held = -(-model.problem.cost // band), model.lower > 0
    dearest = bands[held].max(initial=0)  # nobody can be better off than whoever is held by hand and worst off
    bands = np.where(held, dearest, bands)
    levels = np.unique(bands[upper > 0])
    low, high = (int(np.searchsorted(levels, one)) for one in (dearest, bands[list(first.chosen)].max()))
    place = int(np.searchsorted(levels, -(-near.worst // band))) if near is not None else None
    wanted = [] if place is None else [place, place - 1]
    sure = first.total == first.bound
    while low < high:
        middle = next((one for one in wanted if low <= one < high), (low + high) // 2)
        wanted = [one for one in wanted if one != middle]
        answer = model.feasible(np.where(bands <= levels[middle], upper, 0.0), unmet, seconds)
        sure = sure and answer is not None
        low, high = (low, middle) if answer else (middle + 1, high)
    return np.where(bands <= levels[high], upper, 0.0), sure
