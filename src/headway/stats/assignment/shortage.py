"""Why a need found nobody: who could help it, and who else wants the same.

From the need one goes to everybody who may help it, from each of them to the needs it helps in the round, from those to everybody who may
help them, and so on. What is reached is a set of needs that can only be helped by a set of providers who have too little for all of them:
the witness of Hall's theorem (1935), Journal of the London Mathematical Society 10:26–30.
"""

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from headway.stats.assignment.problem import NO_TEAM, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["nobody", "too_long", "crowded"]


@dataclass(frozen=True)
class Shortage:
    """A need that wants more providers than it got.

    nobody: no other provider may help it. too_long: those who may have fewer days in all than it takes. crowded: `needs`, itself among
    them, can only be helped by `providers`, who have `there` days for `asked`; or by their load limits or `teams` may take no more.
    """

    need: int
    missing: int
    kind: Kind
    needs: tuple[int, ...]
    providers: tuple[int, ...]
    asked: int
    there: int
    teams: tuple[int, ...] = ()


def shortages(problem: Problem, allowed: "NDArray[np.bool_]", chosen: tuple[int, ...], unmet: "NDArray[np.int64]") -> tuple[Shortage, ...]:
    """One for each need with something unmet, in their order. `allowed` (P,): the pairs that were not barred by hand."""
    import numpy as np

    found = []
    for need in np.flatnonzero(unmet).tolist():
        missing = int(unmet[need])
        who = [int(problem.provider[pair]) for pair in np.flatnonzero(allowed & (problem.need == need))]
        days = int(problem.days[need])
        if len(who) < problem.wanted[need]:
            found.append(Shortage(need, missing, "nobody", (need,), tuple(who), days, 0))
        elif sum(int(problem.capacity[one]) >= days for one in who) < problem.wanted[need]:
            there = max(int(problem.capacity[one]) for one in who)
            found.append(Shortage(need, missing, "too_long", (need,), tuple(who), days, there))
        else:
            found.append(_crowded(problem, allowed, chosen, need, missing))
    return tuple(found)


def _crowded(problem: Problem, allowed: "NDArray[np.bool_]", chosen: tuple[int, ...], need: int, missing: int) -> Shortage:
    import numpy as np

    taken = np.array(chosen, np.int64)
    helped_by, full = problem.provider[taken], _full_teams(problem, taken)
    needs, providers, waiting = {need}, set[int](), deque([need])
    while waiting:
        one = waiting.popleft()
        for who in problem.provider[allowed & (problem.need == one)].tolist():
            if who in providers:
                continue
            providers.add(who)
            team = int(problem.team[who])
            beside = problem.team[helped_by] == team if team in full else helped_by == who
            for other in problem.need[taken[beside]].tolist():
                if other not in needs:
                    needs.add(other)
                    waiting.append(other)
    asked = int(sum(problem.days[one] * problem.wanted[one] for one in needs))
    there = int(sum(problem.capacity[one] for one in providers))
    teams = full & {int(problem.team[one]) for one in providers}
    return Shortage(need, missing, "crowded", tuple(sorted(needs)), tuple(sorted(providers)), asked, there, tuple(sorted(teams)))


def _full_teams(problem: Problem, taken: "NDArray[np.int64]") -> set[int]:
    """The teams that may take no more."""
    import numpy as np

    teams = problem.team[problem.provider[taken]]
    many = np.bincount(teams[teams != NO_TEAM], minlength=len(problem.team_most))
    return set(np.flatnonzero(many >= problem.team_most).tolist()) if len(problem.team_most) else set()
