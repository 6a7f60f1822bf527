"""The door to results of pupils: measures of schools and authorities worked out from them, never a pupil.

A viewer must be named who may see early results; each reading is written down in the protected folder with the operating system's user.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headway.definitions.progress8 import Progress8, tables_for
from headway.protected import PUPIL_RESULTS, access, papers
from headway.protected.untold import untold
from headway.pupil_results import stored
from headway.pupil_results.cells import AUTHORITY, Added, add_up
from headway.pupil_results.measures import PROGRESS8, cohort, of, rank_values, without_score
from headway.pupil_results.stored import Stored
from headway.pupil_results.template import Stage
from headway.pupil_results.withholding import FEWEST
from headway.readings.door import Door
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release, Status
from headway.vocabulary.viewer import PUBLIC, Viewer

RANK_GAP = "local_rank_gap"
RANK_GAP_FEWEST = 10  # pupils on either side
OWN_TITLES = {
    RANK_GAP: "Local rank gap, disadvantaged and other pupils here (not the Department's gap index)",
    **{f"{PROGRESS8}_{name}": f"Progress 8, {name} element" for name in ("English", "maths", "EBacc", "open")},
}
TITLES = {name.lower(): title for name, title in OWN_TITLES.items()}


@dataclass(frozen=True)
class PupilReading:
    """One measure at one place for one cut, worked out from pupils. Withheld cells have no number at all."""

    level: Level
    place: str
    place_name: str
    measure: str
    title: str
    year: AcademicYear
    cut: str
    value: float | None
    numerator: float | None
    denominator: int | None
    lower: float | None
    upper: float | None
    band: str
    status: Status
    unit: str
    release: Release

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON and tables."""
        return {name: str(value) if isinstance(value, AcademicYear) else value for name, value in vars(self).items()}


def allowed(viewer: Viewer | None) -> Viewer:
    """The viewer, where one is named who may see early results. Raises H-ACCESS-42."""
    if viewer is None or viewer == PUBLIC or not viewer.name or not viewer.may_see(Release.EARLY):
        raise HeadwayError(
            "H-ACCESS-42",
            "Results of pupils are shown only to a named viewer who may see early results.",
            "They are a protected source, and who reads them is written down.",
            "At the command line add --viewer me.",
        )
    return viewer


def measures(
    door: Door, viewer: Viewer | None, *, stage: Stage, year: AcademicYear | None = None, level: Level = Level.SCHOOL,
    cut: str | None = None, measure: str = "", tables: Release | None = None,
) -> list[PupilReading]:  # fmt: skip
    """Measures of each school, or of each authority, from the pupils stored. `cut` None is every cut; the year the newest stored;
    `tables` the release of the Progress 8 tables, default the firmest there is.

    A viewer with a patch gets their schools, and no authority. Raises H-ACCESS-40 to 42, H-DATA-63, H-VALIDITY-10 and 11 (Progress 8
    asked for by name in a year without it), H-USAGE-05.
    """
    person = allowed(viewer)
    space = open_workspace(door.home)
    pupils = pupils_of(door, stage, year)
    chosen = untold(lambda: of(pupils, _tables(door, pupils, measure, tables)))
    known = [one.id for one in chosen] + [RANK_GAP]
    if measure and measure not in known:
        raise HeadwayError("H-USAGE-05", "No such measure is worked out from pupils.", remedy=f"There are: {', '.join(known)}.")
    wanted = [one for one in chosen if measure in ("", one.id)]
    added = untold(lambda: add_up(pupils, wanted, cohort(pupils), door.authorities_of_schools))
    if measure in ("", RANK_GAP):
        added += untold(lambda: list(_rank_gaps(pupils, door)))
    rows = [row for one in added if (row := _reading(door, one, pupils)) and _asked(row, level, cut, person)]
    facts = {"stage": stage, "year": str(pupils.year), "level": level, "cut": cut or "every", "rows": len(rows)}
    untold(lambda: access.record(space, PUPIL_RESULTS, "read", person.name, **facts))
    return rows


def notes(door: Door, viewer: Viewer | None, stage: Stage, year: AcademicYear | None = None, release: Release | None = None) -> list[str]:
    """What must be said beside the measures of a year: the tables used and what they lack, or why there is no Progress 8."""
    allowed(viewer)
    if stage is not Stage.KS4:
        return []
    pupils = pupils_of(door, stage, year)
    try:
        tables = tables_for(door.library.progress8, door.library.progress8_gaps, pupils.year, release)
    except HeadwayError as error:
        return [f"{error.what} {error.why}"]
    said = [f"{tables.title}, {tables.publisher}.", *([tables.note] if tables.lowest is None else [])]
    if many := untold(lambda: without_score(pupils, tables)):
        number = f"{many:,} pupils have" if many >= FEWEST else "Some pupils have"
        said.append(f"{number} an outcome at key stage 2 that the tables hold no score for; they are outside Progress 8.")
    return said


def pupils_of(door: Door, stage: Stage, year: AcademicYear | None) -> Stored:
    """The pupils stored of a stage in a year, default the newest. For this storey alone: nobody else is given a pupil."""
    space = open_workspace(door.home)
    papers.check(space)
    there = untold(lambda: stored.years(space, stage))
    return untold(lambda: stored.read(space, stage, year or (there[-1] if there else AcademicYear(1980))))


def _tables(door: Door, pupils: Stored, measure: str, release: Release | None) -> Progress8 | None:
    """The year's tables; None where it has none and Progress 8 was not asked for by name."""
    if pupils.stage is not Stage.KS4:
        return None
    try:
        return tables_for(door.library.progress8, door.library.progress8_gaps, pupils.year, release)
    except HeadwayError:
        if release or measure.startswith(PROGRESS8):
            raise
        return None


def _rank_gaps(pupils: Stored, door: Door) -> Iterator[Added]:
    """Of each authority with enough pupils on both sides."""
    from headway.stats.rank_gap import rank_gap

    values, group = rank_values(pupils), pupils.columns["disadvantaged"]
    codes = np.array([door.authorities_of_schools.get(int(urn), "") for urn in pupils.urns])
    for code in sorted({*codes.tolist()} - {""}):
        rows = (codes == code) & ~np.isnan(values) & cohort(pupils) & (group != "")
        poor = group[rows] == "yes"
        few = min(int(poor.sum()), int((~poor).sum())) < RANK_GAP_FEWEST
        gap = None if few else rank_gap(values[rows], poor).gap
        count = None if few else int(rows.sum())
        status = Status.SUPPRESSED if few else Status.PUBLISHED
        yield Added(f"{AUTHORITY}{code}", RANK_GAP, "points", ALL, gap, None, count, None, None, "", status)


def _reading(door: Door, one: Added, pupils: Stored) -> PupilReading:
    level = Level.AUTHORITY if one.place.startswith(AUTHORITY) else Level.SCHOOL
    place = one.place.removeprefix(AUTHORITY)
    known = door.library.measures.get(one.measure)
    title = known.title if known else TITLES[one.measure]
    name = door.name(level, place)
    numbers = (one.value, one.numerator, one.denominator, one.lower, one.upper)
    return PupilReading(
        level, place, name, one.measure, title, pupils.year, one.cut, *numbers, one.band, one.status, one.unit, Release.EARLY
    )


def _asked(row: PupilReading, level: Level, cut: str | None, viewer: Viewer) -> bool:
    mine = viewer.urns is None or (row.level is Level.SCHOOL and int(row.place) in viewer.urns)
    return row.level is level and cut in (None, row.cut) and mine
