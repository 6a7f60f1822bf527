"""Thresholds met of a whole city, as records in a file that is mapped: each becomes words only when somebody looks at it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import PenaltyNotices
from headway.protected import private_files
from headway.readings.attendance.answers import SessionCounted, Threshold
from headway.readings.attendance.opening import Registers
from headway.readings.attendance.thresholds import issued, noted_by_child, open_views, standing
from headway.registers.held import KEY
from headway.registers.slots import SESSIONS, Bytes
from headway.registers.thresholds import Absences, Tens, absences, tens

Flags = NDArray[np.bool_]
Records = np.ndarray[tuple[int], np.dtype[np.void]]


def record(sessions: int) -> "np.dtype[np.void]":
    """One threshold met, with so many sessions. Days are ordinals; `notices` how many stand."""
    own = [("urn", "<i4"), ("key", "u1", (KEY,)), ("first_met", "<i4"), ("provisional", "?"), ("age_known", "?"), ("notices", "u1")]
    of_sessions = [("days", "<i4"), ("halves", "u1"), ("codes", "u1"), ("urns", "<i4")]
    return np.dtype([*own, *((name, kind, (sessions,)) for name, kind in of_sessions)])


class Mets(Sequence[Threshold]):
    """The newest first. A part of it is as cheap as its length; only what is taken out one by one is put into words."""

    def __init__(self, records: Records, codes: Mapping[int, str], names: Mapping[str, str]) -> None:
        """`codes` are the words of bytes, `names` those of schools by URN."""
        self.records, self._codes, self._names = records, codes, names

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Threshold: ...
    @overload
    def __getitem__(self, at: slice) -> "Mets": ...
    def __getitem__(self, at: int | slice) -> "Threshold | Mets":
        if isinstance(at, slice):
            return Mets(self.records[at], self._codes, self._names)
        return self._told(self.records[at])

    def __iter__(self) -> Iterator[Threshold]:
        return (self._told(one) for one in self.records)

    def _told(self, one: "np.void") -> Threshold:
        columns = zip(*(one[name].tolist() for name in ("days", "halves", "codes", "urns")), strict=True)
        sessions = (
            SessionCounted(date.fromordinal(day), SESSIONS[half], self._codes.get(code, ""), urn) for day, half, code, urn in columns
        )
        urn = int(one["urn"])
        return Threshold(
            urn, self._names.get(str(urn), ""), "", one["key"].tobytes().hex(), date.fromordinal(int(one["first_met"])), tuple(sessions),
            bool(one["provisional"]), bool(one["age_known"]), int(one["notices"]),
        )  # fmt: skip

    def _only(self, which: Flags) -> "Mets":
        return Mets(self.records[which], self._codes, self._names)

    def of_schools(self, urns: Collection[int]) -> "Mets":
        return self._only(np.isin(self.records["urn"], sorted(urns)))

    def by_school(self) -> list[tuple[int, str, int]]:
        """(URN, school, how many), by the names of the schools."""
        urns, many = np.unique(self.records["urn"], return_counts=True)
        named = [(urn, self._names.get(str(urn), str(urn)), count) for urn, count in zip(urns.tolist(), many.tolist(), strict=True)]
        return sorted(named, key=lambda one: (one[1], one[0]))

    def of_pupil(self, urn: int, key: str) -> "Mets":
        own = self.records[self.records["urn"] == urn]
        there: Flags = (own["key"] == np.frombuffer(bytes.fromhex(key), np.uint8)).all(axis=1)
        return Mets(own[there], self._codes, self._names)

    def since(self, day: date) -> "Mets":
        return self._only(self.records["first_met"] >= day.toordinal())

    def without(self, decided: Collection[tuple[int, str, date]]) -> "Mets":
        """Those that are not of these schools, keys and days."""
        known = set(decided)
        kept = np.ones(len(self), np.bool_)
        keys = _first_half(np.array([list(bytes.fromhex(key)) for _, key, _ in known], np.uint8).reshape(-1, KEY))
        for at in np.nonzero(np.isin(_first_half(self.records["key"]), keys))[0].tolist():
            one = self.records[at]
            kept[at] = (int(one["urn"]), one["key"].tobytes().hex(), date.fromordinal(int(one["first_met"]))) not in known
        return self._only(kept)


def _first_half(keys: Bytes) -> NDArray[np.uint64]:
    """Keys as numbers, nearly one each: what is found by them is looked at again."""
    found: NDArray[np.uint64] = np.ascontiguousarray(keys[:, :8]).view(np.uint64).ravel()
    return found


def recorded(registers: Registers, rule: PenaltyNotices, day: date) -> Records:
    """Every time that the threshold was met up to a day, the newest first."""
    found = absences(open_views(registers), rule, day)
    told = tens(found, rule, issued(registers, day))
    records = np.zeros(len(told.inside), record(rule.sessions))
    row, of = found.row[told.last], found.people
    records["urn"], records["key"], records["first_met"] = of.urn[row], of.pupil[row], found.day[told.last]
    records["provisional"], records["age_known"] = told.provisional, told.age_known
    records["notices"] = _notices(registers, rule, day, found, told)
    for name, values in (("days", found.day), ("halves", found.session), ("codes", found.byte)):
        records[name] = values[told.inside]
    records["urns"] = of.urn[found.row[told.inside]]
    first, second = np.ascontiguousarray(records["key"]).view(">u8").reshape(-1, 2).T
    return records[np.lexsort((second, first, records["urn"], -records["first_met"]))]


def _notices(registers: Registers, rule: PenaltyNotices, day: date, found: Absences, told: Tens) -> Bytes:
    by_child = noted_by_child(registers)
    if not by_child:
        return np.zeros(len(told.inside), np.uint8)
    children = zip(found.person[told.last].tolist(), found.people.pupil[found.row[told.last]], strict=True)
    keys = ({found.people.persons[at].tobytes(), pupil.tobytes()} for at, pupil in children)
    return np.array([standing(of_child, by_child, day, rule) for of_child in keys], np.uint8)


def write(path: Path, records: Records) -> None:
    partial = private_files.partial_of(path)
    with open(partial, "wb") as file:
        np.save(file, records)
    private_files.put_in_place(partial, path)


def read(path: Path) -> Records:
    """Mapped. Raises FileNotFoundError and ValueError."""
    found: Records = np.load(path, mmap_mode="r")
    return found
