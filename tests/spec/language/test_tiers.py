"""Proposals in words: the reason named, what is unknown never hidden, better and worse the right way round."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from headway.analysis.predicates import Operand, answer
from headway.definitions.loading import library_for
from headway.definitions.predicates import Condition
from headway.language.tiers import looked_words, proposal_sentence, signal_sentence
from headway.readings.answers import MeasureFacts
from headway.readings.tier_proposal.answers import Looked, Proposal, SignalAnswer
from headway.readings.tier_proposal.graded import Visit
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.answer import Answer, Unknown

SCHEME = library_for().tiers["aiming_higher.v1"]
RWM = MeasureFacts(
    "ks2.rwm_expected", "Reading, writing and maths", "Reading, writing and maths, %", "percent", "higher", "", "ks2_end", 11
)
ABSENCE = MeasureFacts("attendance.overall_absence", "Absence", "Overall absence, %", "percent", "lower", "", "sessions", 11)
YEARS = tuple(AcademicYear(year) for year in (2023, 2022, 2021))
REASONS = ("outcomes_low", "gap_wide")
PROPOSAL = Proposal(
    100_001, "Oak", "primary", "maintained", "Maintained", True, "focus", "points", 5, REASONS, "focus", "focus", (), ()
)  # fmt: skip


def looked(measure: MeasureFacts | None, operand: Operand, own: float | None = None, theirs: float | None = None, **asked: Any) -> str:
    condition: Any = TypeAdapter[Any](Condition).validate_python(asked if measure is None else asked | {"measure": measure.id})
    return looked_words(Looked(condition, operand, answer(condition, operand), YEARS, own, theirs, measure))


def test_a_gap_names_both_figures_the_direction_and_the_years() -> None:
    assert looked(RWM, Operand(9.3, 0, 4.0, 120), 52.1, 61.4, predicate="gap_above", beside="family", years=3, beyond_chance=True) == (
        "Reading, writing and maths 52.1% in 2021/22 to 2023/24, 9.3 points behind the mean of its family at 61.4%, beyond chance"
    )
    assert looked(ABSENCE, Operand(1.2, 0, 2.0), 6.4, 5.2, predicate="gap_above", beside="england", beyond_chance=True) == (
        "Overall absence 6.4% in 2021/22 to 2023/24, 1.2 points worse than England at 5.2%, not beyond chance by as much as the rule asks"
    )


def test_a_school_that_is_not_behind_is_not_called_so() -> None:
    assert "not behind the mean of its family" in looked(RWM, Operand(-3.0, 0), 64.4, 61.4, predicate="gap_above", beside="family")


def test_a_change_rose_or_fell_beside_england() -> None:
    words = looked(RWM, Operand(-7.0, 2.0, 4.0, 90), -7.0, 2.0, predicate="falling_by", by=5, since=2, beside="england", beyond_chance=True)
    assert words == "Reading, writing and maths fell by 9.0 points from 2021/22 to 2023/24 beside England’s movement, beyond chance"


def test_an_unknown_says_why() -> None:
    said = looked(RWM, Operand(None, status=Unknown.SUPPRESSED), predicate="position_below", share=0.2, cut="disadvantage=yes")
    assert said == "Reading, writing and maths (disadvantage=yes): withheld to protect people"
    signal = SignalAnswer("gap_wide", "Gap wide", "outcomes", Answer.UNKNOWN, Unknown.SUPPRESSED, 0, True)
    assert signal_sentence(signal) == "Unknown. Gap wide: withheld to protect people."


def test_a_position_is_how_many_it_stands_above() -> None:
    assert looked(RWM, Operand(0.085), 48.0, predicate="position_below", share=0.2, among="family").endswith("above 9 in 100 of its family")


def test_entries_are_counted_and_their_source_is_not_told() -> None:
    asked = {"predicate": "told", "kind": "complaints", "at_least": 3}
    assert looked(None, Operand(3.0), **asked) == "three entries in the 12 months before"
    assert looked(None, Operand(0.0), **asked) == "looked into, nothing found"


def test_an_inspection_keeps_its_own_scale_and_says_whose_it_was() -> None:
    condition: Any = TypeAdapter[Any](Condition).validate_python({"predicate": "grade_is", "scales": {"four_grades": [{"grades": "3"}]}})
    visit = Visit(100_000, date(2018, 3, 12), "four_grades", {"overall_effectiveness": "3"}, False, True)
    operand = Operand(1.0)
    words = looked_words(Looked(condition, operand, answer(condition, operand), visit=visit))
    assert words == "inspected 12 March 2018 (of its predecessor): overall effectiveness 3"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reasons": REASONS[:1]}, "Focus (5 points): results low beside schools of like intake."),
        ({"by": "floor", "reasons": ("legacy_grade",)},
         "Focus (floor tier): inspection: requires improvement on an earlier scale, not inspected since."),
        ({"tier": "secure", "points": 0, "reasons": (), "at_most": "secure"}, "Secure (0 points): no concern among what is known."),
        ({"tier": "not_enough_evidence", "by": "evidence", "points": 1, "reasons": (), "missing": ("outcomes_low", "attendance_low")},
         "Not enough evidence: officer judgement. 1 point by what is known, and no answer on: results low beside schools of like intake; "
         "absence high beside schools of like intake."),
    ],
)  # fmt: skip
def test_a_proposal_names_its_reason(change: dict[str, Any], words: str) -> None:
    assert proposal_sentence(replace(PROPOSAL, **change), SCHEME) == words


def test_what_it_could_be_is_said_where_core_answers_are_missing() -> None:
    words = proposal_sentence(replace(PROPOSAL, at_most="intensive", missing=("attendance_low",)), SCHEME)
    assert words.endswith("It could be Intensive; no answer on: absence high beside schools of like intake.")
