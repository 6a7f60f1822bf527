"""What is different between two versions of a strategy, and why."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.strategy.versions import changes, flat, reasons

TEXT = st.sampled_from(["Reading", "Writing", "Maths"])


def pieces(**fields: Any) -> Any:
    return st.lists(st.fixed_dictionaries({"id": st.integers(1, 4), "title": TEXT, **fields}), max_size=3, unique_by=lambda one: one["id"])


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """Documents in which a piece has one number wherever it stands, as rows of a table have."""
    found: dict[str, Any] = {
        "strategy": {"title": draw(TEXT), "summary": draw(TEXT)},
        "strands": draw(pieces(purpose=TEXT)), "risks": draw(pieces(answer=TEXT)), "partners": draw(pieces()),
        "promises": draw(pieces(number=st.integers(1, 3))),
    }  # fmt: skip
    number = 0
    for strand in found["strands"]:
        strand["priorities"] = [{"id": (number := number + 1), "title": draw(TEXT), "actions": []} for _ in range(draw(st.integers(0, 2)))]
        for priority in strand["priorities"]:
            priority["actions"] = [
                {"id": number * 10 + place, "title": draw(TEXT), "milestones": []} for place in range(draw(st.integers(0, 2)))
            ]
    return found


@given(documents(), documents())
def test_the_changes_make_the_second_of_the_first(before: dict[str, Any], after: dict[str, Any]) -> None:
    """The naive twin: put the changes to the pieces of the first and get those of the second."""
    old, new = flat(before), flat(after)
    for one in changes(before, after):
        key = (one.kind, one.key)
        if one.how == "withdrawn":
            del old[key]
        elif one.how == "added":
            assert key not in old
            old[key] = new[key]
        else:
            assert one.fields
            for name, was, now in one.fields:
                assert was != now or name == "under"  # two strands may have one title
                old[key][name] = new[key].get(name)
    assert old == new


@given(documents())
def test_a_document_has_no_changes_from_itself(one: dict[str, Any]) -> None:
    assert changes(one, copy.deepcopy(one)) == []


def document(**strategy: Any) -> dict[str, Any]:
    action = {"id": 5, "title": "Moderation", "due": "2027-07-31", "milestones": []}
    strands = [
        {"id": 1, "title": "Teaching", "priorities": [{"id": 2, "title": "Writing", "actions": [action]}]},
        {"id": 3, "title": "Belonging", "priorities": [{"id": 4, "title": "Attendance", "actions": []}]},
    ]
    return {"strategy": {"title": "Plan", **strategy}, "strands": strands, "risks": [], "partners": [], "promises": []}


def test_an_action_that_moves_says_from_where_to_where_by_name() -> None:
    before, after = document(), document()
    action = after["strands"][0]["priorities"][0]["actions"].pop()
    after["strands"][1]["priorities"][0]["actions"].append(action)
    (one,) = changes(before, after)
    assert (one.kind, one.title, one.fields) == ("action", "Moderation", (("under", "Writing", "Attendance"),))


def test_a_renamed_strand_is_one_change() -> None:
    after = document()
    after["strands"][0]["title"] = "Teaching and leading"
    (one,) = changes(document(), after)
    assert one.fields == (("title", "Teaching", "Teaching and leading"),)


def test_the_reasons_of_a_change_are_those_of_the_versions_that_touched_it() -> None:
    first, second, third = document(), document(title="Plan for all"), document(title="Plan for all")
    third["strands"][0]["priorities"][0]["actions"][0]["due"] = "2028-07-31"
    way = [("A plainer name.", first, second), ("The partner asked for a year more.", second, third)]
    found = {one.kind: reasons(one, way) for one in changes(first, third)}
    assert found == {"strategy": ["A plainer name."], "action": ["The partner asked for a year more."]}
