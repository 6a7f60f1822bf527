"""When papers must be out, how many must be there, who may read which item, where a meeting may go from where. No database here."""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from django.db.models import TextChoices

from headway.definitions.boards import Edition

CLEAR = 5  # working days between the day on which papers go out and the day of the meeting, neither counted
LONGEST = timedelta(days=366 * 4)  # of a member’s term


class State(TextChoices):
    PLANNED = "planned", "planned"
    CALLED = "called", "papers out"
    HELD = "held", "held, minutes being drafted"
    SIGNED = "signed", "minutes signed"
    CANCELLED = "cancelled", "cancelled"


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.CALLED, State.CANCELLED}),
    State.CALLED: frozenset({State.HELD, State.CANCELLED}),
    State.HELD: frozenset({State.SIGNED}),
    State.SIGNED: frozenset(),
    State.CANCELLED: frozenset(),
}


class Presence(TextChoices):
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


class Sort(TextChoices):
    AGREED = "agreed", "Agreed"
    NOTED = "noted", "Noted"
    REFUSED = "refused", "Not agreed"
    ADVISED = "advised", "Advised"
    DEFERRED = "deferred", "Put off"


class Vote(TextChoices):
    FOR = "for", "For"
    AGAINST = "against", "Against"
    ABSTAINED = "abstained", "Abstained"


class Reader(IntEnum):
    """What somebody reads a board as."""

    ANYBODY = 0
    SIGNED_IN = 1  # of the area: plans of meetings, public papers
    MEMBER = 2
    CLERK = 3


@dataclass(frozen=True)
class Shown:
    """Whether somebody gets the papers of an item, and why not in words."""

    papers: bool
    why: str = ""


def may_move(state: str, to: str) -> bool:
    return State(to) in MOVES[State(state)]


def is_working(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def clear_days(out: date, meeting: date, holidays: Collection[date]) -> int:
    """Working days between the day papers go out and the day of the meeting; neither of the two counts."""
    between = range(1, (meeting - out).days)
    return sum(is_working(out + timedelta(ahead), holidays) for ahead in between)


def papers_by(meeting: date, holidays: Collection[date]) -> date:
    """The last working day on which papers may go out."""
    day = meeting - timedelta(1)
    while clear_days(day, meeting, holidays) < CLEAR or not is_working(day, holidays):
        day -= timedelta(1)
    return day


def fault_of_calling(out: date, meeting: date, holidays: Collection[date], urgent_because: str) -> str:
    """Why the papers cannot go out on a day; empty where they can. An urgent meeting says why."""
    if out > meeting:
        return "The day of the meeting is past."
    found = clear_days(out, meeting, holidays)
    if found >= CLEAR or urgent_because.strip():
        return ""
    days = f"{found} clear working day{'' if found == 1 else 's'}"
    return (
        f"Papers go out five clear working days before a meeting; there {'is' if found == 1 else 'are'} only {days}. Say why it is urgent."
    )


def needed(voting: int, quorum: int) -> int:
    """How many voting members must be there; `quorum` in a hundred of them. At least two: nobody is a board alone."""
    return max(2, math.ceil(voting * quorum / 100 - 1e-9)) if voting else 0


def quorum_words(voting: int, present: int, quorum: int) -> str:
    wanted = needed(voting, quorum)
    told = f"{present} of {voting} voting members were there; {wanted} are needed"
    return f"{told}: the meeting was {'quorate' if voting and present >= wanted else 'not quorate'}."


def is_quorate(voting: int, present: int, quorum: int) -> bool:
    return voting > 0 and present >= needed(voting, quorum)


def has_interest(about: Iterable[int], of_schools: Iterable[int], declared: bool) -> bool:
    """Whether a member is interested in an item: declared, or in one of the schools that it is about."""
    return declared or bool(set(about) & set(of_schools))


def shows(reader: Reader, edition: str, out: bool, interested: bool) -> Shown:
    """Whether somebody gets the papers of an item. An interest keeps what is not public from a clerk too."""
    if interested and edition != Edition.PUBLIC:
        return Shown(False, "Withheld from you: you have an interest in it.")
    if reader is Reader.CLERK:
        return Shown(True)
    if not out:
        return Shown(False, "The papers are not out yet.")
    if edition == Edition.PUBLIC:
        return Shown(True)
    if reader is Reader.MEMBER:
        return Shown(True)
    return Shown(False, "Not open to the public." if edition == Edition.EXEMPT else "For members of the board.")


def editions_of(reader: Reader) -> tuple[Edition, ...]:
    return tuple(Edition) if reader >= Reader.MEMBER else (Edition.PUBLIC,)


def may_vote(votes: bool, group: str, entitled: Collection[str]) -> bool:
    """Whether a member votes on something: of the groups that decide it, where only some do."""
    return votes and (not entitled or group in entitled)


def carried(voices: Collection[str]) -> bool:
    """More for than against. Whoever abstains is counted on neither side; as many for as against changes nothing."""
    cast = Counter(voices)
    return cast[Vote.FOR] > cast[Vote.AGAINST]


def result_words(who: str, voices: Collection[str], motion: str) -> str:
    """“Maintained primary members, 4 for, 1 against, 1 abstained. Carried: a rate of £8.50.”"""
    cast = Counter(voices)
    told = f"{who}, {cast[Vote.FOR]} for, {cast[Vote.AGAINST]} against, {cast[Vote.ABSTAINED]} abstained"
    tie = cast[Vote.FOR] == cast[Vote.AGAINST]
    return f"{told}. {'Carried' if carried(voices) else 'Not carried, with as many for as against' if tie else 'Not carried'}: {motion}"


def faults_of_vote(quorate: bool, able: Collection[int], voices: Collection[int], before: bool) -> list[str]:
    """Why a vote cannot be written down. `able`: members who may vote on it, were there and have no interest in it."""
    faults = []
    if not quorate:
        faults.append("The meeting was not quorate, or it is not written down yet who was there: it can advise and decides nothing.")
    if before:
        faults.append("This has been voted on already; a mistake is put right by a correction.")
    if not voices:
        faults.append("Nobody voted.")
    if set(voices) - set(able):
        faults.append("Somebody would vote who may not: not of the members who decide it, not there, or with an interest in it.")
    return faults


def narrower(edition: str, than: str) -> bool:
    """Whether fewer people read one edition than another."""
    order = [one.value for one in Edition]
    return order.index(edition) > order.index(than)


def faults_of_term(since: date, until: date) -> str:
    if until < since:
        return "The term ends before it begins."
    return "A term is four years at most; it can be renewed." if until - since > LONGEST else ""
