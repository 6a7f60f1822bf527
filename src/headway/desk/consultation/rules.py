"""The life of a consultation, what may be asked and sent, which counts may be shown. No database here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models.enums import TextChoices

HOURLY = 5  # responses an hour from one address
FEWEST = 5  # a count of people below this is not shown to the public
LONGEST = 4_000  # characters of one answer


class State(TextChoices):
    DRAFT = "draft", "Being written"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    ANSWERED = "answered", "Answered"


class Audience(TextChoices):
    PUBLIC = "public", "Everybody, without an account"
    INVITED = "invited", "Only those who were sent a link"


class Kind(TextChoices):
    ONE = "one", "One of several answers"
    SEVERAL = "several", "Any of several answers"
    WORDS = "words", "Their own words"


class Moderation(TextChoices):
    WAITING = "waiting", "Waiting to be read"
    COUNTED = "counted", "Read and counted"
    SET_ASIDE = "set_aside", "Set aside, with a reason"


class Doing(TextChoices):
    """What is done about a theme."""

    DONE = "done", "We have done it"
    WILL = "will", "We will do it"
    PARTLY = "partly", "We will do part of it"
    NOT = "not", "We will not do it"
    ELSEWHERE = "elsewhere", "It is for others to decide; we have passed it on"


class Speaking(TextChoices):
    """As whom somebody answers. Never asked for: may be left out, and tells nobody's age."""

    PUPIL = "pupil", "A pupil or student"
    PARENT = "parent", "A parent or carer"
    STAFF = "staff", "Somebody who works in a school"
    GOVERNOR = "governor", "A governor or trustee"
    ORGANISATION = "organisation", "An organisation"
    OTHER = "other", "Somebody else"


S = State
MOVES = {
    (S.DRAFT, S.OPEN): "Open it",
    (S.OPEN, S.CLOSED): "Close it",
    (S.CLOSED, S.OPEN): "Open it again",
    (S.CLOSED, S.ANSWERED): "Publish what was said and what we do",
}


def moves_from(state: str) -> list[tuple[State, str]]:
    return [(target, words) for (source, target), words in MOVES.items() if source == state]


def faults_of_move(source: str, target: str, *, questions: int, waiting: int, themes: int, unanswered: int) -> list[str]:
    """What keeps a consultation from its next step. `unanswered`: themes without what is done about them."""
    if (S(source), S(target)) not in MOVES:
        return [f"A consultation that is {S(source).label.lower()} cannot become {S(target).label.lower()}."]
    faults = []
    if target == S.OPEN and questions == 0:
        faults.append("It asks nothing yet. Add a question.")
    if target == S.ANSWERED and waiting:
        faults.append(f"{waiting} {'response waits' if waiting == 1 else 'responses wait'} to be read.")
    if target == S.ANSWERED and not themes:
        faults.append("There is no theme yet: say what people said.")
    if target == S.ANSWERED and unanswered:
        faults.append(f"{unanswered} {'theme does' if unanswered == 1 else 'themes do'} not say what is done about it.")
    return faults


def is_open(state: str, opens: date, closes: date, today: date) -> bool:
    """Whether responses are taken on a day: its first and last days count."""
    return state == S.OPEN and opens <= today <= closes


def faults_of_question(kind: str, choices: list[str]) -> list[str]:
    if kind == Kind.WORDS:
        return ["A question for their own words has no answers to choose from."] if choices else []
    faults = []
    if not 2 <= len(choices) <= 12:
        faults.append("Give two to twelve answers to choose from, one in a line.")
    if len({one.casefold() for one in choices}) != len(choices):
        faults.append("Two of the answers are the same.")
    return faults


def shown_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts of people as the public may see them; None for one that is not shown.

    A count of 1 to 4 is not shown. So that it cannot be worked out from the total, the next smallest is not shown with it, until those not
    shown are two at least and five people together at least.
    """
    hidden = {name for name, count in counts.items() if 0 < count < FEWEST}
    others = sorted((name for name in counts if name not in hidden), key=lambda name: (counts[name] == 0, counts[name], name))
    while hidden and others and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEWEST):
        hidden.add(others.pop(0))
    return {name: None if name in hidden else count for name, count in counts.items()}


def people_words(count: int, one: str = "response", many: str = "responses") -> str:
    """How many, for the public: none, fewer than five, or the number."""
    if count == 0:
        return f"no {many}"
    return f"fewer than {FEWEST} {many}" if count < FEWEST else f"{count:,} {one if count == 1 else many}"


@dataclass(frozen=True)
class Tally:
    """How often each answer of one question was given, as may be shown. `answered` in words."""

    question: str
    answered: str
    rows: tuple[tuple[str, int | None], ...]


def tally(question: str, choices: list[str], given: list[list[str]], kind: str) -> Tally:
    """`given`: the answers of each response that answered. Where several may be chosen each count stands alone: they have no sum."""
    counts = {choice: sum(choice in one for one in given) for choice in choices}
    answered = people_words(len(given))
    if 0 < len(given) < FEWEST:
        return Tally(question, answered, tuple((choice, None) for choice in choices))
    shown = shown_counts(counts) if kind == Kind.ONE else _apart(counts, len(given))
    return Tally(question, answered, tuple(shown.items()))


def _apart(counts: Mapping[str, int], answered: int) -> dict[str, int | None]:
    """Of counts without a sum: neither those who chose nor those who did not may be one to four."""
    return {name: None if 0 < count < FEWEST or 0 < answered - count < FEWEST else count for name, count in counts.items()}
