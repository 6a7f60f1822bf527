"""A morning as rights that stand leave it."""

from collections.abc import Collection
from dataclasses import replace

from headway.readings.attendance.early.answers import Ahead, Relative
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.rights import Rights

FEWEST = 2  # of a family that are of concern, before it is told of together


def obeyed(found: Morning, held: Rights) -> Morning:
    """A morning without those who objected in what is foreseen, and without those who are restricted in whom to look at; the same one
    for as long as the morning and the rights are."""
    if not held.unforeseen:
        return found
    stand = (held.unforeseen, frozenset(held.restricted))
    if stand not in found.obeying:
        found.obeying.clear()
        found.obeying[stand] = _without(found, held)
    return found.obeying[stand]


def _without(found: Morning, held: Rights) -> Morning:
    watched = tuple(one for one in found.watched if one.key not in held.restricted)
    return replace(found, watched=watched, ahead=_unforeseen(found.ahead, held.unforeseen))


def _unforeseen(found: Ahead, keys: Collection[str]) -> Ahead:
    families = [tuple(_quiet(one) if one.key in keys else one for one in family) for family in found.families]
    kept = tuple(family for family in families if sum(bool(one.why) for one in family) >= FEWEST)
    return replace(found, raised=tuple(one for one in found.raised if one.flag.key not in keys), families=kept)


def _quiet(one: Relative) -> Relative:
    return replace(one, why=())
