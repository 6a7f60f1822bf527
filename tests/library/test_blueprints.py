"""Blueprints: those that come with Headway, and what a file from anybody may not hold."""

from pathlib import Path

import pytest

from headway.definitions.blueprints import MOST_BYTES, read_blueprint
from headway.definitions.loading import LIBRARY
from headway.vocabulary.errors import HeadwayError

SHIPPED = sorted((LIBRARY / "blueprints").glob("*.yaml"))
LEAST = "blueprint: 1\ntitle: Plan\nsummary: What we promise.\nowner: Council\n"
DOING = "{title: A, activity: Do it, owner: Us, partner: Nobody, serves: [nothing]}"
ACTION = f"strands: [{{title: S, priorities: [{{title: P, actions: [{DOING}]}}]}}]\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_that_comes_with_headway_reads_and_says_where_it_was_published(path: Path) -> None:
    found = read_blueprint(path.read_bytes(), path.name)
    assert found.said_by and found.left_out and found.promises


def test_the_seeds_are_told_as_far_as_they_go() -> None:
    found = {path.stem: read_blueprint(path.read_bytes(), path.name) for path in SHIPPED}
    assert len(found["birmingham_2015"].strands) == 3 and len(found["birmingham_2015"].promises) == 11
    assert [one.bond for one in found["birmingham_2015"].partners] == ["commissioned"]
    assert len(found["worcestershire_2017"].strands[0].priorities) == 4
    named = found["stoke_2020"].strands[0].priorities[0].actions
    assert len(named) == 4 and "ten actions" in found["stoke_2020"].left_out


def refused(text: str) -> str:
    with pytest.raises(HeadwayError) as fault:
        read_blueprint(text.encode(), "theirs.yaml")
    assert fault.value.code == "H-DATA-96"
    return str(fault.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LEAST + "source: {address: x}\n", "theirs.yaml:5: source: Extra inputs are not permitted"),
        (LEAST + "hook: run\n", "theirs.yaml:5: hook: Extra inputs"),
        (LEAST + "said_by: https://example.org/x\n", "theirs.yaml:5: said_by: an address stands here"),
        (LEAST + "said_by: !!python/object/apply:os.system [x]\n", "theirs.yaml:5: a blueprint has no anchors, aliases or tags"),
        (LEAST + "said_by: &a x\nleft_out: *a\n", "theirs.yaml:5: a blueprint has no anchors, aliases or tags"),
        (LEAST + f"left_out: {'[' * 40}{']' * 40}\n", "nested deeper than 20 levels"),
        (LEAST + f"left_out: {'x' * 2_001}\n", "at most 2000 characters"),
        (LEAST + "# " + "x" * MOST_BYTES, "bytes; a blueprint has at most"),
        (LEAST + "title: Again\n", "theirs.yaml:5: the key 'title' stands twice"),
        (LEAST + "strands: [", "theirs.yaml:"),
        ("- one\n", "a blueprint is a list of names with values"),
        ("", "theirs.yaml:1"),
        (
            LEAST + f"risks: [{', '.join(['{title: R, likelihood: low, effect: low, answer: a, owner: o}'] * 601)}]\n",
            "more than 600 pieces",
        ),
    ],
    ids=lambda value: value[-40:] if len(value) < 400 else "long",
)
def test_what_it_may_not_hold_is_refused_with_its_line(text: str, said: str) -> None:
    assert said in refused(text)


def test_all_faults_are_told_at_once() -> None:
    said = refused("blueprint: 2\ntitle: http://a\nowner: 3\nhook: x\n")
    assert said.count("theirs.yaml:") == 5  # the number, the address, the owner, the hook, and no summary


def test_what_is_named_and_is_not_there_is_a_fault() -> None:
    said = refused(LEAST + ACTION)
    assert "there is no partner “Nobody”" in said and "there is no promise “nothing”" in said


def test_bytes_that_are_no_text_are_a_fault_and_no_crash() -> None:
    for raw in (b"\xff\xfe\x00\x01", b"\x00", b"title: \x80"):
        with pytest.raises(HeadwayError, match="H-DATA-96"):
            read_blueprint(raw)
