"""The schools of whose pupils something may be loaded."""

from headway.store.lookups import Lookup
from headway.store.snapshots import current
from headway.store.workspace import Workspace
from headway.vocabulary.errors import HeadwayError

MADE_UP_FROM = 900_000  # URNs from here on are nobody's


def known_schools(space: Workspace) -> set[int]:
    """Every school of the list that is published here. In the made-up area, which needs no papers, only the made-up ones: with real lists
    loaded into it, it is still no place for real pupils.
    """
    snapshot = current(space.home)
    lookup = Lookup(snapshot) if snapshot else None
    try:
        if lookup is None or "establishment" not in lookup.tables:
            raise HeadwayError(
                "H-STORE-08", "No list of schools is published here yet.", remedy="Load the official files first: headway load FOLDER."
            )
        return {int(urn) for (urn,) in lookup.rows("SELECT urn FROM establishment") if not space.example or int(urn) >= MADE_UP_FROM}
    finally:
        if lookup:
            lookup.close()
