"""The life of a strategy, who reads it when, what a change needs, and what the colours mean. No database here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models.enums import TextChoices


class State(TextChoices):
    """Where a strategy is in its life."""

    DRAFT = "draft", "Draft"
    CONSULTATION = "consultation", "In consultation"
    REVISED = "revised", "Revised"
    DECIDED = "decided", "Decided"
    ACTIVE = "active", "Active"
    REVIEWED = "reviewed", "Reviewed"
    CLOSED = "closed", "Closed"

    @property
    def words(self) -> str:
        return STATE_WORDS[self]


S = State
STATE_WORDS = {
    S.DRAFT: "It is being written. Nothing in it is agreed.",
    S.CONSULTATION: "It is out for comment. It may change after what is said.",
    S.REVISED: "It was revised after what was said. Nothing in it is agreed yet.",
    S.DECIDED: "It is agreed, and has not begun.",
    S.ACTIVE: "It is agreed and under way.",
    S.REVIEWED: "It was looked back on: it goes on from here, or closes.",
    S.CLOSED: "It is over. It stays here to be read.",
}


@dataclass(frozen=True)
class Move:
    """One allowed step of the life. `reason`: it must be given. `decided`: who decided, and the reference of the minute, must be."""

    source: State
    target: State
    words: str  # what the person does, as on the button
    reason: bool = False
    decided: bool = False


MOVES = (
    Move(S.DRAFT, S.CONSULTATION, "Open it for consultation"),
    Move(S.DRAFT, S.REVISED, "Go on without a consultation", reason=True),
    Move(S.CONSULTATION, S.REVISED, "End the consultation and revise it"),
    Move(S.REVISED, S.CONSULTATION, "Consult again", reason=True),
    Move(S.REVISED, S.DECIDED, "Record that it was decided", decided=True),
    Move(S.DECIDED, S.REVISED, "Take it back to be revised, as after a call-in", reason=True),
    Move(S.DECIDED, S.ACTIVE, "Begin"),
    Move(S.ACTIVE, S.REVIEWED, "Record a review of it", reason=True),
    Move(S.REVIEWED, S.ACTIVE, "Go on with it"),
    Move(S.REVIEWED, S.CLOSED, "Close it", reason=True, decided=True),
    Move(S.DRAFT, S.CLOSED, "Give the draft up", reason=True),
    Move(S.CONSULTATION, S.CLOSED, "Give it up", reason=True),
    Move(S.REVISED, S.CLOSED, "Give it up", reason=True),
)
ALLOWED = {(move.source, move.target): move for move in MOVES}
AGREED = frozenset({S.DECIDED, S.ACTIVE, S.REVIEWED})  # a change of these needs a reason
UNDER_WAY = frozenset({S.ACTIVE, S.REVIEWED})  # progress is told of these


def moves_from(state: str) -> tuple[Move, ...]:
    return tuple(move for move in MOVES if move.source == state)


def faults_of_move(source: str, target: str, *, reason: str = "", body: str = "", minute: str = "") -> dict[str, str]:
    """What is wrong with a step, by the field of the form it is wrong in; nothing when it may be taken."""
    move = ALLOWED.get((State(source), State(target)))
    if move is None:
        return {"target": f"A strategy that is {State(source).label.lower()} cannot become {State(target).label.lower()}."}
    wanted = {
        "reason": (move.reason, reason, "Say why, for those who read it later."),
        "body": (move.decided, body, "Say who decided: the cabinet, a board."),
        "minute": (move.decided, minute, "Give the reference of the minute, so that the decision can be found."),
    }
    return {name: said for name, (needed, given, said) in wanted.items() if needed and not given.strip()}


def faults_of_change(state: str, reason: str) -> dict[str, str]:
    """What is wrong with a change of what a strategy says."""
    if state == State.CLOSED:
        return {"reason": "This strategy is closed. It stays as it was."}
    if state in AGREED and not reason.strip():
        return {"reason": "What was agreed is being changed. Say why; the reason is shown beside the change."}
    return {}


class Audience(TextChoices):
    """Who reads a strategy once it is decided."""

    EVERYBODY = "everybody", "Everybody, signed in or not"
    HERE = "here", "People who work with Headway here"


class Reader(IntEnum):
    """Who asks: each may read what those before may."""

    ANYBODY = 0  # signed in or not
    AREA = 1  # holds a role for the area
    TEAM = 2  # writes strategies or tells their progress


def needed_to_read(state: str, audience: str, ever_decided: bool) -> Reader:
    """Drafts are the team's; what is out for comment is the area's; what was decided is everybody's, unless it is kept here."""
    if ever_decided and state != State.REVISED:
        return Reader.ANYBODY if audience == Audience.EVERYBODY else Reader.AREA
    return Reader.AREA if state == State.CONSULTATION else Reader.TEAM


def readers_words(state: str, audience: str, ever_decided: bool) -> str:
    """For the line on the page that says who can see it."""
    return {
        Reader.ANYBODY: "everybody",
        Reader.AREA: "people whose role covers the area, elected members and board chairs among them",
        Reader.TEAM: "the head of school improvement, the advisers and the attendance officers",
    }[needed_to_read(state, audience, ever_decided)]


class Standing(TextChoices):
    """How an action is going, as a person judges it. The definitions stand on each page that shows one."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"

    @property
    def words(self) -> str:
        return STANDING_WORDS[self]


STANDING_WORDS = {
    Standing.GREEN: "on time, and doing what was planned",
    Standing.AMBER: "late or changed, and recoverable by those who do it",
    Standing.RED: "needs a decision by the board",
    Standing.DONE: "finished; what came of it is told",
    Standing.STOPPED: "given up, with what was learned",
}
ENDED = frozenset({Standing.DONE, Standing.STOPPED})


class Level(TextChoices):
    """How likely a risk is, and how much it would matter."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


LIKELY_WORDS = {Level.LOW: "less than 1 in 5", Level.MEDIUM: "1 in 5 to even", Level.HIGH: "more likely than not"}
EFFECT_WORDS = {
    Level.LOW: "an action is late; no promise is touched",
    Level.MEDIUM: "a promise is kept later or in part",
    Level.HIGH: "a promise is not kept",
}


def is_overdue(due: date | None, standing: str, today: date) -> bool:
    return due is not None and due < today and standing not in ENDED


def tally(standings: Mapping[int, str]) -> dict[str, int]:
    """How many actions of each colour; those of which nothing is told yet under an empty name."""
    found = dict.fromkeys([*Standing.values, ""], 0)
    for one in standings.values():
        found[one] += 1
    return found


def life_page() -> str:
    """docs/reference/strategy-life.md, made from the table of moves."""
    rows = "\n".join(f"| {move.source.label} | {move.target.label} | {move.words} | {_needs(move)} |" for move in sorted(MOVES, key=_order))
    states = "\n".join(f"| {state.label} | {state.words} |" for state in State)
    colours = "\n".join(f"| {one.label} | {one.words} |" for one in Standing)
    return f"{_LIFE_OPENING}\n| state | what it means |\n|---|---|\n{states}\n\n## Steps\n\n{_LIFE_STEPS}\n| from | to | what is done | needs |\n|---|---|---|---|\n{rows}\n\n## Colours of progress\n\nGiven by a person, with a word on why.\n\n| colour | what it means |\n|---|---|\n{colours}\n"  # noqa: E501 - one template


def _order(move: Move) -> tuple[int, int]:
    listed = list(State)
    return listed.index(move.source), listed.index(move.target)


def _needs(move: Move) -> str:
    needs = [words for needed, words in ((move.reason, "a reason"), (move.decided, "who decided, and the minute")) if needed]
    return ", ".join(["the day", *needs])


_LIFE_OPENING = """# The life of a strategy

Made from `desk/strategy/rules.py`; a test holds the two equal.
"""
_LIFE_STEPS = """Every other step is refused. Each step that is taken keeps the version of the strategy it was taken with.
"""
