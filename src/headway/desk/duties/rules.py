"""What is due of duties and returns, and what is open in an answer. Unknown is never in place. No database here."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from headway.definitions.duties import Asked, SchoolReturn

YES, PART, NO = "yes", "part", "no"
SAYS = {YES: "In place", PART: "In part", NO: "Not in place"}
Line = Mapping[str, str]


def due_on(form: SchoolReturn, year: int) -> date:
    """The day in the school year that begins in `year` by which a return is wanted."""
    month, day = map(int, form.due.split("-"))
    in_year = year if month >= 9 else year + 1
    return date(in_year, month, min(day, monthrange(in_year, month)[1]))


def months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_place(asked: Asked, line: Line | None, today: date) -> bool | None:
    """Whether a line is in order: None where it was not answered. A policy is while its day is no further back than its months; of one that
    is said to be agreed on a day to come nothing is known.
    """
    if not line:
        return None
    if asked.answer == "day":
        agreed = date.fromisoformat(line["day"]) if line.get("day") else None
        return months_after(agreed, asked.months) >= today if agreed and agreed <= today else None
    return line["say"] == YES if line.get("say") else None


def open_lines(form: SchoolReturn, lines: Mapping[str, Line], today: date) -> list[Asked]:
    """What is not in place, or not answered: unknown never counts as in place."""
    return [one for one in form.items if in_place(one, lines.get(one.id), today) is not True]


def unanswered(form: SchoolReturn, lines: Mapping[str, Line]) -> list[Asked]:
    return [one for one in form.items if not (lines.get(one.id) or {}).get("day" if one.answer == "day" else "say")]


def next_due(proof: date | None, charge: date | None, every: int) -> date | None:
    """By when a duty's proof is wanted: so long after the last, or what its owner was given where that is later or nothing was proved."""
    after = months_after(proof, every) if proof else None
    return max((one for one in (after, charge) if one), default=None) if proof else charge


def standing(due: date | None, today: date) -> str:
    if due is None:
        return "nobody owns it yet"
    return "overdue" if due < today else "in order"
