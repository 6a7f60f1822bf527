"""Attacks on the figures of schools that are withheld: by groups of a person’s own, and by the totals that official files give.

Nothing here trusts how a mean is made. A withheld figure is put into one group and left out of another: if the two means differ, something
follows from it. Official files give totals; what they hold closely by themselves is theirs, and a page of ours may hold nothing closer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from headway.readings.door import Door
from headway.readings.groups import FEWEST, group_series
from headway.readings.trend import trend
from headway.stats.disclosure import WIDE, Way
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import PUBLIC

Cell = tuple[str, AcademicYear]  # measure and year


@dataclass(frozen=True)
class Figures:
    """The figures of an area’s schools as everybody sees them, by measure and year."""

    shown: Mapping[Cell, tuple[Reading, ...]]
    withheld: Mapping[Cell, tuple[Reading, ...]]

    @property
    def many(self) -> int:
        return sum(map(len, self.withheld.values()))


def figures(door: Door, area: str, measures: Sequence[str]) -> Figures:
    """Every year of some measures, of every school that the area has or had."""
    shown: dict[Cell, list[Reading]] = {}
    withheld: dict[Cell, list[Reading]] = {}
    for name in measures:
        rows = door.lookup.of_authority(early=False, authority=area, where="measure = ? AND cut = 'all'", values=[name])
        for one in door.see(rows, PUBLIC):
            if one.value is not None:
                shown.setdefault((name, one.year), []).append(one)
            elif one.status is Status.SUPPRESSED:
                withheld.setdefault((name, one.year), []).append(one)
    return Figures({cell: tuple(one) for cell, one in shown.items()}, {cell: tuple(one) for cell, one in withheld.items()})


def attacks(door: Door, area: str, measures: Sequence[str]) -> tuple[Way, ...]:
    """Both attacks on what the pages withhold of schools."""
    found = figures(door, area, [name for name in measures if name in door.library.measures])
    return by_groups(door, found), by_totals(door, area, found)


def by_groups(door: Door, found: Figures) -> Way:
    """Two groups of a person’s own, with the school and without: the mean of one must be that of the other."""
    told: list[str] = []
    tried = 0
    for cell, readings in sorted(found.withheld.items()):
        listed = door.authorities_of_schools
        others = tuple(int(one.place) for one in found.shown.get(cell, ()) if int(one.place) in listed)[:FEWEST]
        if len(others) < FEWEST:
            continue
        for one in (each for each in readings if int(each.place) in listed):
            tried += 1
            if _mean(door, (int(one.place), *others), cell) != _mean(door, others, cell):
                told.append(
                    f"{door.measure(cell[0]).title}, {one.place_name}, {cell[1]}: two groups that differ by it have different means."
                )
    return Way("Groups of a person’s own: a withheld school with others, and the others without it", tried, tuple(told))


def _mean(door: Door, urns: tuple[int, ...], cell: Cell) -> float | None:
    measure, year = cell
    series = group_series(door, urns, "", measure=measure)
    door.kept.pop(("group figures", urns), None)  # room there is for groups that people look at
    return next((one.reading.value for one in series.years if one.reading.year == year), None)


def by_totals(door: Door, area: str, found: Figures, ours: Mapping[Cell, float] | None = None) -> Way:
    """The totals of the area in official files, less what is shown of schools; then the same with the area’s figure as our pages give it.

    `ours` are figures of the area on the pages; without it those of its trend, which the data files hold unrounded.
    """
    told: list[str] = []
    tried = official = 0
    for cell, readings in sorted(found.withheld.items()):
        whole = next((one for one in _area(door, area, cell[0]) if one.year == cell[1] and one.value is not None), None)
        tried += len(readings)
        if whole is None or whole.denominator is None:
            continue
        first = _room(whole, whole.value or 0.0, found.shown.get(cell, ()))
        second = _room(whole, (ours or {}).get(cell, whole.value or 0.0), found.shown.get(cell, ()))
        both = (max(first[0], second[0]), min(first[1], second[1]))
        for one in readings:
            alone, together = _width(first, len(readings), one), _width(both, len(readings), one)
            official += alone < WIDE
            if together < WIDE and together < alone:
                told.append(f"{door.measure(cell[0]).title}, {one.place_name}, {cell[1]}: the pages hold it closer than official files do.")
    note = f"Official files by themselves hold {official:,} of them within {WIDE} pupils; these pages hold none closer." if not told else ""
    return Way("Totals of the area in official files, less every school that is shown", tried, tuple(told), note)


def _area(door: Door, area: str, measure: str) -> Iterator[Reading]:
    yield from trend(door, measure=measure, level=Level.AUTHORITY, place=area, viewer=PUBLIC).readings


def _room(whole: Reading, value: float, shown: Sequence[Reading]) -> tuple[float, float]:
    """Between which two numbers those lie who met a measure in all withheld schools together, rounding allowed for."""
    share = 100.0 if whole.unit == "percent" else 1.0
    total = (whole.denominator or 0.0) / share
    give = 0.5 * 10 ** -_decimals(value) * total
    least = most = 0.0
    for one in shown:
        if one.denominator is None:
            return 0.0, inf
        met, loose = (one.value or 0.0) * one.denominator / share, 0.5 * 10 ** -_decimals(one.value or 0.0) * one.denominator / share
        least, most = least + met - loose, most + met + loose
    return max(0.0, value * total - give - most), max(0.0, value * total + give - least)


def _decimals(value: float) -> int:
    return len(f"{value:.10g}".partition(".")[2])


def _width(room: tuple[float, float], schools: int, one: Reading) -> float:
    """How widely one of several withheld schools is held by what there is for all of them."""
    most = min(room[1], one.denominator if one.denominator is not None else inf)
    return most - (room[0] if schools == 1 else 0.0)
