"""Figures to date that an authority has already, of schools and of pupils, so that nobody need send marks before a list can be made."""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.registers import columns
from headway.registers.columns import Taking
from headway.registers.faults import EMPTY, NOT_A_COUNT, NOT_ADDING_UP, Fault, at_rows
from headway.registers.generations import Generations
from headway.registers.opening import Sheet
from headway.registers.template import OPTIONAL, Impossible

COUNTS = ("possible", "authorised", "unauthorised")


def read(sheet: Sheet, taking: Taking, faults: list[Fault], store: Generations) -> list[dict[str, Any]]:
    """Lines of plain values: sessions counted up to a day. An optional count that is not told is None."""
    urn, day = columns.urns(sheet, taking, faults), columns.days(sheet, faults)
    pupil = columns.numbers(sheet, faults) if sheet.has("pupil") else None
    counts = {name: _counts(sheet, name, faults) for name in (*COUNTS, *OPTIONAL[sheet.known.shape])}
    for name in COUNTS:
        faults += at_rows(counts[name] < 0, name, EMPTY)
    faults += at_rows(counts["authorised"] + counts["unauthorised"] > counts["possible"], "possible", NOT_ADDING_UP)
    if faults:
        return []
    keys = store.identities.keys(pupil.values) if pupil else None
    lines: list[dict[str, Any]] = []
    for row in range(sheet.table.rows):
        line: dict[str, Any] = {"urn": int(urn[row]), "date": date.fromordinal(int(day[row])).isoformat(), "load": taking.load}
        if pupil and keys is not None:
            line["pupil"] = keys[pupil.at[row]].tobytes().hex()
        lines.append(line | {name: _told(values[row]) for name, values in counts.items()})
    return lines


def _counts(sheet: Sheet, name: str, faults: list[Fault]) -> NDArray[np.int64]:
    return np.array(columns.read(sheet, name, _whole, -1, faults, NOT_A_COUNT), np.int64)


def _whole(text: str) -> int:
    """A count as people write it; −1 for none. Marks of what is withheld are none."""
    plain = text.replace(",", "")
    if plain in ("", "c", "x", "z", "low"):
        return -1
    if not plain.isdigit():
        raise Impossible
    return int(plain)


def _told(count: int) -> int | None:
    return int(count) if count >= 0 else None
