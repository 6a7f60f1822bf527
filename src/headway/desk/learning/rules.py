"""Who gets a place, who moves up, who may book, and what take-up comes to beside need. No database here."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

KEEP_NAMES = timedelta(days=183)  # after the session: long enough for a certificate and an evaluation, and no longer
FEW = 5  # pupils of one school: fewer are not told beyond it


class Waiting(Protocol):
    """Somebody on a waiting list; `asked` orders it, `pk` where two asked at one moment."""

    pk: int
    school_id: int
    asked: object


def free_seat(places: int, taken: Collection[int]) -> int | None:
    """The lowest number of a place that nobody holds; none where all are held."""
    return next((seat for seat in range(1, places + 1) if seat not in taken), None)


def next_up(waiting: Sequence[Waiting], places_of: Mapping[int, int]) -> int | None:
    """Whose turn it is when a place is freed: first a school that has no place here yet, then who asked first.

    `places_of`: school → how many places it has. Its rule is told on the page of each waiting list.
    """
    turn = min(waiting, key=lambda one: (places_of.get(one.school_id, 0) > 0, one.asked, one.pk), default=None)
    return turn.pk if turn else None


def moves(waiting: Sequence[Waiting], booked: Iterable[tuple[int, int]], places: int) -> tuple[tuple[int, int], ...]:
    """(who moves up, to which place), in turn, until no place is free or nobody waits. `booked`: (school, place)."""
    held = list(booked)
    taken, places_of = {seat for _, seat in held}, Counter(school for school, _ in held)
    left, made = list(waiting), []
    while left and (seat := free_seat(places, taken)) is not None:
        turn = next_up(left, places_of)
        mover = next(one for one in left if one.pk == turn)
        left.remove(mover)
        taken.add(seat)
        places_of[mover.school_id] += 1
        made.append((mover.pk, seat))
    return tuple(made)


def faults_of_booking(
    day: date, today: date, called_off: str, ended: bool, level: str, levels: Collection[str], own: Collection[str]
) -> list[str]:
    """Why a place cannot be asked for. `own`: the levels for which this person may book."""
    faults = []
    if called_off:
        faults.append("The session was called off.")
    elif ended:
        faults.append("The programme has ended.")
    elif day < today:
        faults.append("The session is over.")
    if level not in levels:
        faults.append("It is not for this group.")
    elif level not in own:
        faults.append("A governor books places for governors; the head books for staff.")
    return faults


def session_stands(day: date, places: int, booked: int, waiting: int, called_off: str, today: date) -> str:
    """Where a session stands, in words."""
    if called_off:
        return "called off"
    if day < today:
        return "over"
    left = places - booked
    if left > 0:
        return f"{left} of {places} places left"
    return f"full, {waiting} waiting" if waiting else "full"


@dataclass(frozen=True)
class SchoolLine:
    """One school beside one programme: why it would need it, and how many of its people had a place and came."""

    urn: int
    reasons: tuple[str, ...]
    booked: int
    came: int
    waiting: int

    @property
    def missed(self) -> bool:
        """It would have needed it, and nobody came."""
        return bool(self.reasons) and self.came == 0


def lines(
    urns: Iterable[int], reasons: Mapping[int, Sequence[str]], bookings: Iterable[tuple[int, str, bool | None]], *, over: bool
) -> list[SchoolLine]:  # fmt: skip
    """Schools by need: those that missed it first, most reasons first; then those that came. `bookings`: (school, state, came)."""
    found = list(bookings)
    booked = Counter(urn for urn, state, _ in found if state == "booked")
    came = Counter(urn for urn, state, here in found if state == "booked" and here)
    waiting = Counter(urn for urn, state, _ in found if state == "waiting")
    made = [SchoolLine(urn, tuple(reasons.get(urn, ())), booked[urn], came[urn], waiting[urn]) for urn in urns]
    shown = [one for one in made if one.reasons or one.booked or one.waiting]
    return sorted(shown, key=lambda one: (not (one.missed if over else one.reasons and not one.booked), -len(one.reasons), one.urn))


def take_up_sentence(found: Sequence[SchoolLine], over: bool, title: str) -> str:
    """Who would have needed it, and who came."""
    needing = [one for one in found if one.reasons]
    many = len(needing)
    if not many:
        return f"Nothing that is known points to a school that would need {title}."
    there = sum(1 for one in needing if (one.came if over else one.booked))
    did = "came" if over else "have a place" if there > 1 else "has a place"
    beside = len([one for one in found if not one.reasons and (one.came if over else one.booked)])
    said = (
        f"{many} {'school' if many == 1 else 'schools'} would {'have needed' if over else 'need'} {title}; {there or 'none'} of them {did}"
    )
    said += f", {many - there} did not." if over else f", {many - there} {'has' if many - there == 1 else 'have'} none."
    return f"{said} {beside} more {'came' if over else 'booked'} beside them." if beside else said


def evaluated(marks: Iterable[int], came: int) -> str:
    """What those who came said, in a sentence."""
    counted = Counter(marks)
    many = sum(counted.values())
    if not many:
        return "Nobody has said yet how it was."
    good = counted[4] + counted[3]
    return f"{good} of {many} who answered found it useful or very useful; {came} came."


def pupils_words(pupils: int | None) -> str:
    """How many pupils, for whoever is not of the school: few are not counted out."""
    if pupils is None:
        return "not told"
    return f"fewer than {FEW}" if 0 < pupils < FEW else f"{pupils:,}"


MOVES = {"asked": ("agreed", "declined"), "agreed": ("done", "declined"), "done": (), "declined": ()}


def may_move(state: str, to: str) -> bool:
    """Whether a take-up may go from one state to another."""
    return to in MOVES.get(state, ())
