"""The ledger: what is owed, set against what was booked, delivered and waived. Pure: no database, no clock.

A tier is a promise. Each thing owed is answered by the earliest entry that may count for it; what is answered by none and is
past its day is overdue. Nothing is stored of this: it follows from tiers, events and entries each time it is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from headway.definitions.entitlements import Conditional, Entitlement, Interval
from headway.desk.entitlements.planning import EVERYBODY, FEWEST_DAYS, Due, Happening, Over, Stay, dues, merged, parts
from headway.vocabulary.school_days import OpenYear, SchoolDays

BOOKED, DELIVERED, WAIVED, WITHDRAWN = "booked", "delivered", "waived", "withdrawn"
MOVES: dict[str, frozenset[str]] = {
    BOOKED: frozenset({DELIVERED, WITHDRAWN, BOOKED}),
    DELIVERED: frozenset({WITHDRAWN}),  # entered by mistake
    WAIVED: frozenset({WITHDRAWN}),  # owed again
    WITHDRAWN: frozenset(),
}
GREEN, AMBER, RED = "green", "amber", "red"
BESIDE = "beside what is owed"


class State(StrEnum):
    DUE = "due"
    OVERDUE = "overdue"
    BOOKED = "booked"
    DELIVERED = "delivered"
    WAIVED = "waived"
    STANDING = "in place"  # as long as the tier lasts
    REPLACED = "replaced"  # another item is given instead
    LAPSED = "lapsed"  # not delivered while it was owed
    LATER = "later"  # after the next one of an interval: its day depends on what is done before


OPEN = frozenset({State.DUE, State.OVERDUE})
OWED = OPEN | {State.BOOKED, State.LATER}  # still to be done


@dataclass(frozen=True)
class Entry:
    """What was booked, delivered or waived, as the ledger sees it. `for_due` says which occasion a waiver is of."""

    item: str
    day: date
    state: str
    days: float = 0.0
    rag: str = ""
    for_due: date | None = None
    number: int = 0
    who: str = ""
    because: str = ""


@dataclass(frozen=True)
class Owed:
    """One line of a school's ledger. `earliest` is set for an interval: before it the next occasion would come too soon."""

    item: str
    due: date
    state: State
    why: str
    tier: str = EVERYBODY
    entry: Entry | None = None
    earliest: date | None = None
    days: float = 0.0  # of an adviser: those written down, or what the item takes

    @property
    def late(self) -> bool:
        """Whether it was done, or is booked, after its day."""
        return self.entry is not None and self.entry.state != WAIVED and self.entry.day > self.due

    @property
    def to_do(self) -> bool:
        return self.state in OWED


@dataclass(frozen=True)
class Asked:
    """Whose ledger of which year, and everything that it follows from. `entries` may hold those of earlier years."""

    entitlement: Entitlement
    year: OpenYear
    days: SchoolDays
    today: date
    stays: tuple[Stay, ...] = ()
    happenings: tuple[Happening, ...] = ()
    entries: tuple[Entry, ...] = ()


def may_move(state: str, to: str) -> bool:
    return to in MOVES[state]


def ledger(asked: Asked) -> tuple[Owed, ...]:
    """Every line of a school's year: the earliest due first."""
    stays = merged(asked.stays)
    by_item: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(asked.entries, key=lambda one: (one.day, one.number)):
        if entry.state != WITHDRAWN:
            by_item[entry.item].append(entry)
    owed, taken = _owed(asked, stays, by_item)
    beside = [
        Owed(one.item, one.day, State(one.state), BESIDE, entry=one, days=one.days)
        for entries in by_item.values() for one in entries
        if one.number not in taken and asked.year.holds(one.day) and one.state != WAIVED
    ]  # fmt: skip
    return tuple(sorted((*owed, *beside), key=lambda one: (one.due, one.item)))


def _owed(asked: Asked, stays: tuple[Stay, ...], by_item: dict[str, list[Entry]]) -> tuple[list[Owed], set[int]]:
    single: dict[str, list[Due]] = defaultdict(list)
    found: list[Owed] = []
    taken: set[int] = set()
    instead: list[tuple[Conditional, list[Due]]] = []
    for over, lines in parts(asked.entitlement, stays, asked.year, asked.days):
        for line in lines:
            if isinstance(line, Interval):
                found += _interval(line, over, asked, by_item[line.item], taken)
            elif asked.entitlement.items[line.item].standing:
                found += _standing(line.item, over, asked)
            else:
                wanted = dues(line, over, asked.happenings)
                single[line.item] += wanted
                if isinstance(line, Conditional) and line.instead_of:
                    instead.append((line, wanted))
    for line, wanted in instead:
        _put_instead(line, wanted, single, asked.days)
    for item, wanted in single.items():
        found += _settled(item, wanted, asked, by_item[item], taken)
    return found, taken


def _put_instead(line: Conditional, wanted: list[Due], single: dict[str, list[Due]], days: SchoolDays) -> None:
    """The first occasion of the other item that was still to come is replaced; this one takes its day where that leaves time."""
    for one in wanted:
        coming = [due for due in single[line.instead_of] if due.due >= one.opens and not due.replaced_by]
        if coming:
            other = min(coming, key=lambda due: due.due)
            sooner = other.due < one.due and days.between(one.opens, other.due) >= FEWEST_DAYS
            _swap(single[line.instead_of], other, replace(other, replaced_by=line.item))
            _swap(single[line.item], one, replace(one, due=other.due) if sooner else one)


def _swap(among: list[Due], old: Due, new: Due) -> None:
    among[among.index(old)] = new


def _settled(item: str, wanted: Sequence[Due], asked: Asked, entries: list[Entry], taken: set[int]) -> list[Owed]:
    """Each occasion with the entry that answers it: a waiver its own, then the earliest entry for the earliest occasion."""
    order = sorted(wanted, key=lambda one: (one.due, one.opens))
    answers: dict[int, Entry] = {}
    for entry in entries:
        own = (at for at, one in enumerate(order) if at not in answers and one.due == entry.for_due)
        if entry.for_due is not None and (at := next(own, None)) is not None:
            answers[at] = entry
            taken.add(entry.number)
    for at, one in enumerate(order):
        fits = (entry for entry in entries if _counts(entry, one, asked, taken))
        if at not in answers and (found := next(fits, None)) is not None:
            answers[at] = found
            taken.add(found.number)
    lines = (_line(item, one, answers.get(at), asked) for at, one in enumerate(order))
    return [line for line in lines if line is not None]


def _counts(entry: Entry, one: Due, asked: Asked, taken: set[int]) -> bool:
    """Work of a stretch that is over counts only where it was done while that lasted; of what was replaced only what came before."""
    if entry.number in taken or entry.for_due is not None or not one.opens <= entry.day <= asked.year.last:
        return False
    return one.until is None or entry.day < one.until


def _line(item: str, one: Due, entry: Entry | None, asked: Asked) -> Owed | None:
    """Nothing where a tier was left before the day: what it would have given later was never owed."""
    cost = _cost(asked.entitlement, item)
    if entry is not None:
        return Owed(item, one.due, _answered(entry, one, asked.today), one.why, one.tier, entry, days=_days(entry, cost))
    if one.until is not None and one.until <= one.due:
        return None
    if one.until is not None and one.until <= asked.today:
        return Owed(item, one.due, State.LAPSED, one.why, one.tier)
    if one.replaced_by:
        return Owed(item, one.due, State.REPLACED, one.replaced_by, one.tier)
    return Owed(item, one.due, State.OVERDUE if one.due < asked.today else State.DUE, one.why, one.tier, days=cost)


def _answered(entry: Entry, one: Due, today: date) -> State:
    """What was booked for a day that has passed without word of it is overdue once its own day has passed."""
    if entry.state == BOOKED and entry.day < today and one.due < today:
        return State.OVERDUE
    return State(entry.state)


def _days(entry: Entry, cost: float) -> float:
    return 0.0 if entry.state == WAIVED else entry.days if entry.state == DELIVERED else entry.days or cost


def _cost(entitlement: Entitlement, item: str) -> float:
    known = entitlement.items.get(item)
    return known.days if known and known.by == "adviser" else 0.0


def _standing(item: str, over: Over, asked: Asked) -> list[Owed]:
    now_or_then = max(over.start, min(asked.today, asked.year.last))
    return [Owed(item, asked.year.last, State.STANDING, "while in the tier", over.tier)] if over.holds(now_or_then) else []


def weeks_by(line: Interval, rag: str) -> int:
    """The longest after a green review, the shortest after a red one, else the middle, rounded down: sooner rather than later."""
    low, high = line.weeks
    return high if rag == GREEN else low if rag == RED else (low + high) // 2


def _interval(line: Interval, over: Over, asked: Asked, entries: list[Entry], taken: set[int]) -> list[Owed]:
    """From the day the school came in, each occasion so many school weeks after the one before, by how that one went."""
    found: list[Owed] = []
    before, rag = over.since or over.start, ""
    why, cost, days = interval_words(line), _cost(asked.entitlement, line.item), asked.days
    for entry in entries:
        if entry.number in taken or not over.holds(entry.for_due or entry.day) or entry.day > asked.year.last:
            continue
        due, soonest = days.week_after(before, weeks_by(line, rag)), days.week_after(before, line.weeks[0])
        taken.add(entry.number)
        if asked.year.holds(entry.day):
            one = Due(line.item, due, before, over.tier, why, over.until)
            state = _answered(entry, one, asked.today)
            found.append(Owed(line.item, due, state, why, over.tier, entry, soonest, _days(entry, cost)))
        before, rag = (due, rag) if entry.state == WAIVED else (entry.day, entry.rag or rag)
    return found + _to_come(line, over, asked, before, rag)


def _to_come(line: Interval, over: Over, asked: Asked, before: date, rag: str) -> list[Owed]:
    """The next occasion, and those after it until the year ends."""
    found: list[Owed] = []
    why, cost, days = interval_words(line), _cost(asked.entitlement, line.item), asked.days
    if over.until is not None and over.until <= max(asked.today, over.start):
        return found
    last = min(asked.year.last, over.until or asked.year.last)
    due = days.week_after(before, weeks_by(line, rag))
    while due <= last or (not found and due < asked.today):
        state = State.LATER if found else State.OVERDUE if due < asked.today else State.DUE
        found.append(Owed(line.item, due, state, why, over.tier, None, None if found else days.week_after(before, line.weeks[0]), cost))
        before = max(due, asked.today)
        due = days.week_after(before, weeks_by(line, rag))
    return found


def interval_words(line: Interval) -> str:
    low, high = line.weeks
    return f"every {low} to {high} school weeks" if low != high else f"every {low} school weeks"


def outside(line: Interval, before: date, day: date, days: SchoolDays) -> str:
    """Why a day is not one for the next occasion of an interval; empty where it is."""
    soonest, latest = (days.week_after(before, weeks) for weeks in line.weeks)
    if day > latest:
        return f"The interval ends on {latest.day} {latest:%B %Y}."
    if day < soonest and days.between(before, day) < 5 * (line.weeks[0] - 1):
        return f"Before {line.weeks[0]} school weeks have passed, which is in the week that ends on {soonest.day} {soonest:%B %Y}."
    return ""


def next_due(lines: Iterable[Owed]) -> Owed | None:
    """What comes next of what is still to be done: the longest overdue first."""
    return next((one for one in sorted(lines, key=lambda one: one.due) if one.state in OPEN or one.state is State.BOOKED), None)


def days_owed(lines: Iterable[Owed]) -> float:
    """Adviser days that are still to be given this year: due, overdue, booked, and the later occasions of intervals."""
    return sum(one.days for one in lines if one.to_do)


def days_given(lines: Iterable[Owed]) -> float:
    return sum(one.days for one in lines if one.state is State.DELIVERED)
