"""How meetings, plans and notices move, when things are due, and what may follow what. No database here."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

OFFERED, AGREED, HELD, DECLINED, CANCELLED = "offered", "agreed", "held", "declined", "cancelled"
MOVES: dict[str, frozenset[str]] = {
    OFFERED: frozenset({AGREED, HELD, DECLINED, CANCELLED}),
    AGREED: frozenset({HELD, DECLINED, CANCELLED, AGREED}),  # agreed again: another day
    HELD: frozenset(),
    DECLINED: frozenset(),
    CANCELLED: frozenset(),
}
BARRIERS = (
    ("illness", "Illness or a medical condition"),
    ("anxiety", "Anxiety or emotional health"),
    ("send", "Special educational needs, met or not"),
    ("bullying", "Bullying or friendships"),
    ("learning", "Finds lessons too hard or too easy"),
    ("transition", "New school or phase"),
    ("carer", "Cares for somebody"),
    ("home", "Housing, money or safety at home"),
    ("routine", "Sleep and mornings"),
    ("transport", "Getting to school"),
    ("leave", "Leave in term time"),
    ("trust", "Trust between home and school"),
    ("other", "Something else"),
)
OUTCOMES = (
    ("improved", "Attendance improved"),
    ("steady", "Steady; support goes on elsewhere"),
    ("not_improved", "Attendance did not improve"),
    ("moved", "Moved to another school"),
    ("wrong", "Opened in error"),
)
DECISIONS = (
    ("support", "Support goes on; no notice now"), ("improve", "Notice to Improve"), ("notice", "Penalty notice"),
    ("other", "Another step: a third time, or a notice would not help"), ("no_grounds", "No grounds: the marks were put right"),
)  # fmt: skip
AFTER_SUPPORT = frozenset({"notice", "improve"})  # decisions that support comes before
HONEST = (
    ("called", "Rang the school or the family"), ("met", "Met them"), ("known", "Known already: a plan or another service has it"),
    ("none", "Looked at; no action needed"),
)  # fmt: skip
DONE = {"called": "call", "met": "meeting", "known": "known already", "none": "looked at"}  # as early warning reads it
ENTRY_DONE = {"contact": "call", "answered": "call", "review": "review", "referred": "referral"}  # an offer nobody answered is none
SIBLINGS, CODES = "siblings", "codes"  # flags that are no pupil's own
EARLY_FLAGS = ("drop", "drifting", "transition", "monday", "friday", "before_holiday", "after_holiday")
SHOCKS = (
    ("flood", "Flood or weather"), ("outbreak", "Outbreak of illness"), ("building", "Building closed"), ("transport", "Transport"),
    ("strike", "Strike"), ("other", "Something else"),
)  # fmt: skip
BASES = (
    ("consent", "The family’s consent"), ("task", "The council’s task: support for attendance"), ("safeguarding", "Safeguarding a child"),
    ("law", "A duty in law"),
)  # fmt: skip
SHARED = (
    ("attendance", "Attendance to date and the reasons"), ("barriers", "What keeps the child away"),
    ("tried", "What was offered and done"), ("known", "Which services know the child, and who leads"),
)  # fmt: skip
ASKERS = (("parent", "A parent or carer"), ("pupil", "The pupil"), ("other", "Somebody for them"))
SHARED_WEEKS = 26  # at most, unless the agreement with the party is over before
OUT, EXPIRED, WITHDRAWN, DESTROYED = "out", "expired", "withdrawn", "destroyed"
TO_PAY_WITHIN = 28  # days after the issue
REVIEW_WITHIN = 28  # days after a plan begins
CLEARED_FOR = 28  # days for which an honest action keeps a flag down
RETURNED = (("missing", "Missing education: enquiry opened"), ("home", "Taught at home"), ("elsewhere", "On roll at another school"),
            ("known", "Known; support runs"), ("education", "Education arranged"), ("none", "Looked at; nothing to do"))  # fmt: skip

GROUNDS = (
    ("home", "A parent wrote that the child is taught otherwise than at school"), ("moved", "Moved away; no next school is known"),
    ("leave", "Not back after leave, and not found"), ("absent", "Long away without permission, and not found"),
    ("school", "Said to go to another school; not confirmed"), ("never", "New in the area, or never came; on no roll"),
    ("other", "Another ground, as written below"),
)  # fmt: skip
NOT_FOUND = frozenset({"leave", "absent"})  # the name goes off the roll only after joint enquiries
LEADS_ON = frozenset({"deletion", "ten_days"})  # returns from which a record may be opened
FOUND = (
    ("roll", "Found on roll at another school"), ("away", "Moved away"), ("home", "Educated at home"),
    ("order", "School attendance order considered"), ("wrong", "Opened in error"),
)  # fmt: skip
SAYS_WHERE = frozenset({"roll", "away"})
JOINT, ORDER = "missing_joint", "attendance_order_notice"  # of library/attendance_duties
RECORD_DUTY = {"missing": "missing_enquiry", "home": "home_education"}
LOOKED_AGAIN = 28  # days after a record is opened, unless somebody says another day


def may_move(state: str, to: str) -> bool:
    return to in MOVES[state]


def due_next(last: date | None, weeks: int, today: date) -> date:
    """By when the next meeting is due: so long after the last, or now where there was none."""
    return last + timedelta(weeks=weeks) if last else today


def pseudonym(key: str) -> str:
    """How a pupil is spoken of on pages: eight signs made of the key, never its number. 3F7A 90C2."""
    sign = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int(key[:10], 16)
    signs = "".join(sign[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}\N{NO-BREAK SPACE}{signs[4:]}"


def return_due(happened: date, within: int | None) -> date:
    """The last day of a return. The Regulations count days, not school days."""
    return happened + timedelta(days=within or 0)


@dataclass(frozen=True)
class Tried:
    """One thing that was done before a legal step."""

    day: date
    what: str

    def as_dict(self) -> dict[str, str]:
        return {"day": str(self.day), "what": self.what}


def faults_of_step(support_first: bool, tried: Sequence[Tried], reason: str) -> list[str]:
    """Why a step may not be taken yet."""
    if not reason.strip():
        return ["Say why this step, and why now."]
    if support_first and not tried and len(reason.split()) < 10:
        return ["Nothing is written down that was tried first. Write it down, or say in a full sentence why nothing could be."]
    return []


def faults_of_following(first: str, after: int, taken: Sequence[date], day: date, reason: str) -> list[str]:
    """Why a step that follows another may not be taken on a day: the other is not written down, or its days have not run.

    The newest of the others counts, its own day as the first of its days.
    """
    if not taken:
        told = len(reason.split()) >= 10
        return (
            [] if told else [f"“{first}” comes before it and is not written down. Take that first, or say in a full sentence when it was."]
        )
    ready = max(taken) + timedelta(days=after)
    if day >= ready:
        return []
    return [f"“{first}” is of {max(taken).day} {max(taken):%B %Y}; this may follow from {ready.day} {ready:%B %Y} on."]


def leads_to_steps(outcome: str) -> bool:
    """Of an open record, and of one that was closed because an order was considered."""
    return outcome in ("", "order")


def faults_of_closing(outcome: str, where: str) -> list[str]:
    """Why a record of a missing child may not be closed so."""
    return ["Say at which school, or where to."] if outcome in SAYS_WHERE and not where.strip() else []


def faults_of_decision(decision: str, notice_allowed: bool, provisional: bool, age_known: bool) -> list[str]:
    """Why a decision cannot be taken."""
    if decision != "notice":
        return []
    found = []
    if provisional:
        found.append("The threshold rests on a reason that may yet be established. Wait for it, or decide something else.")
    if not age_known:
        found.append("Nobody has told whether the child is of compulsory school age. Find out first.")
    if not notice_allowed:
        found.append("Two notices of three years stand for this parent and child. No third may be issued; choose another step.")
    return found


def late_sorted(due: Iterable[tuple[date, str]], today: date) -> tuple[list[str], list[str]]:
    """(overdue, to come), each in the order of their days."""
    listed = sorted(due)
    return [what for day, what in listed if day < today], [what for day, what in listed if day >= today]


def days_words(due: date, today: date) -> str:
    """“overdue by 4 days”, “today”, “by 3 June”."""
    late = (today - due).days
    if late > 0:
        return f"overdue by {late} day{'' if late == 1 else 's'}"
    return "today" if late == 0 else f"by {due.day} {due:%B}"


def shared_state(until: date, withdrawn: date | None, destroyed: date | None, today: date) -> str:
    """out: the partner may have it; else why it may no longer, and whether it said that nothing is left."""
    if destroyed:
        return DESTROYED
    return WITHDRAWN if withdrawn else EXPIRED if until < today else OUT


def until_at_most(today: date, agreement: date | None) -> date:
    """The last day for which something may be shared: half a year, and no longer than the agreement holds."""
    most = today + timedelta(weeks=SHARED_WEEKS)
    return min(most, agreement) if agreement else most


def a_month_on(day: date) -> date:
    """The same day of the next month, or its last day: the time in which a right is answered."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def rounded(count: int) -> int:
    """To the nearest ten, half up: two digests laid beside each other give no count of few."""
    return (count + 5) // 10 * 10
