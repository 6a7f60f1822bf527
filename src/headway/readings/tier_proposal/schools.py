"""Whom a scheme sorts on a day: the schools then open, of which phase and governance, and whose past counts as theirs."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from headway.definitions.tiers import PHASES, Scheme
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOW = "SELECT urn, phase, governance, coalesce(authority, '') AS authority, region FROM establishment WHERE status = 'open' ORDER BY urn"
THEN = """
SELECT y.urn, y.phase, y.governance, coalesce(y.authority, '') AS authority, coalesce(e.region, '') AS region
FROM establishment_year y LEFT JOIN establishment e USING (urn)
WHERE y.year = ? AND y.open AND (e.opened IS NULL OR e.opened <= ?) AND (e.closed IS NULL OR e.closed > ?) ORDER BY y.urn
"""


@dataclass(frozen=True, eq=False)
class Schools:
    """Every school of the phases and governances that a scheme sorts, by URN.

    The `past_` arrays have one entry for each predecessor of a school: the school's place, the predecessor's URN, the first and the last
    academic year that count as the school's own past. The furthest come first, so that the nearest is put last and stays.
    """

    urn: "NDArray[np.int64]"
    phase: "NDArray[np.object_]"
    governance: "NDArray[np.object_]"
    authority: "NDArray[np.object_]"
    past_place: "NDArray[np.int64]"
    past_urn: "NDArray[np.int64]"
    past_first: "NDArray[np.int64]"
    past_last: "NDArray[np.int64]"

    def places(self, urns: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """The place of each URN; −1 for those that are not among them."""
        import numpy as np

        at = np.minimum(np.searchsorted(self.urn, urns), max(len(self.urn) - 1, 0))
        return np.where(self.urn[at] == urns, at, -1) if len(self.urn) else np.full(len(urns), -1)


def schools(door: Door, scheme: Scheme, as_of: date | None) -> Schools:
    """Those open today, or on a past day as the lists tell it. Kept with the snapshot."""
    key = ("tier schools", tuple(scheme.routes), as_of)
    if key not in door.kept:
        door.kept[key] = _schools(door, scheme, as_of)
    kept: Schools = door.kept[key]
    return kept


def _schools(door: Door, scheme: Scheme, as_of: date | None) -> Schools:
    import numpy as np

    if "establishment" not in door.lookup.tables:
        none, texts = np.array([], np.int64), np.array([], object)
        return Schools(none, texts, texts, texts, none, none, none, none)
    rows = door.lookup.rows(THEN, [AcademicYear.of(as_of).start, as_of, as_of]) if as_of else door.lookup.rows(NOW)
    kept = [row for row in rows if row[2] in scheme.routes and row[1] in PHASES]
    urn, phase, governance, authority = (np.array([row[at] for row in kept], kind) for at, kind in enumerate((np.int64, *[object] * 3)))
    place = {int(one): at for at, one in enumerate(urn)}
    chains = door.lookup.rows("SELECT urn, of_urn, from_year, to_year FROM chain ORDER BY to_year, from_year, of_urn")
    past = np.array([(place[row[0]], *row[1:]) for row in chains if row[0] in place], np.int64).reshape(-1, 4)
    return Schools(urn, phase, governance, authority, *past.T)
