"""Where a step stands, what is late, which rung may be taken, what is out of order."""

from datetime import date, timedelta

import pytest

from headway.definitions.loading import library_for
from headway.definitions.workflows import Step
from headway.desk.engagements import rules
from headway.desk.engagements.rules import Course, Entered, Taken
from headway.readings.calendar import days_after, school_days_between, term_ends

LIBRARY = library_for()
FOCUS = {step.id: step for step in LIBRARY.workflows["focus"].steps}
MAINTAINED, ACADEMY = LIBRARY.ladders["maintained"], LIBRARY.ladders["academy"]
ENTRY = date(2026, 9, 14)


def entered(**days: int) -> dict[str, Entered]:
    return {name: Entered(done=ENTRY + timedelta(after)) for name, after in days.items()}


def test_a_step_waits_for_those_it_follows_and_a_fact_is_never_by_hand() -> None:
    nothing = Course({})
    assert rules.status(FOCUS["point_written"], FOCUS, nothing) == rules.NOT_STARTED
    assert rules.status(FOCUS["body_told"], FOCUS, nothing) == rules.CANNOT_START
    by_hand = Course({"point_written": Entered(done=ENTRY)})
    assert rules.status(FOCUS["point_written"], FOCUS, by_hand) != rules.DONE
    said = Course({}, {"point_written": ENTRY})
    assert rules.status(FOCUS["point_written"], FOCUS, said) == rules.DONE
    assert rules.status(FOCUS["body_told"], FOCUS, said) == rules.NOT_STARTED
    assert rules.status(FOCUS["body_told"], FOCUS, Course({"body_told": Entered()}, {"point_written": ENTRY})) == rules.STARTED


def test_a_step_that_another_makes_needless_comes_back_when_that_is_decided_anew() -> None:
    way = Course({"diagnosis": Entered(done=ENTRY, choice="own_plan")})
    assert rules.status(FOCUS["partner_found"], FOCUS, way) == rules.NOT_NEEDED
    other = Course({"diagnosis": Entered(done=ENTRY, choice="partner")})
    assert rules.status(FOCUS["partner_found"], FOCUS, other) == rules.NOT_STARTED


def test_a_clock_runs_over_school_days_from_where_it_says() -> None:
    after = lambda day, count, unit: days_after(day, count, unit, LIBRARY)  # noqa: E731
    plan = FOCUS["plan_agreed"]
    by = rules.due(plan.clock, FOCUS, Course({}), ENTRY, after)
    assert by is not None and school_days_between(ENTRY, by, LIBRARY) == 30
    review = FOCUS["first_review"]
    assert rules.due(review.clock, FOCUS, Course({}), ENTRY, after) is None  # its clock has not begun
    assert rules.due(review.clock, FOCUS, Course(entered(plan_agreed=30)), ENTRY, after) is not None


def test_months_and_working_days_end_in_time() -> None:
    assert days_after(date(2026, 12, 31), 2, "months", LIBRARY) == date(2027, 2, 28)
    assert days_after(date(2026, 8, 28), 1, "working_days", LIBRARY) == date(2026, 9, 1)  # a bank holiday between
    ends = term_ends(date(2026, 9, 1), date(2027, 8, 1), LIBRARY)
    assert [name for name, _ in ends] == ["Autumn term 2026", "Spring term 2027", "Summer term 2027"]


def test_days_that_cannot_both_be_right_are_listed() -> None:
    course = Course(entered(body_told=5, body_answered=2, initial_visit=-3), {"point_written": ENTRY, "adviser_allocated": ENTRY})
    said = rules.out_of_order(FOCUS, course, ENTRY)
    assert any("What the governing body or trust answered" in one and "before “Tell the governing body" in one for one in said)
    assert any("before the engagement was entered" in one for one in said)
    assert rules.out_of_order(FOCUS, Course(entered(body_told=5, body_answered=9), {"point_written": ENTRY}), ENTRY) == []


@pytest.mark.parametrize(
    ("days", "upheld", "expected"),
    [([10, 20], [None, None], False), ([10, 20, 30], [None, True, None], True), ([10, 20, 30], [None, False, None], False),
     ([10, 20, 366], [None, None, None], False), ([10, 20, 364], [None, None, None], True)],
)  # fmt: skip
def test_three_entries_within_a_year_raise_a_flag(days: list[int], upheld: list[bool | None], expected: bool) -> None:
    raised = [(ENTRY - timedelta(ago), said) for ago, said in zip(days, upheld, strict=True)]
    assert rules.flagged(raised, ENTRY) is expected


def test_no_power_over_an_academy_and_no_power_before_eligibility() -> None:
    board = MAINTAINED.rung("interim_board")
    notice = MAINTAINED.rung("warning_notice")
    assert board is not None and notice is not None
    assert "an academy" in rules.why_not(notice, MAINTAINED, "academy", [])[0]
    assert rules.why_not(notice, MAINTAINED, "maintained", []) == []
    assert "comes before it" in rules.why_not(board, MAINTAINED, "maintained", [Taken("warning_notice", rules.ISSUED)])[0]
    assert rules.why_not(board, MAINTAINED, "maintained", [Taken("eligible", rules.PREPARED)]) != []
    assert rules.why_not(board, MAINTAINED, "maintained", [Taken("eligible", rules.ISSUED)]) == []
    change = ACADEMY.rung("provider_changed")
    assert change is not None
    assert "must have ended" in rules.why_not(change, ACADEMY, "academy", [Taken("regions_group", rules.ENDED, "no_answer")])[0]
    assert rules.why_not(change, ACADEMY, "academy", [Taken("regions_group", rules.ENDED, "answered")]) == []


def test_local_rungs_may_be_passed_over_and_are_named() -> None:
    notice = MAINTAINED.rung("warning_notice")
    assert notice is not None
    over = rules.passed_over(notice, MAINTAINED, [Taken("meeting", rules.ENDED, "stays")])
    assert "Letter of concern" in over and "Meeting with head and chair" not in over
    assert not any("Warning notice" in one for one in over)


def test_nothing_is_issued_before_it_is_whole() -> None:
    notice = MAINTAINED.rung("warning_notice")
    assert notice is not None
    faults = rules.faults_of_issue(notice, ["ground"], {"grounds": "Standards"}, ENTRY + timedelta(1), ENTRY)
    assert {"ticks", "part-actions", "part-period", "part-powers", "issued"} == faults.keys()
    whole = {part.id: "…" for part in notice.parts}
    assert rules.faults_of_issue(notice, [one.id for one in notice.conditions], whole, ENTRY, ENTRY) == {}


def test_the_direction_tells_how_it_got_there() -> None:
    assert rules.travelled([]) == "no direction has been judged yet"
    assert rules.travelled(["down"]) == "moving down"
    assert rules.travelled(["down", "level", "up"]) == "moving up, after level and moving down"


def test_a_step_called_done_holds_its_choice_and_every_tick() -> None:
    step: Step = FOCUS["partner_found"]
    faults = rules.faults_of_entry(step, ENTRY, "", ["capacity"], ENTRY, ENTRY)
    assert "finances were looked at" in faults["ticks"]
    assert rules.faults_of_entry(step, None, "", [], ENTRY, ENTRY) == {}
    assert "choice" in rules.faults_of_entry(FOCUS["diagnosis"], ENTRY, "maybe", [], ENTRY, ENTRY)
    assert "done" in rules.faults_of_entry(step, ENTRY - timedelta(1), "", [], ENTRY, ENTRY)
