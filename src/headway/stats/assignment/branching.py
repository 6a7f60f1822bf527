"""The cheapest round of a large plain problem: branch and bound on the prices of needs, which rule out nearly everything.

Prices of needs give a lower bound that is far nearer the optimum than that of the relaxation, and for each pair how much dearer at least a
round becomes with it (`knapsacks`). Rounds made from the knapsacks and bettered by exchange (`exchanging`) are near the optimum from above.
A pair with which a round must cost as much as the best so far is left out; a need with one pair left is settled. Where that does not decide
everything, the need that is least decided among the longest is settled as it mostly is in the knapsacks, or otherwise: each half is priced
anew. The best so far is mostly too dear to rule much out, so a round is hoped for that costs little more than the bound. Where there is
none, no round undercuts what was hoped, and a little more is hoped for; where there is one it is the best, and nothing dearer was searched.
Posta, Ferland and Michelon (2012), Computational Optimization and Applications 52:629–644, who hope for one more each time; Fisher,
Jaikumar and Van Wassenhove (1986), Management Science 32:1095–1103.

Of equally cheap rounds the one that this search meets first is taken, the same each time: the lots of a problem are not asked.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from headway.stats.assignment.model import Answer
from headway.stats.assignment.problem import NO_TEAM, UNLIMITED, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

LARGE = 2_000  # pairs; below, HiGHS alone is as quick and asks the lots as well
MOST = 1 << 12  # days of one provider, in their common part, that the knapsacks are worked out for
UNIT, BITS = 256, 1 << 31  # parts of one of cost, in which prices are; and what all of them stay below together
CLIMBS, STEPS, AHEAD = 6, 300, 200  # to the first bound; a two-hundredth of it is aimed at beyond it
AGAIN, ONCE_MORE, NEAR = 40, 15, 4  # steps to the bound of a half, and after pairs went; how far, in cost, is aimed at beyond it
LONG, SHORT = (0.5, 0.3), (0.1, 0.1)  # steps and share of the newest knapsacks, of a first climb and of a later one
HOPE, MUCH, LITTLE, QUICK = 5_000, 1.25, 1.15, 100  # a five-thousandth of the bound is hoped for first; then more, by halves searched
OFTEN, SELDOM, EARLY = 4, 32, 80  # halves from one guess to the next, at the beginning and later
MORE = (1 / 3, 1 / 2, 1 / 6)  # of the time, for as few days unmet as must be; then one part of a day more each time, for want of a round
TRIES, FEW = 3, 0.1  # a half is priced again while a tenth of its pairs go


@dataclass(frozen=True, eq=False)
class Part:
    """What is left of a problem when some needs are settled and some pairs are left out. Pairs (P,) are sorted by provider."""

    need: "Whole"  # (P,)
    provider: "Whole"  # (P,)
    cost: "Whole"  # (P,): in parts of UNIT
    mean: "Floats"  # (P,): of the knapsacks
    price: "Whole"  # (J,): in parts of UNIT; 0 of a need that is settled
    capacity: "Whole"  # (I,)
    who: "Whole"  # (J,): the provider of a need that is settled; −1
    base: int  # what is settled costs, in parts of UNIT
    low: int  # no round of this part costs less, in parts of UNIT

    @property
    def live(self) -> "Floats":
        """(J,): 1 for a need that is not settled."""
        found: Floats = (self.who < 0).astype(float)
        return found


def plain(problem: Problem, allowed: "Bools") -> bool:
    """Whether a problem has nothing but days and costs, and is large."""
    import numpy as np

    only_days = not problem.opening.any() and (problem.team < 0).all() and (problem.wanted == 1).all()
    most = np.bincount(problem.provider[allowed], minlength=len(problem.capacity))
    small = problem.capacity.max(initial=0) // max(1, np.gcd.reduce(problem.days)) <= MOST
    small &= 4 * int(dearest(problem).sum()) * UNIT < BITS
    return bool(only_days and allowed.sum() >= LARGE and (problem.most >= most).all() and small and (problem.days > 0).all())


def cheapest(problem: Problem, allowed: "Bools", seconds: float) -> Answer | None:
    """The cheapest round in which nothing is left unmet, with what none can undercut; None where none was found in the time."""
    search = Search(problem, time.monotonic() + seconds)
    first = search.first(allowed)
    if first is None:
        return None
    search.dive(first)
    low = search.closed(first)
    if search.who is None:
        return None
    pairs = {(int(need), int(who)): at for at, (need, who) in enumerate(zip(problem.need, problem.provider, strict=True))}
    chosen = tuple(sorted(pairs[need, who] for need, who in enumerate(search.who.tolist())))
    return Answer(chosen, search.best, min(search.best, -(-low // UNIT)))


def short(problem: Problem, allowed: "Bools", held: "Bools", seconds: float) -> tuple[Answer, bool] | None:
    """The cheapest round where days are too few for all: nobody has just as many as must stay unmet, at no cost. And whether it is proven
    that so many must. `held` (J,): needs that may not be left.

    The relaxation says how many days must stay unmet at least; where a round with so many is found, that is the proof. Where it is not, a
    few more are tried. None where that finds nothing, or what is left out does not weigh as many as its days.
    """
    import numpy as np

    if (problem.weight != problem.days).any():
        return None
    needs, providers, pairs = len(problem.days), len(problem.capacity), len(problem.cost)
    with_nobody = replace(
        problem, need=np.append(problem.need, np.arange(needs)), provider=np.append(problem.provider, np.full(needs, providers)),
        cost=np.append(np.zeros(pairs, np.int64), problem.days), lot=np.append(problem.lot, np.zeros(needs, np.int64)),
        capacity=np.append(problem.capacity, problem.days.sum()), most=np.append(problem.most, UNLIMITED),
        opening=np.append(problem.opening, 0), team=np.append(problem.team, NO_TEAM),
    )  # fmt: skip
    may, part = np.append(allowed, ~held), int(np.gcd.reduce(problem.days))
    least = relaxation(with_nobody, may)
    if least is None:
        return None
    first = -(-int(np.ceil(least.fun - 1e-6)) // part) * part
    for more, share in enumerate(MORE):
        capacity = np.append(problem.capacity, first + more * part)
        asked = replace(with_nobody, cost=np.append(problem.cost, np.zeros(needs, np.int64)), capacity=capacity)
        found = cheapest(asked, may, seconds * share)
        if found is not None:
            return replace(found, chosen=tuple(pair for pair in found.chosen if pair < pairs)), more == 0
    return None


class Search:
    """The best round so far, and the time that is left."""

    def __init__(self, problem: Problem, ends: float) -> None:
        import numpy as np

        self.problem, self.ends, self.halves = problem, ends, 0
        self.part = int(np.gcd.reduce(problem.days))
        self.days = problem.days // self.part
        self.capacity = np.minimum(problem.capacity // self.part, self.days.sum())
        self.order = np.argsort(-self.days, kind="stable")
        self.best = self.nobody = int(problem.cost.max(initial=0)) * len(self.days) + 1  # more than any round that leaves nothing unmet
        self.hope = self.best
        self.who: Whole | None = None
        self.most = asked_at_most(problem)
        self.with_nobody = np.append(self.capacity, self.days.sum())

    @property
    def enough(self) -> int:
        """A part that reaches this has no round that is looked for."""
        return (self.limit - 1) * UNIT + 1

    @property
    def limit(self) -> int:
        """Rounds are looked for that cost less: than the best, and than is hoped for."""
        return min(self.best, self.hope)

    def first(self, allowed: "Bools") -> Part | None:
        """The whole problem, priced from the relaxation on; None where even that cannot place everybody."""
        import numpy as np

        prices = relaxed(self.problem, allowed)
        if prices is None:
            return None
        kept = np.flatnonzero(allowed)
        kept = kept[np.argsort(self.problem.provider[kept], kind="stable")]
        need, provider, cost = self.problem.need[kept], self.problem.provider[kept], self.problem.cost[kept]
        self.dense = np.full((len(self.days), len(self.with_nobody)), self.nobody)
        self.dense[need, provider] = cost
        asked = np.minimum(np.rint(prices * UNIT).astype(np.int64), self.most)
        part = Part(need, provider, cost * UNIT, np.zeros(len(kept)), asked, self.capacity, np.full(len(self.days), -1), 0, 0)
        self.above = np.zeros(len(kept), np.int64)
        for _ in range(CLIMBS):
            last, part = part.low, self.priced(part, STEPS, max(UNIT, part.low // AHEAD), LONG)
            self.guess(part)
            self.above = np.maximum(self.above, part.low + dearer(part, self.days))
            if part.low - last < UNIT or part.low >= self.enough or time.monotonic() > self.ends:
                break
        return part

    def priced(self, part: Part, steps: int, ahead: int, pace: tuple[float, float]) -> Part:
        """With better prices, and the bound they give."""
        from headway.stats.assignment import knapsacks

        price, mean = part.price.copy(), part.mean.copy()
        told = starts(part), part.need, part.cost, self.days, part.capacity, part.live
        low = part.base + int(knapsacks.climb(price, mean, *told, steps, ahead, *pace, self.enough - part.base, self.most))
        return replace(part, price=price, mean=mean, low=max(part.low, low))

    def guess(self, part: Part) -> None:
        """A round from the knapsacks, bettered by exchange; kept when it is the best so far."""
        from headway.stats.assignment import exchanging

        who = part.who.copy()
        exchanging.rounded(part.mean, part.need, part.provider, who, self.dense, self.days, self.with_nobody, self.order)
        self.keep(int(exchanging.settle(who, self.dense, self.days, self.with_nobody)), who)

    def keep(self, total: int, who: "Whole") -> None:
        if total < self.best:
            self.best, self.who = total, who

    def narrowed(self, first: Part) -> Part | None:
        """Without the pairs that the first climbs rule out; what each said of a pair holds, so the most that any said counts."""
        return shrunk(first, self.above < self.enough, self.days)

    def dive(self, first: Part) -> None:
        """Settle one need after the other without looking back, for a good round to begin with."""
        part = self.narrowed(first)
        while part is not None and time.monotonic() < self.ends:
            part = self.worked(part)
            part = next(self.halved(part), None) if part is not None else None

    def closed(self, first: Part) -> int:
        """Hope for little more than the bound, then for more, until the best is met; what no round undercuts, in parts of UNIT."""
        low, beyond = first.low, max(float(UNIT), first.low / HOPE)
        while low < self.best * UNIT and time.monotonic() < self.ends:
            self.hope, before = int(first.low + beyond) // UNIT + 1, self.halves
            low = max(low, self.all_of(self.narrowed(first)))
            beyond *= MUCH if self.halves - before < QUICK else LITTLE
        return low

    def all_of(self, part: Part | None) -> int:
        """Search all that is hoped for; what no round of it undercuts, in parts of UNIT."""
        waiting = [part] if part is not None else []
        while waiting:
            if time.monotonic() > self.ends:
                return min(min(one.low for one in waiting), self.limit * UNIT)
            found = self.worked(waiting.pop())
            if found is not None:
                waiting.extend(reversed(list(self.halved(found))))
        return self.limit * UNIT

    def worked(self, part: Part) -> Part | None:
        """A part priced anew and without what that rules out; None where nothing in it is better than the best."""
        for at in range(TRIES):
            if not len(part.need):
                self.keep(part.base // UNIT, part.who)
                return None
            part = self.priced(part, ONCE_MORE if at else AGAIN, NEAR * UNIT, SHORT)
            if part.low >= self.enough:
                return None
            many = len(part.need)
            less = shrunk(part, part.low + dearer(part, self.days) < self.enough, self.days)
            if less is None:
                return None
            part = less
            if at == 0 and self.halves % (OFTEN if self.halves < EARLY else SELDOM) == 0:
                self.guess(part)
            if len(part.need) > (1 - FEW) * many:
                break
        self.halves += 1
        return part

    def halved(self, part: Part) -> Iterator[Part]:
        """The need that is least decided among the longest: as it mostly is in the knapsacks; and otherwise."""
        import numpy as np

        if not len(part.need):
            self.keep(part.base // UNIT, part.who)
            return
        most = np.zeros(len(self.days))
        np.maximum.at(most, part.need, part.mean)
        asked = int(((np.minimum(1 - most, 0.5) + 0.02) * part.live * self.days**2).argmax())
        mine = np.flatnonzero(part.need == asked)
        pair, keep = mine[part.mean[mine].argmax()], part.need != asked
        keep[pair] = True
        for kept in (keep, np.arange(len(keep)) != pair):
            found = shrunk(part, kept, self.days)
            if found is not None:
                yield found


def dearest(problem: Problem) -> "Whole":
    """(J,): what the dearest pair of each need costs."""
    import numpy as np

    found = np.zeros(len(problem.days), np.int64)
    np.maximum.at(found, problem.need, problem.cost)
    return found


def asked_at_most(problem: Problem) -> "Whole":
    """(J,): how much a need may be priced at, in parts of UNIT: all together stay below BITS, and the dear may ask for more."""
    import numpy as np

    share = dearest(problem) + 1 + dearest(problem).mean()
    found: Whole = np.floor(share / share.sum() * (BITS - 1)).astype(np.int64)
    return found


def starts(part: Part) -> "Whole":
    """(I + 1,): where the pairs of each provider begin."""
    import numpy as np

    return np.searchsorted(part.provider, np.arange(len(part.capacity) + 1))


def shrunk(part: Part, keep: "Bools", days: "Whole") -> Part | None:
    """With only some pairs: who has one pair left is settled, and what no longer fits goes too; None where a need is left with none."""
    from headway.stats.assignment import narrowing

    kept, capacity, who, price = keep.copy(), part.capacity.copy(), part.who.copy(), part.price.copy()
    base = int(narrowing.settled(kept, part.need, part.provider, part.cost, days, capacity, who, price))
    if base < 0:
        return None
    left = part.need[kept], part.provider[kept], part.cost[kept], part.mean[kept]
    return Part(*left, price, capacity, who, part.base + base, part.low)


def dearer(part: Part, days: "Whole") -> "Whole":
    """(P,): how far at least above the bound at these prices a round with each pair lies, in parts of UNIT."""
    from headway.stats.assignment import knapsacks

    found: Whole = knapsacks.dearer(part.price, starts(part), part.need, part.cost, days, part.capacity)[0]
    return found


def relaxed(problem: Problem, allowed: "Bools") -> "Floats | None":
    """What each need costs in the relaxation, where pairs may be chosen in parts."""
    import numpy as np

    found = relaxation(problem, allowed)
    return None if found is None else np.asarray(found.eqlin.marginals)


def relaxation(problem: Problem, allowed: "Bools") -> Any:
    """As SciPy gives it; None where it has no answer."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    kept = np.flatnonzero(allowed)
    need, provider, each = problem.need[kept], problem.provider[kept], np.arange(len(kept))
    once = csr_array((np.ones(len(kept)), (need, each)), shape=(len(problem.days), len(kept)))
    days = csr_array((problem.days[need].astype(float), (provider, each)), shape=(len(problem.capacity), len(kept)))
    found = linprog(
        problem.cost[kept].astype(float), A_ub=days, b_ub=problem.capacity, A_eq=once, b_eq=np.ones(len(problem.days)), bounds=(0, 1),
        method="highs",
    )  # fmt: skip
    return found if found.success else None
