"""Early warning as a Monday begins: worked out once after a load, kept without numbers of pupils, cleared when a page asks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import in_force
from headway.readings.attendance.early.answers import Ahead, Flag, Raised, Relative
from headway.readings.attendance.early.asking import Asked, Opened, of_registers
from headway.readings.attendance.early.done import Done, Missed, Passed, clearing
from headway.readings.attendance.early.pupils import KINDS, Row, compared_for_patterns, drifts, notes_of, rows_of, sibling_groups
from headway.readings.attendance.early.schools import anomalies_in, clusters_in
from headway.readings.attendance.opening import Registers
from headway.readings.door import Door
from headway.vocabulary.viewer import Viewer

FEWEST = 2  # of a family, flagged or persistently absent, before it is told of together


def ahead(door: Door, registers: Registers, viewer: Viewer, day: date) -> Ahead:
    """Everything that the viewer may see. A pupil's flags stand one after another, who missed most first."""
    here = of_registers(door, registers, viewer, Asked(day))
    rows = rows_of(here, KINDS)
    raised = [one for kind, listed in rows.items() for one in _raised(here, kind, listed)]
    raised.sort(key=lambda one: (-one.flag.absent / max(one.flag.possible, 1), one.flag.urn, one.flag.key, KINDS.index(one.flag.kind)))
    groups, codes = clusters_in(here), anomalies_in(here)
    keep = here.cohort & here.mine
    return Ahead(
        tuple(raised), tuple(groups.groups), tuple(codes.schools), tuple(_families(here, rows)), tuple(_late_days(here)), int(keep.sum()),
        int((keep & ~drifts(here).told).sum()), compared_for_patterns(here), (*notes_of(here, KINDS), *codes.notes),
    )  # fmt: skip


def _late_days(here: Opened) -> list[int]:
    return list(here.passed.days)[-here.rule.early.clears_school_days - 1 :]


def _raised(here: Opened, kind: str, listed: Sequence[Row]) -> Iterator[Raised]:
    """Column by column: of a city there are tens of thousands."""
    listed = [row for row in listed if here.mine[row[0]]]
    rows, told, at = here.view.rows, here.so_far, np.array([row for row, _, _ in listed], np.int64)
    columns = (
        rows.urns[at].tolist(), [key.tobytes().hex() for key in rows.pupils[at]], rows.texts["year_group"][at].tolist(),
        told.sessions[at].tolist(), told.missed[at].tolist(), _missed_of_late(here, at),
    )  # fmt: skip
    for (_, since, facts), urn, key, group, possible, absent, missed in zip(listed, *columns, strict=True):
        yield Raised(Flag(kind, urn, here.school(urn), "", key, group, since, possible, absent, facts), missed)


def _missed_of_late(here: Opened, at: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """Of each row the days of the last weeks with a session missed, one for each session."""
    first = int(np.searchsorted(here.so_far.days, min(_late_days(here), default=0)))
    row, slot = np.nonzero(here.so_far.absent[at, first:])
    days, edges = here.so_far.days[first:][slot].tolist(), np.searchsorted(row, np.arange(len(at) + 1)).tolist()
    return [tuple(days[begin:end]) for begin, end in pairwise(edges)]


def _families(here: Opened, flagged: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Relative, ...]]:
    """Each family once, though it may go by several names; a child that is at two schools stands there once."""
    groups = sibling_groups(here)
    why = _why(here, flagged)
    named: dict[str, list[int]] = {}
    for row in np.nonzero((groups != "") & here.mine)[0].tolist():
        for name in str(groups[row]).split():
            named.setdefault(name, []).append(row)
    seen: set[frozenset[bytes]] = set()
    for rows in named.values():
        people = {here.view.rows.persons[row].tobytes(): row for row in sorted(rows, key=lambda row: len(why.get(row, ())))}
        members = frozenset(people)
        if members not in seen and sum(row in why for row in people.values()) >= FEWEST:
            seen.add(members)
            yield tuple(_relative(here, row, why.get(row, ())) for row in sorted(people.values(), key=lambda row: -len(why.get(row, ()))))


def _why(here: Opened, flagged: Mapping[str, Sequence[Row]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    told = here.cohort & (here.so_far.sessions >= here.rule.fewest_possible)
    severe: NDArray[np.bool_] = told & (here.rule.severe_one_in * here.so_far.missed >= here.so_far.sessions)
    persistent = told & ~severe & (here.rule.persistent_one_in * here.so_far.missed >= here.so_far.sessions)
    for kind, rows in (("severe", severe), ("persistent", persistent)):
        found |= dict.fromkeys(np.nonzero(rows)[0].tolist(), (kind,))
    for kind, listed in flagged.items():
        for row, _, _ in listed:
            found[row] = (*found.get(row, ()), kind)
    return found


def _relative(here: Opened, row: int, why: tuple[str, ...]) -> Relative:
    rows = here.view.rows
    urn = int(rows.urns[row])
    return Relative(urn, here.school(urn), rows.pupils[row].tobytes().hex(), str(rows.texts["year_group"][row]), why)


def within(found: Ahead, urns: frozenset[int]) -> Ahead:
    """The part of a patch. Of a family only who is there: who is elsewhere is not even counted."""
    families = [tuple(one for one in family if one.urn in urns) for family in found.families]
    raised = tuple(one for one in found.raised if one.flag.urn in urns)
    return Ahead(
        raised, tuple(one for one in found.groups if one.urn in urns), tuple(one for one in found.schools if one.urn in urns),
        tuple(family for family in families if sum(bool(one.why) for one in family) >= FEWEST), found.days, found.pupils,
        found.past_too_short, found.compared, found.notes,
    )  # fmt: skip


def cleared(door: Door, found: Ahead, done: Mapping[tuple[int, str], Sequence[Done]], day: date) -> list[Done | None]:
    """For each flag raised, in its order: what somebody did that clears it, or None where it stands."""
    early = in_force(door.library.attendance.absence_rules, day).early
    passed = Passed(found.days)
    return [
        clearing(about, one.flag.since, day, passed, Missed(one.missed), early)
        if (about := done.get((one.flag.urn, one.flag.key)))
        else None
        for one in found.raised
    ]
