"""How far schools have moved before: what a move that is asked of one is set beside.

The moves of its family with a similar start, where enough of them have figures in both years; else those of schools of its phase with
such a start. A move holds the luck of two cohorts, so that small schools seem to have moved further than they did.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.readings.trend import breaks, comparable
from headway.vocabulary.academic_year import AcademicYear

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Moves = tuple["Floats", bool]  # moves of similar schools, good ways positive; whether they are its family
FAMILY = 20  # members with a similar start
NEAREST = 200  # else so many of the phase with the nearest starts …
WITHIN = 0.5  # … within so many standard deviations of schools' figures


@dataclass(frozen=True, eq=False)
class Past:
    """Moves over `span` years of every school that has both figures; the arrays lie beside each other, (N,)."""

    span: int
    urns: "NDArray[np.int64]"
    starts: "Floats"
    moves: "Floats"
    phases: dict[int, str]
    families: dict[int, tuple[int, ...]]
    of_phase: "dict[str, NDArray[np.bool_]]" = field(default_factory=dict)  # kept: every school of the area asks for its own

    def _of_phase(self, phase: str) -> "NDArray[np.bool_]":
        import numpy as np

        if phase not in self.of_phase:
            self.of_phase[phase] = np.fromiter((self.phases.get(one, "") == phase for one in self.urns.tolist()), bool, len(self.urns))
        return self.of_phase[phase]

    def of(self, urn: str, start: float) -> Moves:
        """The school's own moves are not among them."""
        import numpy as np

        near = np.abs(self.starts - start) <= WITHIN * (float(self.starts.std()) if len(self.starts) else 0.0)
        near &= self.urns != int(urn)
        family = near & np.isin(self.urns, self.families.get(int(urn), ()))
        if family.sum() >= FAMILY:
            return self.moves[family], True
        of_phase = self._of_phase(self.phases.get(int(urn), "")) & (self.urns != int(urn))
        alike = np.flatnonzero(of_phase & near)
        if len(alike) < FAMILY:  # at the ends there are few: those that come nearest
            alike = np.flatnonzero(of_phase)
            return self.moves[alike[np.argsort(np.abs(self.starts[alike] - start), kind="stable")[:FAMILY]]], False
        return self.moves[alike[np.argsort(np.abs(self.starts[alike] - start), kind="stable")[:NEAREST]]], False


def moves_of(door: Door, measure: str, cut: str, span: int, sign: float) -> Past:
    """Moves over `span` years, or the longest shorter span that any school has."""
    key = ("past moves", measure, cut, span)
    if key not in door.kept:
        door.kept[key] = _moves(door, measure, cut, span, sign)
    kept: Past = door.kept[key]
    return kept


def _moves(door: Door, measure: str, cut: str, span: int, sign: float) -> Past:
    import numpy as np

    sql = "SELECT place, year, value FROM reading WHERE level = 'school' AND measure = ? AND cut = ? AND value IS NOT NULL"
    by_year: dict[int, dict[int, float]] = {}
    for place, year, value in door.lookup.rows(sql, [measure, cut]):
        by_year.setdefault(int(year), {})[int(place)] = float(value)
    pairs: list[tuple[int, float, float]] = []
    reached = span
    while reached >= 1 and not pairs:
        for year, values in sorted(by_year.items()):
            if _comparable(door, measure, year, year + reached):
                later = by_year.get(year + reached, {})
                pairs += [(urn, value, sign * (later[urn] - value)) for urn, value in sorted(values.items()) if urn in later]
        reached -= 1
    urns, starts, moved = (
        (np.array(column) for column in zip(*pairs, strict=True)) if pairs else (np.array([], int), np.array([]), np.array([]))
    )
    return Past(reached + 1, urns.astype(np.int64), starts.astype(float), moved.astype(float), _phases(door), _families(door))


def _comparable(door: Door, measure: str, first: int, last: int) -> bool:
    years = AcademicYear(first), AcademicYear(last)
    return comparable(tuple(breaks(door.measure(measure), list(years))), *years)


def _phases(door: Door) -> dict[int, str]:
    if "phases of schools" not in door.kept:
        codes = sorted(set(door.authorities_of_schools.values()))
        door.kept["phases of schools"] = {school.urn: school.phase for code in codes if code for school in establishments(door, code)}
    kept: dict[int, str] = door.kept["phases of schools"]
    return kept


def _families(door: Door) -> dict[int, tuple[int, ...]]:
    if "family" not in door.lookup.tables:
        return {}
    if "families of schools" not in door.kept:
        from headway.definitions.families import DEFAULT

        rows = door.lookup.rows("SELECT urn, members FROM family WHERE method = ?", [DEFAULT])
        door.kept["families of schools"] = {int(urn): tuple(members or ()) for urn, members in rows}
    kept: dict[int, tuple[int, ...]] = door.kept["families of schools"]
    return kept
