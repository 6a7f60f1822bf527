"""Readings, trends and lines made in a breath, for what words and drawings say of them."""

from headway.readings.answers import BreakMark, Gap, MeasureFacts, MeasureLine, Trend
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status

RWM = MeasureFacts("ks2.rwm_expected", "Expected standard", "Reading, writing and maths", "percent", "higher", "", "ks2_end", 11)
ABSENCE = MeasureFacts("attendance.overall_absence", "Sessions missed", "Overall absence", "percent", "lower", "", "sessions_possible", 0)
PROGRESS = MeasureFacts("ks2.reading_progress", "Progress", "Reading progress", "progress", "higher", "", "ks2_end", 11)
EAL = MeasureFacts("context.eal", "First language", "EAL, %", "percent", "neither", "", "pupils_on_roll", 0)
PAY = MeasureFacts("workforce.mean_pay", "Pay", "Mean teacher pay", "pounds", "neither", "", "teachers", 0)


def year(text: str) -> AcademicYear:
    return AcademicYear.parse(text)


def reading(
    at: str,
    value: float | None,
    measure: MeasureFacts = RWM,
    n: float | None = None,
    status: Status = Status.PUBLISHED,
    release: Release = Release.FINAL,
    limits: tuple[float, float] | None = None,
    name: str = "Pellwick Primary School",
    cut: str = "all",
) -> Reading:
    lower, upper = limits or (None, None)
    return Reading(
        Level.SCHOOL, "900123", name, measure.id, year(at), cut, value, None, n, lower, upper, status, Status.NOT_PUBLISHED, status,
        measure.unit, measure.better, release, "table", "file.csv", 1, "", None, None, "s1",
    )  # fmt: skip


def trend(*readings: Reading, measure: MeasureFacts = RWM, gaps: tuple[Gap, ...] = (), breaks: tuple[BreakMark, ...] = ()) -> Trend:
    return Trend(measure, readings[0].cut if readings else "all", readings, gaps, breaks)


def line(own: Trend, small: bool = False, pooled: Reading | None = None, **comparators: Trend) -> MeasureLine:
    return MeasureLine(own, comparators, small_cohort=small, pooled=pooled)
