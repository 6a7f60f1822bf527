"""Read what was brought in, and read each kind of cell: schools of one's own, people, days, words."""

import json
from collections.abc import Mapping
from difflib import get_close_matches

from django.db.models import QuerySet

from headway.definitions.loading import Library
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.accounts.sealing import opened
from headway.desk.contacts.models import Place
from headway.desk.day_one import rules
from headway.desk.day_one.models import Batch, Category
from headway.desk.establishments.queries import in_patch
from headway.desk.visits.models import Owner

ROWS = "day one"
OURS = {"council", "the council", "la", "lea", "adviser", "local authority", "us", "we"}
THEIRS = {"school", "the school", "head", "headteacher", "head teacher", "governors", "ht"}


def batches() -> "QuerySet[Batch]":
    return Batch.objects.select_related("made_by")


def rows_of(batch: Batch) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in json.loads(opened(batch.sealed, ROWS))]


def categories() -> "QuerySet[Category]":
    return Category.objects.filter(taken_back=None).select_related("school")


def readers(user: User, library: Library) -> dict[str, rules.Reader]:
    """How each kind of cell is read, for one person: the schools they may name are those of their patch."""
    schools = {one.pk: one for one in in_patch(user)}
    named: dict[str, list[int]] = {}
    for urn, school in schools.items():
        named.setdefault(rules.folded(school.name), []).append(urn)
    for name, urns in named.items():  # an academy often keeps the name of the school it was: who writes it means the one that is open
        named[name] = [urn for urn in urns if schools[urn].status == "open"] or urns
    people = [one for one in User.objects.filter(is_active=True) if may(one, Permission.WRITE_SUPPORT)]
    kinds = {rules.folded(kind.title): name for name, kind in library.visit_kinds.items()} | {name: name for name in library.visit_kinds}
    places = {rules.folded(str(label)): value for value, label in Place.choices} | {value: value for value in Place.values}
    return {
        "school": lambda text: _school(text, set(schools), named), "person": lambda text: _person(text, people), "day": _day,
        "visit_kind": lambda text: _word(text, kinds, "other_visit"), "place": lambda text: _word(text, places, "other"),
        "owner": _owner, "email": _email,
    }  # fmt: skip


def _school(text: str, urns: set[int], named: Mapping[str, list[int]]) -> tuple[object, str]:
    plain = text.strip().removesuffix(".0")
    urn = number_in(plain)
    if urn is not None:
        return (urn, "") if urn in urns else (None, f"No school of yours has the URN {plain}.")
    found = named.get(rules.folded(plain), [])
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, f"{len(found)} schools are called “{plain}”. Give the URN."
    near = [(name, number) for name in get_close_matches(rules.folded(plain), named, 2, rules.LIKE) for number in named[name]]
    likely = " or ".join(str(number) for _, number in near[:2])
    return None, f"No school of yours is called “{plain}”.{f' Do you mean URN {likely}?' if likely else ''}"


def _person(text: str, people: list[User]) -> tuple[object, str]:
    plain = text.strip().lower()
    found = [one for one in people if plain in (one.email, one.name.lower())]
    if len(found) == 1:
        return found[0].pk, ""
    return (
        None,
        f"Nobody here who works with schools is “{text}”." if not found else f"Several people are “{text}”. Give the e-mail address.",
    )


def _day(text: str) -> tuple[object, str]:
    found = rules.day_of(text)
    return found, "" if found else f"“{text}” is not a day. Write it as 14 September 2026 or 14/09/2026."


def _word(text: str, known: Mapping[str, str], other: str) -> tuple[object, str]:
    """What it says, where it is a word that we know; else the kind for all others."""
    return known.get(rules.folded(text), known.get(text, other)), ""


def _owner(text: str) -> tuple[object, str]:
    plain = rules.folded(text)
    if plain in OURS:
        return Owner.COUNCIL.value, ""
    return (Owner.SCHOOL.value, "") if plain in THEIRS else (None, f"“{text}”: say whether the school does it or the council.")


def _email(text: str) -> tuple[object, str]:
    name, at, host = text.partition("@")
    return (text, "") if name and at and "." in host and " " not in text else (None, f"“{text}” is not an e-mail address.")
