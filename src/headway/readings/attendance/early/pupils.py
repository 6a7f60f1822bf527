"""Pupils to look at before they are persistently absent: drifting, dropped, with a pattern, missing more after a move."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.protected.untold import untold
from headway.readings.attendance.early.answers import Flag, Flags, Siblings
from headway.readings.attendance.early.asking import Asked, Opened, opened
from headway.readings.attendance.opening import written_down
from headway.readings.door import Door
from headway.registers import drifting as drifting_of
from headway.registers import patterns as patterns_of
from headway.registers.drifting import Drifts
from headway.registers.drops import dropped, recent_sessions
from headway.registers.terms import same_day
from headway.registers.transitions import Transition, transitions
from headway.registers.year_files import read_limited
from headway.vocabulary.viewer import Viewer

DRIFTING, DROP, TRANSITION = "drifting", "drop", "transition"
KINDS = (DROP, DRIFTING, TRANSITION, *patterns_of.KINDS)
Row = tuple[int, date, Mapping[str, float]]  # a pupil's row, since when, what it rests on


def flags(door: Door, viewer: Viewer | None, asked: Asked, kinds: Sequence[str] = KINDS) -> Flags:
    """Every flag of the kinds asked for; those that stand first, then by how much was missed.

    Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73, H-USAGE-118.
    """
    here = opened(door, viewer, asked)
    found = untold(lambda: _flags(here, kinds))
    written_down(here.registers, here.viewer, "early", kinds=",".join(kinds), rows=len(found.flags))
    return found


def drifting(door: Door, viewer: Viewer | None, asked: Asked) -> Flags:
    """Pupils who missed much more in their last sessions than ever before, and are not persistently absent yet."""
    return flags(door, viewer, asked, (DRIFTING,))


def patterns(door: Door, viewer: Viewer | None, asked: Asked) -> Flags:
    """Pupils away on Mondays, Fridays or at the edges of holidays more than chance would have it, many comparisons allowed for."""
    return flags(door, viewer, asked, patterns_of.KINDS)


def drifts(here: Opened) -> Drifts:
    return here.once("drifts", lambda: drifting_of.drifts(here.so_far, here.rule))


def drops(here: Opened) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """(sessions so far, those of the last school days, who dropped)."""

    def work() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        sessions = here.view.sessions(here.view.between(0, here.day.toordinal())).astype(np.int64)
        recent = recent_sessions(here.view, here.day, here.rule.watch.recent_school_days)
        return sessions, recent, dropped(sessions, recent, here.rule)

    return here.once("drops", work)


def _flags(here: Opened, kinds: Sequence[str]) -> Flags:
    rows = rows_of(here, kinds)
    brothers = _Brothers(here, {row for listed in rows.values() for row, _, _ in listed})
    found = [_flag(here, kind, row, brothers) for kind, listed in rows.items() for row in listed if here.mine[row[0]]]
    found.sort(key=lambda one: (not one.stands, KINDS.index(one.kind), -one.absent / max(one.possible, 1), one.urn, one.key))
    keep = here.cohort & here.mine
    short = int((keep & ~drifts(here).told).sum()) if DRIFTING in kinds else 0
    compared = compared_for_patterns(here) if set(kinds) & set(patterns_of.KINDS) else 0
    return Flags(found, here.data_to, int(keep.sum()), short, compared, notes_of(here, kinds))


def rows_of(here: Opened, kinds: Sequence[str]) -> dict[str, list[Row]]:
    """By kind, the enrolments that are flagged, each with since when and the counts that it rests on."""
    ways = {DRIFTING: _drifting, DROP: _dropped, TRANSITION: _moved}
    rows = {kind: list(ways[kind](here)) for kind in kinds if kind in ways}
    return rows | {kind: list(_patterned(here, kind)) for kind in kinds if kind in patterns_of.KINDS}


def compared_for_patterns(here: Opened) -> int:
    return _patterns(here).compared


def _flag(here: Opened, kind: str, row: Row, brothers: "_Brothers") -> Flag:
    at, since, facts = row
    rows = here.view.rows
    urn, key = int(rows.urns[at]), rows.pupils[at].tobytes()
    number = here.registers.number(key)
    return Flag(
        kind, urn, here.school(urn), number, key.hex(), str(rows.texts["year_group"][at]), since, int(here.so_far.sessions[at]),
        int(here.so_far.missed[at]), facts, brothers.of(at), here.cleared(at, since, number),
    )  # fmt: skip


def _drifting(here: Opened) -> Iterator[Row]:
    of, early = drifts(here), here.rule.early
    for row in np.nonzero(of.drifting & here.cohort)[0].tolist():
        long, past, missed = int(of.long[row]), int(of.past[row]), int(of.past_missed[row])
        low, high = drifting_of.rise(long, early.long_stretch, missed, past)
        facts: dict[str, float] = {
            "short": int(of.short[row]), "short_of": early.short_stretch, "long": long, "long_of": early.long_stretch, "past": past,
            "past_missed": missed, "rise_low": low, "rise_high": high, "stretches": int(of.earlier[row]), "spells": int(of.spells[row]),
        }  # fmt: skip
        yield row, date.fromordinal(int(of.since[row])), facts


def _dropped(here: Opened) -> Iterator[Row]:
    sessions, recent, who = drops(here)
    rows = np.nonzero(who & here.cohort)[0]
    since, before = here.so_far.first_missed_of_last(rows, recent[0, rows]), sessions - recent
    columns = since, recent[1:, rows].sum(axis=0), recent[0, rows], before[0, rows], before[1:, rows].sum(axis=0)
    for row, day, missed, of, past, past_missed in zip(rows.tolist(), *(one.tolist() for one in columns), strict=True):
        yield row, date.fromordinal(day), {"recent": missed, "recent_of": of, "past": past, "past_missed": past_missed}


def _patterns(here: Opened) -> patterns_of.Patterns:
    return here.once("patterns", lambda: patterns_of.patterns(here.view, here.so_far, here.cohort, here.rule.early))


def _patterned(here: Opened, kind: str) -> Iterator[Row]:
    for one in _patterns(here).found:
        if one.kind == kind:
            facts = {name: getattr(one, name) for name in ("days", "away", "of_kind", "there", "chance", "q")}
            yield one.row, date.fromordinal(one.since), facts


def _moved(here: Opened) -> Iterator[Row]:
    found = here.once("transitions", lambda: _transitions(here))
    rows = np.array([one.row for one in found], np.int64)
    first = here.so_far.first_missed_of_last(rows, here.so_far.sessions[rows])
    for one, day in zip(found, first.tolist(), strict=True):
        facts = {
            "now": one.possible, "now_missed": one.missed, "before": one.before_possible, "before_missed": one.before_missed,
            "peers": one.peers, "peers_rise": one.peers_rise,
        }  # fmt: skip
        yield one.row, date.fromordinal(day), facts


def _transitions(here: Opened) -> list[Transition]:
    """Beside the same weeks of term of the year before; none where that is not held or had other codes."""
    earlier = here.view.slots.year + -1
    if not _comparable(here):
        return []
    view = here.registers.view(earlier)
    days = {same_day(int(day), here.registers.library.calendar, earlier) for day in np.unique(here.so_far.days)}
    sessions = view.sessions(np.isin(view.slots.ordinals, sorted(day for day in days if day))).astype(np.int64)
    then = np.stack([sessions[0], sessions[1] + sessions[2]], axis=1)
    return transitions(here.view, here.so_far, view, then, here.cohort, here.rule)


def _comparable(here: Opened) -> bool:
    earlier = here.view.slots.year + -1
    if earlier not in here.registers.years:
        return False
    book, view = here.registers.book, here.registers.view(earlier)
    first = book.regime(date.fromordinal(int(view.slots.ordinals[0])))
    return first is not None and first is book.regime(here.day)


def notes_of(here: Opened, kinds: Sequence[str]) -> tuple[str, ...]:
    if TRANSITION in kinds and not _comparable(here):
        return (f"Moves between schools cannot be looked at: {here.view.slots.year + -1} is not held, or had other register codes.",)
    return ()


class _Brothers:
    """Siblings of the pupils flagged, where a school told of them: who else in the group is flagged or persistently absent."""

    def __init__(self, here: Opened, flagged: set[int]) -> None:
        self.groups = sibling_groups(here)
        persistent = here.rule.persistent_one_in * here.so_far.missed >= here.so_far.sessions
        told = here.so_far.sessions >= here.rule.fewest_possible
        self.concern = (persistent & told & here.cohort) | np.isin(np.arange(len(persistent)), sorted(flagged))
        self.persons = here.view.rows.persons
        self.seen = here.mine
        self.rows: dict[str, list[int]] = {}
        for row in np.nonzero(self.groups != "")[0].tolist():
            for name in str(self.groups[row]).split():
                self.rows.setdefault(name, []).append(row)

    def of(self, row: int) -> Siblings | None:
        names = str(self.groups[row]).split()
        own = self.persons[row].tobytes()
        others = {self.persons[at].tobytes(): at for name in names for at in self.rows.get(name, ()) if self.seen[at]}
        others.pop(own, None)
        return Siblings(len(others), sum(bool(self.concern[at]) for at in others.values())) if others else None


def sibling_groups(here: Opened) -> NDArray[np.str_]:
    """The sibling groups of each enrolment; only read here, for they are kept apart."""
    files = here.registers.pointer.years[str(here.view.slots.year)]

    def work() -> NDArray[np.str_]:
        return read_limited(here.registers.folder / files["limited"])["siblings"]

    return here.once("siblings", work)
