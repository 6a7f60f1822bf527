"""How the places of a line are named and ordered: as library/comparators.yaml has them, always so."""

from headway.definitions.loading import shipped_comparators
from headway.readings.answers import MeasureLine, Trend
from headway.vocabulary.reading import Reading

OWN = "school"
NAMES = {name: comparator.title for name, comparator in shipped_comparators().items() if name != OWN}
ORDER = tuple(NAMES)
UNITS = {"percent": "%", "points": "points", "progress": "points", "score": "score", "rate_per_100": "for every 100", "pounds": "£"}


def own_name(line: MeasureLine) -> str:
    latest = line.own.latest
    return latest.place_name if latest and latest.place_name else "This place"


def comparators(line: MeasureLine) -> list[tuple[str, str, Trend]]:
    """(kind, name, trend) in the fixed order."""
    return [(kind, _name(kind, line.comparators[kind]), line.comparators[kind]) for kind in ORDER if kind in line.comparators]


def _name(kind: str, trend: Trend) -> str:
    latest = trend.latest
    return latest.place_name if kind in ("authority", "region") and latest and latest.place_name else NAMES[kind]


def at_year(trend: Trend, reading: Reading) -> Reading | None:
    return next((other for other in trend.readings if other.year == reading.year), None)


def cell(reading: Reading | None, words: str) -> str:
    """A table's cell: the value's words, or an en dash where the place has no row in that year."""
    return words if reading is not None else "–"


def unit_words(unit: str) -> str:
    return UNITS.get(unit, "")
