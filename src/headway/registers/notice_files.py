"""Penalty notices that were issued, and withdrawn or paid: one line for each parent and child."""

from datetime import date
from typing import Any

from headway.registers import columns
from headway.registers.columns import Taking
from headway.registers.faults import Fault
from headway.registers.generations import Generations
from headway.registers.opening import Sheet


def read(sheet: Sheet, taking: Taking, faults: list[Fault], store: Generations) -> list[dict[str, Any]]:
    """`urn,pupil,parent,issued,withdrawn,paid` as plain values; keys in hexadecimal digits, for none of it may be told."""
    urn, who = columns.urns(sheet, taking, faults), columns.numbers(sheet, faults)
    parent, issued = columns.numbers(sheet, faults, "parent"), columns.days(sheet, faults, "issued")
    withdrawn, paid = (columns.days(sheet, faults, name, needed=False) for name in ("withdrawn", "paid"))
    if faults:
        return []
    children, parents = store.identities.keys(who.values), store.identities.keys(parent.values, "parents")
    return [
        {
            "urn": int(urn[row]), "pupil": children[who.at[row]].tobytes().hex(), "parent": parents[parent.at[row]].tobytes().hex(),
            "issued": _day(issued[row]), "withdrawn": _day(withdrawn[row]), "paid": _day(paid[row]),
        }
        for row in range(sheet.table.rows)
    ]  # fmt: skip


def _day(ordinal: int) -> str:
    return date.fromordinal(int(ordinal)).isoformat() if ordinal else ""
