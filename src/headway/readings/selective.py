"""Which schools choose their pupils by ability: grammar schools and others that the lists of schools call selective.

Whoever chooses pupils by what they know already has results that say little of the teaching beside schools that take everybody, however
alike the pupils are in other things: prior attainment of single schools is not published, so that no comparison here can allow for it.
"""

from headway.readings.door import Door

KNOWN = "SELECT 1 FROM information_schema.columns WHERE table_name = 'establishment' AND column_name = 'selective'"


def selective_schools(door: Door) -> frozenset[int]:
    """URNs, as the newest list that says so has it. Empty in a snapshot that was made before lists were asked for it."""
    if "selective" not in door.kept:
        known = door.lookup.rows(KNOWN)
        found = door.lookup.rows("SELECT urn FROM establishment WHERE selective") if known else []
        door.kept["selective"] = frozenset(int(urn) for (urn,) in found)
    kept: frozenset[int] = door.kept["selective"]
    return kept
