"""What a person must do today, in one short list: their own visits and notes, what waits for them, and what only they can settle.

Many of one kind are one line: a list of forty letters hides the one head who waits for a call.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.keeping import for_person
from headway.desk.overview.happenings import Happened, Kind, waiting
from headway.desk.visits import pages as visits
from headway.desk.visits import queries as contacts
from headway.desk.visits.rules import count_words, in_order
from headway.readings.door import Door

P = Permission
HALF_A_YEAR = 183  # days: a day further away is told with its year
MANY = 3  # of one kind: more are one line
OF_VISITS = (Kind.NOTE, Kind.PROMISE)  # told with a person's own visits
LISTS = {
    Kind.RING: "tiers:waiting", Kind.LETTER: "tiers:waiting", Kind.REPLY: "tiers:waiting", Kind.ORDER: "entitlements:offer",
    Kind.RETURN: "tiers:returns", Kind.APPEAL: "tiers:appeals",
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """One thing that waits for this person: what, why, by when, where to do it."""

    what: str
    why: str
    when: str
    href: str
    late: bool = False
    due: date = date.max


def needed(door: Door, user: User, today: date, unnamed: Iterable[str] = ()) -> list[Need]:
    """What waits for a person today, the most pressing first. `unnamed`: schools that nobody is named for, for whoever names advisers."""
    names = tuple(unnamed)
    kept: list[Need] = for_person(door, user, today, ("needed", names), lambda: _needed(door, user, today, names))
    return kept


def _needed(door: Door, user: User, today: date, names: tuple[str, ...]) -> list[Need]:
    found = _own(door, user, today) if may(user, P.WRITE_SUPPORT) else []
    own = waiting(door, user, today)
    found += _rolled([one for one in own if not (found and one.kind in OF_VISITS and may(user, P.WRITE_SUPPORT))], today)
    if names and may(user, P.PLAN_SUPPORT):
        found.append(Need(f"Name an adviser for {named(list(names))}", "Nobody to ring", "", f"{reverse('my_schools')}?show=nobody"))
    return sorted(found, key=lambda one: (not one.late, one.due))  # what is longest overdue first


def _own(door: Door, user: User, today: date) -> list[Need]:
    day = in_order(contacts.owed_by(user, today, lambda name: visits.kind_of(door, name)), today, today)
    return [
        Need(f"{one.what}: {one.school}", one.why, when_words(one.due, today), one.acts[0][1] if one.acts else
             reverse("visits:of_school", args=[one.urn]), one.due < today, one.due)
        for one in day.now
    ]  # fmt: skip


def _rolled(found: list[Happened], today: date) -> list[Need]:
    kinds: dict[Kind, list[Happened]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    needs = []
    for kind in sorted(kinds):
        those = kinds[kind]
        needs += [_one(each, today) for each in those] if len(those) <= MANY else [_many(kind, those, today)]
    return needs


def _one(one: Happened, today: date) -> Need:
    when = when_words(one.due, today) if one.due else f"Since {one.day.day} {one.day:%B}"
    return Need(one.what, one.why.rstrip("."), when, one.href, bool(one.due and one.due < today), one.due or one.day)


def _many(kind: Kind, those: list[Happened], today: date) -> Need:
    late = sum(bool(one.due and one.due < today) for one in those)
    schools = list(dict.fromkeys(one.school for one in those if one.school))
    where = reverse(LISTS[kind]) if kind in LISTS else f"{reverse('alerts:alerts')}?show=waits"
    when = (
        f"{count_words(late).capitalize()} overdue"
        if late
        else f"The oldest since {min(one.day for one in those):%d %B}".replace(" 0", " ")
    )
    return Need(
        f"{kind.title}: {count_words(len(those))}", named(schools), when, where, bool(late), min(one.due or one.day for one in those)
    )


def when_words(due: date, today: date) -> str:
    year = "" if abs((today - due).days) < HALF_A_YEAR else f" {due.year}"
    return f"{'Overdue since' if due < today else 'Due'} {due.day} {due:%B}{year}"


def named(names: list[str]) -> str:
    """“A, B and three more schools”."""
    if len(names) <= 3:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[:2])} and {count_words(len(names) - 2)} more schools"
