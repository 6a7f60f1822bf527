"""Which enrolments are of one child: a pupil has a number at each school, and the child is the person."""

from collections.abc import Sequence

import numpy as np

from headway.readings.attendance.opening import Registers
from headway.registers.finding import rows_of
from headway.registers.held import KEY


def persons_of(registers: Registers, urns: Sequence[int], keys: Sequence[bytes]) -> list[bytes | None]:
    """The person that each pupil of a school is, as the newest year has it; None where no year has the pupil."""
    found: list[bytes | None] = [None] * len(keys)
    if not keys:
        return found
    asked = np.array(urns, np.int32), np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY)
    for year in registers.years:
        rows = registers.view(year).rows
        for place, row in enumerate(rows_of(rows, *asked).tolist()):
            found[place] = rows.persons[row].tobytes() if row >= 0 else found[place]
    return found


def keys_of_child(registers: Registers, urn: int, key: bytes) -> frozenset[bytes]:
    """The keys under which the child that a pupil of a school is stands at any school in any year, its own among them."""
    person = persons_of(registers, [urn], [key])[0] or key
    found = {key, person}
    for year in registers.years:
        rows = registers.view(year).rows
        same = (rows.persons == np.frombuffer(person, np.uint8)).all(axis=1)
        found |= {own.tobytes() for own in rows.pupils[same]}
    return frozenset(found)
