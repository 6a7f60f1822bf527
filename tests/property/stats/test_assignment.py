"""Rounds of help beside a naive twin that tries every round there is; and laws that hold for any."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.assignment import HeldTooMuch, Problem, lots, problem, solve


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    needs, providers, teams = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(0, 2))

    def numbers(many: int, least: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(least, most), min_size=many, max_size=many))

    pairs = [pair for pair in product(range(needs), range(providers)) if draw(st.integers(0, 3))]
    return problem(
        need=[pair[0] for pair in pairs], provider=[pair[1] for pair in pairs], cost=numbers(len(pairs), 0, 9),
        days=numbers(needs, 1, 3), wanted=numbers(needs, 1, 2), weight=numbers(needs, 1, 3), capacity=numbers(providers, 0, 5),
        most=numbers(providers, 0, 3), opening=numbers(providers, 0, 4) if draw(st.booleans()) else None,
        team=numbers(providers, -1, teams - 1), team_most=numbers(teams, 0, 3),
    )  # fmt: skip


def allowed(p: Problem, chosen: tuple[int, ...]) -> bool:
    pairs = list(chosen)
    need, provider = p.need[pairs], p.provider[pairs]
    many = np.bincount(provider, minlength=len(p.capacity))
    team = p.team[provider]
    return bool(
        (np.bincount(need, minlength=len(p.days)) <= p.wanted).all()
        and (np.bincount(provider, p.days[need], minlength=len(p.capacity)) <= p.capacity).all()
        and (many <= p.most).all()
        and (np.bincount(team[team >= 0], minlength=len(p.team_most)) <= p.team_most).all()
    )


def worth(p: Problem, chosen: tuple[int, ...], band: int, held: tuple[int, ...]) -> tuple[int, int, int, int]:
    """What the order of the round looks at, one after the other."""
    pairs = list(chosen)
    left = p.wanted - np.bincount(p.need[pairs], minlength=len(p.wanted))
    free = max((-(-int(p.cost[pair]) // band) for pair in chosen), default=0) if band else 0
    floor = max((-(-int(p.cost[pair]) // band) for pair in held), default=0) if band else 0
    opening = int(p.opening[sorted(set(p.provider[pairs].tolist()))].sum())
    return int(p.weight @ left), max(free, floor), int(p.cost[pairs].sum()) + opening, int(p.lot[pairs].sum())


def naive(p: Problem, band: int, held: tuple[int, ...] = (), barred: tuple[int, ...] = ()) -> tuple[int, ...]:
    free = [pair for pair in range(len(p.cost)) if pair not in held and pair not in barred]
    every = (tuple(sorted((*held, *more))) for many in range(len(free) + 1) for more in combinations(free, many))
    return min((one for one in every if allowed(p, one)), key=lambda one: worth(p, one, band, held))


@settings(deadline=None)
@given(problems(), st.integers(0, 4))
def test_the_best_round_is_the_one_that_trying_every_round_finds(p: Problem, band: int) -> None:
    found = solve(p, band=band)
    assert allowed(p, found.chosen)
    assert worth(p, found.chosen, band, ()) == worth(p, naive(p, band), band, ())
    assert found.optimal and found.total == worth(p, found.chosen, band, ())[2]
    assert set(np.flatnonzero(found.unmet)) == {one.need for one in found.shortages}


@settings(deadline=None)
@given(problems(), st.integers(0, 4), st.data())
def test_an_edit_by_hand_gives_the_best_round_that_has_it(p: Problem, band: int, data: st.DataObject) -> None:
    before = solve(p, band=band)
    if not len(p.cost):
        return
    pair = data.draw(st.integers(0, len(p.cost) - 1))
    held, barred = ((pair,), ()) if data.draw(st.booleans()) else ((), (pair,))
    if held and not allowed(p, held):
        with pytest.raises(HeldTooMuch):
            solve(p, band=band, held=held)
        return
    found = solve(p, band=band, held=held, barred=barred, near=before)
    assert worth(p, found.chosen, band, held) == worth(p, naive(p, band, held, barred), band, held)


@settings(deadline=None)
@given(problems())
def test_who_is_left_out_is_told_why(p: Problem) -> None:
    """The needs of a shortage want more than the providers named can give, by days, by load or by team; and nobody else may help them."""
    found = solve(p)
    for one in found.shortages:
        who = {int(p.provider[pair]) for pair in range(len(p.cost)) if int(p.need[pair]) in one.needs}
        assert who == set(one.providers)
        assert one.need in one.needs and one.missing == found.unmet[one.need]
        if one.kind == "nobody":
            assert len(one.providers) < p.wanted[one.need]


def test_a_pair_keeps_its_lot_wherever_it_stands_in_a_list() -> None:
    assert lots([7, 3], [5, 9]).tolist() == lots([3, 7], [9, 5]).tolist()[::-1]
    many = lots(np.repeat(np.arange(100), 100), np.tile(np.arange(100), 100))
    assert len(np.unique(many)) > 1_000 and abs(many.mean() / (1 << 10) - 0.5) < 0.02


@pytest.mark.parametrize(
    "wrong", [{"cost": [1.5]}, {"cost": [-1]}, {"need": [3]}, {"days": [1, 1]}, {"provider": [[0]]}, {"cost": [float("nan")]}], ids=str
)
def test_what_is_no_problem_is_refused(wrong: dict[str, list[float]]) -> None:
    fine = {"need": [0], "provider": [0], "cost": [1], "days": [1], "capacity": [1]}
    with pytest.raises(ValueError, match=r"whole|names|numbers"):
        solve(problem(**{**fine, **wrong})) if "days" not in wrong else problem(**{**fine, **wrong, "wanted": [1]})
    with pytest.raises(ValueError, match="twice"):
        problem(need=[0, 0], provider=[0, 0], cost=[1, 1], days=[1], capacity=[1])


def test_crowded_needs_are_named_with_what_they_ask_for() -> None:
    """Three schools want the only two days of one provider; the fourth is helped by another."""
    p = problem(need=[0, 1, 2, 3], provider=[0, 0, 0, 1], cost=[1, 2, 3, 1], days=[1, 1, 1, 1], capacity=[2, 1])
    [short] = solve(p).shortages
    assert (short.need, short.kind, short.needs, short.providers, short.asked, short.there) == (2, "crowded", (0, 1, 2), (0,), 3, 2)
    [none] = solve(problem(need=[], provider=[], cost=[], days=[2], capacity=[9])).shortages
    assert none.kind == "nobody"
    [long] = solve(problem(need=[0], provider=[0], cost=[1], days=[5], capacity=[4])).shortages
    assert (long.kind, long.there) == ("too_long", 4)
