"""Workflows and ladders: every step and rung is labelled with its source, and what is statutory is marked for a lawyer."""

from typing import Any

import pytest
from pydantic import ValidationError

from headway.definitions.loading import library_for
from headway.definitions.workflows import Ladder, Workflow

LIBRARY = library_for()
SOURCE = {"title": "A source", "href": "https://example.org", "seen": "2026-11-25"}
STEP: dict[str, Any] = {"id": "one", "title": "One", "phase": "First", "who": "adviser", "basis": "local", "source": SOURCE}
OUTCOME = [{"id": "done", "title": "Done"}]
RUNG: dict[str, Any] = {
    "id": "one", "title": "One", "means": "…", "basis": "local", "source": SOURCE, "decided_by": "council", "outcomes": OUTCOME,
}  # fmt: skip
WHOLE: dict[str, Any] = {"id": "x", "title": "X", "reference": SOURCE, "owner": "somebody", "review_by": "2027-01-01"}


def workflow(*steps: dict[str, Any]) -> Workflow:
    return Workflow.model_validate({**WHOLE, "programme": "school_improvement", "purpose": "…", "steps": [STEP | one for one in steps]})


def ladder(*rungs: dict[str, Any], route: str = "maintained") -> Ladder:
    return Ladder.model_validate({**WHOLE, "route": route, "note": "…", "rungs": [RUNG | one for one in rungs]})


def test_there_is_a_workflow_for_each_heavy_tier_and_a_ladder_for_each_route() -> None:
    assert {"focus", "intensive"} <= LIBRARY.workflows.keys()
    assert sorted(one.route for one in LIBRARY.ladders.values()) == ["academy", "maintained"]


def test_every_step_and_rung_says_whether_it_is_statutory_or_local_and_where_that_is_written() -> None:
    pieces = [step for one in LIBRARY.workflows.values() for step in one.steps]
    rungs = [rung for one in LIBRARY.ladders.values() for rung in one.rungs]
    assert all(one.basis in ("statutory", "local") and one.source.href.startswith("https://") for one in (*pieces, *rungs))
    assert all(one.legal_check for one in (*pieces, *rungs) if one.basis == "statutory" or one.template)
    assert all("lawyer" in {condition.id for condition in one.conditions} for one in rungs if one.power)


def test_an_academy_is_never_under_a_power_of_the_authority() -> None:
    assert not any(rung.power for one in LIBRARY.ladders.values() if one.route == "academy" for rung in one.rungs)
    with pytest.raises(ValidationError, match="no powers of intervention over an academy"):
        ladder({"power": True, "legal_check": True}, route="academy")


def test_the_point_is_written_before_the_school_is_told() -> None:
    for one in LIBRARY.workflows.values():
        steps = {step.id: step for step in one.steps}
        assert "point_written" in steps["body_told"].after
        assert "conflict_checked" in steps["adviser_allocated"].after


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{"after": ["two"]}, {"id": "two"}], "no step 'two' above it"),
        ([{}, {}], "one stands twice"),
        ([{}, {"id": "two", "only": {"step": "one", "choice": "yes"}}], "has no choice 'yes'"),
        ([{"clock": {"count": 3, "unit": "days", "after": "later"}}], "no step 'later' above it"),
        ([{"template": "Dear …"}], "until a lawyer has read it"),
        ([{"basis": "perhaps"}], "statutory"),
    ],
)
def test_a_faulty_workflow_is_told(steps: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        workflow(*steps)


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        ([{"after": [{"rung": "two"}]}, {"id": "two"}], "no rung 'two' below it"),
        ([{}, {"id": "two", "after": [{"rung": "one", "outcome": "lost"}]}], "no outcome 'lost'"),
        ([{"clock": {"count": 3, "unit": "days"}}], "what the last day is of"),
        ([{"power": True}], "legal_check"),
    ],
)
def test_a_faulty_ladder_is_told(rungs: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ladder(*rungs)
