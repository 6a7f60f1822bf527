"""The outline of an authority, for a map drawn by ourselves."""

import json

from headway.readings.door import Door

Ring = list[tuple[float, float]]


def boundary(door: Door, authority: str) -> list[Ring]:
    """The rings of an authority's outline as (longitude, latitude); none where no file with outlines was loaded."""
    if "boundary" not in door.lookup.tables:
        return []
    found: list[Ring] = []
    for (rings,) in door.lookup.rows("SELECT rings FROM boundary WHERE authority = ?", [authority]):
        plain = json.loads(rings) if isinstance(rings, str) else rings
        found += [[(float(point[0]), float(point[1])) for point in ring] for ring in plain]
    return found
