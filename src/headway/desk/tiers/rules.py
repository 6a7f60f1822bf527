"""How a decision moves from meeting to letter, when a letter may go, when a school may leave its tier, who may hear an appeal.
No database here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from headway.definitions.loading import Library
from headway.definitions.tiers import NOT_ENOUGH, Leaving, Scheme, Worsening
from headway.readings.calendar import days_after, school_days_between
from headway.readings.terms import next_term_begins, term_end_near

DECIDED, TOLD, WRITTEN, WITHDRAWN = "decided", "told", "written", "withdrawn"
MOVES: dict[str, frozenset[str]] = {
    DECIDED: frozenset({TOLD, WITHDRAWN}),
    TOLD: frozenset({WRITTEN}),  # who was rung gets the letter
    WRITTEN: frozenset(),
    WITHDRAWN: frozenset(),
}
SEEN_BY_SCHOOL = (TOLD, WRITTEN)
REPLY_WITHIN = 10  # school days
LETTER_WITHIN = 10  # school days after a decision for which the scheme names no day
QUIET_END = 2  # last school days of a term on which no letter goes
LONG = 4  # terms in a tier after which somebody asks why
GREEN, RED = "green", "red"
ORDER = {RED: 0, "amber": 1, GREEN: 2}


def may_move(state: str, to: str) -> bool:
    return to in MOVES[state]


def fault_of_outcome(scheme: Scheme, proposed: str, tier: str, reason: str, lacks: Sequence[str] = ()) -> str:
    """What is wrong with an outcome; empty where nothing is. Whoever changes what the rules propose says why, and so does who lets a
    school into a lighter tier before it has shown what its own asks for, whatever the rules propose.
    """
    if tier not in (*scheme.tiers, NOT_ENOUGH):
        return "Choose one of the scheme’s tiers."
    if reason.strip():
        return ""
    if lacks:
        return f"Say why it moves all the same: its tier asks for {'; '.join(lacks)}. The head will read it."
    return "" if tier == proposed else "Say why. The head will read it."


@dataclass(frozen=True)
class Year:
    """Where a day lies in the year of tiers: what is in season, each until when, and what begins next."""

    now: tuple[tuple[str, date], ...]
    next: tuple[str, date] | None


def year_at(scheme: Scheme, day: date) -> Year:
    spans = [(one.title, first, last) for one in scheme.cycle for first, last in one.spans(day)]
    coming = min(((first, title) for title, first, _ in spans if first > day), default=None)
    now = sorted((last, title) for title, first, last in spans if first <= day <= last)
    return Year(tuple((title, last) for last, title in now), (coming[1], coming[0]) if coming else None)


def needs_way_out(scheme: Scheme, tier: str) -> bool:
    """Whether what would end the tier must be written when a school enters it."""
    return tier in scheme.tiers and scheme.tiers[tier].leaving is not None


def why_no_letter(day: date, safeguarding: bool, library: Library) -> str:
    """Why a letter may not go on a day; empty when it may. A matter of safeguarding never waits."""
    if safeguarding:
        return ""
    try:
        term = term_end_near(day, QUIET_END, library)
    except LookupError:
        return f"The calendar does not hold {day.year}: put its terms into library/calendar.yaml, so that no letter goes at a term’s end."
    if term is None:
        return ""
    begins = next_term_begins(day, library)
    then = f"It may go from {begins.day} {begins:%B %Y}." if begins else ""
    return (
        f"No letter goes in the last {QUIET_END} school days of a term or in the holidays after it: the head would be alone with it. {then}"
    )


def reply_by(written: date, library: Library) -> date:
    """The last day on which the school may reply."""
    return days_after(written, REPLY_WITHIN, "school_days", library)


def letter_by(decided: date, library: Library, scheme: Scheme | None = None, meeting: date | None = None) -> date | None:
    """By when head and governors should have the letter: of a meeting in the autumn's round the scheme's day of early October, of any
    other decision ten school days after it. None where the calendar does not reach so far."""
    named = [one.letters_due(meeting) for one in scheme.cycle] if scheme and meeting else []
    due = next((day for day in named if day is not None), None)
    if due is not None:
        return due
    try:
        return days_after(decided, LETTER_WITHIN, "school_days", library)
    except LookupError:
        return None


@dataclass(frozen=True)
class Reviewed:
    """One review of a school's support: its day, its colour and the kinds of evidence it rests on."""

    day: date
    colour: str
    sources: frozenset[str] = frozenset()


def lacks_to_leave(rule: Leaving | None, reviews: Sequence[Reviewed], library: Library) -> tuple[str, ...]:
    """What a school has still to show before it moves to a lighter tier; nothing when it may. `reviews`: since it entered, oldest first.

    Only reviews in a row count: a red or amber one begins anew.
    """
    if rule is None:
        return ()
    row = _green_row(reviews)
    apart = school_days_between(row[0].day, row[-1].day, library) / 5 if row else 0.0
    sources = frozenset[str]().union(*(one.sources for one in row))
    found = []
    if len(row) < rule.green_reviews:
        found.append(f"{rule.green_reviews} green {_plural('review', rule.green_reviews)} in a row; there {_are(len(row))}")
    elif apart < rule.school_weeks_apart:
        found.append(f"green reviews at least {rule.school_weeks_apart} school weeks apart; so far {apart:.1f}")
    if len(sources) < rule.sources:
        found.append(f"{rule.sources} kinds of evidence; so far {len(sources)}")
    return tuple(found)


def lacks_to_move(scheme: Scheme, before: str, after: str, reviews: Sequence[Reviewed], library: Library) -> tuple[str, ...]:
    """What stands in the way of a move to a lighter tier: what the old one asks for, and one tier at a time. Nothing for any other move."""
    if before not in scheme.tiers or after not in scheme.tiers:
        return ()
    steps = scheme.heaviness(before) - scheme.heaviness(after)
    if steps <= 0:
        return ()
    found = lacks_to_leave(scheme.tiers[before].leaving, reviews, library)
    return (*found, "one tier at a time") if steps > 1 else found


def _green_row(reviews: Sequence[Reviewed]) -> list[Reviewed]:
    row: list[Reviewed] = []
    for one in reviews:
        row = [*row, one] if one.colour == GREEN else []
    return row


def _plural(word: str, many: int) -> str:
    return word if many == 1 else f"{word}s"


def _are(many: int) -> str:
    return "is none" if not many else "is one" if many == 1 else f"are {many}"


def going_up(reviews: Sequence[Reviewed]) -> bool:
    """Whether the newest review is green, or better than the one before it."""
    if not reviews:
        return False
    newest = ORDER[reviews[-1].colour]
    return newest == ORDER[GREEN] or (len(reviews) > 1 and newest > ORDER[reviews[-2].colour])


def worsens(rule: Worsening | None, reviews: Sequence[Reviewed]) -> bool:
    """Whether the newest reviews in a row are each of a colour after which somebody looks whether the support is enough."""
    if rule is None or len(reviews) < rule.reviews:
        return False
    return all(one.colour in rule.colours for one in reviews[-rule.reviews :])


def falls_back(scheme: Scheme, before: str, now: str, reviews: Sequence[Reviewed], terms: int) -> bool:
    """Whether a school that came from a heavier tier has had a red review while it is still watched. `terms`: begun since it came."""
    if before not in scheme.tiers or now not in scheme.tiers or scheme.heaviness(before) <= scheme.heaviness(now):
        return False
    return terms <= scheme.watched_terms and any(one.colour == RED for one in reviews)


def may_hear(hearer: str, decided_by: Collection[str]) -> str:
    """Why somebody may not answer an appeal; empty when they may: nobody judges what they decided."""
    return "You took part in the decision. Somebody who did not answers the appeal." if hearer in decided_by else ""


def unsaid(moves: Iterable[str], way_out: str) -> list[str]:
    """What would move a school, without what its way out says already: the first draft of one is made of the same words."""
    return [one for one in moves if one.lower() not in way_out.lower()]
