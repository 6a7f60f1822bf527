"""Who may help whom, how well they fit, how things move, and what help costs in which year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.brokerage import rules
from headway.desk.brokerage.rules import Pair, barred, cost, cost_by_year, faults_of_day, financial_year, may_move, reasons

DAY = date(2026, 1, 26)
FITS = Pair(
    area_fits=True, phase_fits=True, days_wanted=2, days_left=5, starts=DAY, ends=None, today=DAY, helping=0, most=2, kilometres=8.0,
    intake="similar", figures=("Better.",),
)  # fmt: skip
BARS = {
    "withdrawn": {"withdrawn": True}, "not confirmed": {"confirmed": False}, "other areas": {"area_fits": False},
    "other phases": {"phase_fits": False}, "the school itself": {"itself": True}, "one trust": {"same_trust": True},
    "Conflict of interest: kin": {"conflict": "kin"}, "focus support": {"tier": "focus"}, "intensive support": {"tier": "intensive"},
    "2 are wanted": {"days_left": 1}, "at a time: 2": {"helping": 2}, "has ended": {"ends": date(2026, 1, 25)},
    "further than 60": {"kilometres": 60.1}, "stopped early": {"stopped": True}, "declined": {"declined": True},
}  # fmt: skip


def test_a_pair_that_fits_is_not_barred() -> None:
    assert barred(FITS) == ()


@pytest.mark.parametrize("words", BARS)
def test_each_bar_says_why_and_all_are_said_together(words: str) -> None:
    [why] = barred(replace(FITS, **BARS[words]))
    assert words in why
    assert len(barred(replace(FITS, **BARS[words], **({} if words == "stopped early" else {"stopped": True})))) == (
        1 if words == "stopped early" else 2
    )


def test_a_giver_in_lighter_tiers_may_give() -> None:
    assert all(barred(replace(FITS, tier=tier)) == () for tier in ("secure_plus", "secure", "light_touch", "not_enough_evidence", ""))


def test_what_is_not_known_is_told_and_costs_as_the_middle_does() -> None:
    unknown = replace(FITS, kilometres=None, intake="", figures=())
    told = " ".join(line.text for line in reasons(unknown))
    assert "not known" in told and "say nothing of it beyond chance" in told
    assert cost(unknown) == 300 + 50 + 80 + 10
    assert cost(FITS) == 80 + 10


def test_who_chooses_pupils_is_told_where_the_two_differ_and_nowhere_else() -> None:
    told = {both: [one for one in reasons(replace(FITS, chooses=both)) if one.word == "Admissions"]
            for both in ((False, False), (True, True), (False, True), (True, False))}  # fmt: skip
    assert told[(False, False)] == told[(True, True)] == []
    assert "It chooses its pupils by ability; this school does not." in told[(False, True)][0].text
    assert [one.way for one in told[(True, False)]] == ["against"]


@given(st.floats(0, 60), st.floats(0, 60))
def test_further_is_never_cheaper(near: float, far: float) -> None:
    low, high = sorted((near, far))
    assert cost(replace(FITS, kilometres=low)) <= cost(replace(FITS, kilometres=high))


def test_financial_years_turn_on_the_first_of_april() -> None:
    assert [financial_year(day) for day in (date(2025, 3, 31), date(2025, 4, 1), date(2000, 1, 1))] == ["2024/25", "2025/26", "1999/00"]
    given_days = [(date(2025, 4, 1), Decimal("0.5")), (date(2025, 3, 31), Decimal(1)), (date(2026, 3, 31), Decimal(1))]
    assert cost_by_year(given_days, Decimal(300)) == {"2024/25": (Decimal(1), Decimal(300)), "2025/26": (Decimal("1.5"), Decimal(450))}


def test_every_fault_of_a_day_is_told() -> None:
    faults = faults_of_day(date(2026, 2, 1), Decimal(1), date(2026, 2, 2), DAY, {date(2026, 2, 1): Decimal("0.5")}, Decimal("0.5"))
    assert len(faults) == 4
    assert faults_of_day(DAY, Decimal("0.5"), DAY, DAY, {DAY: Decimal("0.5")}, Decimal("0.5")) == []


def test_what_has_ended_moves_nowhere() -> None:
    for noun, ends in (("offer", ["withdrawn"]), ("need", ["met", "withdrawn"]), ("match", ["agreed", "declined", "lapsed"])):
        assert not any(may_move(noun, end, to) for end in ends for to in rules.MOVES[noun])
    assert may_move("need", "placed", "open")  # help that stops early opens it again
