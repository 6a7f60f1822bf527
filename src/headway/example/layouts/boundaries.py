"""The authorities' outlines, as the Office for National Statistics publishes upper-tier authorities."""

import json

from headway.example.places import Country, longitude_latitude
from headway.example.writing import Folder

_STEPS = 6  # points along each side


def write(folder: Folder, country: Country) -> None:
    features = []
    for position, one in enumerate(country.authorities):
        ring = [point for a, b in zip(one.corners, (*one.corners[1:], one.corners[0]), strict=True) for point in _side(a, b)]
        ring.append(ring[0])
        east, north = (sum(corner[axis] for corner in one.corners) / 4 for axis in (0, 1))
        middle = longitude_latitude(east, north)
        properties = {
            "UTLA22CD": one.gss,
            "UTLA22NM": one.name,
            "UTLA22NMW": " ",
            "BNG_E": round(east),
            "BNG_N": round(north),
            "LONG": middle[0],
            "LAT": middle[1],
            "GlobalID": f"example-{position}",
        }
        features.append(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [[list(longitude_latitude(*point)) for point in ring]]},
            }
        )
    whole = {
        "type": "FeatureCollection",
        "name": "Upper_Tier_Local_Authorities_Simplified",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": features,
    }
    folder.path("geography/UTLA_2022_simplified.geojson").write_text(json.dumps(whole, indent=None), encoding="utf-8")


def _side(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float]]:
    return [(a[0] + (b[0] - a[0]) * step / _STEPS, a[1] + (b[1] - a[1]) * step / _STEPS) for step in range(_STEPS)]
