"""What each kind of sheet holds, which of its columns is which, and what is wrong with each cell. No database here."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher

LIKE = 0.82  # how alike a head and a name must be to be matched unasked
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d-%m-%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
         "%d %b %y")  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One thing that a sheet may say. `reads`: how a cell is read. `heads`: what the column is often called."""

    title: str
    reads: str = "text"  # text, school, person, day, or the name of a set of words
    needed: bool = False
    heads: tuple[str, ...] = ()
    longest: int = 300


@dataclass(frozen=True)
class Kind:
    title: str
    means: str
    fields: Mapping[str, Field]


SCHOOL = Field("School, by URN or name", "school", True, ("urn", "school", "school name", "establishment", "setting"))
KINDS: dict[str, Kind] = {
    "categories": Kind("Categories of schools", "The category each school has now, shown until a tier is decided.", {
        "school": SCHOOL,
        "category": Field("Category", needed=True, heads=("category", "tier", "risk", "rag", "band", "support level"), longest=80),
        "since": Field("Since", "day", heads=("since", "date", "date agreed", "from", "categorised on")),
    }),
    "advisers": Kind("Advisers of schools", "Who is named for each school.", {
        "school": SCHOOL,
        "adviser": Field("Adviser, by e-mail address or name", "person", True, ("adviser", "advisor", "sia", "link adviser", "lead")),
        "since": Field("Since", "day", heads=("since", "from", "date", "start")),
    }),
    "visits": Kind("Visits and calls", "Those that were made, which are kept as done, and those to come, which are booked.", {
        "school": SCHOOL,
        "day": Field("Day", "day", True, ("date", "day", "visit date", "date of visit", "when")),
        "kind": Field("Kind", "visit_kind", heads=("kind", "type", "visit type", "purpose of visit")),
        "adviser": Field("Who went", "person", True, ("adviser", "advisor", "link adviser", "visited by", "officer", "who")),
        "purpose": Field("What it was for", heads=("purpose", "focus", "notes", "reason", "summary"), longest=400),
    }),
    "actions": Kind("Actions", "What was promised, by whom, by when.", {
        "school": SCHOOL,
        "what": Field("Action", needed=True, heads=("action", "what", "task", "agreed action", "next step")),
        "owner": Field("Who does it", "owner", True, ("owner", "who", "responsible", "lead", "by whom")),
        "due": Field("By when", "day", True, ("due", "by when", "deadline", "due date", "target date")),
        "outcome": Field("What came of it, where it is closed", heads=("outcome", "result", "closed", "completed", "status"), longest=300),
    }),
    "contacts": Kind("Contacts", "Whom to speak to about each school.", {
        "school": SCHOOL,
        "place": Field("Where they are", "place", heads=("organisation", "place", "where", "body")),
        "post": Field("Post", needed=True, heads=("post", "role", "job title", "position", "title"), longest=120),
        "name": Field("Name", needed=True, heads=("name", "contact", "contact name", "full name"), longest=120),
        "email": Field("E-mail address", "email", heads=("email", "e-mail", "email address", "mail"), longest=254),
        "phone": Field("Telephone", heads=("phone", "telephone", "tel", "mobile", "number"), longest=40),
    }),
}  # fmt: skip


def folded(text: str) -> str:
    """Small letters and digits only, single spaces: “ Date of  Visit: ” is “date of visit”."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def matched(kind: Kind, heads: Sequence[str]) -> dict[str, int]:
    """Field → the place of the column that is most likely its own. Each column once; what is like nothing stays unmatched."""
    scored = [
        (max(SequenceMatcher(None, folded(head), known).ratio() for known in (*field.heads, folded(field.title))), name, place)
        for name, field in kind.fields.items()
        for place, head in enumerate(heads)
        if head.strip()
    ]
    found: dict[str, int] = {}
    for score, name, place in sorted(scored, key=lambda one: (-one[0], one[2])):
        if score >= LIKE and name not in found and place not in found.values():
            found[name] = place
    return found


def faults_of_columns(kind: Kind, columns: Mapping[str, int], heads: Sequence[str]) -> dict[str, str]:
    """What is wrong with a matching, by field: what is needed has a column, and no column is two things."""
    faults = {name: "Choose its column." for name, field in kind.fields.items() if field.needed and name not in columns}
    for name, place in columns.items():
        others = [other for other, taken in columns.items() if taken == place and other != name]
        if not 0 <= place < len(heads):
            faults[name] = "There is no such column."
        elif others:
            faults[name] = f"This column is also “{kind.fields[others[0]].title}”."
    return faults


def day_of(text: str) -> date | None:
    """A day as people in England write it, or as a spreadsheet does; None for what is none. 03/04/2026 is the third of April."""
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.strip())
    plain = re.sub(r"(?i)\bsept\b", "Sep", plain)
    plain = re.sub(r"(?i)^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? +", "", plain)
    plain = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", "", plain)
    for form in FORMS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: the row as the file numbers it, the field, and words."""

    row: int
    field: str
    words: str


@dataclass(frozen=True)
class Read:
    """What a sheet says: the rows that can be brought in, and every fault of every other."""

    rows: tuple[tuple[int, dict[str, object]], ...]
    faults: tuple[Fault, ...]


Reader = Callable[[str], tuple[object, str]]  # a cell → what it means, or why it means nothing


def read(kind: Kind, rows: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int], readers: Mapping[str, Reader]) -> Read:
    """Every cell of every row, all faults at once. A row with a fault is not brought in; rows that say the same twice are told."""
    good: list[tuple[int, dict[str, object]]] = []
    faults: list[Fault] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in rows:
        values, wrong = _row(kind, number, cells, columns, readers)
        key = tuple(str(value) for value in values.values())
        if not wrong and key in seen:
            wrong = [Fault(number, "", f"It says the same as row {seen[key]}.")]
        if wrong:
            faults += wrong
        else:
            seen[key] = number
            good.append((number, values))
    return Read(tuple(good), tuple(faults))


def _row(
    kind: Kind, number: int, cells: Sequence[str], columns: Mapping[str, int], readers: Mapping[str, Reader]
) -> tuple[dict[str, object], list[Fault]]:
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for name, field in kind.fields.items():
        text = cells[columns[name]].strip() if name in columns else ""
        if not text:
            if field.needed:
                faults.append(Fault(number, name, "It is empty."))
            values[name] = None
            continue
        value, why = readers[field.reads](text) if field.reads in readers else (text, "")
        if not why and isinstance(value, str) and len(value) > field.longest:
            why = f"It has {len(value)} letters; {field.longest} is the most."
        if why:
            faults.append(Fault(number, name, why))
        values[name] = value
    return values, faults
