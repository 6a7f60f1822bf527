"""Lines of a service on many schools at once: pasted from a spreadsheet or as a file, looked at row by row, sent all or not at all.

Nothing is kept before it is sent: what was brought stands in the form, where it can be mended.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from headway.definitions.loading import Library
from headway.definitions.tiers import SoftSignal
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.day_one import queries, rules
from headway.desk.day_one.rules import SCHOOL, Fault, Field, Kind, Read, Reader, folded
from headway.desk.establishments.models import Establishment
from headway.desk.tiers import actions
from headway.desk.tiers.forms import BY_THE_HEAD_OF_SERVICE, BY_THE_SCHOOL
from headway.readings.spreadsheets import Sheet
from headway.vocabulary.clock import today

MOST = 500
NOT_SO = {"no", "not so", "it is not so", "nothing", "nothing found", "none", "clear", "looked into it is not so", "n"}
YES = {"yes", "y", "restricted", "x", "true", "1"}
RETURNS = Kind("Lines on schools", "One line of a service on each school.", {
    "school": SCHOOL,
    "line": Field("In one line", needed=True, heads=("line", "in one line", "comment", "what", "return", "note", "notes", "concern")),
    "kind": Field("What it is about", "soft", heads=("kind", "about", "type", "signal", "category"), longest=80),
    "clear": Field("Whether it is so", "clear", heads=("found", "is it so", "so", "outcome", "finding")),
    "on": Field("As known on", "day", heads=("on", "as known on", "date", "day", "as at")),
    "expires": Field("Counts until", "day", heads=("expires", "counts until", "until", "review date")),
    "restricted": Field("Restricted", "yes", heads=("restricted", "confidential", "sensitive")),
})  # fmt: skip


@dataclass(frozen=True)
class Looked:
    """What was brought: how each column was taken, the rows that can be sent, every fault of every other."""

    columns: tuple[tuple[str, str], ...]  # (the head as brought, what it was taken for)
    found: Read
    rows: int


def as_text(sheet: Sheet) -> str:
    """A sheet as it would be pasted: tabs between cells."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([sheet.heads, *(cells for _, cells in sheet.rows)])
    return out.getvalue()


def parted(text: str) -> list[list[str]]:
    """The rows of what was pasted: tabs, else semicolons, else commas stand between cells."""
    mark = next((one for one in "\t;" if one in text.split("\n", 1)[0]), ",")
    return [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(cell.strip() for cell in row)]


def look(user: User, library: Library, text: str) -> Looked:
    """Every cell, all faults at once. The first row names the columns."""
    rows = parted(text)
    heads = rows[0] if rows else []
    columns = rules.matched(RETURNS, heads)
    missing = rules.faults_of_columns(RETURNS, columns, heads)
    if missing or len(rows) < 2 or len(rows) > MOST + 1:
        said = [f"No column is “{RETURNS.fields[name].title}”: name it in the first row." for name in missing]
        said += ["There is no row under the first, which names the columns."] if not missing and len(rows) < 2 else []
        said += [f"There are {len(rows) - 1:,} rows; {MOST} is the most at once."] if len(rows) > MOST + 1 else []
        return Looked((), Read((), tuple(Fault(1, "", one) for one in said)), max(0, len(rows) - 1))
    numbered = [(number, [*row, *[""] * len(heads)][: len(heads)]) for number, row in enumerate(rows[1:], 2)]
    found = _checked(user, library, rules.read(RETURNS, numbered, columns, readers(user, library)))
    taken = {place: RETURNS.fields[name].title for name, place in columns.items()}
    return Looked(tuple((head, taken.get(place, "left out")) for place, head in enumerate(heads)), found, len(rows) - 1)


def readers(user: User, library: Library) -> dict[str, Reader]:
    kinds = {folded(kind.title): name for name, kind in library.soft_signals.items()} | {
        folded(name): name for name in library.soft_signals
    }
    return {
        **queries.readers(user, library),
        "soft": lambda text: _kind(text, kinds),
        "clear": lambda text: (folded(text) in NOT_SO, ""),
        "yes": lambda text: (folded(text) in YES, ""),
    }


def _kind(text: str, kinds: Mapping[str, str]) -> tuple[object, str]:
    found = kinds.get(folded(text))
    return found, "" if found else f"“{text}” is not in the list of what feeds proposals. Leave it empty, or write it as in the list below."


def offered(user: User, library: Library) -> dict[str, SoftSignal]:
    """The kinds that a person may send: a school refers itself, and a notice is the head of service’s."""
    out = {BY_THE_SCHOOL} | (set() if may(user, Permission.DECIDE_TIERS) else {BY_THE_HEAD_OF_SERVICE})
    return {name: kind for name, kind in library.soft_signals.items() if name not in out}


def _checked(user: User, library: Library, found: Read) -> Read:
    """What one cell cannot tell: days in order, a kind where nothing was found, a kind that this person may send."""
    kinds, good, faults = offered(user, library), [], list(found.faults)
    for number, values in found.rows:
        wrong = _wrong(values, kinds)
        faults += [Fault(number, name, words) for name, words in wrong]
        good += [] if wrong else [(number, values)]
    return Read(tuple(good), tuple(sorted(faults, key=lambda one: one.row)))


def _wrong(values: Mapping[str, Any], kinds: Mapping[str, SoftSignal]) -> list[tuple[str, str]]:
    on, expires = values["on"] or today(), values["expires"]
    found = [("on", "This day has not come yet.")] if on > today() else []
    found += [("expires", "It would have ended before it was known.")] if isinstance(expires, date) and expires < on else []
    found += [("kind", "Say what was looked into.")] if values["clear"] and not values["kind"] else []
    found += [("kind", "You cannot send this kind.")] if values["kind"] and values["kind"] not in kinds else []
    return found


@transaction.atomic
def send(*, by: User, library: Library, service: str, rows: Sequence[tuple[int, Mapping[str, Any]]], once: str) -> int:
    """All of them or none; sent twice, each is written once."""
    schools = Establishment.objects.in_bulk([values["school"] for _, values in rows])
    for number, values in rows:
        kind = library.soft_signals.get(values["kind"] or "")
        actions.give(
            by=by, school=schools[values["school"]], service=service, line=values["line"], on=values["on"] or today(),
            once=f"{once}-{number}", kind=values["kind"] or "", clear=bool(values["clear"]),
            restricted=bool(values["restricted"]) or bool(kind and kind.sensitivity == "restricted"), expires=values["expires"],
        )  # fmt: skip
    return len(rows)
