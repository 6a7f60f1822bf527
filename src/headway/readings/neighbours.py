"""How the mean of an authority's statistical neighbours came about: who they are, each with its figure of the year."""

from headway.readings.answers import Explanation, Step
from headway.readings.comparators import neighbours
from headway.readings.door import Door, measure_facts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

OF = "neighbours:"  # how the neighbours of an authority are written as a place: neighbours:330
THEIRS = "place IN (SELECT neighbour FROM neighbour WHERE authority = ?) AND measure = ? AND year = ? AND cut = ?"


def neighbours_explained(door: Door, viewer: Viewer, place: str, measure: str, year: AcademicYear, cut: str = "all") -> Explanation:
    """The mean that pages show, beside what it was made of. Without a mean, why there is none."""
    code, facts = place.removeprefix(OF), measure_facts(door.measure(measure))
    name = door.name(Level.AUTHORITY, code) or code
    trend = neighbours(door, code).get((measure, cut))
    reading = next((one for one in trend.readings if one.year == year), None) if trend else None
    if reading is None:
        why = f"There is no mean of the areas similar to {name} for {year}: too few of them have a figure, or no list of them is loaded."
        return Explanation(None, facts, (Step("Where it came from", (why,)),))
    who = _with_figures(door, viewer, code, measure, year, cut)
    of_whom = "" if cut == "all" else f", {door.library.cut_words(cut)}"
    what = (
        f"{facts.title}{of_whom}: the mean of the statistical neighbours of {name}.",
        "The neighbours are those of the newest published list, whatever the year of the figures.",
    )
    worked = f"The plain mean of the {len(who)} neighbours with a published figure for {year}: {shown(reading.value, reading.unit)}."
    lines = tuple(f"{one.place_name}: {shown(one.value, one.unit)} ({one.release.words}, {one.source_file})" for one in who)
    return Explanation(reading, facts, (Step("What it is", what), Step("How it was worked out", (worked,)), Step("Who is in it", lines)))


def _with_figures(door: Door, viewer: Viewer, code: str, measure: str, year: AcademicYear, cut: str) -> list[Reading]:
    """Of the neighbours that have one, the closest first."""
    rank: dict[str, int] = dict(
        door.lookup.rows("SELECT neighbour, min(rank) FROM neighbour WHERE authority = ? GROUP BY neighbour", [code])
    )
    rows = door.lookup.readings(early=False, level=Level.AUTHORITY.value, where=THEIRS, values=[code, measure, year.start, cut])
    return sorted((one for one in door.see(rows, viewer) if one.value is not None), key=lambda one: rank[one.place])
