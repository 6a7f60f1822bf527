"""What of an establishment the desk keeps."""

from collections.abc import Mapping
from typing import Any

KEPT = ("name", "phase", "status", "authority", "trust", "links")


def projected(row: object) -> dict[str, Any]:
    """urn and the kept fields, of a mapping or of an object that has them as attributes. Unknown text is empty."""
    given = row if isinstance(row, Mapping) else {name: getattr(row, name, None) for name in ("urn", *KEPT)}
    values: dict[str, Any] = {name: given.get(name) or "" for name in KEPT}
    return {
        **values,
        "urn": int(given["urn"]),
        "name": str(given["name"])[:200],
        "trust": str(values["trust"])[:200],
        "links": given.get("links") or [],
    }
