"""The library's codes as arrays: the byte of a code on a day, and what a byte counts as."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headway.definitions.attendance_codes import AttendanceCode, AttendanceCodes, Meaning

Bytes = NDArray[np.uint8]
NO_MARK = 0
# the classes of `classes`: what is not possible, or has no mark, is nought
NOT_COUNTED, PRESENT, APPROVED, AUTHORISED, UNAUTHORISED = range(5)
CLASS = {
    Meaning.PRESENT: PRESENT,
    Meaning.APPROVED: APPROVED,
    Meaning.AUTHORISED: AUTHORISED,
    Meaning.UNAUTHORISED: UNAUTHORISED,
    Meaning.NOT_POSSIBLE: NOT_COUNTED,
}
UNCONFIRMED = "none"


class CodeBook:
    """Every regime of the library."""

    def __init__(self, regimes: Mapping[str, AttendanceCodes]) -> None:
        self.regimes = sorted(regimes.values(), key=lambda one: one.from_)

    def regime(self, day: date) -> AttendanceCodes | None:
        return next((one for one in self.regimes if one.holds(day)), None)

    @cached_property
    def by_byte(self) -> dict[int, tuple[str, AttendanceCode]]:
        """Byte → the code as it is written and what it means."""
        return {ord(code.byte): (text, code) for one in self.regimes for text, code in one.codes.items()}

    @cached_property
    def classes(self) -> Bytes:
        """Byte → class, shape (256,)."""
        found = np.zeros(256, np.uint8)
        for byte, (_, code) in self.by_byte.items():
            found[byte] = CLASS[code.means]
        return found

    def bytes_where(self, *, reason: str = "", late: str = "", means: Meaning | None = None) -> list[int]:
        """The bytes of the codes of a reason, a kind of lateness or a meaning."""
        asked = [(byte, code) for byte, (_, code) in self.by_byte.items()]
        return sorted(
            byte
            for byte, code in asked
            if (not reason or code.reason == reason) and (not late or code.late == late) and means in (None, code.means)
        )

    @cached_property
    def reasons(self) -> dict[str, list[int]]:
        """Reason → its bytes, in the order of the newest regime, then those that only older ones had."""
        found: dict[str, list[int]] = {}
        for one in reversed(self.regimes):
            for code in one.codes.values():
                bytes_ = found.setdefault(code.reason, [])
                if ord(code.byte) not in bytes_:
                    bytes_.append(ord(code.byte))
        return found

    def code(self, byte: int) -> str:
        """The code as schools write it; empty for no mark."""
        return self.by_byte[byte][0] if byte else ""

    def table(self, codes: list[str], days: list[date | None]) -> tuple[Bytes, NDArray[np.bool_]]:
        """(byte of each code on each day, whether each code is known in some regime): shapes (codes, days) and (codes,).

        Nought where the code was not in force on the day.
        """
        bytes_ = np.zeros((len(codes), len(days)), np.uint8)
        written = [code.strip().upper() for code in codes]
        for column, day in enumerate(days):
            regime = self.regime(day) if day else None
            if regime:
                bytes_[:, column] = [ord(regime.codes[text].byte) if text in regime.codes else 0 for text in written]
        known = {text for one in self.regimes for text in one.codes}
        return bytes_, np.array([text in known for text in written], np.bool_)
