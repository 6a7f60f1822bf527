"""ESRI shapefiles as plain records, geometry as GeoJSON in the file's own coordinates."""

from pathlib import Path
from typing import Any


def shape_records(path: Path) -> list[dict[str, Any]]:
    """One record a shape: its .dbf fields and `geometry`; the .dbf must lie beside the .shp."""
    import shapefile

    if not path.with_suffix(".dbf").exists():
        return []
    with shapefile.Reader(str(path)) as reader:
        return [{**item.record.as_dict(), "geometry": item.shape.__geo_interface__} for item in reader.iterShapeRecords()]
