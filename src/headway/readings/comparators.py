"""What a place is set beside: its authority, its region, England, and the mean of its statistical neighbours.

These depend on the snapshot and the authority only, so a door keeps them for every school of the authority.
"""

from collections import defaultdict

from headway.definitions.loading import shipped_comparators
from headway.readings.answers import Trend
from headway.readings.door import Door
from headway.readings.trend import as_trend
from headway.readings.worked import worked
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

Series = dict[tuple[str, str], Trend]  # (measure, cut) → trend
NAMES = tuple(name for name in shipped_comparators() if name != "school")


def comparators(door: Door, authority: str, region: str, viewer: Viewer) -> dict[str, Series]:
    """Every measure and cut of the four comparators of an authority."""
    key = ("comparators", authority, region, viewer.sees_early)
    if key not in door.kept:
        door.kept[key] = {
            "authority": series(door, Level.AUTHORITY, authority, viewer),
            "region": series(door, Level.REGION, region, viewer) if region else {},
            "england": series(door, Level.ENGLAND, ENGLAND, viewer),
            "neighbours": neighbours(door, authority),
        }
    kept: dict[str, Series] = door.kept[key]
    return kept


def series(door: Door, level: Level, place: str, viewer: Viewer) -> Series:
    """Every measure and cut of one place."""
    [found] = door.lookup.of_places(level, [place], early=viewer.sees_early)
    return grouped(door, door.see(found.readings, viewer))


def grouped(door: Door, readings: list[Reading]) -> Series:
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        found[(reading.measure, reading.cut)].append(reading)
    return {key: as_trend(door.library.measures[key[0]], key[1], listed) for key, listed in found.items()}


def neighbours(door: Door, authority: str) -> Series:
    rows = door.lookup.rows(
        "SELECT measure, year, cut, value FROM neighbour_reading WHERE authority = ? ORDER BY measure, cut, year", [authority]
    )
    return grouped(door, [_mean(door, authority, *row) for row in rows if row[0] in door.library.measures])


def _mean(door: Door, authority: str, name: str, year: int, cut: str, value: float) -> Reading:
    how = "mean of the statistical neighbours"
    return worked(door, Level.AUTHORITY, authority, "statistical neighbours", name, year, value, how, cut=cut)


def kept_beside(
    door: Door, authority: str, region: str, viewer: Viewer, measure: str, cut: str, phase: str
) -> tuple[dict[str, Trend], dict[str, str]]:
    """The same for every school of a phase in an authority: `beside`, kept with the snapshot."""
    kept = door.kept.setdefault(("beside", authority, region, viewer.sees_early), {})
    if (measure, cut, phase) not in kept:
        kept[(measure, cut, phase)] = beside(comparators(door, authority, region, viewer), measure, cut, phase)
    found: tuple[dict[str, Trend], dict[str, str]] = kept[(measure, cut, phase)]
    return found


def beside(found: dict[str, Series], measure: str, cut: str, phase: str) -> tuple[dict[str, Trend], dict[str, str]]:
    """The comparators of one measure, of the school's own phase where the source has it; and which cut each is."""
    trends, cuts = {}, {}
    for name in NAMES:
        for wanted in _cuts(cut, phase):
            if (measure, wanted) in found.get(name, {}):
                trends[name], cuts[name] = found[name][(measure, wanted)], wanted
                break
    return trends, cuts


def _cuts(cut: str, phase: str) -> list[str]:
    if not phase:
        return [cut]
    own = f"phase={phase}"
    return [own, "all"] if cut == "all" else ["&".join(sorted([cut, own])), cut]
