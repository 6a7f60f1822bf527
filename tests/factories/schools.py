"""Schools set side by side, made in a breath."""

from headway.readings.answers import Establishment, MeasureFacts, MeasureLine, Trend
from headway.readings.side_by_side import Row, SideBySide, judged, row_of
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release, Status
from tests.factories.lines import RWM, reading, trend

NAMES = tuple(f"{name} School" for name in ("Ash", "Birch", "Cedar", "Doveridge", "Elm", "Fir", "Gorse", "Holly"))


def school(urn: int, name: str, authority: str = "Wrenford", phase: str = "primary") -> Establishment:
    unknown = dict.fromkeys(Establishment.__dataclass_fields__, "")
    return Establishment(**(unknown | {"urn": urn, "name": name, "authority_name": authority, "authority": "150", "phase": phase}))


SCHOOLS = tuple(school(900001 + place, name) for place, name in enumerate(NAMES))


def row(own: list[Trend | MeasureLine | None], at: AcademicYear | None = None, beside: tuple[str, ...] = ()) -> Row:
    """A measure of as many schools as there are lines; not judged."""
    lines = [MeasureLine(one, {}) if isinstance(one, Trend) else one for one in own]
    facts = next((one.own.measure for one in lines if one), RWM)
    return row_of(facts, SCHOOLS[: len(lines)], lines, (), beside, at)


def of_values(
    *values: float | None, measure: MeasureFacts = RWM, n: float = 100, margin: float = 0.0, release: Release = Release.FINAL
) -> Row:
    """One year of each school: with a cohort, or with margins as wide as is told to either side."""
    made = []
    for value in values:
        limits = (value - margin, value + margin) if margin and value is not None else None
        size = None if margin else n
        status = Status.SUPPRESSED if value is None else Status.PUBLISHED
        made.append(trend(reading("2023/24", value, measure, size, status, release, limits), measure=measure))
    return row(made)


def compared(rows: list[Row]) -> SideBySide:
    many = max((len(one.figures) for one in rows), default=0)
    return SideBySide(SCHOOLS[:many], judged(rows), (), (), ())
