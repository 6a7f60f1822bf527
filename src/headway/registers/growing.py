"""A year of registers made larger: more weeks, more schools, more enrolments. What was there stays what it was."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from headway.registers.held import EVER, KEY, LIMITED, TEXTS, Calendars, Enrolments, Held, ids
from headway.registers.slots import Bytes, Slots


def with_slots(held: Held, slots: Slots) -> Held:
    """The same year with more weeks, or with weekends."""
    if slots == held.slots:
        return held
    carried, calendars = held.slots.carried, held.calendars
    held.enrolments.marks = carried(held.enrolments.marks, slots)  # type: ignore[assignment]
    fresh = Calendars(calendars.urns, carried(calendars.state, slots), carried(calendars.received, slots))  # type: ignore[arg-type]
    return replace(held, slots=slots, calendars=fresh, changed=held.changed | {"enrolments", "calendars", "changes", "limited"})


def with_schools(held: Held, urns: NDArray[np.int32]) -> Held:
    """With a row in the calendars for each of these schools."""
    old = held.calendars
    every = np.union1d(old.urns, urns).astype(np.int32)
    if len(every) == len(old.urns):
        return held
    state = np.zeros((len(every), held.slots.width), np.uint8)
    received = np.zeros((len(every), held.slots.width), np.int32)
    at = np.searchsorted(every, old.urns)
    state[at], received[at] = old.state, old.received
    return replace(held, calendars=Calendars(every, state, received), changed=held.changed | {"calendars"})


def grown(held: Held, urns: NDArray[np.int32], keys: Bytes) -> Held:
    """With an enrolment for each of these pupils, of whom nothing is known yet; who stand twice are taken once."""
    fresh = np.unique(ids(urns, keys), axis=0)
    size, old = len(fresh), held.enrolments
    new = Enrolments(
        np.ascontiguousarray(fresh[:, :4]).view(">i4").ravel().astype(np.int32), fresh[:, 4:].copy(), fresh[:, 4:].copy(),
        np.zeros(size, np.bool_), _spells(size, old.spells.shape[1]), np.zeros((size, held.slots.width), np.uint8),
        {name: np.full(size, "", np.str_) for name in TEXTS}, {name: np.full(size, "", np.str_) for name in LIMITED},
    )  # fmt: skip
    held.enrolments = in_order(joined(old, new))
    held.changed |= {"enrolments", "limited"}
    return held


def joined(first: Enrolments, second: Enrolments) -> Enrolments:
    """Both, one under the other; of equal width."""
    width = max(first.spells.shape[1], second.spells.shape[1])
    parts = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in ("urns", "pupils", "persons", "listed", "marks")
    }
    spells = np.concatenate([wider(first.spells, width), wider(second.spells, width)])
    texts = {name: np.concatenate([first.texts[name], second.texts[name]]) for name in TEXTS}
    limited = {name: np.concatenate([first.limited[name], second.limited[name]]) for name in LIMITED}
    return Enrolments(spells=spells, texts=texts, limited=limited, coded={}, **parts)


def in_order(rows: Enrolments) -> Enrolments:
    """Sorted by school, and within it by key."""
    order = np.argsort(np.ascontiguousarray(rows.ids).view(f"S{4 + KEY}").ravel(), kind="stable")
    return Enrolments(
        rows.urns[order], rows.pupils[order], rows.persons[order], rows.listed[order], rows.spells[order], rows.marks[order],
        {name: values[order] for name, values in rows.texts.items()}, {name: values[order] for name, values in rows.limited.items()},
    )  # fmt: skip


def wider(spells: NDArray[np.int32], width: int) -> NDArray[np.int32]:
    """With room for more spells, which are none."""
    none = np.tile(np.array([1, 0], np.int32), (len(spells), (width - spells.shape[1]) // 2))
    return np.concatenate([spells, none], axis=1)


def _spells(size: int, width: int) -> NDArray[np.int32]:
    """On roll for ever, until somebody says otherwise."""
    return wider(np.tile(np.array([0, EVER], np.int32), (size, 1)), width)


def without(rows: Enrolments, gone: NDArray[np.bool_]) -> Enrolments:
    """The enrolments without some."""
    keep = ~gone
    return Enrolments(
        rows.urns[keep], rows.pupils[keep], rows.persons[keep], rows.listed[keep], rows.spells[keep], rows.marks[keep],
        {name: values[keep] for name, values in rows.texts.items()}, {name: values[keep] for name, values in rows.limited.items()},
    )  # fmt: skip


def put_texts(values: NDArray[np.str_], at: NDArray[np.int64], new: NDArray[np.str_]) -> NDArray[np.str_]:
    """Texts with others in some places, as wide as they need to be."""
    wide = values.astype(np.promote_types(values.dtype, new.dtype))
    wide[at] = new
    return wide
